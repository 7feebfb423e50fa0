"""How many fingers lie on the glass: a hand that rests there means nothing by it.

What one finger touches is told by mouse events, everywhere and alone; panels that tell fingers apart are
asked for nothing but their number.
"""

from __future__ import annotations

MOST_FINGERS = 2  # more than these are a palm, or a sleeve
FORGOTTEN_S = 30.0  # a finger whose lifting nobody told

Contact = tuple[int, int]  # the panel, and the finger on it


class Contacts:
    """The fingers on the glass. From the third on they are a palm, until the last of them is lifted."""

    def __init__(self) -> None:
        self._landed: dict[Contact, float] = {}
        self._was_palm = False

    def land(self, contact: Contact, now: float) -> bool:
        """One more finger came down; True where it belongs to a palm."""
        self._was_palm = self.is_palm(now)
        self._landed[contact] = now
        return self.is_palm(now)

    def lift(self, contact: Contact) -> None:
        """A finger went up."""
        self._landed.pop(contact, None)

    def is_palm(self, now: float) -> bool:
        """Whether what lies there now is, or was, more than a hand touches with."""
        self._landed = {each: at for each, at in self._landed.items() if now - at < FORGOTTEN_S}
        self._was_palm = bool(self._landed) and (self._was_palm or len(self._landed) > MOST_FINGERS)
        return self._was_palm
