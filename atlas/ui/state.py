"""The one state of the window: what is filtered, selected, shown and hidden."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from atlas.catalog.query import Query
from atlas.scene import Layer, MapScene, Page, Stage, View, resolve
from atlas.ui.theme import LIGHT, THEMES, Theme


class AtlasState(QObject):
    """Holds the view, the theme and the edition; widgets ask it to change.

    Each signal fires only on a real change. `scene_changed` follows every other one of the
    view, once, with the scene already resolved.
    """

    query_changed = Signal()
    selection_changed = Signal()
    map_changed = Signal()
    theme_changed = Signal()
    stage_changed = Signal()
    scene_changed = Signal()

    def __init__(self, stage: Stage, view: View | None = None, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.stage = stage
        self.theme = theme
        self.view = self._fitting(view or View())
        self.scene: MapScene = resolve(stage, self.view)

    def set_page(self, page: Page) -> None:
        """Show another page; only those with a body are presented."""
        self._change(page=page, presenting=False)

    def show_only(self, facet: str, value: str) -> None:
        """Show the points that have one value of a facet, and no others, on the best map.

        The map stays where it shows at least half as many of them as the best one.
        """
        self.set_query(Query().toggled(facet, value))
        counts = self.stage.map_counts(self.scene.matching)
        best = max(counts, key=counts.__getitem__)
        if 2 * counts[self.view.map_id] < counts[best]:
            self.set_map(best)

    def set_query(self, query: Query) -> None:
        """Ask for other points, and show the body with them; unknown values are left out."""
        self._change(query=self.stage.facets.known(query), page="explore")

    def toggle(self, facet: str, value: str) -> None:
        """Choose a facet's value, or give it up."""
        self.set_query(self.view.query.toggled(facet, value))

    def clear(self) -> None:
        """Show all points again."""
        self.set_query(Query())

    def set_map(self, map_id: str) -> None:
        """Show another map."""
        if map_id in self.stage.body.maps:
            self._change(map_id=map_id, spot=None, page="explore")

    def select(self, code: str | None, spot: int | None = None) -> None:
        """Select a point everywhere; the map changes where this one does not show it."""
        if code is None:
            self._change(selected=None, spot=None)
            return
        current = self.view.map_id
        best = current if spot is not None else self.stage.best_map(code, current)
        if best is not None:
            self._change(selected=code, spot=spot, map_id=best, page="explore")

    def toggle_layer(self, layer: Layer) -> None:
        """Show or hide a layer."""
        self._change(layers=self.view.layers ^ {layer})

    def set_presenting(self, presenting: bool) -> None:
        """Hide the panels and enlarge the names, or undo that."""
        page: Page = "study" if self.view.page == "study" else "explore"
        self._change(presenting=presenting, page=page)

    def set_theme(self, name: str) -> None:
        """Change the colours."""
        theme = THEMES.get(name, self.theme)
        if theme is not self.theme:
            self.theme = theme
            self.theme_changed.emit()

    def set_stage(self, stage: Stage) -> None:
        """Show another edition and keep of the view what it has too."""
        self.stage = stage
        self.view = self._fitting(self.view)
        self.scene = resolve(stage, self.view)
        self.stage_changed.emit()
        self.scene_changed.emit()

    def _change(self, **changes: Any) -> None:
        before, after = self.view, msgspec.structs.replace(self.view, **changes)
        if after == before:
            return
        self.view = after
        self.scene = resolve(self.stage, after)
        if after.map_id != before.map_id:
            self.map_changed.emit()
        if after.query != before.query:
            self.query_changed.emit()
        if (after.selected, after.spot) != (before.selected, before.spot):
            self.selection_changed.emit()
        self.scene_changed.emit()

    def _fitting(self, view: View) -> View:
        """The view without what this edition does not have."""
        body, catalogue = self.stage.body, self.stage.catalogue
        map_id = view.map_id if view.map_id in body.maps else next(iter(body.maps))
        selected = view.selected if view.selected in catalogue.index else None
        return msgspec.structs.replace(
            view,
            map_id=map_id,
            selected=selected,
            query=self.stage.facets.known(view.query),
        )
