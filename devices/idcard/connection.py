"""Keeps a line to the reader: opens it, finds its baud rate, recovers after failures, reopens it."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from devices.contract import DeviceCode
from devices.errors import DeviceError, GarbledError, LinkError, PortError, RefusalError, SilenceError
from devices.idcard.address import BAUDS
from devices.idcard.commands import RESET, SAM_ID, STATUS
from devices.idcard.conversation import MIN_PATIENCE_S, Conversation
from devices.idcard.mask import ReaderMask
from devices.idcard.sam import sam_text
from devices.idcard.status import Status, status_of
from devices.idcard.transport import SerialPort
from devices.trace.recorder import tap_for

if TYPE_CHECKING:
    from devices.idcard.address import SerialAddress

FIRST_BACK_OFF_S = 0.1
LAST_BACK_OFF_S = 2.0
QUICK_PATIENCE_S = 0.3  # first round through the baud rates, and health checks
SLOW_PATIENCE_S = 1.0  # second time at the likely rate, for readers that think long
RESET_AFTER = 2  # failures in a row
REOPEN_AFTER = 4
SAM_ID_TRIES = 3  # some readers answer a wrong id at first after power-up


class Connection:
    """Gives a conversation with a reader that answered a moment ago, or a DeviceError."""

    def __init__(self, address: SerialAddress) -> None:
        self._address = address
        self._tap = tap_for(address.trace, "idcard", ReaderMask())
        self._bauds = _first_of_all(address.baud)
        self._port: SerialPort | None = None
        self._talk: Conversation | None = None
        self._serial = ""
        self._failures = 0
        self._losses = 0
        self._is_begun = False
        self._tries = 0  # baud rates tried since the port was opened
        self._is_heard = False  # bytes came while trying
        self._back_off_s = 0.0
        self._retry_at = 0.0
        self._last_error: DeviceError | None = None

    @property
    def losses(self) -> int:
        """How often an open port has vanished so far."""
        return self._losses

    def serial(self, limit: float) -> str:
        """The SAM id; asked for until the reader has told it, "" while it has not."""
        if self._talk is not None and not self._serial:
            self._serial = _ask_serial(self._talk, limit)
        return self._serial

    def talk(self, limit: float) -> Conversation:
        """A conversation with a reader that works; DeviceError by the limit if there is none."""
        if self._talk is not None and self._failures:
            self._recover(self._talk, limit)
        if self._talk is None:
            self._open(limit)
            self._talk = self._detect(limit)
            self._begin(self._talk, limit)
        return self._talk

    def worked(self) -> None:
        """Told after each call that succeeded."""
        self._failures = 0
        self._back_off_s = 0.0

    def failed(self, error: DeviceError) -> None:
        """Told after each call that failed; the next one begins with what this failure asks for."""
        if self._talk is None:  # it could not even be opened; that has been dealt with
            return
        if isinstance(error, LinkError):
            self._losses += 1
            self._give_up(error)
        else:
            self._failures += 1

    def demand_reset(self) -> None:
        """Let the next call begin with a reset of the reader."""
        self._failures = max(self._failures, RESET_AFTER)

    def close(self) -> None:
        """Let go of the port."""
        if self._port is not None:
            self._port.close()
        self._port = None
        self._talk = None
        self._serial = ""  # another reader may be plugged in next
        self._failures = 0

    def _recover(self, talk: Conversation, limit: float) -> None:
        """One failure: ask for the status. Two: reset. More, or still no answer: let go of the port."""
        error: DeviceError | None = None
        for is_reset in (False, True):
            if self._failures >= RESET_AFTER and not is_reset:
                continue
            try:
                self._check(talk, limit, is_reset=is_reset)
            except LinkError as lost:
                error = lost
                break
            except DeviceError as failure:
                error = failure
            else:
                error = None
                break
        if isinstance(error, RefusalError):
            raise error
        if error is not None or self._failures >= REOPEN_AFTER:
            self.close()

    def _check(self, talk: Conversation, limit: float, *, is_reset: bool) -> None:
        if is_reset:
            with suppress(RefusalError):  # a failed self-test may pass after this
                talk.ask(RESET, _soon(limit))
        talk.ask(STATUS, _soon(limit))

    def _open(self, limit: float) -> None:
        if self._port is not None:
            return
        if time.monotonic() < self._retry_at and self._last_error is not None:
            raise self._last_error
        if time.monotonic() > limit:
            raise SilenceError(DeviceCode.READER_SILENT, "no time left to open the port")
        self._tries = 0
        self._is_heard = False
        try:
            self._port = SerialPort(self._address, self._tap)
        except PortError as error:
            self._give_up(error)
            raise

    def _detect(self, limit: float) -> Conversation:
        """Ask for the status at one baud rate after another; goes on where the last call had to stop."""
        while self._port is not None and time.monotonic() + MIN_PATIENCE_S < limit:
            talk = self._try_next_baud(self._port, limit)
            if talk is not None:
                return talk
            if self._tries >= 2 * len(self._bauds):
                error = self._no_reader()
                self._give_up(error)
                raise error
        raise self._no_reader()

    def _try_next_baud(self, port: SerialPort, limit: float) -> Conversation | None:
        baud = self._bauds[self._tries % len(self._bauds)]
        patience = SLOW_PATIENCE_S if self._tries == len(self._bauds) else QUICK_PATIENCE_S
        talk = Conversation(port, baud)
        try:
            port.set_baud(baud)
            with suppress(RefusalError):  # it answers; what it says is told by the first real command
                talk.ask(STATUS, min(limit, time.monotonic() + patience))
        except SilenceError:
            self._tries += 1
            return None
        except GarbledError:
            self._tries += 1
            self._is_heard = True
            return None
        except LinkError as error:
            self._give_up(error)
            raise
        self._failures = 0
        self._bauds = _first_of_all(baud)
        return talk

    def _begin(self, talk: Conversation, limit: float) -> None:
        """Once in this process: let the reader forget what it told an earlier one about the card there."""
        if not self._is_begun:
            self._is_begun = True
            with suppress(SilenceError, GarbledError, RefusalError):  # the first real command will tell
                talk.ask(RESET, _soon(limit))

    def _no_reader(self) -> DeviceError:
        if self._is_heard:
            return GarbledError(DeviceCode.READER_GARBLED, "no whole frame at any baud rate")
        return SilenceError(DeviceCode.READER_SILENT, "no answer at any baud rate")

    def _give_up(self, error: DeviceError) -> None:
        """Close, and leave the port alone for a growing while."""
        self.close()
        self._last_error = error
        self._retry_at = time.monotonic() + self._back_off_s
        self._back_off_s = min(LAST_BACK_OFF_S, max(FIRST_BACK_OFF_S, 2 * self._back_off_s))


def _first_of_all(baud: int) -> tuple[int, ...]:
    """All rates, the likely one first."""
    return (baud, *(other for other in BAUDS if other != baud))


def _soon(limit: float) -> float:
    return min(limit, time.monotonic() + QUICK_PATIENCE_S)


def _ask_serial(talk: Conversation, limit: float) -> str:
    """The SAM id that two answers in a row agree on, else the last; "" from readers that tell none."""
    told = ""
    for _ in range(SAM_ID_TRIES):
        answer = talk.ask(SAM_ID, limit)
        if status_of(answer.sw3) is not Status.SUCCESS:
            return ""
        before, told = told, sam_text(answer.data)
        if told == before:
            break
    return told
