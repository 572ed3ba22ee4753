"""Noticing that the data folder has changed on disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from atlas.edition import watched_files

SETTLE = 250  # milliseconds: editors write a file in several steps


class FolderWatch(QObject):
    """Says once, when the files have settled, that something changed."""

    changed = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE)
        self._timer.timeout.connect(self._on_settled)
        self._watcher.fileChanged.connect(self._on_change)
        self._watcher.directoryChanged.connect(self._on_change)
        self._watch()

    def _watch(self) -> None:
        """Watch all files and their folders; a file that was replaced must be added again."""
        files = [path for path in watched_files(self.folder) if path.exists()]
        wanted = {str(path) for path in files} | {str(path.parent) for path in files}
        known = {*self._watcher.files(), *self._watcher.directories()}
        if missing := sorted(wanted - known):
            self._watcher.addPaths(missing)

    def _on_change(self, path: str) -> None:
        _ = path
        self._timer.start()

    def _on_settled(self) -> None:
        self._watch()
        self.changed.emit()
