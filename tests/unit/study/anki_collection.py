"""Anki's own importer, on a collection of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """An Anki collection in a folder, new or as it was left."""
    opened = Collection(str(folder / "collection.anki2"))
    try:
        yield opened
    finally:
        opened.close()


def import_deck(anki: Collection, path: Path) -> tuple[int, int]:
    """Import a package as Anki does unless told otherwise; how many notes are new, and changed."""
    options = ImportAnkiPackageOptions(with_scheduling=False)
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    log = anki.import_anki_package(request).log
    return len(log.new), len(log.updated)
