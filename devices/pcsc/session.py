"""Calls into the PC/SC service, one context and one card at a time; any of them may hang.

Made and used on a worker's thread, so that a call which nobody waits for any more leaves context and card as
sound as one that was waited for.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartcard import scard

from devices.contract import DeviceCode
from devices.errors import LinkError, PortError
from devices.pcsc.status import (
    COUNTER_SHIFT,
    STATE_PRESENT,
    UNSIGNED,
    CardError,
    ReaderState,
    Result,
    error_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.pcsc.address import PcscAddress

SOCKET = "/run/pcscd/pcscd.comm"
SOCKET_VARIABLE = "PCSCLITE_CSOCK_NAME"  # where the service's own library looks first
PROTOCOLS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1


@dataclass(slots=True)
class Tally:
    """What all sessions of one driver come to."""

    contexts: int = 0  # opened so far
    losses: int = 0  # of contexts that had worked
    service_s: float = 0.0  # time that calls into the service have taken


class Session:
    """A context, opened when it is needed and again after it was lost, and the card taken up in it."""

    def __init__(self, address: PcscAddress, tally: Tally) -> None:
        self._address = address
        self._tally = tally
        self._context: Any = None
        self._card: Any = None
        self._protocol: Any = None

    def states(self) -> list[ReaderState]:
        """The readers that are there now, at least one; PortError if there is none."""
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

    def is_gone(self, reader: str, counter: int, limit: float) -> bool:
        """True as soon as the card seen at this counter is gone, False if it still lies there."""
        flags = counter << COUNTER_SHIFT | STATE_PRESENT
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

    def connect(self, reader: str, *, reset: bool) -> None:
        """Take up the card in this reader; `reset` lets one that was taken up forget what was selected."""
        self.disconnect(scard.SCARD_RESET_CARD if reset else scard.SCARD_LEAVE_CARD)
        # Shared: a program that merely watches the reader must not keep residents from their card.
        self._card, self._protocol = self._try(
            "connect", scard.SCardConnect, self._opened(), reader, scard.SCARD_SHARE_SHARED, PROTOCOLS
        )

    def transmit(self, command: bytes) -> bytes:
        """What the card answers to one command; CardError if there is no card taken up."""
        if self._card is None:
            raise CardError(DeviceCode.SOCIAL_CARD_TAKEN_AWAY, "no card is taken up")
        is_t1 = self._protocol == scard.SCARD_PROTOCOL_T1
        pci = scard.SCARD_PCI_T1 if is_t1 else scard.SCARD_PCI_T0
        answer = self._try("transmit", scard.SCardTransmit, self._card, pci, list(command))[0]
        return bytes(byte & 0xFF for byte in answer)

    def disconnect(self, disposition: int = scard.SCARD_LEAVE_CARD) -> None:
        """Let go of the card, if one was taken up; it stays as it is."""
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
            self._tally.contexts += 1
        return self._context

    def _try(self, act: str, function: Callable[..., Any], *arguments: Any) -> list[Any]:
        """What a call gives besides its result code; DeviceError where that is not success."""
        code, *values = self._timed(function, *arguments)
        if code & UNSIGNED == Result.SUCCESS:
            return values
        error = error_of(code, act)
        if isinstance(error, LinkError):
            self._tally.losses += 1
            self.forget()
        raise error

    def _timed(self, function: Callable[..., Any], *arguments: Any) -> list[Any]:
        started = time.perf_counter()
        try:
            outcome = function(*arguments)
        finally:
            self._tally.service_s += time.perf_counter() - started
        # Calls that give nothing else return the bare code.
        return outcome if isinstance(outcome, list) else [outcome]

    def forget(self) -> None:
        """Let go of card and context, dead or alive."""
        self.disconnect()
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
