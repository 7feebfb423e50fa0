from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
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
    ReaderFailed,
    ReaderRecovered,
)
from kiosk.log import LogEvent
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import CardReader
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.gate import Gate

# Readers drop a card that is polled faster than this.
FIND_INTERVAL_S = 0.3
# A card that was refused is not read over and over while the resident reads what to do.
REFUSED_PAUSE_S = 1.5
RETRY_INTERVAL_S = 1.0
FIND_DEADLINE = timedelta(seconds=1)
READ_DEADLINE = timedelta(seconds=6)
STATUS_DEADLINE = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class ReaderTools:
    """What the reader's worker works with. `may_begin` opens when no session can meet unfinished papers."""

    reader: CardReader
    post: Callable[[Event], None]
    log: Log
    may_begin: Gate


class ReaderWorker:
    """Looks for cards, reads each at once, and says when it is lifted. Keeps no identity itself.

    ReaderFailed also says that the card counts as gone: nobody can tell what is exchanged in a fault. What
    lies there afterwards is a new reading.
    """

    name = "reader"

    def __init__(self, tools: ReaderTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._card_lies = False
        self._failed = False

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
        if self._failed:
            self._reopen()
            return RETRY_INTERVAL_S
        if self._card_lies:
            self._watch()
            return FIND_INTERVAL_S
        return self._search()

    def _reopen(self) -> None:
        match self._tools.reader.status(STATUS_DEADLINE):
            case ReaderReady(serial, baud):
                self._tools.log.info(LogEvent.READER_READY, serial=serial, baud=baud)
                if self._failed:
                    self._failed = False
                    self._tools.post(ReaderRecovered())
            case DeviceFault() as fault:
                self._fail(fault)
            case other:
                assert_never(other)

    def _search(self) -> float:
        match self._tools.reader.find(FIND_DEADLINE):
            case CardFound():
                return self._read()
            case NoNewCard():
                return FIND_INTERVAL_S
            case CardRejected(code):
                return self._refuse(code)
            case DeviceFault() as fault:
                return self._fail(fault)
            case other:
                assert_never(other)

    def _read(self) -> float:
        found_at = time.monotonic()
        self._tools.post(CardLaid())
        self._tools.log.info(LogEvent.CARD_FOUND)
        match self._tools.reader.read(READ_DEADLINE):
            case CardRead(identity):
                card_read = str(uuid.uuid4())
                self._card_lies = True
                self._tools.post(IdentityRead(card_read, identity))
                elapsed_ms = round((time.monotonic() - found_at) * 1000, 1)
                self._tools.log.info(LogEvent.IDENTITY_READ, session=card_read, ms=elapsed_ms)
                return FIND_INTERVAL_S
            case CardRejected(code):
                return self._refuse(code)
            case DeviceFault() as fault:
                return self._fail(fault)
            case other:
                assert_never(other)

    def _watch(self) -> None:
        match self._tools.reader.presence(FIND_DEADLINE):
            case Presence.PRESENT:
                pass
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
                pass
            case other:
                assert_never(other)

    def _lift(self) -> None:
        self._card_lies = False
        self._tools.post(CardLifted())
        self._tools.log.info(LogEvent.CARD_LIFTED)

    def _refuse(self, code: DeviceCode) -> float:
        self._tools.post(CardRefused(code))
        self._tools.log.warning(LogEvent.CARD_REFUSED, code=code)
        return FIND_INTERVAL_S if code is DeviceCode.CARD_TAKEN_AWAY else REFUSED_PAUSE_S

    def _fail(self, fault: DeviceFault) -> float:
        self._card_lies = False
        if not self._failed:
            self._failed = True
            self._tools.post(ReaderFailed(fault.code))
            self._tools.log.error(LogEvent.READER_FAILED, code=fault.code, detail=fault.detail)
        return RETRY_INTERVAL_S
