"""What is fuzzed: a parser, good inputs to begin from, and what it may say of bad ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Target:
    """One parser. It may raise `refusals` and nothing else; `parse` itself asserts what it promises.

    `hostile` are bad inputs to begin from as well.
    """

    parse: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    refusals: tuple[type[Exception], ...] = ()
    longest: int = 4096  # bytes of an input
    hostile: tuple[bytes, ...] = ()
    parts: int = 1  # answers of a device that one seed is made of

    def feed(self, data: bytes) -> None:
        """Parse one input. Raises whatever is no refusal."""
        try:
            self.parse(data)
        except self.refusals:
            return
