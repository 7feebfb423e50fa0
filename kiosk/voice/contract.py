"""What the screen asks of the voice: texts to say, in order, and silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Language, Text


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said of one node, as texts of the catalogue with their values."""

    node: str  # the node's id
    texts: tuple[Text, ...]
    private: bool = False  # a person's data: to the headset only


class Voice(Protocol):
    """Speaks, on its own time: no call waits for sound. One thread uses it."""

    def say(self, utterances: Sequence[Utterance], language: Language) -> None:
        """Say these from now on; whatever was being said breaks off."""
        ...

    def stop(self) -> None:
        """Be silent at once: any act of the person interrupts."""
        ...

    def louder(self) -> None:
        """One step louder; from the loudest back to the softest."""
        ...

    def reset(self) -> None:
        """Be silent, and speak the next time as softly as for everybody."""
        ...

    def plug(self, *, headset: bool) -> None:
        """The headset was plugged in or pulled out: private utterances are said into it alone."""
        ...
