"""The button with which one chooses the set of points that is studied."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from atlas.study.plan import Choice, Source
from atlas.ui.study.model import StudyModel

_FACETS: tuple[Source, ...] = ("back_pain", "condition", "meridian", "region", "category")


class SetButton(QToolButton):
    """Opens a menu of all sets, each with its number of points."""

    chosen = Signal(Choice)

    def __init__(self, model: StudyModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("set")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        self._everything = self._offer(menu, Choice(), "")
        self._filter = self._offer(menu, Choice("filter"), "")
        menu.addSeparator()
        self.submenus: dict[Source, QMenu] = {}
        for source in (*_FACETS, "collection"):
            self.submenus[source] = menu.addMenu(self._heading(source))
            self.submenus[source].aboutToShow.connect(self._fill)
        menu.aboutToShow.connect(self._count)
        menu.triggered.connect(self._on_action)
        menu.aboutToHide.connect(self._leave)
        self.setMenu(menu)

    def _leave(self) -> None:
        """The menu has taken the mouse: nobody told the button that it left."""
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        self.update()

    def title(self) -> str:
        """What is studied now."""
        choice = self._model.plan.choice
        if choice.source == "all":
            return "All points"
        if choice.source == "filter":
            return "Filter of Explore"
        if choice.source == "collection":
            return f"My list “{choice.value}”"
        return self._model.state.stage.facets.value_title(choice.source, choice.value)

    def follow(self) -> None:
        """Show what is studied now."""
        self.setText(f"{self.title()}  ▾".replace("&", "&&"))

    def _heading(self, source: Source) -> str:
        if source == "collection":
            return "My lists"
        return self._model.state.stage.facets.facet(source).title

    def _count(self) -> None:
        """The sets at the top, with the points that they have now."""
        stage, query = self._model.state.stage, self._model.state.view.query
        shown = stage.facets.matching(query).bit_count()
        for action, title, count in (
            (self._everything, "All points", len(stage.catalogue.points)),
            (self._filter, "Filter of Explore, as it stands", shown),
        ):
            action.setText(f"{title}\t{count}")
            action.setChecked(action.data() == self._model.plan.choice)

    def _fill(self) -> None:
        """The sets of one kind, as they are now."""
        source = next(s for s, menu in self.submenus.items() if menu is self.sender())
        menu = self.submenus[source]
        menu.clear()
        for value, title, count in self._sets(source):
            self._offer(menu, Choice(source, value), f"{title}\t{count}")
        if menu.isEmpty():
            menu.addAction("None yet: Ctrl+N in Explore makes one").setEnabled(False)

    def _sets(self, source: Source) -> list[tuple[str, str, int]]:
        """(value, title, number of points) of the sets of one kind, none of them empty."""
        if source == "collection":
            return [(each.name, each.name, len(each.codes)) for each in self._model.collections()]
        facets = self._model.state.stage.facets
        values = facets.facet(source).values
        counted = [(v.id, v.title, facets.mask(source, v.id).bit_count()) for v in values]
        return [each for each in counted if each[2]]

    def _offer(self, menu: QMenu, choice: Choice, title: str) -> QAction:
        action = menu.addAction(title.replace("&", "&&"))
        action.setData(choice)
        action.setCheckable(True)
        action.setChecked(choice == self._model.plan.choice)
        return action

    def _on_action(self, action: QAction) -> None:
        self.chosen.emit(action.data())
