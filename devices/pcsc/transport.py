"""The PC/SC service: its readers, and the card in one of them; each call returns by its limit.

Limits are moments of `time.monotonic()`. Context and card are touched by the worker's thread only, so that a
call which nobody waits for any more leaves them as sound as one that was waited for.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from smartcard import scard  # type: ignore[import-untyped]  # the binding ships no types

from devices.contract import DeviceCode
from devices.errors import LinkError, PortError
from devices.pcsc.status import STATE_PRESENT, UNSIGNED, CardError, ReaderState, Result, error_of
from devices.pcsc.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.pcsc.address import PcscAddress

SOCKET = "/run/pcscd/pcscd.comm"
SOCKET_VARIABLE = "PCSCLITE_CSOCK_NAME"  # where the service's own library looks first
FAREWELL_S = 0.5  # how long closing waits for a call that hangs
PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1

Outcome = TypeVar("Outcome")


class CardService:
    """All readers that an address means. Opens itself, and again after the service was restarted."""

    def __init__(self, address: PcscAddress) -> None:
        self._address = address
        self._worker: Worker | None = None
        self._context: Any = None
        self._card: Any = None
        self._protocol: Any = None
        self._generation = 0
        self._losses = 0
        self._service_s = 0.0

    @property
    def generation(self) -> int:
        """Counts the contexts: what a reader's counter says holds within one of them only."""
        return self._generation

    @property
    def losses(self) -> int:
        """How often a context that had worked was lost."""
        return self._losses

    @property
    def service_s(self) -> float:
        """How long all calls into the service have taken so far."""
        return self._service_s

    def states(self, limit: float) -> list[ReaderState]:
        """The readers that are there now, at least one; PortError if there is none."""
        return self._within(limit, self._states)

    def connect(self, reader: str, limit: float, *, reset: bool = False) -> None:
        """Take up the card in this reader; `reset` lets it forget all that was selected."""
        self._within(limit, lambda: self._connect(reader, reset=reset))

    def transmit(self, command: bytes, limit: float) -> bytes:
        """What the card answers to one command; CardError if there is no card taken up."""
        return self._within(limit, lambda: self._transmit(command))

    def disconnect(self, limit: float) -> None:
        """Let go of the card; it stays as it is."""
        self._within(limit, self._disconnect)

    def is_gone(self, reader: str, counter: int, limit: float) -> bool:
        """True as soon as the card seen at this counter is gone, False if it lies there at the limit."""
        return self._within(limit, lambda: self._is_gone(reader, counter, limit))

    def close(self) -> None:
        """Let go of the service. Calling it twice is harmless."""
        if self._worker is not None:
            self._worker.end(self._forget, time.monotonic() + FAREWELL_S)
            self._worker = None

    def _within(self, limit: float, action: Callable[[], Outcome]) -> Outcome:
        if self._worker is None:
            self._worker = Worker()
        return self._worker.call(action, limit)

    def _states(self) -> list[ReaderState]:
        listed = self._try("list readers", scard.SCardListReaders, self._opened(), [])[0]
        names = [name for name in listed if self._address.names(name)]
        if not names:
            raise PortError(DeviceCode.SOCIAL_NO_READER, f"{len(listed)} readers, none of them meant")
        wanted = [(name, scard.SCARD_STATE_UNAWARE) for name in names]
        seen = self._try("look", scard.SCardGetStatusChange, self._opened(), 0, wanted)[0]
        states = [ReaderState(name, flags & UNSIGNED) for name, flags, _ in seen]
        there = [state for state in states if state.is_there]
        if not there:
            raise PortError(DeviceCode.SOCIAL_NO_READER, "the reader was unplugged")
        return there

    def _is_gone(self, reader: str, counter: int, limit: float) -> bool:
        flags = counter << 16 | STATE_PRESENT
        while (left_s := limit - time.monotonic()) > 0:
            code, seen = self._timed(
                scard.SCardGetStatusChange, self._opened(), int(left_s * 1000), [(reader, flags)]
            )
            state = ReaderState(reader, seen[0][1] & UNSIGNED)
            if code & UNSIGNED != Result.SUCCESS:
                return False
            if state.counter != counter or not state.has_card:
                return True
            flags = state.flags
        return False

    def _connect(self, reader: str, *, reset: bool) -> None:
        self._disconnect(scard.SCARD_RESET_CARD if reset else scard.SCARD_LEAVE_CARD)
        # Shared: a program that merely watches the reader must not keep residents from their card.
        self._card, self._protocol = self._try(
            "connect", scard.SCardConnect, self._opened(), reader, scard.SCARD_SHARE_SHARED, PROTOCOLS
        )

    def _transmit(self, command: bytes) -> bytes:
        if self._card is None:
            raise CardError(DeviceCode.SOCIAL_CARD_TAKEN_AWAY, "no card is taken up")
        is_t1 = self._protocol == scard.SCARD_PROTOCOL_T1
        pci = scard.SCARD_PCI_T1 if is_t1 else scard.SCARD_PCI_T0
        answer = self._try("transmit", scard.SCardTransmit, self._card, pci, list(command))[0]
        return bytes(byte & 0xFF for byte in answer)

    def _disconnect(self, disposition: int = scard.SCARD_LEAVE_CARD) -> None:
        if self._card is not None:
            card, self._card = self._card, None
            self._timed(scard.SCardDisconnect, card, disposition)  # a card that is gone says so, no matter

    def _opened(self) -> Any:
        """The context, a new one where there is none."""
        if self._context is None:
            code, context = self._timed(scard.SCardEstablishContext, scard.SCARD_SCOPE_SYSTEM)
            if code & UNSIGNED == Result.NO_SERVICE and _is_forbidden():
                raise PortError(
                    DeviceCode.SOCIAL_NO_PERMISSION, "this user may not open the service's socket"
                )
            if code & UNSIGNED != Result.SUCCESS:
                raise error_of(code, "open the service")
            self._context = context
            self._generation += 1
        return self._context

    def _try(self, act: str, function: Callable[..., Any], *arguments: Any) -> list[Any]:
        """What a call gives besides its result code; DeviceError where that is not success."""
        code, *values = self._timed(function, *arguments)
        if code & UNSIGNED == Result.SUCCESS:
            return values
        error = error_of(code, act)
        if isinstance(error, LinkError):
            self._losses += 1
            self._forget()
        raise error

    def _timed(self, function: Callable[..., Any], *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            outcome = function(*arguments)
        finally:
            self._service_s += time.perf_counter() - started
        # Calls that give nothing else return the bare code.
        return outcome if isinstance(outcome, list) else [outcome]

    def _forget(self) -> None:
        """Let go of card and context, dead or alive."""
        self._disconnect()
        if self._context is not None:
            context, self._context = self._context, None
            self._timed(scard.SCardReleaseContext, context)


def _is_forbidden() -> bool:
    """True if the service's socket is there and closed to this user: the library says "no service" then."""
    path = Path(os.environ.get(SOCKET_VARIABLE, SOCKET))
    try:
        path.stat()
    except PermissionError:
        return True
    except OSError:
        return False
    return not os.access(path, os.W_OK)
