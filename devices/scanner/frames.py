"""From bytes to codes: ends, rubbish, codes too long, the same code twice. Pure; the caller has the clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from devices.contract import LONGEST_CODE, CodeRejected, CodeScanned, DeviceCode

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE_S = 0.05  # scanners send a code without a gap: where nothing else ends one, this much silence does
STALE_S = 1.0  # whose end did not come in this time is half a code, and no part of the next one
SAME_WITHIN_S = 1.0
MOST_BYTES = LONGEST_CODE * 4  # of one character in UTF-8 or GB18030
_END = re.compile(rb"[\r\n]")
_STX_ETX = b"\x02\x03"  # some models put these around a code
# Tabulator, and the separators inside codes of goods and of mail, may stand in a text.
_CONTROL = re.compile(rb"[\x00-\x03\x05-\x08\x0a-\x1b\x1f\x7f]")

Scan = CodeScanned | CodeRejected


class CodeAssembler:
    """Finds codes in whatever the line delivers, in pieces of any size. Keeps no code that it handed out."""

    def __init__(self, end: bytes) -> None:
        """`end` is b"" for scanners that end a code by a pause; CR and LF end one for every scanner."""
        self._by_pause = not end
        self._buffer = bytearray()
        self._is_too_long = False
        self._fed_at = 0.0
        self._last: tuple[int, float] | None = None  # of the last code: its hash, and when it came

    @property
    def waits_for_pause(self) -> bool:
        """Whether silence is what would end the code begun."""
        return self._by_pause and bool(self._buffer or self._is_too_long)

    def feed(self, chunk: bytes, now: float) -> tuple[Scan, ...]:
        """Take what came in at `now` (monotonic); the codes that are whole now, in order."""
        found = [*self.pause(now)]
        if now - self._fed_at > STALE_S:
            self.clear()
        self._fed_at = now
        *whole, rest = _END.split(chunk)
        for piece in whole:
            self._add(piece)
            found += self._finish(now)
        self._add(rest)
        return tuple(found)

    def pause(self, now: float) -> tuple[Scan, ...]:
        """Nothing came until `now`: that may be an end too."""
        if self.waits_for_pause and now - self._fed_at >= PAUSE_S:
            return tuple(self._finish(now))
        return ()

    def clear(self) -> None:
        """Forget and overwrite what came of a code."""
        self._buffer[:] = bytes(len(self._buffer))
        self._buffer.clear()
        self._is_too_long = False

    def _add(self, piece: bytes) -> None:
        room = MOST_BYTES - len(self._buffer)
        self._is_too_long = self._is_too_long or len(piece) > room
        self._buffer += piece[:room]

    def _finish(self, now: float) -> Iterator[Scan]:
        raw, is_too_long = bytes(self._buffer).strip(_STX_ETX), self._is_too_long
        self.clear()
        if is_too_long:
            yield CodeRejected(DeviceCode.CODE_TOO_LONG)
            return
        if not raw:
            return
        text = _decode(raw)
        if text is None:
            yield CodeRejected(DeviceCode.CODE_NO_TEXT)
        elif len(text) > LONGEST_CODE:
            yield CodeRejected(DeviceCode.CODE_TOO_LONG)
        elif not self._is_same(text, now):
            yield CodeScanned(text)

    def _is_same(self, text: str, now: float) -> bool:
        """Whether this very code came within the last second: a hand that rests under the light."""
        key = hash(text)
        is_same = self._last is not None and self._last[0] == key and now - self._last[1] < SAME_WITHIN_S
        self._last = key, now
        return is_same


def _decode(raw: bytes) -> str | None:
    """The text; UTF-8 first, for GB18030 would take almost anything. None where it is none."""
    if _CONTROL.search(raw):
        return None
    for codec in ("utf-8", "gb18030"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        return text.strip() or None
    return None
