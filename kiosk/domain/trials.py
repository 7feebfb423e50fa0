"""Guided tests of devices as data: for each component the steps that a technician is led through, in order.

A step is done by the device (`TryDevice`), by something that the flow sees itself (`awaits`), by a person
who looks (`needs_person`), or by the device first and a person after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.domain.health import Component

if TYPE_CHECKING:
    from collections.abc import Iterable

# No step of a device waits longer for what a person is asked to do, such as opening the door.
LONGEST_TRIAL_S = 60

# What the scanner's step shows as a code on the screen, or on a card that technicians carry.
TRIAL_CODE = "KIOSK-TEST-8F2K71QD"


class Awaits(StrEnum):
    """What the flow waits for by itself, because no other thread may speak with that device."""

    CARD = "card"  # IdentityRead or CardRefused; only the kind of card is shown, never its person
    CARD_GONE = "card_gone"  # CardLifted
    CODE = "code"  # CodeScanned with TRIAL_CODE
    TOUCHES = "touches"  # each corner of the screen and its middle


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Its texts are `trial.COMPONENT.KEY`.

    `device` True: send TryDevice and wait for TrialFinished. Where that says `passed=None`, and wherever
    `needs_person` is True and the device did not fail, the person there says whether it was right.
    """

    key: str
    needs_person: bool = False
    device: bool = False
    awaits: Awaits | None = None


_STATUS = Step("status", device=True)
_PAGE = Step("page", needs_person=True, device=True)
_READER = (_STATUS, Step("card", awaits=Awaits.CARD), Step("card_gone", awaits=Awaits.CARD_GONE))

TRIALS: dict[Component, tuple[Step, ...]] = {
    Component.ID_READER: _READER,
    Component.SOCIAL_READER: _READER,
    Component.PAGE_PRINTER: (_STATUS, _PAGE),
    Component.STANDBY_PRINTER: (_STATUS, _PAGE),
    Component.RECEIPT_PRINTER: (
        _STATUS,
        Step("slip", needs_person=True, device=True),
        Step("cut", needs_person=True),
    ),
    Component.SCANNER: (Step("code", awaits=Awaits.CODE),),  # it cannot be asked how it is
    Component.BOARD: (
        _STATUS,
        Step("light_card", needs_person=True, device=True),
        Step("light_paper", needs_person=True, device=True),
        Step("light_receipt", needs_person=True, device=True),
        Step("light_status", needs_person=True, device=True),
        Step("door_open", device=True),
        Step("door_closed", device=True),
    ),
    Component.UPS: (_STATUS, Step("mains_off", device=True), Step("mains_back", device=True)),
    Component.SCREEN: (Step("corners", awaits=Awaits.TOUCHES), Step("picture", needs_person=True)),
    Component.LINE: (_STATUS,),
}


def trial_of(component: Component) -> tuple[Step, ...]:
    """The steps of one component; empty where nothing can be tried, only looked up on the board."""
    return TRIALS.get(component, ())


def triable(fitted: Iterable[Component]) -> tuple[Component, ...]:
    """Those of the fitted components that have a guided test, in the order of every list."""
    there = set(fitted)
    return tuple(component for component in Component if component in there and component in TRIALS)


def find_step(component: Component, key: str) -> Step | None:
    """One step by its key, None where there is none."""
    return next((step for step in trial_of(component) if step.key == key), None)
