"""Plays one row on a rig, and says everything that was not right."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.devices.matrix.rows import Moment, Said

if TYPE_CHECKING:
    from tests.devices.matrix.rigs import Rig, Used
    from tests.devices.matrix.rows import Row

GRACE_S = 0.5
BACK_WITHIN_S = 3.0
LOOK_S = 0.02  # between two tries


@dataclass(frozen=True, slots=True)
class Finding:
    """What happened in one cell."""

    good: Used | None  # the call before the fault, at the moment AFTER
    struck: Used  # the call that met the fault
    again: tuple[Used, ...]  # those after all was cleared, until one was well or time was over
    back_s: float | None  # how long it took until one was well
    is_new_node: bool
    was_well: bool = True  # before the fault
    has_come: bool = True  # the moment
    is_met: bool = True  # the fault struck


def play(rig: Rig, row: Row, back_within_s: float = BACK_WITHIN_S) -> Finding:
    """Let the fault happen at its moment, then clear it and try until the device works again."""
    rig.make_ready()
    good, was_well, has_come, node = None, True, True, rig.node()
    match row.moment:
        case Moment.BEFORE:
            rig.hang_up()
            rig.fault(row.fault, row.moment)
            struck = rig.use()
        case Moment.DURING:
            struck, has_come = _use_and_strike(rig, row)
        case Moment.AFTER:
            good = rig.use()
            was_well = rig.is_well(good)
            rig.make_ready()
            rig.fault(row.fault, row.moment)
            struck = rig.use()
    is_met = rig.is_met()
    begun = time.monotonic()
    rig.clear()
    again, back_s = _try_again(rig, begun, begun + back_within_s)
    return Finding(good, struck, again, back_s, rig.node() != node, was_well, has_come, is_met)


def _use_and_strike(rig: Rig, row: Row) -> tuple[Used, bool]:
    """The use in the middle of which the fault happens, and whether it came so far."""
    struck = threading.Event()

    def strike() -> None:
        rig.fault(row.fault, row.moment)
        struck.set()

    return rig.use(strike), struck.is_set()


def _try_again(rig: Rig, begun: float, until: float) -> tuple[tuple[Used, ...], float | None]:
    again: list[Used] = []
    while time.monotonic() < until:
        rig.make_ready()
        again.append(rig.use())
        if rig.is_well(again[-1]):
            return tuple(again), time.monotonic() - begun
        time.sleep(LOOK_S)
    return tuple(again), None


def complaints(row: Row, finding: Finding) -> list[str]:
    """Each thing that was not as the row demands; empty = the cell holds."""
    said = said_of(finding.struck.outcome)
    wrong = []
    if finding.good is not None and not finding.was_well:
        wrong.append(f"the call before the fault said {said_of(finding.good.outcome)}")
    if not finding.has_come:
        wrong.append("the moment never came")
    if not finding.is_met:
        wrong.append("the fault never struck")
    if said not in row.allowed:
        wrong.append(f"said {said}, allowed: {', '.join(map(str, row.allowed))}")
    for used in filter(None, (finding.good, finding.struck, *finding.again)):
        if used.late_s > GRACE_S:
            wrong.append(f"a call returned {used.late_s:.2f} s after its deadline")
        if not used.is_true:
            wrong.append(f"{said_of(used.outcome)} told something that was never so")
    if finding.back_s is None or finding.back_s > BACK_WITHIN_S:
        tried = ", ".join(str(said_of(used.outcome)) for used in finding.again)
        wrong.append(f"did not work again within {BACK_WITHIN_S} s: {tried}")
    if row.is_new_node and not finding.is_new_node:
        wrong.append("did not come back as another device node")
    return wrong


def said_of(outcome: object) -> Said:
    """The outcome by its name."""
    return Said(type(outcome), getattr(outcome, "code", None))
