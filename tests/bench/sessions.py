"""Whole sessions on the running appliance: from the card to the household, from 打印 to the printer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, percentiles

if TYPE_CHECKING:
    from tests.bench.rig import Rig

STORY = "tenant"
PATIENCE_S = 10.0
LOOK_INTERVAL_S = 0.001

# The kiosk rests between two cards; a reader drops a card that is polled faster than every 300 ms.
_BETWEEN_CARDS_S = 0.4


@dataclass(slots=True)
class Account:
    """What the sessions took, in milliseconds."""

    household: list[float] = field(default_factory=list)  # from the card being found, its reading included
    laid: list[float] = field(default_factory=list)  # from the card being laid down
    accepted: list[float] = field(default_factory=list)

    def figures(self) -> list[Figure]:
        """As figures."""
        return [
            *percentiles("card to household on screen", "ms", self.household, {50: "<= 250", 95: "<= 400"}),
            *percentiles("card laid down to household, with the reader's poll", "ms", self.laid, {50: ""}),
            *percentiles("打印 to job accepted", "ms", self.accepted, {50: "<= 60", 95: "<= 100"}),
        ]


def run_sessions(rig: Rig, n: int) -> Account:
    """Do the whole errand `n` times. Raises WiretapError where the kiosk does not go on."""
    account = Account()
    for _ in range(n):
        _read_card(rig, account)
        _print(rig, account)
        _leave(rig)
    return account


def _read_card(rig: Rig, account: Account) -> None:
    rig.wire.forget()
    laid = time.monotonic()
    rig.appliance.lay(STORY)
    found = rig.wire.await_sent("reading").sent_s
    painted = rig.wire.await_painted("who_you_are").painted_s or 0.0
    account.household.append((painted - found) * 1000)
    account.laid.append((painted - laid) * 1000)


def _print(rig: Rig, account: Account) -> None:
    for action, following in (
        ("confirm", "services"),
        ("service:residence", "purpose"),
        ("purpose:school", "preview"),
    ):
        rig.wire.touch(action)
        rig.wire.await_painted(following)
    before = _newest_job(rig)
    touched = rig.wire.touch("print")
    account.accepted.append((_await_accepted(rig, before) - touched) * 1000)


def _leave(rig: Rig) -> None:
    rig.wire.await_painted("take_paper")
    rig.appliance.collect()
    rig.wire.forget()
    rig.appliance.lift()
    rig.wire.await_painted("take_paper")  # once more, without the card
    rig.wire.touch("finish")
    rig.wire.await_painted("rating")
    rig.wire.touch("finish")
    rig.wire.await_painted("attract")
    time.sleep(_BETWEEN_CARDS_S)


def _newest_job(rig: Rig) -> int:
    jobs = rig.appliance.printer.order("state")["jobs"]
    return max((int(job["id"]) for job in jobs), default=0)


def _await_accepted(rig: Rig, before: int) -> float:
    """The moment at which a job newer than `before` has its whole document."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        jobs = rig.appliance.printer.order("state")["jobs"]
        if any(int(job["id"]) > before and job["state"] != "pending" for job in jobs):
            return time.monotonic()
        time.sleep(LOOK_INTERVAL_S)
    raise TimeoutError("the printer accepted no job")
