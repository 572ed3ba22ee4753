"""Decks of whole data folders, with anything for pictures."""

from __future__ import annotations

from pathlib import Path
from random import Random

from atlas.catalog.masks import Mask
from atlas.edition import Edition, open_edition
from atlas.scene import Stage
from atlas.study.cards import Card
from atlas.study.deck import DeckFile, deck_cards
from atlas.study.deck_text import DECK_KINDS
from atlas.study.questions import ask

EVERY = {
    "locate": {"question": b"body", "answer": b"measured"},
    "identify": {"question": b"marked", "answer": b"measured too"},
    "recall": {},
}


def all_of(edition: Edition) -> Mask:
    return (1 << len(edition.catalogue.points)) - 1


def write(
    folder: Path, path: Path, *kinds: str, pictures: dict[str, dict[str, bytes]] = EVERY
) -> list[Card]:
    """A deck of a whole data folder, with anything for pictures."""
    stage = Stage(open_edition(folder))
    cards = deck_cards(stage, all_of(stage.edition), kinds or DECK_KINDS)
    file = DeckFile(stage.edition)
    for card in cards:
        file.add(ask(stage, card, Random(card.key)), pictures[card.kind])  # type: ignore[arg-type]
    file.write(path)
    return cards
