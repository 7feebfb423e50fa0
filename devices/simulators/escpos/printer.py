"""A receipt printer that renders what it gets: knows paper, cover, cutter and its feed button."""

from __future__ import annotations

import re
import threading
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from devices.simulators.control import OrderError
from devices.simulators.escpos.paper import Paper
from devices.simulators.escpos.stream import (
    AskProof,
    Command,
    Cut,
    Feed,
    LineEnd,
    Other,
    QrPrint,
    QrStore,
    Raster,
    Text,
    take_command,
)
from devices.simulators.mishaps import Answering, Mishap
from devices.simulators.wires import Listening

if TYPE_CHECKING:
    from pathlib import Path

    from devices.simulators.control import Request
    from devices.simulators.wires import Wire

FIXED = 0x12
# What a printer that cannot go on still takes, the size of small models; the rest is lost, as on a serial
# line. A driver that sends more than a block to a printer that has stopped loses dots.
_HOLDS_WHILE_STOPPED = 4096
_AT_ONCE = 256
_QUESTION = re.compile(rb"\x10\x04([\x01-\x04])")


class MachineFault(StrEnum):
    """Faults of the paper and of the machine."""

    PAPER_OUT = "paper_out"
    NEAR_END = "near_end"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OFFLINE = "offline"
    FEED_BUTTON = "feed_button"
    ERROR = "error"  # one that only service can mend
    HOT = "hot"
    BUSY = "busy"  # answers at once, and prints nothing of what it holds until cleared
    NO_PROOF = "no_proof"  # a model that does not know GS r
    PRINTS_NOTHING = "prints_nothing"  # takes everything, says that all is well, and no slip comes out
    DISCONNECT_IN_JOB = "disconnect_in_job"  # the cable is pulled; the printer waits for the rest
    POWER_CUT_IN_JOB = "power_cut_in_job"  # and what it held is lost


_OFFLINE = {
    MachineFault.PAPER_OUT,
    MachineFault.COVER_OPEN,
    MachineFault.OFFLINE,
    MachineFault.FEED_BUTTON,
    MachineFault.CUTTER,
    MachineFault.ERROR,
    MachineFault.HOT,
}
_PULLING = (MachineFault.DISCONNECT_IN_JOB, MachineFault.POWER_CUT_IN_JOB)


class ReceiptSimulator:
    """A printer on a wire. Slips lie in `spool` as PNG, one for each cut. Thread-safe."""

    def __init__(self, wire: Wire, spool: Path, width_dots: int, *, has_cutter: bool = True) -> None:
        self._wire = wire
        self._lock = threading.RLock()
        self._paper = Paper(spool, width_dots, has_cutter=has_cutter)
        self._buffer = bytearray()
        self._tail = b""  # a question that is not whole yet
        self._rows_to_come, self._stride = 0, 0
        self._code = b""
        self._faults: dict[MachineFault, int] = {}  # at how many rows of dots each strikes
        self._printed_rows = 0
        self.answering = Answering(wire, lambda answer: bytes(byte ^ 0x10 for byte in answer))
        self._listening = Listening(wire, self._hear, "receipt-printer")

    @property
    def address(self) -> str:
        """Where it is found."""
        return self._wire.address

    @property
    def slips(self) -> tuple[Path, ...]:
        """What came out, oldest first."""
        with self._lock:
            return self._paper.slips

    def close(self) -> None:
        """Stop."""
        self._listening.close()

    def fault(self, request: Request) -> None:
        """Let something go wrong: a fault of the line, or of the machine `after` so many rows of dots."""
        name, after = str(request.get("name")), request.get("after", 0)
        if name in set(Mishap):
            self.answering.order(request)
            return
        if name not in set(MachineFault) or not isinstance(after, int):
            raise OrderError(f"name must be one of: {', '.join([*Mishap, *MachineFault])}; after a number")
        with self._lock:
            self._faults[MachineFault(name)] = self._printed_rows + after

    def clear(self) -> None:
        """Mend everything, and go on with what waits."""
        self.answering.clear()  # first, for whoever answers slowly holds the lock
        with self._lock:
            self._faults.clear()
            self._work()

    def state(self) -> Request:
        """Faults, slips and what waits."""
        with self._lock:
            faults = [fault.value for fault in self._faults] + self.answering.mishaps.names
            return {
                "faults": faults,
                "slips": len(self._paper.slips),
                "cuts": self._paper.cuts,
                "rows": self._printed_rows,
                "waiting_bytes": len(self._buffer),
            }

    def _hear(self, data: bytes) -> None:
        """Real-time questions are answered wherever they stand, and stay in the stream, as in real ones."""
        with self._lock:
            seen, done = self._tail + data, len(self._tail)
            for question in _QUESTION.finditer(seen):
                self._take(seen[done : question.end()])
                done = question.end()
                self.answering.send(bytes((self._status(question.group(1)[0]),)))
            self._take(seen[done:])
            self._tail = seen[max(done, len(seen) - 2) :]

    def _take(self, data: bytes) -> None:
        for at in range(0, len(data), _AT_ONCE):
            part = data[at : at + _AT_ONCE]
            room = _HOLDS_WHILE_STOPPED - len(self._buffer) if self._is_offline() else len(part)
            self._buffer += part[: max(0, room)]
            self._work()

    def _work(self) -> None:
        while not (self._is_offline() or self._has(MachineFault.BUSY)):
            if self._rows_to_come:
                if not self._print_row():
                    return
                continue
            command = take_command(self._buffer)
            if command is None:
                return
            self._do(command)

    def _do(self, command: Command) -> None:
        match command:
            case Raster(stride, rows):
                self._stride, self._rows_to_come = stride, rows if stride else 0
            case Text(characters):
                self._paper.write(characters)
            case LineEnd():
                self._paper.end_line()
            case Feed(lines):
                self._paper.feed(lines)
            case Cut():
                if self._has(MachineFault.PRINTS_NOTHING):
                    self._paper.lose()
                self._paper.cut()
            case AskProof():
                if not self._has(MachineFault.NO_PROOF):
                    self.answering.send(bytes((0x03 * self._has(MachineFault.NEAR_END),)))
            case QrStore(text):
                self._code = text
            case QrPrint():
                self._paper.draw_code(self._code)
            case Other():
                pass
            case _:
                assert_never(command)

    def _print_row(self) -> bool:
        """One row of the picture, if it is here."""
        if len(self._buffer) < self._stride:
            return False
        self._paper.print_row(bytes(self._buffer[: self._stride]))
        del self._buffer[: self._stride]
        self._rows_to_come -= 1
        self._printed_rows += 1
        for fault in _PULLING:
            if self._has(fault):
                del self._faults[fault]
                self._pull(fault)
        return True

    def _pull(self, fault: MachineFault) -> None:
        self._wire.vanish()
        self._buffer.clear()
        if fault is MachineFault.POWER_CUT_IN_JOB:
            self._rows_to_come = 0

    def _is_offline(self) -> bool:
        return any(map(self._has, _OFFLINE))

    def _has(self, fault: MachineFault) -> bool:
        return fault in self._faults and self._printed_rows >= self._faults[fault]

    def _status(self, question: int) -> int:
        """The byte of DLE EOT n."""
        has = self._has
        out, cutter = has(MachineFault.PAPER_OUT), has(MachineFault.CUTTER)
        is_broken, is_hot = has(MachineFault.ERROR), has(MachineFault.HOT)
        match question:
            case 1:
                return FIXED | 0x08 * self._is_offline() | 0x40 * has(MachineFault.FEED_BUTTON)
            case 2:
                cover, feed = has(MachineFault.COVER_OPEN), has(MachineFault.FEED_BUTTON)
                error = cutter or is_broken or is_hot
                return FIXED | 0x04 * cover | 0x08 * feed | 0x20 * out | 0x40 * error
            case 3:
                return FIXED | 0x08 * cutter | 0x20 * is_broken | 0x40 * is_hot
            case _:
                return FIXED | 0x0C * (out or has(MachineFault.NEAR_END)) | 0x60 * out
