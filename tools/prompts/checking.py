"""Whether each prompt can be heard: it is there, neither too short nor too long, loud and not clipped."""

from __future__ import annotations

import io
from array import array
from typing import TYPE_CHECKING

import pygame

from kiosk.voice.sound import Sound
from tools.prompts.recording import find_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tools.prompts.recording import Wish

SHORTEST_S, LONGEST_S = 0.1, 20.0
SOFTEST, LOUDEST = 0.5, 0.95  # the peak, of full scale
_RATE = 22050


def check_all(out: Path, wishes: Iterable[Wish]) -> Iterator[str]:
    """One sentence for each prompt with which something is wrong."""
    for wish in wishes:
        name = find_file(out, wish)
        wrong = _judge((out / name).read_bytes()) if name else "is not recorded"
        if wrong:
            yield f"{wish.language.value} {wish.words!r} {wrong}"


def _judge(data: bytes) -> str:
    try:
        sound = decode(data)
    except ValueError as error:
        return f"is no sound: {error}"
    if not SHORTEST_S <= sound.seconds <= LONGEST_S:
        return f"lasts {sound.seconds:.2f} s"
    if not SOFTEST <= sound.peak <= LOUDEST:
        return f"has a peak of {sound.peak:.2f}"
    return ""


def decode(data: bytes) -> Sound:
    """The samples of a WAV or Ogg file, by the very library that the kiosk plays them with."""
    if pygame.mixer.get_init() is None:
        pygame.mixer.init(_RATE, -16, 1, allowedchanges=0)
    try:
        recorded = pygame.mixer.Sound(file=io.BytesIO(data))
    except pygame.error as error:
        raise ValueError(str(error)) from error
    return Sound(_RATE, array("h", recorded.get_raw()))
