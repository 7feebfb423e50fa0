"""A receipt printer that renders what it gets: knows paper, cover, cutter and its feed button."""

from __future__ import annotations

import threading
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from PIL import Image

from devices.simulators.control import OrderError
from devices.simulators.escpos.stream import (
    AskNow,
    AskProof,
    Command,
    Cut,
    Feed,
    Other,
    Raster,
    take_command,
)
from devices.simulators.mishaps import Answering, Mishap
from devices.simulators.wires import Listening

if TYPE_CHECKING:
    from pathlib import Path

    from devices.simulators.control import Request
    from devices.simulators.wires import Wire

FIXED = 0x12
_FEED_ROWS = 24  # of one line
_LARGEST_BUFFER = 1 << 20


class MachineFault(StrEnum):
    """Faults of the paper and of the machine."""

    PAPER_OUT = "paper_out"
    NEAR_END = "near_end"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OFFLINE = "offline"
    ERROR = "error"
    PRINTS_NOTHING = "prints_nothing"  # takes everything, says that all is well, and no slip comes out
    DISCONNECT_IN_JOB = "disconnect_in_job"


_STOPPING = {MachineFault.PAPER_OUT, MachineFault.COVER_OPEN, MachineFault.OFFLINE, MachineFault.ERROR}


class ReceiptSimulator:
    """A printer on a wire. Slips lie in `spool` as PNG, one for each cut or end. Thread-safe."""

    def __init__(self, wire: Wire, spool: Path, width_dots: int) -> None:
        self.spool, self.width_dots = spool, width_dots
        spool.mkdir(parents=True, exist_ok=True)
        self._wire = wire
        self._lock = threading.RLock()
        self._buffer = bytearray()
        self._rows: list[bytes] = []
        self._slips = 0
        self._faults: dict[MachineFault, int] = {}  # after how many rows each strikes
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
        return tuple(sorted(self.spool.glob("slip-*.png")))

    def close(self) -> None:
        """Stop."""
        self._listening.close()

    def fault(self, request: Request) -> None:
        """Let something go wrong: a fault of the line, or of the machine `after` so many rows of dots."""
        name = str(request.get("name"))
        if name in set(Mishap):
            self.answering.order(request)
            return
        if name not in set(MachineFault):
            raise OrderError(f"name must be one of: {', '.join([*Mishap, *MachineFault])}")
        with self._lock:
            self._faults[MachineFault(name)] = self._printed_rows + int(request.get("after", 0))

    def clear(self) -> None:
        """Mend everything, and go on with what waits."""
        with self._lock:
            self._faults.clear()
            self.answering.clear()
            self._work()

    def state(self) -> Request:
        """Faults, slips and what waits."""
        with self._lock:
            faults = [fault.value for fault in self._faults] + self.answering.mishaps.names
            return {"faults": faults, "slips": len(self.slips), "waiting_bytes": len(self._buffer)}

    def _hear(self, data: bytes) -> None:
        with self._lock:
            # Real-time questions come on their own, and are answered even while everything else waits.
            if len(data) >= 3 and data[-3:-1] == b"\x10\x04" and 1 <= data[-1] <= 4:  # noqa: PLR2004
                data, question = data[:-3], data[-1]
                self._take(data)
                self.answering.send(bytes((self._status(question),)))
            else:
                self._take(data)

    def _take(self, data: bytes) -> None:
        self._buffer += data[: _LARGEST_BUFFER - len(self._buffer)]
        self._work()

    def _work(self) -> None:
        while not self._is_stopped():
            command = take_command(self._buffer)
            if command is None:
                return
            self._do(command)

    def _do(self, command: Command) -> None:
        match command:
            case Raster(stride, data):
                self._print(stride, data)
            case Feed(lines):
                self._printed_rows += lines * _FEED_ROWS
                self._finish()
            case Cut():
                self._finish()
            case AskProof():
                near = 0x03 if self._has(MachineFault.NEAR_END) else 0
                self.answering.send(bytes((near,)))
            case AskNow(question):
                self.answering.send(bytes((self._status(question),)))
            case Other():
                pass
            case _:
                assert_never(command)

    def _print(self, stride: int, data: bytes) -> None:
        rows = [data[at : at + stride] for at in range(0, len(data), stride)]
        for done, row in enumerate(rows):
            if self._is_stopped():
                rest = b"".join(rows[done:])
                head = b"\x1dv0\0" + stride.to_bytes(2, "little") + (len(rows) - done).to_bytes(2, "little")
                self._buffer[:0] = head + rest
                return
            self._rows.append(row)
            self._printed_rows += 1
            if self._has(MachineFault.DISCONNECT_IN_JOB):
                del self._faults[MachineFault.DISCONNECT_IN_JOB]
                self._buffer.clear()
                self._rows.clear()
                self._wire.vanish()
                return

    def _finish(self) -> None:
        """The slip is out, unless this printer only says so."""
        rows, self._rows = self._rows, []
        if not rows or self._has(MachineFault.PRINTS_NOTHING):
            return
        stride = max(len(row) for row in rows)
        black = b"".join(row.ljust(stride, b"\0") for row in rows)
        white = bytes(byte ^ 0xFF for byte in black)
        self._slips += 1
        picture = Image.frombytes("1", (stride * 8, len(rows)), white)
        picture.save(self.spool / f"slip-{self._slips:04d}.png")

    def _is_stopped(self) -> bool:
        return any(self._has(fault) for fault in _STOPPING)

    def _has(self, fault: MachineFault) -> bool:
        return fault in self._faults and self._printed_rows >= self._faults[fault]

    def _status(self, question: int) -> int:
        """The byte of DLE EOT n."""
        has = self._has
        out, cover = has(MachineFault.PAPER_OUT), has(MachineFault.COVER_OPEN)
        error = has(MachineFault.CUTTER) or has(MachineFault.ERROR)
        match question:
            case 1:
                return FIXED | 0x08 * (self._is_stopped() or has(MachineFault.CUTTER))
            case 2:
                return FIXED | 0x04 * cover | 0x08 * has(MachineFault.OFFLINE) | 0x20 * out | 0x40 * error
            case 3:
                return FIXED | 0x08 * has(MachineFault.CUTTER) | 0x20 * has(MachineFault.ERROR)
            case _:
                return FIXED | 0x0C * (out or has(MachineFault.NEAR_END)) | 0x60 * out
