"""What the study page shows and does: the plan, the sitting, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtCore import QObject, QTimeZone, Signal

from atlas.problems import AtlasError, unreadable
from atlas.study.agenda import Clock
from atlas.study.plan import FILE, codes_of, load_plan, save_plan
from atlas.study.records import Collection
from atlas.study.rescue import StudyDamaged, begin_anew, restore
from atlas.study.schedule import Rating
from atlas.study.sitting import Sitting
from atlas.study.store import Store, StudySetAside
from atlas.ui.state import AtlasState

Phase = Literal["closed", "start", "question", "answer", "end"]
MORE = 10  # new cards of one wish for more


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def local_zone() -> tzinfo:
    """The time zone of this machine, with its summer time."""
    with suppress(KeyError, ValueError, OSError):  # a zone that Python does not know
        return ZoneInfo(bytes(QTimeZone.systemTimeZoneId().data()).decode())
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None
    return zone


class StudyModel(QObject):
    """Holds the open store and the sitting; `changed` follows everything that is to be seen."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, state: AtlasState, clock: Clock = now) -> None:
        super().__init__()
        self.state = state
        self.clock = clock
        self.zone = local_zone()
        self.plan, self.warning = load_plan()
        self.store: Store | None = None
        self.sitting: Sitting | None = None
        self.damage: StudyDamaged | None = None
        self.trouble = ""  # why nothing can be studied
        self.started = False
        self._stale = False  # the edition is another since
        state.stage_changed.connect(self._on_stage)

    @property
    def phase(self) -> Phase:
        """What the page shows."""
        sitting = self.sitting
        if sitting is None:
            return "closed"
        if not self.started:
            return "start"
        if sitting.question is None:
            return "end"
        return "question" if sitting.outcome is None else "answer"

    # -- store -----------------------------------------------------------------------------

    def open(self) -> None:
        """Open the store, or remember why that can't be done."""
        self.damage, self.trouble = None, ""
        try:
            if self.store is not None:
                self.store.close()  # it may have been set aside by another window
                self.store = None
            self.store = Store()
        except StudyDamaged as damaged:
            self.damage, self.trouble = damaged, str(damaged)
        except AtlasError as error:
            self.trouble = str(error)
        self._sit_down()

    def close(self) -> None:
        """Close the store."""
        if self.store is not None:
            self.store.close()
        self.store = self.sitting = None

    def put_back(self) -> None:
        """Put the newest backup in the place of a damaged store."""
        assert self.damage is not None
        assert self.damage.backup is not None
        path, backup = self.damage.path, self.damage.backup
        if self._done(lambda: restore(path, backup)):
            self.open()

    def begin_anew(self) -> None:
        """Begin without the answers of a damaged store; its file is kept."""
        assert self.damage is not None
        path = self.damage.path
        if self._done(lambda: begin_anew(path)):
            self.open()

    # -- plan ------------------------------------------------------------------------------

    def change_plan(self, **changes: Any) -> None:
        """Study otherwise from now on."""
        plan = msgspec.structs.replace(self.plan, **changes)
        if plan == self.plan:
            return
        self.plan = plan
        try:
            save_plan(plan)
        except OSError as error:
            reason = unreadable(FILE, error)
            self.failed.emit(f"The plan could not be kept for the next time: {reason}")
        self._sit_down()

    def come_back(self) -> None:
        """Somebody looks again: filter, lists, other windows and the day may have moved on."""
        if self._has_moved_on():
            self._sit_down()
        else:
            self.changed.emit()

    def _has_moved_on(self) -> bool:
        sitting, stage, query = self.sitting, self.state.stage, self.state.view.query
        if sitting is None or self._stale or not self._done(sitting.read_again):
            return True
        return sitting.codes != codes_of(stage, self.plan, query, self.collections())

    def collections(self) -> list[Collection]:
        """The learner's own lists."""
        if self.store is None:
            return []
        try:
            return self.store.collections()
        except AtlasError as error:
            self.failed.emit(str(error))
            return []

    def note(self, code: str) -> str:
        """The learner's note on a point."""
        if self.store is None:
            return ""
        try:
            found = self.store.note(code)
        except AtlasError as error:
            self.failed.emit(str(error))
            return ""
        return found.text if found is not None else ""

    def _on_stage(self) -> None:
        """The questions that were answered may not exist in another edition."""
        self.sitting, self._stale = None, True
        self.changed.emit()

    def _sit_down(self) -> None:
        """Begin with the present plan; what was answered in this sitting is kept in mind."""
        before, self.sitting, self._stale = self.sitting, None, False
        if self.store is not None:
            try:
                self.sitting = Sitting(
                    self.state.stage, self.store, self.plan, self.state.view.query,
                    self.clock, self.zone, before=before,
                )  # fmt: skip
                if self.started:
                    self.sitting.ask_next()
            except AtlasError as error:
                self.sitting, self.trouble = None, str(error)
        self.changed.emit()

    # -- questions and answers -------------------------------------------------------------

    def begin(self) -> None:
        """Ask the first question."""
        self.started = True
        self.next()

    def end(self) -> None:
        """Leave the questions; they can be gone on with."""
        self.started = False
        if self.sitting is not None:
            self.sitting.drop()
        self.changed.emit()

    def more(self) -> None:
        """Learn more new cards today than planned."""
        if self.sitting is not None:
            self.sitting.more(self.sitting.learnable(MORE))
            self.begin()

    def next(self) -> None:
        """Ask the next question."""
        self._act(lambda sitting: sitting.ask_next())

    def place(self, x: float, y: float) -> None:
        """Click on the map."""
        self._act(lambda sitting: sitting.place(x, y))

    def take_back_place(self) -> None:
        """Take the last click of a walk back."""
        self._act(lambda sitting: sitting.take_back_place())

    def choose(self, code: str) -> None:
        """Choose a point."""
        self._act(lambda sitting: sitting.choose(code))

    def name(self, typed: str) -> None:
        """Type a point's name."""
        self._act(lambda sitting: sitting.name(typed))

    def reveal(self) -> None:
        """Show what was to be recalled."""
        self._act(lambda sitting: sitting.reveal())

    def give_up(self) -> None:
        """Say that one does not know."""
        self._act(lambda sitting: sitting.give_up())

    def rate(self, rating: Rating) -> None:
        """Say how well it was known."""
        self._act(lambda sitting: sitting.rate(rating))

    def undo(self) -> None:
        """Take back what was done last; the question of an answer is asked again."""
        if self._act(lambda sitting: sitting.undo()):
            self.started = self.sitting is not None and self.sitting.question is not None
            self.changed.emit()

    def _act(self, action: Callable[[Sitting], object]) -> bool:
        sitting = self.sitting
        if sitting is None:
            return False
        done = self._done(lambda: action(sitting))
        self.changed.emit()
        return done

    def _done(self, action: Callable[[], object]) -> bool:
        """Whether something could be done; why not, is told."""
        try:
            action()
        except AtlasError as error:
            self.failed.emit(str(error))
            if isinstance(error, StudySetAside):  # what another window put in its place counts
                self.open()
            return False
        return True
