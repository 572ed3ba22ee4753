"""Records to rows and back; every row stays as it was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from atlas.study.records import Collection, Note, Review, Withdrawal

COUNTS = "uid NOT IN (SELECT review FROM withdrawals)"
Rows = Sequence[Sequence[str | int | float | None]]


def read_reviews(db: sqlite3.Connection, where: str = "1", *values: object) -> list[Review]:
    """Answers by time, in an order that is the same on every machine."""
    rows = db.execute(
        "SELECT card, rating, at, miss, parts, map_id, milliseconds, uid FROM reviews "
        f"WHERE {where} ORDER BY at, uid",
        values,
    )
    return [
        Review(card, rating, at, miss, _parts(parts), map_id, milliseconds, uid)
        for card, rating, at, miss, parts, map_id, milliseconds, uid in rows
    ]


def ends(db: sqlite3.Connection) -> tuple[int, int]:
    """Grow when answers come in or are taken back; rows are only added."""
    query = "SELECT (SELECT max(id) FROM reviews), (SELECT max(rowid) FROM withdrawals)"
    reviews, withdrawals = db.execute(query).fetchone()
    return reviews or 0, withdrawals or 0


def last_until(db: sqlite3.Connection, moment: str) -> str | None:
    """When the last answer that counts was given, of those not later than a moment."""
    query = f"SELECT at FROM reviews WHERE at <= ? AND {COUNTS} ORDER BY at DESC LIMIT 1"
    row = db.execute(query, (moment,)).fetchone()
    return row[0] if row else None


def read_withdrawals(db: sqlite3.Connection) -> list[Withdrawal]:
    """All that was taken back, by time."""
    rows = db.execute("SELECT review, at, uid FROM withdrawals ORDER BY at, uid")
    return [Withdrawal(*row) for row in rows]


def read_notes(db: sqlite3.Connection, where: str = "1", *values: object) -> list[Note]:
    """Notes by code with what they said before; the last one of a code is in force."""
    rows = db.execute(
        f"SELECT code, text, changed_at FROM notes WHERE {where} ORDER BY code, changed_at, text",
        values,
    )
    return [Note(*row) for row in rows]


def read_collections(db: sqlite3.Connection, where: str = "1", *values: object) -> list[Collection]:
    """Collections by name with what they held before; the last one of a name is in force."""
    rows = db.execute(
        f"SELECT name, codes, changed_at, removed FROM collections WHERE {where} "
        "ORDER BY name, changed_at, removed, codes",
        values,
    )
    return [Collection(name, _codes(codes), at, bool(gone)) for name, codes, at, gone in rows]


def insert_reviews(db: sqlite3.Connection, reviews: Iterable[Review], *, here: bool) -> int:
    """Add answers that the file does not have; returns their number.

    Whether they were given here is written down although nothing asks for it yet.
    """
    rows = [
        (r.uid, r.card, r.at, r.rating, r.miss, _json(r.parts), r.map_id, r.milliseconds, here)
        for r in reviews
    ]
    return _insert(db, "reviews (uid, card, at, rating, miss, parts, map_id, milliseconds, here)",
                   rows, "uid")  # fmt: skip


def insert_withdrawals(db: sqlite3.Connection, withdrawals: Iterable[Withdrawal]) -> int:
    """Add what was taken back; returns how many were new."""
    rows = [(w.uid, w.review, w.at) for w in withdrawals]
    return _insert(db, "withdrawals (uid, review, at)", rows, "uid")


def insert_notes(db: sqlite3.Connection, notes: Iterable[Note]) -> None:
    """Add notes that the file does not have."""
    rows = [(n.code, n.changed_at, n.text) for n in notes]
    _insert(db, "notes (code, changed_at, text)", rows, "code, changed_at, text")


def insert_collections(db: sqlite3.Connection, collections: Iterable[Collection]) -> None:
    """Add collections that the file does not have."""
    rows = [(c.name, c.changed_at, _json(c.codes), c.removed) for c in collections]
    fields = "name, changed_at, codes, removed"
    _insert(db, f"collections ({fields})", rows, fields)


def _insert(db: sqlite3.Connection, into: str, rows: Rows, key: str) -> int:
    if not rows:
        return 0
    before = db.total_changes
    marks = ", ".join("?" * len(rows[0]))
    # Only for what is there already: another fault of a row must not pass in silence.
    db.executemany(f"INSERT INTO {into} VALUES ({marks}) ON CONFLICT ({key}) DO NOTHING", rows)
    return db.total_changes - before


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _parts(text: str) -> dict[str, float]:
    return msgspec.json.decode(text, type=dict[str, float]) if text != "{}" else {}


def _codes(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...])
