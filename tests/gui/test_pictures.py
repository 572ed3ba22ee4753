"""The current map as PDF, SVG, PNG."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from atlas.catalog.query import Query
from atlas.edition import open_edition
from atlas.export import PICTURES
from atlas.problems import AtlasError
from atlas.scene import Stage, View
from atlas.ui.printing import Printing, export_picture, filter_text, light_page
from atlas.ui.theme import DARK, LIGHT

VIEW = View("back", Query(back_pain=frozenset({"radicular"})), "BL23")


@pytest.mark.usefixtures("qapp")
def test_a_png_shows_the_map_in_its_theme(stage: Stage, tmp_path: Path) -> None:
    light, dark = tmp_path / "light.png", tmp_path / "dark.png"
    export_picture(stage, VIEW, light, LIGHT)
    export_picture(stage, VIEW, dark, DARK)
    assert QImage(str(light)).pixelColor(2, 2).name() == LIGHT.panel.lower()
    assert QImage(str(dark)).pixelColor(2, 2).name() == DARK.panel.lower()
    bare = tmp_path / "bare.png"
    export_picture(stage, View("back", VIEW.query), bare, LIGHT)
    assert QImage(str(bare)) != QImage(str(light)), "the measurement is drawn"


@pytest.mark.usefixtures("qapp")
def test_an_svg_can_be_read_back(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    export_picture(stage, VIEW, path)
    assert QSvgRenderer(str(path)).isValid()
    assert "Educational reference" in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("qapp")
def test_a_pdf_is_one_page(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    export_picture(stage, VIEW, path)
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 1


@pytest.mark.usefixtures("qapp")
def test_a_place_that_can_t_be_written_is_told_and_left_clean(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="not a folder"):
        export_picture(stage, VIEW, tmp_path / "none" / "map.png")
    with pytest.raises(AtlasError, match="does not end in"):
        export_picture(stage, VIEW, tmp_path / "map.gif")
    (tmp_path / "taken.png").mkdir()
    with pytest.raises(AtlasError):
        export_picture(stage, VIEW, tmp_path / "taken.png")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.png"]


def test_a_picture_names_its_filters(stage: Stage) -> None:
    view = View("back", Query(back_pain=frozenset({"radicular"}), text="knee"))
    assert filter_text(stage, view) == "Radicular (sciatica) · “knee”"


def test_the_window_exports_what_it_shows(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    from atlas.ui.commands import Commands
    from atlas.ui.state import AtlasState
    from atlas.ui.window import MainWindow

    window = MainWindow(AtlasState(stage, VIEW))
    qtbot.addWidget(window)
    commands = Commands(window)
    commands.export_to(tmp_path / "map.png")
    assert (tmp_path / "map.png").stat().st_size > 50_000
    commands.export_to(tmp_path / "none" / "map.png")
    assert "not a folder" in window.banner.message.text()
    window.canvas.close_drawing()


def test_the_map_is_printed(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    told: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    printing = Printing(light_page(stage, VIEW), parent, told.append)
    printing.ask()
    assert printing.dialog.isVisible()
    printing.printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    QDialog.done(printing.dialog, QDialog.DialogCode.Accepted)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")
    qtbot.waitUntil(lambda: not parent.findChildren(QDialog))
    assert told == []


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    told: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    printing = Printing(light_page(stage, VIEW), parent, told.append)
    printing.printer.setOutputFileName(str(tmp_path / "none" / "printed.pdf"))
    QDialog.done(printing.dialog, QDialog.DialogCode.Accepted)
    assert told == ["The printer did not accept the page."]


def test_a_drawing_that_can_t_be_read_is_told_before_painting(
    tiny_folder: Path, tmp_path: Path, qapp: object
) -> None:
    tiny = Stage(open_edition(tiny_folder))
    drawing = tiny_folder / "body_maps" / "mini.svg"
    for content in ("no svg at all", '<svg><g><g id="bones"></g></svg>'):
        drawing.write_text(content)
        for kind in PICTURES:
            with pytest.raises(AtlasError, match="drawing"):
                export_picture(tiny, View("mini"), tmp_path / f"map{kind}")
    assert list(tmp_path.glob("*map*")) == []
