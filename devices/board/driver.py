"""An I/O board with door, tamper contact and lights on a serial line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.board.address import parse_board_address
from devices.board.frames import SEQUENCES, LineDecoder, encode
from devices.board.status import mask_of, read_board, read_facts
from devices.contract import DeviceCode, DeviceFault
from devices.errors import DeviceError, GarbledError, LinkError, PortError, SilenceError
from devices.lines import LineError, LineFault, SerialLine
from devices.trace.line import TappedLine
from devices.trace.mask import PlainMask
from devices.trace.recorder import tap_for

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import BoardStatus, Light

ANSWER_S = 0.3  # a board answers within 0.2 s
TRIES = 2  # of one question


class SerialIoBoard:
    """Implements `IoBoard`. The port is opened by its path anew after it vanished."""

    def __init__(self, address: str) -> None:
        """AddressError if the address makes no sense."""
        self._address = parse_board_address(address)
        self._tap = tap_for(self._address.trace, "board", PlainMask())
        self._line: TappedLine | None = None
        self._sequence = 0
        self._ident: dict[str, str] = {}

    def status(self, deadline: timedelta) -> BoardStatus:
        """Ask for contacts and lights, and once after opening which board it is."""
        return self._do("STATE", deadline)

    def light(self, lit: frozenset[Light], deadline: timedelta) -> BoardStatus:
        """Switch exactly these lights on."""
        return self._do(f"LIGHTS {mask_of(lit)}", deadline)

    def close(self) -> None:
        """Let go of the port."""
        if self._line is not None:
            self._line.close()
        self._line = None
        self._ident = {}  # another board may be plugged in next

    def _do(self, question: str, deadline: timedelta) -> BoardStatus:
        limit = time.monotonic() + deadline.total_seconds()
        try:
            if not self._ident:
                self._ident = self._ask("IDENT", limit)
            return read_board(self._ask(question, limit), self._ident)
        except LinkError as error:
            self.close()
            return DeviceFault(error.code, error.detail)
        except DeviceError as error:
            return DeviceFault(error.code, error.detail)

    def _ask(self, question: str, limit: float) -> dict[str, str]:
        """The facts in the answer; asked once more where it was silent or broken. Raises DeviceError."""
        for left in reversed(range(TRIES)):
            try:
                return self._exchange(question, limit)
            except (SilenceError, GarbledError):
                if not left or time.monotonic() >= limit:
                    raise
        raise SilenceError(DeviceCode.BOARD_SILENT)

    def _exchange(self, question: str, limit: float) -> dict[str, str]:
        until = min(limit, time.monotonic() + ANSWER_S)
        self._sequence = (self._sequence + 1) % SEQUENCES
        decoder = LineDecoder()
        try:
            line = self._open()
            line.discard()
            line.send(encode(self._sequence, question), until)
            while chunk := line.receive(until):
                for reply in decoder.feed(chunk):
                    # Any other number is the answer to an earlier question.
                    if reply.sequence == self._sequence:
                        return _facts(reply.words)
        except LineError as error:
            raise _failure(error) from error
        if decoder.broken:
            raise GarbledError(DeviceCode.BOARD_GARBLED, f"{decoder.broken} broken lines")
        raise SilenceError(DeviceCode.BOARD_SILENT, "no answer")

    def _open(self) -> TappedLine:
        if self._line is None:
            self._line = TappedLine(SerialLine(self._address.path, self._address.baud), self._tap)
        return self._line


def _facts(words: tuple[str, ...]) -> dict[str, str]:
    if words[:1] != ("OK",):
        raise GarbledError(DeviceCode.BOARD_GARBLED, " ".join(words[:2]))
    return read_facts(words[1:])


def _failure(error: LineError) -> DeviceError:
    match error.fault:
        case LineFault.NO_PERMISSION:
            return PortError(DeviceCode.BOARD_NO_PERMISSION, error.detail)
        case LineFault.NOT_FOUND:
            return PortError(DeviceCode.BOARD_NOT_FOUND, error.detail)
        case LineFault.GONE | LineFault.STUCK:
            return LinkError(DeviceCode.BOARD_NOT_FOUND, error.detail)
