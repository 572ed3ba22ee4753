"""The yardstick: an empty pyqtgraph window, from the start to its first painted frame."""

from __future__ import annotations

import time

BEGIN = time.perf_counter()

import pyqtgraph as pg  # noqa: E402

from benchmarks.measure import report  # noqa: E402


def main() -> None:
    app = pg.mkQApp()
    view = pg.GraphicsView()
    view.setCentralItem(pg.ViewBox())
    view.resize(1280, 800)
    view.show()
    app.processEvents()
    view.grab()
    report(BEGIN)


if __name__ == "__main__":
    main()
