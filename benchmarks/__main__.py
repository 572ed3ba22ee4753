"""`make bench`: start, memory, every interaction to its painted frame, loading."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HOME = tempfile.mkdtemp(prefix="atlas-bench-")
os.environ["ACUPOINT_ATLAS_HOME"] = HOME

import pyqtgraph as pg  # noqa: E402
from PySide6.QtCore import QEvent, QObject, QPoint, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from atlas import resources  # noqa: E402
from atlas.edition import Edition, open_edition, read_folder  # noqa: E402
from atlas.parse import parse  # noqa: E402
from atlas.scene import Stage, View  # noqa: E402
from atlas.ui.state import AtlasState  # noqa: E402
from atlas.ui.window import MainWindow  # noqa: E402
from benchmarks.measure import Figures, alternating, line, timed  # noqa: E402
from benchmarks.study import studying  # noqa: E402
from benchmarks.synthetic import enlarged  # noqa: E402

ROUNDS = 40


class Painted(QObject):
    """Notices that a widget has been painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.seen = False
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def until_painted(application: QApplication, painted: Painted, act: Callable[[], None]) -> None:
    """Act, and go on until the widget shows the result.

    Painting is a posted event. What is left for the next turn of the event loop, such as the
    text on a selected point, is not waited for; `until_idle` measures that.
    """
    painted.seen = False
    act()
    give_up = time.perf_counter() + 2
    while not painted.seen and time.perf_counter() < give_up:
        application.sendPostedEvents()
        if not painted.seen:
            application.processEvents()


def painted_by(application: QApplication, widget: QWidget, act: Callable[[], None]) -> None:
    """Act, and go on until a widget shows the result."""
    until_painted(application, Painted(widget), act)


def until_idle(application: QApplication, act: Callable[[], None]) -> None:
    """Act, and go on until every panel has followed."""
    act()
    for _ in range(3):  # paint; what was left for the next turn; paint that
        application.processEvents()


def settled(application: QApplication, window: MainWindow) -> None:
    """Wait until the drawing is sharp and what is prepared after the start is there."""
    begin = time.perf_counter()
    while time.perf_counter() < begin + 5:
        application.processEvents()
        if window.canvas.is_settled() and time.perf_counter() > begin + 0.5:
            break


def window_of(edition: Edition) -> MainWindow:
    layers = frozenset({"labels", "measure", "channels"})
    state = AtlasState(Stage(edition), View(map_id="front", layers=layers))  # type: ignore[arg-type]
    window = MainWindow(state)
    window.resize(1280, 800)
    window.show()
    return window


def interactions(application: QApplication, edition: Edition, bound: float) -> list[str]:
    """Every interaction from input to painted frame."""
    window = window_of(edition)
    settled(application, window)
    canvas, state = window.canvas, window.state
    body = Painted(canvas.viewport())

    def filter_click(row: int) -> None:
        panel = window.filters
        place = panel.visualRect(panel.facet_model.index(row)).center()
        QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def each(act: Callable[[int], None], painted: Painted) -> Figures:
        act(1)  # the first one builds what the others share
        settled(application, window)

        def once(i: int) -> Callable[[], None]:
            return lambda: until_painted(application, painted, lambda: act(i))

        return timed([once(i) for i in range(ROUNDS)])

    def whole(act: Callable[[int], None]) -> Figures:
        return timed([lambda i=i: until_idle(application, lambda: act(i)) for i in range(ROUNDS)])  # type: ignore[misc]

    rows = [1 + i % 6 for i in range(ROUNDS)]
    lines = [line("filter click", each(lambda i: filter_click(rows[i]), body), bound)]
    lines.append(line("filter click, all panels", whole(lambda i: filter_click(rows[i]))))
    state.clear()
    authored = [(s.code, i) for i, s in enumerate(state.scene.sheet.spots) if s.side > 0]

    def select(i: int) -> None:
        state.select(*authored[i * 3 % len(authored)])

    lines.append(line("selection", each(select, body), bound))
    lines.append(line("selection, all panels", whole(select)))
    spots = list(range(0, len(state.scene.sheet.spots), 5))
    window.frame.card.hide()
    card = Painted(window.frame.card)

    def hover(i: int) -> None:
        window.frame.card.hide()
        QTest.mouseMove(canvas.viewport(), QPoint(2, 2))
        QTest.mouseMove(canvas.viewport(), canvas.spot_pixel(spots[i % len(spots)]).toPoint())

    lines.append(line("hover", each(hover, card), bound))
    results = Painted(window.search.results, window.search.results.view.viewport(), window.search)
    window.search.setFocus()
    words = ["shenshu", "kidney", "zusanli", "back of", "low ba", "bladder", "hegoo"]
    letters = list("".join(words) * 3)[: ROUNDS + 1]

    def key(i: int) -> None:
        if i % 7 == 0:
            window.search.clear()
        QTest.keyClick(window.search, Qt.Key(ord(letters[i].upper())))

    lines.append(line("search key", each(key, results), bound))
    window.search.clear()

    def pan(i: int) -> None:
        canvas._box.translateBy(x=3 if i % 2 else -3)

    lines.append(line("pan, one frame", each(pan, body)))
    window.close()
    window.deleteLater()
    return lines


def empty_frame(application: QApplication) -> Figures:
    """One frame of an empty pyqtgraph window that is panned."""
    view = pg.GraphicsView()
    box = pg.ViewBox()
    view.setCentralItem(box)
    view.resize(1280, 800)
    view.show()
    application.processEvents()
    painted = Painted(view.viewport())
    moves = [lambda: until_painted(application, painted, view.viewport().update)] * ROUNDS
    figures = timed(moves)
    view.close()
    return figures


def loading() -> list[str]:
    """The catalogue from changed YAML and from its cache."""
    folder = resources.data_folder()
    contents = read_folder(folder)
    maps = resources.body_maps_for(folder)
    open_edition()
    from_yaml = timed([lambda: (parse(contents, maps), None)[1]] * 15)
    cached = timed([lambda: (open_edition(), None)[1]] * 30)
    return [line("load from changed YAML", from_yaml, 150), line("load from cache", cached, 10)]


def main() -> None:
    print("start to first painted map, against an empty pyqtgraph window")
    found = alternating(["benchmarks.empty", "benchmarks.start"], 11)
    empty, atlas = found["benchmarks.empty"], found["benchmarks.start"]
    for name, unit, bound in (("ms", "ms", 1.25), ("mb", "MB", 1.3)):
        a = statistics.median(run[name] for run in empty)
        b = statistics.median(run[name] for run in atlas)
        verdict = "ok" if b / a <= bound else "OVER"
        print(f"  empty {a:6.0f} {unit}   atlas {b:6.0f} {unit}   ratio {b / a:.2f}"
              f"   bound {bound}  {verdict}")  # fmt: skip
    application = pg.mkQApp()
    application.setStyle("Fusion")
    print("one frame of an empty window")
    print(line("repaint", empty_frame(application)))
    edition = open_edition()
    print(f"{len(edition.catalogue.points)} points: input to painted frame, milliseconds")
    print("\n".join(interactions(application, edition, 8.0)))
    many = enlarged(edition, 10_000)
    print(f"{len(many.catalogue.points)} points: input to painted frame, milliseconds")
    print("\n".join(interactions(application, many, 16.7)))
    print("study, milliseconds")
    print("\n".join(studying(application, edition, partial(painted_by, application))))
    print("loading, milliseconds")
    print("\n".join(loading()))
    print(f"\nPython {sys.version.split()[0]}, {os.cpu_count()} cores, offscreen")


if __name__ == "__main__":
    main()
