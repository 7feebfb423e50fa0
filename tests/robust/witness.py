"""Knows whose card was laid when, sees every scene, and says where one carries another session's person."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.domain.masking import mask_number
from tests.journeys.visitor import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.scene.contract import Scene

NOBODYS = {
    *("attract", "home", "reading", "looking_up", "ended", "take_card", "lay_card"),
    *("rating", "rating_reasons", "rated"),
}
# So long after a card was lifted a page may still be on its way that was drawn before.
LATE_S = 3.0
NUMBER = re.compile(r"\d{12}-JZ-\d{4}-\d{6}-\d|Q-[0-9A-Z]{4}-[0-9A-Z]{4}")


@dataclass
class _Laying:
    """A card on the reader from one moment to another."""

    story: str
    laid: float
    lifted: float = math.inf


@dataclass
class Witness:
    """`people` are the persons of the cards by their story: name and citizen number. Times are seconds."""

    people: Mapping[str, tuple[str, str]]
    sessions: int = 0
    owners: dict[str, str] = field(default_factory=dict)  # number of a paper -> story
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._present = ""  # who was named last
        self._named_since = 0.0
        self._nobodys_at = 0.0  # when a page was shown that belongs to nobody
        self._layings: list[_Laying] = []  # that of the present session, and all since

    def laid(self, story: str, at: float) -> None:
        """The card of this story lies on the reader."""
        self._layings.append(_Laying(story, at))

    def lifted(self, story: str, at: float) -> None:
        """It lies there no more."""
        for each in self._layings:
            if each.story == story:
                each.lifted = min(each.lifted, at)

    def saw(self, scene: Scene, at: float) -> None:
        """The core has sent a scene."""
        shown = texts(scene)
        named = self._named_in(shown)
        if len(named) > 1:
            self.faults.append(f"mixed: {scene.name} names two people")
        for story in named:
            self._judge(story, scene, at)
        if not named and scene.name in NOBODYS:
            self._nobodys_at = at
        self._judge_numbers(" ".join(shown), scene)

    def _judge(self, story: str, scene: Scene, at: float) -> None:
        if story == self._present and self._nobodys_at <= self._named_since:
            return
        if not self._begin(story):
            self.faults.append(f"mixed: {scene.name} names somebody whose card was not laid again")
        self.sessions += 1
        self._present, self._named_since = story, at

    def _begin(self, story: str) -> bool:
        """Whether a card explains it: no older than the last session's, there until nobody was named.

        The moment when somebody is named tells nothing: the next card may lie there while one is still read.
        """
        for place, each in enumerate(self._layings):
            if each.story == story and self._nobodys_at < each.lifted + LATE_S:
                del self._layings[:place]
                return True
        return False

    def _judge_numbers(self, shown: str, scene: Scene) -> None:
        """A paper's number belongs to whoever was named last when it was shown first."""
        for number in NUMBER.findall(shown):
            if self.owners.setdefault(number, self._present) != self._present:
                self.faults.append(f"mixed: {scene.name} tells the number of somebody else's paper")

    def _named_in(self, shown: tuple[str, ...]) -> set[str]:
        everything = "\n".join(shown)
        return {
            story
            for story, (name, number) in self.people.items()
            if any(trace in everything for trace in (name, number, mask_number(number)))
        }
