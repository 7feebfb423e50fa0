"""A scripted resident: reads the page, acts as its words ask, and touches through the real input path."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.desk.appliance import Appliance
    from tools.desk.pointer import Pointer
    from tools.desk.records import Page, Records

# The kiosk ignores touches right after a page has changed; people are slower anyway.
REACTION_S = 0.35
PAGE_PATIENCE_S = 20.0
# A page that was painted anew in the very moment of a touch drops it; people then touch again.
TOUCH_PATIENCE_S = 4.0
TRIES = 3


class Hand(StrEnum):
    """What a resident does beside touching the screen."""

    LAY_CARD = "lays the card"
    COLLECT_PAPER = "takes the paper"
    LIFT_CARD = "takes the card"


# Scene -> what to do there, in this order; words are actions to touch.
SCRIPT: Mapping[str, tuple[str | Hand, ...]] = {
    "attract": ("start",),
    "home": ("services",),
    "lay_card": (Hand.LAY_CARD,),
    "who_you_are": ("confirm",),
    "services": ("service:residence",),
    "purpose": ("purpose:school", "confirm"),
    "preview": ("print",),
    "came_out": ("came_out:yes",),
    "take_paper": (Hand.COLLECT_PAPER, Hand.LIFT_CARD, "finish"),
    "take_card": (Hand.LIFT_CARD, "finish"),
    "rating": ("grade:5",),
    "rated": ("finish",),
}
# From here the script does not go on by itself.
DEAD_ENDS = {"refusal", "trouble", "staff_called"}
BEGINNINGS = {"attract", "home"}


class ResidentStuckError(Exception):
    """The resident cannot go on; the text says before which page."""


@dataclass(frozen=True, slots=True)
class Step:
    """One deed on one page, and the milliseconds until the next page stood there, recorded."""

    scene: str
    deed: str
    next_scene: str
    ms: float


@dataclass(slots=True)
class Visit:
    """One visit: what is still to be done on the present page, what was done so far."""

    steps: list[Step] = field(default_factory=list)
    to_do: list[str | Hand] = field(default_factory=list)
    tries: int = 0
    has_paper: bool = False
    has_card: bool = True


class Resident:
    """Goes through SCRIPT from the first page until the paper and the card are in hand."""

    def __init__(
        self, appliance: Appliance, pointer: Pointer, records: Records, tell: Callable[[Step], None]
    ) -> None:
        self._appliance = appliance
        self._pointer = pointer
        self._records = records
        self._tell = tell

    def visit(self, story: str) -> tuple[Step, ...]:
        """Do the whole errand with the card of `story`. Raises ResidentStuckError."""
        visit = Visit()
        page = self._await_page(0, "a first page")
        visit.to_do = list(SCRIPT.get(page.name, ()))
        while not (visit.has_paper and visit.has_card and page.name in BEGINNINGS):
            if page.name in DEAD_ENDS:
                raise ResidentStuckError(f"the kiosk shows {page.name}: {page.words()}")
            following = self._act(visit, page, story)
            if following.name != page.name:
                visit.to_do, visit.tries = list(SCRIPT.get(following.name, ())), 0
            page = following
        return tuple(visit.steps)

    def _act(self, visit: Visit, page: Page, story: str) -> Page:
        """Do the next deed that this page offers, if any, and wait for the page after it."""
        deed = next((deed for deed in visit.to_do if isinstance(deed, Hand) or page.spot(deed)), None)
        if deed is None:
            return self._wait(visit, page)
        time.sleep(REACTION_S)  # a person reads; nothing is awaited
        started = time.monotonic()
        self._do(deed, page, story)
        following = self._await_effect(deed, page)
        if following is None:
            return self._try_again(visit, page)
        visit.to_do = visit.to_do[visit.to_do.index(deed) + 1 :]
        visit.has_paper |= deed is Hand.COLLECT_PAPER
        visit.has_card = deed is Hand.LIFT_CARD or (visit.has_card and deed is not Hand.LAY_CARD)
        self._note(visit, Step(page.name, str(deed), following.name, _ms_since(started)))
        return following

    def _wait(self, visit: Visit, page: Page) -> Page:
        started = time.monotonic()
        following = self._await_page(page.number, f"what comes after {page.name} ({page.words()})")
        self._note(visit, Step(page.name, "waits", following.name, _ms_since(started)))
        return following

    def _note(self, visit: Visit, step: Step) -> None:
        visit.steps.append(step)
        self._tell(step)

    def _await_effect(self, deed: str | Hand, page: Page) -> Page | None:
        if deed is Hand.COLLECT_PAPER:
            return page  # the printer does not tell that its tray is empty again
        return self._records.await_after(page.number, TOUCH_PATIENCE_S)

    def _do(self, deed: str | Hand, page: Page, story: str) -> None:
        match deed:
            case Hand.LAY_CARD:
                self._appliance.lay(story)
            case Hand.COLLECT_PAPER:
                self._appliance.collect()
            case Hand.LIFT_CARD:
                self._appliance.lift()
            case _:
                spot = page.spot(deed)
                if spot:
                    self._pointer.touch(*spot.centre_px)

    def _try_again(self, visit: Visit, page: Page) -> Page:
        visit.tries += 1
        if visit.tries >= TRIES:
            raise ResidentStuckError(f"nothing happened on {page.name}: {page.words()}")
        return self._records.newest() or page

    def _await_page(self, number: int, what: str) -> Page:
        page = self._records.await_after(number, PAGE_PATIENCE_S)
        if page is None:
            raise ResidentStuckError(f"waited {PAGE_PATIENCE_S:g} s for {what}")
        return page


def _ms_since(started: float) -> float:
    return (time.monotonic() - started) * 1000
