"""The Anki package: which cards a deck has, and how they are written.

A point is one note, so that Anki can keep its cards off the same day.

Anki recognises a deck, a type of note, a note and a picture by what they are called. All four
stay the same from one export to the next, so that importing a deck again updates its notes
and leaves the learner's progress as it is.
"""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
import time
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from atlas.catalog.masks import Mask, members
from atlas.catalog.point import Point
from atlas.edition import Edition
from atlas.problems import AtlasError, unreadable
from atlas.resources import APP, write_atomically
from atlas.scene import Stage
from atlas.study.cards import Card, cards_of
from atlas.study.deck_text import CSS, DECK_KINDS, FIELDS, TEMPLATES, Face, asked, facts
from atlas.study.questions import Question
from atlas.study.sayings import count

if TYPE_CHECKING:
    import genanki

ENDING = ".apkg"
TITLE = "Acupoint Atlas"  # under another one, Anki would put new cards into another deck
# Drawn at random once, as Anki asks for. With another type of note, Anki would refuse to update
# what learners have imported.
DECK_ID = 1874362095
MODEL_ID = 1775048339


def deck_cards(stage: Stage, mask: Mask, kinds: tuple[str, ...] = DECK_KINDS) -> list[Card]:
    """The cards of some points, in their order. Raises `AtlasError` where there are none."""
    codes = {stage.catalogue.points[i].code for i in members(mask)}
    if not codes:
        raise AtlasError("no point matches")
    found = [c for c in cards_of(stage.body) if c.code in codes and c.kind in kinds]
    if not found:
        raise AtlasError(f"no map shows these points well enough for {' or '.join(kinds)}")
    return found


def size_of(cards: Collection[Card]) -> str:
    """What a deck holds, in words."""
    points = len({card.code for card in cards})
    return f"{count(points, 'point')}, {count(len(cards), 'card')}"


def check_target(path: Path) -> None:
    """Raises `AtlasError` where a deck could not be written, before it is drawn."""
    if path.suffix.lower() != ENDING:
        raise AtlasError(f"{path.name} does not end in {ENDING}")
    if path.is_dir():
        raise AtlasError(f"{path} is a folder")
    if not path.parent.is_dir():
        raise AtlasError(f"{path.parent} is not a folder")
    if not os.access(path.parent, os.W_OK):
        raise AtlasError(f"{path.parent} can't be written to")


def picture_name(card: Card, face: Face) -> str:
    """What a picture is called in Anki's folder, which all decks share."""
    return f"acupoint_atlas_{card.kind}_{card.code}_{face}.jpg"


class DeckFile:
    """A package in the making; nothing is on disk until it is written."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._fields: dict[str, dict[str, str]] = {}  # of the notes, by the point's code
        self._content = BytesIO()
        self._zip = ZipFile(self._content, "w")
        self._media: dict[str, str] = {}

    def add(self, question: Question, pictures: Mapping[Face, bytes]) -> None:
        """Add a question with its pictures to the note of its point."""
        card = question.card
        names = {face: picture_name(card, face) for face in pictures}
        for face, picture in pictures.items():
            number = str(len(self._media))
            self._zip.writestr(number, picture)  # a JPEG does not become smaller
            self._media[number] = names[face]
        if card.code not in self._fields:
            self._fields[card.code] = facts(self._edition, self._point(card.code))
        self._fields[card.code] |= asked(self._edition, question, names)

    def write(self, path: Path) -> None:
        """Write the file, all of it or nothing. Raises `AtlasError`."""
        self._zip.writestr("collection.anki2", self._collection(), ZIP_DEFLATED)
        self._zip.writestr("media", json.dumps(self._media), ZIP_DEFLATED)
        self._zip.close()
        try:
            write_atomically(path, self._content.getvalue())
        except OSError as error:
            raise unreadable(path, error) from None

    def _collection(self) -> bytes:
        """The notes as Anki's database (genanki's own writing leaves it in the temporary files)."""
        import genanki

        now = time.time()  # Anki takes over what is newer than what it has
        database = sqlite3.connect(":memory:")
        try:
            ids = itertools.count(int(now * 1000))
            genanki.Package(self._deck()).write_to_db(database.cursor(), now, ids)
            database.commit()
            return database.serialize()
        finally:
            database.close()

    def _deck(self) -> genanki.Deck:
        import genanki

        deck, model = genanki.Deck(DECK_ID, TITLE), _model()
        for place, (code, fields) in enumerate(self._fields.items(), start=1):
            note = genanki.Note(
                model,
                [fields.get(name, "") for name in FIELDS],
                guid=f"{APP}:{code}",
                tags=tags(self._point(code)),
                due=place,
            )
            deck.add_note(note)
        return deck

    def _point(self, code: str) -> Point:
        return self._edition.catalogue.points[self._edition.catalogue.index[code]]


def tags(point: Point) -> list[str]:
    """What Anki can filter by: meridian, regions, back pain and its conditions, categories."""
    return [
        f"meridian::{point.meridian}",
        *(f"region::{region}" for region in point.regions),
        *dict.fromkeys(f"pain::{role.target}" for role in point.back_pain),
        *dict.fromkeys(f"category::{category.kind}" for category in point.categories),
    ]


def _model() -> genanki.Model:
    import genanki

    templates = [
        {"name": kind.capitalize(), "qfmt": TEMPLATES[kind][0], "afmt": TEMPLATES[kind][1]}
        for kind in DECK_KINDS
    ]
    fields = [{"name": name} for name in FIELDS]
    return genanki.Model(MODEL_ID, "Acupoint", fields=fields, templates=templates, css=CSS)
