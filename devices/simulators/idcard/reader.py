"""A whole reader: a module with a card above it, at the end of a line of real speed."""

from __future__ import annotations

import os
import select
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from devices.simulators.idcard.blocks import appended_block, text_block
from devices.simulators.idcard.faults import FaultList, FaultName
from devices.simulators.idcard.module import SamModule
from devices.simulators.idcard.terminal import Terminal
from devices.simulators.idcard.wire import BITS_PER_BYTE, Order, OrderReader, answer_frame, heard_as

if TYPE_CHECKING:
    from pathlib import Path

    from devices.simulators.idcard.card import Card

PIECE_S = 0.004  # bytes are handed over in pieces of so much line time
GARBAGE = bytes.fromhex("00FF7FAAAA9669AAAAAA9669FFFF13")
FOREIGN = answer_frame(0x05, b"\x05\x05\x05")
DISCONNECTS = frozenset({FaultName.DISCONNECT, FaultName.COMES_BACK_NEW})


@dataclass(frozen=True, slots=True)
class Manners:
    """How this model behaves."""

    baud: int = 115200
    after_read: int = 0x80  # or 0x9F: what find says of a card that was read and still lies there
    slow_s: float = 0.5  # how late the fault "slow" answers
    gone_s: float = 0.3  # how long a disconnected port stays away


class ReaderSimulator:
    """Serves at `link` from `start` to `close`; `log` lists the commands seen (hex of CMD PARA)."""

    def __init__(self, link: Path, manners: Manners | None = None) -> None:
        self._manners = manners or Manners()
        self._link = link
        self._module = SamModule(self._manners.baud, self._manners.after_read)
        self._faults = FaultList()
        self._lock = threading.Lock()
        self._terminal = Terminal(link)
        self._orders = OrderReader()
        self._withheld = b""
        self._closing = threading.Event()
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._serve, name="reader-simulator", daemon=True)
        self.log: list[str] = []

    @property
    def address(self) -> str:
        """What a driver is told, without options."""
        return f"serial://{self._link}"

    def start(self) -> None:
        """Put the link in place and begin to answer."""
        self._terminal.link_up()
        self._thread.start()

    def close(self) -> None:
        """Unplug for good. Calling it twice is harmless."""
        if self._closing.is_set():
            return
        self._closing.set()
        os.write(self._wake_write, b"x")
        if self._thread.is_alive():
            self._thread.join()
        self._terminal.close()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def lay(self, card: Card) -> None:
        """Put a card down, instead of the one that lies there; CardFileError if it cannot exist."""
        text_block(card)
        appended_block(card)
        with self._lock:
            self._module.lay(card)

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._module.lay(None)

    def fault(self, name: FaultName, count: int = 1, moment: str | None = None) -> None:
        """Let this go wrong at the next `count` commands it can happen at (-1: until cleared)."""
        with self._lock:
            self._faults.add(name, count, moment)

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        with self._lock:
            self._faults.clear()

    def state(self) -> dict[str, Any]:
        """What a bench panel shows."""
        with self._lock:
            card = self._module.card
            return {
                "card": None if card is None else card.title,
                "baud": self._module.baud,
                "faults": self._faults.names,
                "commands": len(self.log),
            }

    def _serve(self) -> None:
        while not self._closing.is_set():
            ready, _, _ = select.select([self._terminal.master, self._wake_read], [], [])
            if self._terminal.master in ready:
                self._receive()

    def _receive(self) -> None:
        data = self._terminal.read()
        host_baud = self._terminal.host_baud
        self._pause(
            len(data) * BITS_PER_BYTE / host_baud
        )  # a pseudo-terminal delivers at once, a line does not
        for order in self._orders.feed(heard_as(data, host_baud, self._module.baud)):
            self._obey(order)

    def _obey(self, order: Order) -> None:
        baud = self._module.baud  # a new rate applies after the answer
        with self._lock:
            self.log.append(order.code)
            fault = self._faults.take(order.code)
            answer = self._module.answer(order, fault) or b""
        earlier, self._withheld = self._withheld, b""
        self._send(earlier, baud)
        if fault in DISCONNECTS:
            self._send(answer[: len(answer) // 2], baud)
            self._vanish(is_new=fault is FaultName.COMES_BACK_NEW)
        else:
            self._send(self._distort(answer, fault), baud)

    def _distort(self, answer: bytes, fault: FaultName | None) -> bytes:
        """What a fault of the line leaves of an answer."""
        match fault:
            case FaultName.SILENT:
                return b""
            case FaultName.SLOW:
                self._pause(self._manners.slow_s)
                return answer
            case FaultName.HALF_ANSWER:
                return answer[: len(answer) // 2]
            case FaultName.GARBAGE_BEFORE:
                return GARBAGE + answer
            case FaultName.WRONG_CHECKSUM:
                return answer[:-1] + bytes(byte ^ 0x5A for byte in answer[-1:])
            case FaultName.LATE_ANSWER:
                self._withheld = answer
                return b""
            case FaultName.FOREIGN_FRAME:
                return FOREIGN
            case _:
                return answer

    def _send(self, data: bytes, baud: int) -> None:
        """At the line's real speed: 10 bits for each byte."""
        started = time.monotonic()
        size = max(1, int(PIECE_S * baud / BITS_PER_BYTE))
        for begin in range(0, len(data), size):
            piece = data[begin : begin + size]
            self._pause(started + (begin + len(piece)) * BITS_PER_BYTE / baud - time.monotonic())
            self._terminal.write(heard_as(piece, baud, self._terminal.host_baud))

    def _vanish(self, *, is_new: bool) -> None:
        old = self._terminal
        replacement = Terminal(self._link) if is_new else None  # made while the old node is still taken
        old.close()
        with self._lock:
            self._module.lay(self._module.card)  # without power it forgets what it did
        self._pause(self._manners.gone_s)
        self._terminal = replacement or Terminal(self._link)
        self._orders = OrderReader()
        self._terminal.link_up()

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._closing.wait(seconds)
