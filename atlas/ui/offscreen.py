"""Drawing a map without a window or a display."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from atlas.catalog.query import Query
from atlas.scene import Layer, Stage, View

if TYPE_CHECKING:
    from atlas.study.cards import Card


def render(
    stage: Stage,
    map_id: str,
    query: Query,
    selected: str | None,
    layers: Iterable[str],
    path: Path,
    theme: str,
) -> None:
    """Draw a map into a file. Raises `AtlasError` where that can't be done."""
    _start_qt()
    from atlas.ui.printing import export_picture
    from atlas.ui.theme import THEMES

    chosen = frozenset(cast("Layer", layer) for layer in layers)
    view = View(map_id=map_id, query=query, selected=selected, layers=chosen)
    export_picture(stage, view, path, THEMES[theme])


def write_deck(stage: Stage, cards: list[Card], path: Path) -> Iterator[int]:
    """Write a deck, card by card, and say after each how many are done. Raises `AtlasError`."""
    _start_qt()
    from atlas.ui.decks import written

    return written(stage, cards, path)


def _start_qt() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from atlas.ui.theme import use_fonts

    app = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(app, QGuiApplication)
    app.setFont(use_fonts(app.font()))
