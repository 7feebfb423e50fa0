"""The lines of the I/O board, see PROTOCOL.md. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import xor

LONGEST_LINE = 120
SEQUENCES = 256
_LINE = re.compile(rb"#([0-9A-F]{2}) ([\x20-\x29\x2B-\x7E]*)\*([0-9A-F]{2})")


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole line whose checksum held."""

    sequence: int
    words: tuple[str, ...]


def encode(sequence: int, body: str) -> bytes:
    """The line of a question or an answer."""
    content = f"{sequence % SEQUENCES:02X} {body}".encode("ascii")
    return b"#" + content + f"*{_check(content):02X}\r\n".encode("ascii")


class LineDecoder:
    """Finds whole lines in whatever comes in; counts those that are broken."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.broken = 0

    def feed(self, chunk: bytes) -> tuple[Reply, ...]:
        """Take what came in; the lines that are whole now, in order."""
        self._buffer += chunk
        found: list[Reply] = []
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end])
            del self._buffer[: end + 1]
            reply = _parse(line)
            if reply is not None:
                found.append(reply)
            elif line.strip():
                self.broken += 1
        if len(self._buffer) > LONGEST_LINE:
            self.broken += 1
            self._buffer.clear()
        return tuple(found)


def _parse(line: bytes) -> Reply | None:
    """The newest frame in a line: rubbish may stand before it."""
    start = line.rfind(b"#")
    matched = _LINE.fullmatch(line[start:].rstrip(b"\r")) if start >= 0 else None
    if matched is None or _check(matched[1] + b" " + matched[2]) != int(matched[3], 16):
        return None
    return Reply(int(matched[1], 16), tuple(matched[2].decode("ascii").split()))


def _check(content: bytes) -> int:
    return reduce(xor, content, 0)
