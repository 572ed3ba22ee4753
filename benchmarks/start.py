"""The atlas from the start to its first painted map with all points."""

from __future__ import annotations

import gc
import time

BEGIN = time.perf_counter()
gc.disable()

from atlas.ui import app as start  # noqa: E402
from benchmarks.measure import report  # noqa: E402


def main() -> None:
    application, window, _ = start.open_window(None)
    window.show()
    application.processEvents()
    window.canvas.grab()
    report(BEGIN)
    window.canvas.close_drawing()


if __name__ == "__main__":
    main()
