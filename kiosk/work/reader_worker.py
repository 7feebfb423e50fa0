from __future__ import annotations

import time
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

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
)
from kiosk.log import LogEvent
from kiosk.work.bell import Bell
from kiosk.work.reader_state import ReaderState
from kiosk.work.reader_tools import ReaderTools

if TYPE_CHECKING:
    from devices.contract import Identity

__all__ = ["FIND_INTERVAL_S", "REFUSED_PAUSE_S", "ReaderTools", "ReaderWorker"]

# Readers drop a card that is polled faster than this.
FIND_INTERVAL_S = 0.3
# A card that was refused is not read over and over while the resident reads what to do.
REFUSED_PAUSE_S = 1.5
RETRY_INTERVAL_S = 1.0
LOOK_INTERVAL_S = 1.0
FIND_DEADLINE = timedelta(seconds=1)
READ_DEADLINE = timedelta(seconds=6)
STATUS_DEADLINE = timedelta(seconds=3)


class ReaderWorker:
    """Looks for cards, reads each at once, and says when it is lifted. Keeps no identity itself.

    ReaderFailed also says that the card counts as gone: nobody can tell what is exchanged in a fault. What
    lies there afterwards is a new reading. Only the reader of ID cards says ReaderFailed: the kiosk rests on
    it. While a card lies on the other reader, this one reads none and its faults disturb nobody.
    """

    def __init__(self, tools: ReaderTools) -> None:
        self.name = tools.component.value
        self._tools = tools
        self._bell = Bell()
        self._card_lies = False
        self._is_found = False  # a card was selected here, but the other reader was first
        self._state = ReaderState(tools)
        self._look_due = 0.0

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()
        self._tools.may_begin.close()

    def run(self) -> None:
        """Poll until closed."""
        try:
            self._reopen()
            self._tools.may_begin.wait()
            while True:
                self._bell.sleep(self._step())
        finally:
            self._tools.reader.close()

    def _step(self) -> float:
        """Do what is next; return the seconds until the next step."""
        self._state.pass_on()
        if self._state.has_failed:
            self._reopen()
            return RETRY_INTERVAL_S if self._state.has_failed else FIND_INTERVAL_S
        if self._card_lies:
            self._watch()
            return FIND_INTERVAL_S
        if self._tools.turn.is_with_other(self._tools.component):
            self._look()
            return FIND_INTERVAL_S
        return self._read_late() if self._is_found else self._search()

    def _reopen(self) -> None:
        match self._tools.reader.status(STATUS_DEADLINE):
            case ReaderReady() as ready:
                self._state.opened(ready)
            case DeviceFault() as fault:
                self._fail(fault)
            case other:
                assert_never(other)

    def _look(self) -> None:
        """See whether the reader is still there, without touching any card."""
        if time.monotonic() < self._look_due:
            return
        self._look_due = time.monotonic() + LOOK_INTERVAL_S
        status = self._tools.reader.status(STATUS_DEADLINE)
        if isinstance(status, DeviceFault):
            self._fail(status)
        else:
            self._state.worked()

    def _search(self) -> float:
        match self._tools.reader.find(FIND_DEADLINE):
            case CardFound():
                return self._read()
            case NoNewCard():
                self._state.worked()
                return FIND_INTERVAL_S
            case CardRejected(code):
                return self._refuse(code)
            case DeviceFault() as fault:
                return self._fail(fault)
            case other:
                assert_never(other)

    def _read(self) -> float:
        if not self._tools.turn.take(self._tools.component):
            self._is_found = True  # the other reader was first; this card waits for its turn
            return FIND_INTERVAL_S
        found_at = time.monotonic()
        self._tools.on_laid()
        self._tools.post(CardLaid())
        self._tools.log.info(LogEvent.CARD_FOUND)
        match self._tools.reader.read(READ_DEADLINE):
            case CardRead(identity):
                return self._begin(identity, found_at)
            case CardRejected(code):
                return self._refuse(code)
            case DeviceFault() as fault:
                if not self._state.is_principal:
                    self._tools.post(CardRefused(fault.code))
                return self._fail(fault)
            case other:
                assert_never(other)

    def _read_late(self) -> float:
        """Read the card that waited; where it was taken away meanwhile, nobody need hear of it."""
        self._is_found = False
        if not self._tools.turn.take(self._tools.component):
            self._is_found = True
            return FIND_INTERVAL_S
        found_at = time.monotonic()
        match self._tools.reader.read(READ_DEADLINE):
            case CardRead(identity):
                self._tools.on_laid()
                self._tools.post(CardLaid())
                return self._begin(identity, found_at)
            case CardRejected():
                self._tools.turn.give_back(self._tools.component)
                return FIND_INTERVAL_S
            case DeviceFault() as fault:
                return self._fail(fault)
            case other:
                assert_never(other)

    def _begin(self, identity: Identity, found_at: float) -> float:
        card_read = str(uuid.uuid4())
        self._card_lies = True
        self._state.worked()
        self._tools.on_read()
        self._tools.post(IdentityRead(card_read, identity))
        elapsed_ms = round((time.monotonic() - found_at) * 1000, 1)
        self._tools.log.info(LogEvent.IDENTITY_READ, session=card_read, ms=elapsed_ms)
        return FIND_INTERVAL_S

    def _watch(self) -> None:
        match self._tools.reader.presence(FIND_DEADLINE):
            case Presence.PRESENT:
                self._state.worked()
            case Presence.ABSENT:
                # Believed at once: asked again, the reader might speak of the next person's card.
                self._lift()
            case Presence.UNKNOWN:
                self._watch_by_search()
            case other:
                assert_never(other)

    def _watch_by_search(self) -> None:
        """Where a reader cannot tell, a new card is the only sign that the last one is gone."""
        match self._tools.reader.find(FIND_DEADLINE):
            case CardFound():
                self._lift()
                self._read()
            case DeviceFault() as fault:
                self._fail(fault)
            case NoNewCard() | CardRejected():
                self._state.worked()
            case other:
                assert_never(other)

    def _lift(self) -> None:
        self._card_lies = False
        self._tools.post(CardLifted())
        self._tools.log.info(LogEvent.CARD_LIFTED)
        # Last, so that this end cannot come after the other reader's beginning.
        self._tools.turn.give_back(self._tools.component)

    def _refuse(self, code: DeviceCode) -> float:
        self._state.worked()
        self._tools.post(CardRefused(code))
        self._tools.log.warning(LogEvent.CARD_REFUSED, code=code)
        self._tools.turn.give_back(self._tools.component)
        return FIND_INTERVAL_S if code is DeviceCode.CARD_TAKEN_AWAY else REFUSED_PAUSE_S

    def _fail(self, fault: DeviceFault) -> float:
        if self._card_lies and not self._state.is_principal:
            self._tools.post(CardLifted())  # nobody can tell whether it still lies there
        self._card_lies = self._is_found = False
        self._state.failed(fault)
        self._tools.turn.give_back(self._tools.component)
        return RETRY_INTERVAL_S
