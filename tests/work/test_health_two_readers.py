"""Two readers, one session: the cards of two persons never meet, and one reader's faults spoil no other's."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from devices.contract import CardFound, CardRejected, DeviceCode, DeviceFault, Presence, ReaderReady
from kiosk.domain.health import Component, Health
from kiosk.flow.events import (
    CardLaid,
    CardLifted,
    CardRefused,
    IdentityRead,
    ReaderFailed,
    ReaderRecovered,
)
from kiosk.work.card_turn import CardTurn
from kiosk.work.gate import Gate
from kiosk.work.reader_worker import FIND_INTERVAL_S, ReaderTools, ReaderWorker
from tests.core.stand import LogBook
from tests.work.test_reader_worker import GONE, TaughtReader

if TYPE_CHECKING:
    from kiosk.domain.health_rules import Told
    from kiosk.flow.events import Event

NO_SERVICE = DeviceFault(DeviceCode.SOCIAL_SERVICE_DOWN)


class Pair:
    """A reader of ID cards and one of social cards, driven step by step."""

    def __init__(self, ident: TaughtReader, social: TaughtReader) -> None:
        self.events: list[Event] = []
        self.told: list[tuple[Component, Told]] = []
        self.counts = {"laid": 0, "read": 0}
        self._turn = CardTurn()
        self.ident = self._hire(ident, Component.ID_READER)
        self.social = self._hire(social, Component.SOCIAL_READER)

    def kinds(self) -> list[type[Event]]:
        return [type(event) for event in self.events]

    def bad(self) -> list[tuple[Component, object]]:
        return [(component, told.code) for component, told in self.told if told.health is Health.BAD]

    def _hire(self, reader: TaughtReader, component: Component) -> ReaderWorker:
        return ReaderWorker(
            ReaderTools(
                reader,
                self.events.append,
                LogBook().log,
                Gate(),
                component,
                self._turn,
                lambda who, told: self.told.append((who, told)),
                lambda: self._count("laid"),
                lambda: self._count("read"),
            )
        )

    def _count(self, what: str) -> None:
        self.counts[what] += 1


def step(worker: ReaderWorker, times: int = 1) -> list[float]:
    return [worker._step() for _ in range(times)]


def test_while_one_card_lies_the_other_reader_reads_none() -> None:
    pair = Pair(TaughtReader(finds=deque([CardFound()])), TaughtReader(finds=deque([CardFound()])))

    step(pair.ident)
    step(pair.social, 5)

    assert pair.kinds() == [CardLaid, IdentityRead]
    assert pair.counts == {"laid": 1, "read": 1}


def test_the_other_card_has_its_turn_when_the_first_is_lifted() -> None:
    ident = TaughtReader(finds=deque([CardFound()]), presences=deque([Presence.ABSENT]))
    pair = Pair(ident, TaughtReader(finds=deque([CardFound()])))

    step(pair.ident)
    step(pair.social)
    step(pair.ident)
    step(pair.social)

    assert pair.kinds() == [CardLaid, IdentityRead, CardLifted, CardLaid, IdentityRead]


def test_a_card_that_was_found_a_moment_too_late_waits_and_is_read_then() -> None:
    """Both find at the same moment: the turn decides, and what was selected is not forgotten."""
    ident = TaughtReader(finds=deque([CardFound()]), presences=deque([Presence.ABSENT]))
    pair = Pair(ident, TaughtReader())
    step(pair.ident)
    pair.social._read()  # its search had begun before the other card was found
    assert pair.kinds() == [CardLaid, IdentityRead]

    step(pair.ident)
    step(pair.social)

    assert pair.kinds() == [CardLaid, IdentityRead, CardLifted, CardLaid, IdentityRead]


def test_a_card_that_waited_and_was_taken_away_is_told_to_nobody() -> None:
    ident = TaughtReader(finds=deque([CardFound()]), presences=deque([Presence.ABSENT]))
    taken = CardRejected(DeviceCode.SOCIAL_CARD_TAKEN_AWAY)
    pair = Pair(ident, TaughtReader(reads=deque([taken])))
    step(pair.ident)
    pair.social._read()

    step(pair.ident)
    pauses = step(pair.social)

    assert pair.kinds() == [CardLaid, IdentityRead, CardLifted]
    assert pauses == [FIND_INTERVAL_S]
    ident.finds.append(CardFound())
    step(pair.ident)
    assert pair.kinds()[3:] == [CardLaid, IdentityRead]  # the turn was given back


def test_a_fault_of_the_social_reader_is_on_the_board_and_disables_no_id_card() -> None:
    pair = Pair(TaughtReader(finds=deque([CardFound()])), TaughtReader(finds=deque([NO_SERVICE])))

    step(pair.social)
    step(pair.ident)

    assert pair.bad() == [(Component.SOCIAL_READER, DeviceCode.SOCIAL_SERVICE_DOWN)]
    assert pair.kinds() == [CardLaid, IdentityRead]


def test_a_fault_of_the_social_reader_ends_the_session_of_its_own_card() -> None:
    """Nobody can tell whose card lies there after a fault."""
    social = TaughtReader(finds=deque([CardFound(), NO_SERVICE]), presences=deque([Presence.UNKNOWN]))
    pair = Pair(TaughtReader(), social)

    step(pair.social, 2)

    assert pair.kinds() == [CardLaid, IdentityRead, CardLifted]


def test_a_fault_while_a_social_card_is_read_leaves_nobody_waiting() -> None:
    social = TaughtReader(finds=deque([CardFound()]), reads=deque([NO_SERVICE]))
    pair = Pair(TaughtReader(), social)

    step(pair.social)

    assert pair.events == [CardLaid(), CardRefused(DeviceCode.SOCIAL_SERVICE_DOWN)]


def test_a_fault_of_the_id_reader_waits_until_the_social_card_is_lifted() -> None:
    """The flow ends the session when the ID reader fails; this session does not rest on it."""
    social = TaughtReader(finds=deque([CardFound()]), presences=deque([Presence.PRESENT, Presence.ABSENT]))
    pair = Pair(TaughtReader(states=deque([GONE, GONE, GONE])), social)
    step(pair.social)

    step(pair.ident, 2)

    assert pair.bad()[0] == (Component.ID_READER, DeviceCode.READER_NOT_FOUND)  # the board knows at once
    assert ReaderFailed not in pair.kinds()
    step(pair.social, 2)
    step(pair.ident)
    assert pair.kinds()[-2:] == [CardLifted, ReaderFailed]


def test_a_fault_that_ended_before_the_card_was_lifted_is_told_to_no_session() -> None:
    social = TaughtReader(finds=deque([CardFound()]), presences=deque([Presence.ABSENT]))
    pair = Pair(TaughtReader(states=deque([GONE, ReaderReady("sam", 115200)])), social)
    step(pair.social)

    step(pair.ident, 2)
    step(pair.social)
    step(pair.ident)

    assert not {ReaderFailed, ReaderRecovered} & set(pair.kinds())


def test_a_reader_that_works_says_so_again_and_again() -> None:
    """Else the board would call it unknown after a while."""
    pair = Pair(TaughtReader(finds=deque([CardFound()])), TaughtReader())

    step(pair.ident, 4)
    step(pair.social, 2)

    reports = [component for component, told in pair.told if told.health is Health.GOOD]
    assert reports.count(Component.ID_READER) == 4
    assert Component.SOCIAL_READER in reports
