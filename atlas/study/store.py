"""The learner's progress on the disk; what was answered is there whatever happens next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import TracebackType

import msgspec

from atlas import resources
from atlas.problems import AtlasError
from atlas.study import merging, tables
from atlas.study.backups import today
from atlas.study.database import told, writing
from atlas.study.records import (
    Collection,
    Merged,
    Note,
    Progress,
    Review,
    Withdrawal,
    later,
    new_uid,
    now_after,
    shifted,
)
from atlas.study.rescue import back_up_today, open_study

FILE = "study.db"
# Of a clock that was ahead by more, answers are not put behind its own: none would be of its day.
PUT_BACK = timedelta(days=1)


def study_file() -> Path:
    """Where the progress of the person at the machine is."""
    return resources.progress_folder() / FILE


class StudySetAside(AtlasError):  # noqa: N818 - it names a state of the file
    """Another window has set the open file aside: close the store and open it again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} was set aside by another window: open it again")


class Store:
    """An open file of progress, for the thread that opened it.

    Every method that writes returns after the disk has it. Raises `AtlasError` in one sentence
    where the file can't be used: when opened `StudyDamaged` where it is damaged or gone, and when
    written `StudySetAside` where another window found it damaged.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or study_file()
        self._day = today()  # on which there is a backup
        self._db = open_study(self.path)
        self._known: tuple[int, int] | None  # None while other windows' answers are not
        self._said = False  # that they are not
        with told(self.path):
            self._inode = self.path.stat().st_ino  # another window may set the file aside
            self._known = tables.ends(self._db)

    def __enter__(self) -> Store:
        """Itself, closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; once more does no harm."""
        self._db.close()

    def changed_elsewhere(self) -> bool:
        """Whether another window has answered or taken back; cheap.

        Once this was said, it stays so until `reviews` were read.
        """
        with told(self.path):
            self._said = tables.ends(self._db) != self._known
        return self._said

    def add_review(self, review: Review) -> Review:
        """Keep an answer and return it as it is kept; a second time it changes nothing.

        It is kept as later than those before it: where the clock was put back, what is
        remembered after it would otherwise be another thing when the answers are read again.
        """
        with self._writing():
            for kept in tables.read_reviews(self._db, "uid = ?", review.uid):
                return kept
            last = tables.last_until(self._db, shifted(review.at, PUT_BACK))
            review = msgspec.structs.replace(review, at=later(review.at, last))
            tables.insert_reviews(self._db, [review], here=True)
        self._back_up()
        return review

    def withdraw(self, uid: str) -> Review | None:
        """Take back an answer; None where there is no such one that counts."""
        with self._writing():
            return self._withdraw(uid)

    def correct(self, uid: str, rating: int) -> Review | None:
        """Give an answer another rating; None where there is no such one that counts.

        The answer with its first rating stays in the file and no longer counts.
        """
        with self._writing():
            found = self._withdraw(uid)
            if found is None:
                return None
            corrected = msgspec.structs.replace(found, rating=rating, uid=new_uid())
            tables.insert_reviews(self._db, [corrected], here=True)
        return corrected

    def reviews(self) -> list[Review]:
        """The answers that count, by time."""
        with told(self.path):
            ends = tables.ends(self._db)  # first: what comes in between is then read once more
            found = tables.read_reviews(self._db, tables.COUNTS)
        if self._said:  # who has not asked may read for something else
            self._known, self._said = ends, False
        return found

    def note(self, code: str) -> Note | None:
        """The note on a point."""
        with told(self.path):
            said = tables.read_notes(self._db, "code = ?", code)
        return said[-1] if said and said[-1].text else None

    def set_note(self, code: str, text: str) -> Note:
        """Write the note on a point; an empty text takes it away."""
        with self._writing():
            said = tables.read_notes(self._db, "code = ?", code)
            if said and said[-1].text == text:
                return said[-1]
            note = Note(code, text, now_after(said[-1].changed_at if said else None))
            tables.insert_notes(self._db, [note])
        return note

    def collections(self) -> list[Collection]:
        """All collections, by name."""
        with told(self.path):
            latest = {each.name: each for each in tables.read_collections(self._db)}
        return [each for each in latest.values() if not each.removed]

    def set_collection(self, name: str, codes: Iterable[str]) -> Collection:
        """Create a collection, or say anew which points it holds."""
        with self._writing():
            return self._hold(name, tuple(codes), removed=False)

    def put_on(self, name: str, code: str, wanted: bool) -> None:
        """Put a point on a collection or take it off; one without points is taken away."""
        with self._writing():
            last = self._last(name)
            held = last.codes if last is not None and not last.removed else ()
            if wanted != (code in held):
                codes = (*held, code) if wanted else tuple(c for c in held if c != code)
                self._hold(name, codes, removed=not codes)

    def remove_collection(self, name: str) -> None:
        """Take a collection away."""
        with self._writing():
            self._hold(name, (), removed=True)

    def everything(self) -> Progress:
        """All there is, also what was taken back or written over."""
        with told(self.path):
            return merging.read_all(self._db)

    def merge(self, progress: Progress) -> Merged:
        """Take in what is not known yet, all of it or nothing.

        However often and in whatever order, the same comes out. Raises `ConflictError` where
        something is known as something else.
        """
        with self._writing():
            return merging.merge(self._db, progress)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with told(self.path), writing(self._db):
            if not self._is_in_place():
                raise StudySetAside(self.path)
            is_known = tables.ends(self._db) == self._known
            yield
            ends = tables.ends(self._db)
        self._known = ends if is_known else None  # one's own answers hide nobody else's

    def _back_up(self) -> None:
        """A window may stay open from one day to the next."""
        if self._day != today():
            self._day = today()
            back_up_today(self._db, self.path)

    def _is_in_place(self) -> bool:
        try:
            return self.path.stat().st_ino == self._inode
        except OSError:
            return False

    def _withdraw(self, uid: str) -> Review | None:
        found = tables.read_reviews(self._db, f"uid = ? AND {tables.COUNTS}", uid)
        tables.insert_withdrawals(self._db, [Withdrawal(review.uid) for review in found])
        return found[0] if found else None

    def _last(self, name: str) -> Collection | None:
        """A collection as it was changed last, removed or not."""
        return next(reversed(tables.read_collections(self._db, "name = ?", name)), None)

    def _hold(self, name: str, codes: tuple[str, ...], *, removed: bool) -> Collection:
        last = self._last(name)
        if last is not None and (last.codes, last.removed) == (codes, removed):
            return last
        each = Collection(name, codes, now_after(last.changed_at if last else None), removed)
        tables.insert_collections(self._db, [each])
        return each
