"""The PC/SC service with deadlines: limits are moments of `time.monotonic()`, kept by each call."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from devices.errors import DeviceError
from devices.pcsc.mask import ChipMask
from devices.pcsc.session import Session, Tally
from devices.pcsc.worker import Worker
from devices.trace.recorder import tap_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.pcsc.address import PcscAddress
    from devices.pcsc.status import ReaderState

MARGIN_S = 0.05  # for the way back from a call that waits by itself
FAREWELL_S = 0.5  # how long closing waits for a call that hangs

Outcome = TypeVar("Outcome")


class CardService:
    """All readers that an address means. Opens itself, and again after the service was restarted."""

    def __init__(self, address: PcscAddress) -> None:
        self._address = address
        self._tally = Tally()
        self._tap = tap_for(address.trace, "pcsc", ChipMask())
        self._session = Session(address, self._tally)
        self._worker: Worker | None = None

    @property
    def generation(self) -> int:
        """Counts the contexts: what a reader's counter says holds within one of them only."""
        return self._tally.contexts

    @property
    def losses(self) -> int:
        """How often a context that had worked was lost."""
        return self._tally.losses

    @property
    def service_s(self) -> float:
        """How long all calls into the service have taken so far."""
        return self._tally.service_s

    def states(self, limit: float) -> list[ReaderState]:
        """As `Session.states`, by the limit."""
        return self._within(limit, self._session.states)

    def connect(self, reader: str, limit: float, *, reset: bool = False) -> None:
        """As `Session.connect`, by the limit."""
        session = self._session
        self._within(limit, lambda: session.connect(reader, reset=reset))
        self._tap.opened()

    def transmit(self, command: bytes, limit: float) -> bytes:
        """As `Session.transmit`, by the limit."""
        session = self._session
        self._tap.sent(command)
        try:
            answer = self._within(limit, lambda: session.transmit(command))
        except DeviceError:
            self._tap.gone()
            raise
        self._tap.came(answer)
        return answer

    def disconnect(self, limit: float) -> None:
        """As `Session.disconnect`, by the limit."""
        self._within(limit, self._session.disconnect)

    def is_gone(self, reader: str, counter: int, limit: float) -> bool:
        """As `Session.is_gone`, which waits until shortly before the limit."""
        session, until = self._session, limit - MARGIN_S
        return self._within(limit, lambda: session.is_gone(reader, counter, until))

    def close(self) -> None:
        """Let go of the service. Calling it twice is harmless.

        A call that hangs keeps its session, which ends when the call does; what comes next has its own.
        """
        if self._worker is not None:
            self._worker.end(self._session.forget, time.monotonic() + FAREWELL_S)
            self._worker = None
            self._session = Session(self._address, self._tally)

    def _within(self, limit: float, action: Callable[[], Outcome]) -> Outcome:
        if self._worker is None:
            self._worker = Worker()
        return self._worker.call(action, limit)
