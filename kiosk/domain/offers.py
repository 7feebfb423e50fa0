"""Which services a kiosk can offer, as far as its parts decide it: each says what it needs.

Unknown is not bad: a part of which nothing is known may work, so the service stays, and it is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.health import Component, Health

if TYPE_CHECKING:
    from kiosk.domain.health import Board, Finding
    from kiosk.domain.rules import Rules

# Of each group one part is enough: the page printer, or the one that stands by.
Needs = tuple[tuple[Component, ...], ...]

NOTHING: Needs = ()
PAPER = (Component.PAGE_PRINTER, Component.STANDBY_PRINTER)
ANY_PAPER = (Component.RECEIPT_PRINTER, *PAPER)
RECORDS = (Component.STORE,)

CERTIFICATES: Needs = (PAPER, RECORDS)  # for somebody whose card was read
REQUESTS: Needs = (RECORDS,)  # a pick-up number can be written down by hand
SLIPS: Needs = (ANY_PAPER, RECORDS)
SHEETS: Needs = (ANY_PAPER,)  # what names nobody
REPORTS: Needs = (PAPER,)  # A4 always


@dataclass(frozen=True, slots=True)
class Offered:
    """It can be had; `unknown` are parts that it rests on and of which nothing is known."""

    unknown: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Off:
    """It cannot be had now, and the finding says why."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class NotFitted:
    """This kiosk was never meant to do it: no part of the group is fitted."""

    group: tuple[Component, ...]


Offer = Offered | Off | NotFitted


def cards(rules: Rules) -> Needs:
    """The readers whose cards open services: the ID card's, and the social card's where rules allow it."""
    if rules.social_card_services:
        return ((Component.ID_READER, Component.SOCIAL_READER),)
    return ((Component.ID_READER,),)


def offer(needs: Needs, board: Board) -> Offer:
    """Whether all needs are met. While the board is empty nobody has looked yet."""
    if not board.findings:
        return Offered()
    unknown: list[Finding] = []
    for group in needs:
        found = [finding for part in group if (finding := board.of(part))]
        if not found:
            return NotFitted(group)
        if all(finding.health is Health.BAD for finding in found):
            return Off(found[0])
        if not any(finding.health is Health.GOOD for finding in found):
            unknown += [finding for finding in found if finding.health is Health.UNKNOWN]
    return Offered(tuple(unknown))
