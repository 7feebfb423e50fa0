"""A scanner's bytes for a trace: as many characters as a code has, and none of what it says."""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import TYPE_CHECKING

from devices.scanner.frames import PAUSE_S
from devices.trace.entries import Way
from devices.trace.mask import Piece

if TYPE_CHECKING:
    from collections.abc import Callable

_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_ENDS = b"\r\n"
_FIRST_PRINTABLE, _NO_TEXT = 0x20, b"\x7f\xff"  # these say what is wrong with a line, and nothing else
_KEY_BYTES = 32


class CodeMask:
    """Implements `Mask`. A code that comes again becomes the same letters again, another one others.

    Each letter is made of all of the code so far and a key that nobody keeps. Where two codes part, they
    become different letters, so that a replay does not take the second for the first; by how much they differ
    is not told.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(_KEY_BYTES)
        self._so_far = hashlib.blake2s(key=self._key)
        self._came_at = 0.0

    def sent(self, data: bytes) -> tuple[Piece, ...]:
        """Scanners are told nothing."""
        return (Piece(Way.OUT, data),)

    def came(self, data: bytes) -> tuple[Piece, ...]:
        """Letters for all that can be read; ends, controls and rubbish as they are."""
        now = self._clock()
        if now - self._came_at >= PAUSE_S:
            self._begin()
        self._came_at = now
        told = bytes(map(self._letter, data))
        return (Piece(Way.IN, told, sum(byte >= _FIRST_PRINTABLE and byte not in _NO_TEXT for byte in data)),)

    def rest(self) -> tuple[Piece, ...]:
        """Nothing is held back."""
        return ()

    def _begin(self) -> None:
        self._so_far = hashlib.blake2s(key=self._key)

    def _letter(self, byte: int) -> int:
        if byte in _ENDS:
            self._begin()
        if byte < _FIRST_PRINTABLE or byte in _NO_TEXT:
            return byte
        letter = _shuffled(self._so_far.digest())[byte % len(_LETTERS)]
        self._so_far.update(bytes((byte,)))
        return letter


def _shuffled(dice: bytes) -> bytes:
    """The letters in an order that these bytes decide; no two digits and no two capitals become the same."""
    letters = bytearray(_LETTERS)
    for last in range(len(letters) - 1, 0, -1):
        other = dice[last] % (last + 1)
        letters[last], letters[other] = letters[other], letters[last]
    return bytes(letters)
