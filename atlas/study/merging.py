"""Bringing progress together: the union of what two files hold, in whatever order it comes."""

from __future__ import annotations

import sqlite3

from atlas.study.records import ConflictError, Merged, Progress, Review, Withdrawal
from atlas.study.tables import (
    insert_collections,
    insert_notes,
    insert_reviews,
    insert_withdrawals,
    read_collections,
    read_notes,
    read_reviews,
    read_withdrawals,
)


def read_all(db: sqlite3.Connection) -> Progress:
    """All that a file holds at one moment, in an order that is the same on every machine."""
    db.execute("BEGIN")
    try:
        return Progress(
            read_reviews(db), read_withdrawals(db), read_notes(db), read_collections(db)
        )
    finally:
        db.execute("ROLLBACK")


def merge(db: sqlite3.Connection, progress: Progress) -> Merged:
    """Take in what is not known yet, inside a transaction of the caller."""
    reviews = {review.uid: review for review in read_reviews(db)}
    new = _unknown(reviews, progress.reviews)
    _check(db, reviews, progress.withdrawals)
    notes = set(progress.notes).difference(read_notes(db))
    collections = set(progress.collections).difference(read_collections(db))
    insert_notes(db, progress.notes)
    insert_collections(db, progress.collections)
    return Merged(
        insert_reviews(db, new, here=False),
        insert_withdrawals(db, progress.withdrawals),
        len({note.code for note in notes}),
        len({each.name for each in collections}),
    )


def _unknown(known: dict[str, Review], reviews: list[Review]) -> list[Review]:
    """The answers that are not known; they are afterwards."""
    new = []
    for i, review in enumerate(reviews):
        same = known.setdefault(review.uid, review)
        if same is review:
            new.append(review)
        elif same != review:
            raise ConflictError(f"reviews[{i}]: {review.uid} is known as another answer")
    return new


def _check(
    db: sqlite3.Connection, reviews: dict[str, Review], withdrawals: list[Withdrawal]
) -> None:
    known = {withdrawal.uid: withdrawal for withdrawal in read_withdrawals(db)}
    for i, withdrawal in enumerate(withdrawals):
        if withdrawal.review not in reviews:
            raise ConflictError(f"withdrawals[{i}]: there is no answer {withdrawal.review}")
        if known.setdefault(withdrawal.uid, withdrawal) != withdrawal:
            raise ConflictError(f"withdrawals[{i}]: {withdrawal.uid} is known as another one")
