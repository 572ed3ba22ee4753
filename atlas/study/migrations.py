"""The tables, and how a file of an older format becomes one of today's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from atlas.problems import AtlasError
from atlas.study.database import writing

APPLICATION_ID = 0x41435055  # "ACPU", in the header of the file
Migration = tuple[str, ...]

_FIRST: Migration = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE reviews (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
        card TEXT NOT NULL CHECK (card GLOB '[a-z_]*:?*' AND card NOT GLOB '*[^!-~]*'),
        at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
        rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
        miss REAL CHECK (miss >= 0),
        parts TEXT NOT NULL CHECK (json_valid(parts)),
        map_id TEXT CHECK (map_id NOT GLOB '*[^a-z0-9_]*'),
        milliseconds INTEGER CHECK (milliseconds >= 0),
        here INTEGER NOT NULL CHECK (here IN (0, 1))  -- answered in this file, not brought in
    ) STRICT
    """,
    "CREATE INDEX reviews_by_time ON reviews (at, uid)",
    "CREATE INDEX reviews_by_card ON reviews (card, at, uid)",
    """
    CREATE TABLE withdrawals (
        uid TEXT PRIMARY KEY CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*'),
        review TEXT NOT NULL REFERENCES reviews (uid),
        at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z')
    ) STRICT
    """,
    "CREATE INDEX withdrawals_by_review ON withdrawals (review)",
    """
    CREATE TABLE notes (
        code TEXT NOT NULL,
        changed_at TEXT NOT NULL CHECK (changed_at GLOB '????-??-??T??:??:??.??????Z'),
        text TEXT NOT NULL,
        PRIMARY KEY (code, changed_at, text)
    ) STRICT
    """,
    """
    CREATE TABLE collections (
        name TEXT NOT NULL,
        changed_at TEXT NOT NULL CHECK (changed_at GLOB '????-??-??T??:??:??.??????Z'),
        codes TEXT NOT NULL CHECK (json_valid(codes)),
        removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
        PRIMARY KEY (name, changed_at, codes, removed)
    ) STRICT
    """,
    *(
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} are only added to'); END"
        for table in ("reviews", "withdrawals", "notes", "collections")
        for event in ("UPDATE", "DELETE")
    ),
)

MIGRATIONS: list[Migration] = [_FIRST]  # the one at n leads from format n to n + 1


def version_of(db: sqlite3.Connection) -> int:
    """The format of a file; 0 while it is empty."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(db: sqlite3.Connection, path: Path) -> None:
    """Raise `AtlasError` for a file that only a newer atlas understands."""
    version, newest = version_of(db), len(MIGRATIONS)
    if version > newest:
        raise AtlasError(
            f"{path} was written by a newer version of the atlas "
            f"(format {version}, this one knows up to {newest}): update the atlas"
        )


def migrate(db: sqlite3.Connection, back_up: Callable[[int], object]) -> None:
    """Bring a file to today's format, step by step, each whole or not at all.

    `back_up` is called with the format before each step, but not for a new file.
    """
    is_new = version_of(db) == 0
    while (version := version_of(db)) < len(MIGRATIONS):
        if not is_new:
            back_up(version)
        db.execute("PRAGMA foreign_keys = OFF")  # so that a step can rebuild a table
        try:
            with writing(db):
                _step(db, version)
        finally:
            db.execute("PRAGMA foreign_keys = ON")


def _step(db: sqlite3.Connection, version: int) -> None:
    for statement in MIGRATIONS[version]:
        db.execute(statement)
    if db.execute("PRAGMA foreign_key_check").fetchone():
        raise AtlasError(f"the step to format {version + 1} would lose what records refer to")
    db.execute(f"PRAGMA user_version = {version + 1}")
