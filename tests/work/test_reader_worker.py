"""A card is read at once, once, and told to be lifted; a reader's fault is told once, and so is its end."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from devices.contract import (
    CardFound,
    CardRead,
    CardRejected,
    DeviceCode,
    DeviceFault,
    NoNewCard,
    Presence,
    ReaderReady,
)
from kiosk.flow.events import (
    CardLaid,
    CardLifted,
    CardRefused,
    IdentityRead,
    ReaderFailed,
    ReaderRecovered,
)
from kiosk.flow.step import step
from kiosk.work.gate import Gate
from kiosk.work.reader_worker import (
    FIND_INTERVAL_S,
    REFUSED_PAUSE_S,
    ReaderTools,
    ReaderWorker,
)
from tests.core.stand import LogBook
from tests.flow.situations import KNOWN_PERSON
from tests.work.builders import identity

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import FindOutcome, ReaderStatus, ReadOutcome
    from kiosk.flow.events import Event

Answer = TypeVar("Answer")
GONE = DeviceFault(DeviceCode.READER_NOT_FOUND, "port vanished")


@dataclass
class TaughtReader:
    """Gives the answers it was taught, and the quiet ones after that."""

    finds: deque[FindOutcome] = field(default_factory=deque)
    reads: deque[ReadOutcome] = field(default_factory=deque)
    presences: deque[Presence] = field(default_factory=deque)
    states: deque[ReaderStatus] = field(default_factory=deque)
    deadlines: list[timedelta] = field(default_factory=list)

    def status(self, deadline: timedelta) -> ReaderStatus:
        return self._next(self.states, ReaderReady("sam", 115200), deadline)

    def find(self, deadline: timedelta) -> FindOutcome:
        return self._next(self.finds, NoNewCard(), deadline)

    def read(self, deadline: timedelta) -> ReadOutcome:
        return self._next(self.reads, CardRead(identity()), deadline)

    def presence(self, deadline: timedelta) -> Presence:
        return self._next(self.presences, Presence.PRESENT, deadline)

    def close(self) -> None:
        self.finds.clear()

    def _next(self, taught: deque[Answer], otherwise: Answer, deadline: timedelta) -> Answer:
        self.deadlines.append(deadline)
        return taught.popleft() if taught else otherwise


class Desk:
    """A reader's worker that is driven step by step, without its thread."""

    def __init__(self, reader: TaughtReader) -> None:
        self.events: list[Event] = []
        self.book = LogBook()
        self.worker = ReaderWorker(ReaderTools(reader, self.events.append, self.book.log, Gate()))

    def step(self, times: int = 1) -> list[float]:
        """The pauses after each step."""
        return [self.worker._step() for _ in range(times)]

    def kinds(self) -> list[type[Event]]:
        return [type(event) for event in self.events]


def test_a_card_is_read_at_once_and_each_reading_has_its_own_id() -> None:
    reader = TaughtReader(
        finds=deque([NoNewCard(), CardFound(), CardFound()]),
        presences=deque([Presence.ABSENT]),
    )
    desk = Desk(reader)

    desk.step(4)

    assert desk.kinds() == [CardLaid, IdentityRead, CardLifted, CardLaid, IdentityRead]
    readings = [event.card_read for event in desk.events if isinstance(event, IdentityRead)]
    assert len(set(readings)) == 2


def test_a_lying_card_is_not_read_again() -> None:
    desk = Desk(TaughtReader(finds=deque([CardFound()] * 9)))

    pauses = desk.step(9)

    assert desk.kinds() == [CardLaid, IdentityRead]
    assert pauses == [FIND_INTERVAL_S] * 9


def test_a_card_that_was_exchanged_between_two_polls_is_another_reading() -> None:
    """The reader's "absent" is believed at once: asked again, it would speak of the new card."""
    reader = TaughtReader(
        finds=deque([CardFound(), CardFound()]), presences=deque([Presence.ABSENT, Presence.PRESENT])
    )
    desk = Desk(reader)

    desk.step(3)

    assert desk.kinds() == [CardLaid, IdentityRead, CardLifted, CardLaid, IdentityRead]


def test_where_presence_is_unknown_a_new_card_says_that_the_old_one_is_gone() -> None:
    reader = TaughtReader(
        finds=deque([CardFound(), NoNewCard(), CardFound()]), presences=deque([Presence.UNKNOWN] * 2)
    )
    desk = Desk(reader)

    desk.step(3)

    assert desk.kinds() == [CardLaid, IdentityRead, CardLifted, CardLaid, IdentityRead]


def test_a_refused_card_is_told_once_and_not_read_over_and_over() -> None:
    reader = TaughtReader(
        finds=deque([CardFound(), CardRejected(DeviceCode.CARD_NOT_ID)]),
        reads=deque([CardRejected(DeviceCode.CARD_UNREADABLE)]),
    )
    desk = Desk(reader)

    pauses = desk.step(2)

    assert desk.events == [
        CardLaid(),
        CardRefused(DeviceCode.CARD_UNREADABLE),
        CardRefused(DeviceCode.CARD_NOT_ID),
    ]
    assert pauses == [REFUSED_PAUSE_S] * 2


def test_a_card_pulled_while_it_was_read_may_come_back_at_once() -> None:
    reader = TaughtReader(
        finds=deque([CardFound(), CardFound()]), reads=deque([CardRejected(DeviceCode.CARD_TAKEN_AWAY)])
    )
    desk = Desk(reader)

    pauses = desk.step(2)

    assert desk.kinds() == [CardLaid, CardRefused, CardLaid, IdentityRead]
    assert pauses[0] == FIND_INTERVAL_S


def test_a_fault_is_told_once_and_its_end_once_and_the_next_card_reads() -> None:
    reader = TaughtReader(
        finds=deque([GONE, CardFound()]), states=deque([GONE, GONE, ReaderReady("sam", 115200)])
    )
    desk = Desk(reader)

    desk.step(5)

    assert desk.kinds() == [ReaderFailed, ReaderRecovered, CardLaid, IdentityRead]
    assert len(desk.book.lines("reader_failed")) == 1


def test_a_card_that_lay_during_a_fault_is_read_anew() -> None:
    """Nobody can tell whether it is the same card: the fault ended the reading."""
    reader = TaughtReader(
        finds=deque([CardFound(), GONE, CardFound(), NoNewCard()]),
        presences=deque([Presence.UNKNOWN, Presence.ABSENT]),
    )
    desk = Desk(reader)

    desk.step(5)

    assert desk.kinds() == [
        CardLaid,
        IdentityRead,
        ReaderFailed,
        ReaderRecovered,
        CardLaid,
        IdentityRead,
        CardLifted,
    ]
    readings = [event.card_read for event in desk.events if isinstance(event, IdentityRead)]
    assert len(set(readings)) == 2


def test_a_card_that_is_gone_after_a_fault_is_not_told_as_lifted() -> None:
    """The fault itself said that it counts as gone."""
    reader = TaughtReader(
        finds=deque([CardFound(), GONE, NoNewCard()]), presences=deque([Presence.UNKNOWN, Presence.ABSENT])
    )
    desk = Desk(reader)

    desk.step(5)

    assert desk.kinds() == [CardLaid, IdentityRead, ReaderFailed, ReaderRecovered]


def test_a_fault_of_the_reader_means_to_the_page_that_no_card_lies_there() -> None:
    failed, _ = step(KNOWN_PERSON, ReaderFailed(DeviceCode.READER_NOT_FOUND))

    assert KNOWN_PERSON.card_lies
    assert not failed.card_lies


def test_every_call_has_a_deadline() -> None:
    reader = TaughtReader(finds=deque([CardFound(), GONE]))
    desk = Desk(reader)

    desk.step(4)

    assert reader.deadlines
    assert all(deadline.total_seconds() > 0 for deadline in reader.deadlines)


def test_the_log_knows_the_reading_but_not_the_person() -> None:
    desk = Desk(TaughtReader(finds=deque([CardFound()])))

    desk.step(2)

    [line] = desk.book.lines("identity_read")
    assert set(line) == {"at", "mono_ms", "level", "event", "session", "ms"}
    assert identity().name not in repr(desk.events)
