"""Where sound goes: what a sink promises, and one that only remembers."""

from __future__ import annotations

from typing import Protocol


class AudioSink(Protocol):
    """Sounds one piece after the other. One thread at a time uses it."""

    def play(self, sound: bytes, volume: float) -> float:
        """Begin to sound a WAV or Ogg file, in place of whatever sounds; the seconds that it lasts."""
        ...

    def stop(self) -> None:
        """Be silent at once."""
        ...

    def rest(self) -> None:
        """Nothing will sound for some time: what costs something while it is idle can be put away."""
        ...


class SilentSink:
    """A machine without sound: everything is said in no time."""

    def __init__(self) -> None:
        self.played: list[tuple[bytes, float]] = []

    def play(self, sound: bytes, volume: float) -> float:
        """As the contract says, with no time at all."""
        self.played.append((sound, volume))
        return 0.0

    def stop(self) -> None:
        """As the contract says."""

    def rest(self) -> None:
        """As the contract says; what was played is forgotten."""
        self.played.clear()
