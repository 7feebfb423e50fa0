"""Sinks for tests: a clock that stands still while something sounds."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.scene.contract import Language

ENDLESS_S = 3600.0
_PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Played:
    sound: bytes
    volume: float
    at: float


class EndlessSink:
    """Whatever begins to sound sounds until somebody stops it."""

    def __init__(self) -> None:
        self.is_sounding = False
        self._played: queue.SimpleQueue[Played] = queue.SimpleQueue()

    def play(self, sound: bytes, volume: float) -> float:
        self.is_sounding = True
        self._played.put(Played(sound, volume, time.monotonic()))
        return ENDLESS_S

    def stop(self) -> None:
        self.is_sounding = False

    def rest(self) -> None:
        self.is_sounding = False

    def next(self) -> Played:
        """The next piece that begins to sound."""
        return self._played.get(timeout=_PATIENCE_S)

    @property
    def has_more(self) -> bool:
        return not self._played.empty()


class EchoReader:
    """An engine whose sound is the very words; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.forgotten = 0

    def render(self, words: str, language: Language, is_wanted: Callable[[], bool]) -> bytes:  # noqa: ARG002 as the contract
        self.asked.append(words)
        return words.encode()

    def forget(self) -> None:
        self.forgotten += 1
