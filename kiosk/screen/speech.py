"""Reads pages out while the person wants it, and is silent for everybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiosk.scene.nodes import entry_of
from kiosk.voice.contract import Voice
from kiosk.voice.script import of_node, script, where_am_i

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
        self._scene: Scene | None = None  # that is read out
        self._keys: Scene | None = None  # the same, with the keys of its entry
        self._has_headset = False

    def show(self, scene: Scene) -> None:
        """This scene stands on the screen now: say it where it says something new, or be silent."""
        if not scene.speech:
            self._end_of_reading()
            return
        is_same = self._scene is not None and self._scene.name == scene.name
        is_typed_into = is_same and entry_of(scene.nodes) is not None
        self._scene = self._keys = scene
        told, before = script(scene), self._said or ()
        if told == before:
            return
        self._said = told
        # Whoever types wants to hear what stands there now, and not the whole page after each letter.
        self._say(tuple(each for each in told if each not in before) if is_typed_into else told)

    def add_keys(self, scene: Scene) -> None:
        """The same scene with the keys of its entry: they are said when the focus comes to them."""
        if self._scene is not None:
            self._keys = scene

    def plug(self, *, headset: bool) -> None:
        """The headset was plugged in or pulled out: what is private is said into it alone."""
        self._has_headset = headset
        if self._voice is not None:
            self._voice.plug(headset=headset)

    def interrupt(self) -> None:
        """The person did something: whatever is being said breaks off."""
        if self._voice is not None:
            self._voice.stop()

    def tell(self, node: str) -> None:
        """The focus came to this node: say what it is."""
        if self._keys is not None:
            self._say(of_node(self._keys, node))

    def repeat(self) -> None:
        """Say the page again."""
        if self._scene is not None:
            self._say(script(self._scene))

    def where(self, focused: str) -> None:
        """Say which page this is, where on the way, and what has the focus."""
        if self._keys is not None:
            self._say(where_am_i(self._keys, focused))

    def louder(self) -> None:
        """One step louder, and the page again to hear it."""
        if self._voice is not None and self._scene is not None:
            self._voice.louder()
            self.repeat()

    def close(self) -> None:
        """Let go of the voice."""
        if self._voice is not None:
            self._voice.close()
            self._voice = None

    def _say(self, told: tuple[Utterance, ...]) -> None:
        if self._scene is None:
            return
        if self._voice is None:
            self._voice = self._make_voice()
            if self._has_headset:
                self._voice.plug(headset=True)
        self._voice.say(told, self._scene.language)

    def _end_of_reading(self) -> None:
        if self._said is not None and self._voice is not None:
            self._voice.reset()
        self._said = self._scene = self._keys = None
