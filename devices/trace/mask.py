"""What stands between a wire and its trace, and lets nothing of a person through."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from devices.trace.entries import Way

NOISE = 0xFF  # written for each byte of which nothing is known


class Piece(NamedTuple):
    """Bytes that may be written; `hidden` of them stand in the place of others."""

    way: Way
    data: bytes
    hidden: int = 0


class Mask(Protocol):
    """Takes what passes, in pieces of any size, and gives what may be written.

    What cannot be judged before more of it has come is held back, in memory only.
    """

    def sent(self, data: bytes) -> tuple[Piece, ...]:
        """These bytes go to the device."""
        ...

    def came(self, data: bytes) -> tuple[Piece, ...]:
        """These bytes came from the device."""
        ...

    def rest(self) -> tuple[Piece, ...]:
        """What was held back and will not become whole: the line is closed."""
        ...


class PlainMask:
    """For devices that never know of a person."""

    def sent(self, data: bytes) -> tuple[Piece, ...]:
        """As it is."""
        return (Piece(Way.OUT, data),)

    def came(self, data: bytes) -> tuple[Piece, ...]:
        """As it is."""
        return (Piece(Way.IN, data),)

    def rest(self) -> tuple[Piece, ...]:
        """Nothing is held back."""
        return ()


def noise(data: bytes | bytearray) -> Piece:
    """As many bytes as came in, and nothing else of them."""
    return Piece(Way.IN, bytes((NOISE,)) * len(data), len(data))
