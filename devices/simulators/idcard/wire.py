"""The frames as a reader sees them, and what a line at the wrong rate makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

START = b"\xaa\xaa\xaa\x96\x69"
BITS_PER_BYTE = 10  # start, eight data, stop
SLEEP_LENGTH = 2  # sleep and wake have no PARA
SAMPLES_PER_BIT = 8  # how finely a receiver looks for a start bit


@dataclass(frozen=True, slots=True)
class Order:
    """One command that came in; `code` is CMD PARA in hex, such as 2001."""

    code: str
    data: bytes = b""
    is_intact: bool = True  # its checksum held


def answer_frame(sw3: int, data: bytes = b"") -> bytes:
    """A whole answer with SW1 and SW2 zero."""
    content = bytes((0, 0, sw3)) + data
    counted = (len(content) + 1).to_bytes(2, "big") + content
    return START + counted + bytes((reduce(xor, counted),))


class OrderReader:
    """Collects bytes into commands, as the module's own firmware would: bad ones are not searched again."""

    def __init__(self) -> None:
        self._bytes = b""

    def feed(self, chunk: bytes) -> Iterator[Order]:
        """The commands that are whole now."""
        self._bytes += chunk
        while START in self._bytes:
            self._bytes = self._bytes[self._bytes.index(START) :]
            length = int.from_bytes(self._bytes[5:7], "big")
            if len(self._bytes) < 7 + max(length, 1):
                return
            frame, self._bytes = self._bytes[: 7 + length], self._bytes[7 + max(length, 1) :]
            words = 1 if length == SLEEP_LENGTH else 2
            code, data = frame[7 : 7 + words].hex(), frame[7 + words : -1]
            yield Order(code, data, is_intact=reduce(xor, frame[5:]) == 0)
        self._bytes = self._bytes[-4:]


def heard_as(data: bytes, sent_baud: int, heard_baud: int) -> bytes:
    """What a receiver at one rate makes of bytes sent at another: it samples the same levels, wrongly."""
    if sent_baud == heard_baud:
        return data
    levels = [level for byte in data for level in (0, *((byte >> bit) & 1 for bit in range(8)), 1)]
    ratio = sent_baud / heard_baud  # sent bits per heard bit
    heard = bytearray()
    at = 0.0
    while at < len(levels):
        if _level(levels, at):
            at += ratio / SAMPLES_PER_BIT
            continue
        heard.append(sum(_level(levels, at + (1.5 + bit) * ratio) << bit for bit in range(8)))
        at += BITS_PER_BYTE * ratio
    return bytes(heard)


def _level(levels: list[int], at: float) -> int:
    return levels[int(at)] if at < len(levels) else 1  # an idle line is high
