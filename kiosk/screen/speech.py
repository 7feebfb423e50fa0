"""Reads pages out while the person wants it, and is silent for everybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiosk.voice.contract import Voice
from kiosk.voice.script import script

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.scene.contract import Scene
    from kiosk.voice.contract import Utterance


class OwnVoice(Voice, Protocol):
    """A voice that is let go of at the end."""

    def close(self) -> None:
        """Nothing sounds any more."""
        ...


class Speech:
    """Says each page whose scene is to be read out; the voice is made when the first one comes."""

    def __init__(self, make_voice: Callable[[], OwnVoice]) -> None:
        self._make_voice = make_voice
        self._voice: OwnVoice | None = None
        self._said: tuple[Utterance, ...] | None = None

    def show(self, scene: Scene) -> None:
        """This scene stands on the screen now: say it where it says something new, or be silent."""
        if not scene.speech:
            self._end_of_reading()
            return
        told = script(scene)
        if told == self._said:
            return
        self._said = told
        if self._voice is None:
            self._voice = self._make_voice()
        self._voice.say(told, scene.language)

    def interrupt(self) -> None:
        """The person did something: whatever is being said breaks off."""
        if self._voice is not None:
            self._voice.stop()

    def close(self) -> None:
        """Let go of the voice."""
        if self._voice is not None:
            self._voice.close()
            self._voice = None

    def _end_of_reading(self) -> None:
        if self._said is not None and self._voice is not None:
            self._voice.reset()
        self._said = None
