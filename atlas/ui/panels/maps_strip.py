"""The strip of maps: groups above the body, the views of a group below them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from atlas.body.maps import BodyMap
from atlas.catalog.masks import Mask
from atlas.ui.state import AtlasState

MARGIN = 4
LARGER = 1.35  # type of the tabs while presenting
GAP = 5  # pixels between a title and its count


class CountTabs(QTabBar):
    """Tabs with a title and a count; a tab without points stays, but steps back."""

    def __init__(self, state: AtlasState, name: str) -> None:
        super().__init__()
        self._state = state
        self._counts: list[int] = []
        self._largest: list[int] = []
        self._counted = True
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_tabs(
        self, titles: list[str], counts: list[int], largest: list[int], current: int
    ) -> None:
        """Show these tabs with their counts; `largest` are the counts without a filter."""
        self._largest = largest
        with QSignalBlocker(self):
            while self.count() > len(titles):
                self.removeTab(self.count() - 1)
            for i, title in enumerate(titles):
                if i >= self.count():
                    self.addTab(title)
                elif self.tabText(i) != title:
                    self.setTabText(i, title)
            self.setCurrentIndex(current)
        self._counts = counts
        for i, (title, count) in enumerate(zip(titles, counts, strict=True)):
            self.setAccessibleTabName(i, f"{title}, {count} points")
        self.update()

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Room for the title in bold and, unless space is short, its count."""
        return QSize(self._width(index, self._counted), round(self.fontMetrics().height() * 2.1))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """No tab shrinks below its title: Qt would cut it."""
        return self.tabSizeHint(index)

    def fit(self, width: int) -> None:
        """Leave out the counts where the tabs would not fit into a width otherwise."""
        needed = sum(self._width(i, counted=True) for i in range(self.count()))
        self._counted = needed <= width
        for i in range(self.count()):
            self.setTabText(i, self.tabText(i))  # makes Qt lay the tabs out again

    def _width(self, index: int, counted: bool) -> int:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.tabText(index)) * 1.06 + 11
        if counted and index < len(self._largest):
            width += metrics.horizontalAdvance(str(self._largest[index])) + GAP
        return round(width)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Titles and counts, a line under the current tab."""
        _ = event
        painter, theme = QPainter(self), self._state.theme
        for i in range(self.count()):
            rect, current = self.tabRect(i), i == self.currentIndex()
            count = self._counts[i] if i < len(self._counts) else 0
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold if current else QFont.Weight.Normal)
            painter.setFont(font)
            title, number = self.tabText(i), str(count)
            width = painter.fontMetrics().horizontalAdvance(title) + GAP
            total = width + painter.fontMetrics().horizontalAdvance(number)
            total = total if self._counted else width - GAP
            left = rect.center().x() - total // 2
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(QColor(theme.text if count or current else theme.muted))
            painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), middle, title)
            if self._counted:
                painter.setPen(QColor(theme.muted))
                shifted = QRect(left + width, rect.top(), rect.width(), rect.height())
                painter.drawText(shifted, middle, number)
            if current:
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawLine(rect.left() + 4, rect.bottom(), rect.right() - 4, rect.bottom())
                if self.hasFocus():
                    painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DotLine))
                    painter.drawRect(rect.adjusted(3, 3, -4, -5))


class MapsStrip(QWidget):
    """Two rows of tabs: Front, Back ... Head, Hand, Foot; and the views of the group."""

    def __init__(self, state: AtlasState) -> None:
        super().__init__()
        self._state = state
        self.groups = CountTabs(state, "Maps")
        self.views = CountTabs(state, "Views")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, MARGIN, 0)
        layout.setSpacing(0)
        for tabs in (self.groups, self.views):
            row = QHBoxLayout()
            row.addWidget(tabs)
            row.addStretch(1)
            layout.addLayout(row)
        self._group = ""
        self._follow()
        self.groups.currentChanged.connect(self._on_group)
        self.views.currentChanged.connect(self._on_view)
        for signal in (state.map_changed, state.query_changed, state.stage_changed,
                       state.theme_changed):  # fmt: skip
            signal.connect(self._follow)
        state.stage_changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the tabs into the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another size of type needs another fit."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def set_large(self, large: bool) -> None:
        """Write the tabs larger, to be read from the last row."""
        font = QFont(self.window().font())
        font.setPointSizeF(font.pointSizeF() * (LARGER if large else 1))
        for tabs in (self.groups, self.views):
            tabs.setFont(font)
        self._fit()

    def _fit(self) -> None:
        for tabs in (self.groups, self.views):
            tabs.fit(self.width() - 2 * MARGIN)

    def _follow(self) -> None:
        state = self._state
        groups = state.stage.body.groups
        counts = state.stage.map_counts(state.scene.matching)
        names = list(groups)
        current = state.stage.body.maps[state.view.map_id]
        self.groups.show_tabs(
            names,
            [self._group_count(groups[name], state.scene.matching) for name in names],
            [self._group_count(groups[name], state.stage.facets.all) for name in names],
            names.index(current.group),
        )
        views = groups[current.group]
        self.views.setVisible(len(views) > 1)
        if len(views) > 1:
            every = state.stage.map_counts(state.stage.facets.all)
            self.views.show_tabs(
                [v.label for v in views],
                [counts[v.id] for v in views],
                [every[v.id] for v in views],
                views.index(current),
            )
        if current.group != self._group:
            self._group = current.group
            self._fit()

    def _group_count(self, maps: list[BodyMap], matching: Mask) -> int:
        """How many of these points at least one view of the group shows."""
        shown = 0
        for body_map in maps:
            shown |= self._state.stage.body.shown[body_map.id]
        return (shown & matching).bit_count()

    def _on_group(self, index: int) -> None:
        groups = list(self._state.stage.body.groups.values())
        self.show_group(groups[index])

    def show_group(self, maps: list[BodyMap]) -> None:
        """Show the view of a group that shows most, or the selected point best."""
        state = self._state
        point = state.stage.catalogue.point(state.view.selected or "")
        ids = [m.id for m in maps]
        if point is not None and (best := [m for m in point.places if m in ids]):
            state.set_map(best[0])
            return
        counts = state.stage.map_counts(state.scene.matching)
        state.set_map(max(ids, key=lambda i: (counts[i], -ids.index(i))))

    def _on_view(self, index: int) -> None:
        current = self._state.stage.body.maps[self._state.view.map_id]
        self._state.set_map(self._state.stage.body.groups[current.group][index].id)

    def show_number(self, number: int) -> None:
        """Show the group with this number; again, its next view."""
        groups = list(self._state.stage.body.groups.values())
        if not 1 <= number <= len(groups):
            return
        maps = groups[number - 1]
        ids = [m.id for m in maps]
        if self._state.view.map_id in ids:
            self._state.set_map(ids[(ids.index(self._state.view.map_id) + 1) % len(ids)])
        else:
            self.show_group(maps)
