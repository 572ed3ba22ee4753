"""Anki's own importer, on a collection of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.consts import CARD_TYPE_REV, QUEUE_TYPE_REV

if TYPE_CHECKING:
    from anki.cards import CardId


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


def card_of(anki: Collection, code: str, kind: str) -> CardId:
    """A card in Anki's collection."""
    (found,) = anki.find_cards(f"Code:{code} card:{kind.capitalize()}")
    return found


def learn(anki: Collection, card_id: CardId) -> None:
    """Let a card be known for a month."""
    card = anki.get_card(card_id)
    card.type, card.queue = CARD_TYPE_REV, QUEUE_TYPE_REV
    card.ivl, card.due, card.reps = 30, 30, 4
    anki.update_card(card)


def is_learnt(anki: Collection, card_id: CardId) -> bool:
    """Whether that is still so."""
    card = anki.get_card(card_id)
    return (card.type, card.ivl, card.due, card.reps) == (CARD_TYPE_REV, 30, 30, 4)
