"""What a learner's progress is made of; every record can be told apart on every machine."""

from __future__ import annotations

import math
import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from atlas.problems import AtlasError

_UID = re.compile(r"[0-9a-f]{32}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_CARD = re.compile(r"[a-z_]+:[!-~]+")
_MAP = re.compile(r"[a-z0-9_]+")
# A clock that was never set says 1970; beyond, what is to be computed from a date may have no date.
YEARS = range(1970, 3000)
LONGEST = 1_000_000_000  # milliseconds: a machine that slept with a question open
FARTHEST = 1000.0  # cun


def stamp(moment: datetime) -> str:
    """An aware moment as text in UTC, of one width, so that texts sort as moments do."""
    if moment.tzinfo is None:
        raise ValueError("a moment without its time zone")
    text = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")


def now() -> str:
    """This moment as text."""
    return stamp(datetime.now(UTC))


def now_after(last: str | None) -> str:
    """This moment; a moment after the last one, where the clock was put back since."""
    return later(now(), last)


def later(moment: str, last: str | None) -> str:
    """A moment; the one after the last, where it is not later than that."""
    if last is None or last < moment:
        return moment
    return shifted(last, timedelta(microseconds=1))


def shifted(moment: str, span: timedelta) -> str:
    """A moment so much later."""
    return stamp(datetime.fromisoformat(moment) + span)


def new_uid() -> str:
    """A name that no other record on any machine has."""
    return uuid.uuid4().hex


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the records: immutable; one that can't be meant can't be made."""


class Review(_Record, frozen=True):
    """One answer: which card, when, how well, how far off and how long it took."""

    card: str  # the kind of question and what it asked for, such as locate:BL23
    rating: int  # 1 forgotten, 2 hard, 3 good, 4 easy
    at: str = msgspec.field(default_factory=now)
    miss: float | None = None  # in cun
    parts: dict[str, float] = {}  # of the miss, by direction, in cun
    map_id: str | None = None
    milliseconds: int | None = None
    uid: str = msgspec.field(default_factory=new_uid)

    def __post_init__(self) -> None:
        """Refuse what no answer can be."""
        _check_uid(self.uid)
        _check_moment(self.at)
        _require(_CARD.fullmatch(self.card), f"no card {self.card!r} (such as locate:BL23)")
        _require(1 <= self.rating <= 4, f"rating {self.rating} is not one of 1 to 4")
        _require(self.miss is None or 0 <= self.miss <= FARTHEST, f"no miss {self.miss}")
        _require(all(map(math.isfinite, self.parts.values())), "a part of a miss is no number")
        _require(self.map_id is None or _MAP.fullmatch(self.map_id), f"no map {self.map_id!r}")
        took = self.milliseconds
        _require(took is None or 0 <= took <= LONGEST, f"no time {took} in milliseconds")


class Withdrawal(_Record, frozen=True):
    """An answer that was taken back; it stays, and no longer counts."""

    review: str
    at: str = msgspec.field(default_factory=now)
    uid: str = msgspec.field(default_factory=new_uid)

    def __post_init__(self) -> None:
        """Refuse what no withdrawal can be."""
        _check_uid(self.uid)
        _check_uid(self.review)
        _check_moment(self.at)


class Note(_Record, frozen=True):
    """What the learner wrote on a point; an empty text takes the one before away."""

    code: str
    text: str
    changed_at: str = msgspec.field(default_factory=now)

    def __post_init__(self) -> None:
        """Refuse what no note can be."""
        _check_moment(self.changed_at)
        _require(self.code.strip(), "a note without the code of its point")
        _check_text(self.code + self.text)


class Collection(_Record, frozen=True):
    """Points that the learner put together under a name, in their order."""

    name: str
    codes: tuple[str, ...]
    changed_at: str = msgspec.field(default_factory=now)
    removed: bool = False

    def __post_init__(self) -> None:
        """Refuse what no collection can be."""
        _check_moment(self.changed_at)
        _require(self.name.strip(), "a collection without a name")
        _check_text(self.name + "".join(self.codes))


class Progress(_Record, frozen=True):
    """All there is: what was taken back and what was written over included."""

    reviews: list[Review] = []
    withdrawals: list[Withdrawal] = []
    notes: list[Note] = []
    collections: list[Collection] = []


class Merged(NamedTuple):
    """How much of what was brought in was not known yet."""

    reviews: int
    withdrawals: int
    notes: int  # with whatever was written over since, the note on a point is one
    collections: int  # and so is a collection


class ConflictError(AtlasError):
    """What was brought in contradicts what is known; nothing of it was taken."""


def _require(holds: object, message: str) -> None:
    if not holds:
        raise ValueError(message)


def _check_uid(uid: str) -> None:
    _require(_UID.fullmatch(uid), f"uid {uid!r} is not 32 hexadecimal digits")


def _check_moment(text: str) -> None:
    whole = _MOMENT.fullmatch(text)
    if whole:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            whole = None
    _require(whole, f"no moment {text!r} (such as 2026-01-31T09:30:00.000000Z)")
    _require(
        int(text[:4]) in YEARS, f"no year from {YEARS[0]} to {YEARS[-1]} in the moment {text!r}"
    )


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("a text with half a character") from None
