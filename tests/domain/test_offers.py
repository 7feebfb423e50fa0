"""The board decides what is offered: bad is off, unknown is not bad, what is not listed is not fitted."""

from __future__ import annotations

from datetime import datetime

import pytest

from devices.contract import DeviceCode
from kiosk.domain import offers
from kiosk.domain.health import Board, Component, Finding, Health
from kiosk.domain.offers import NotFitted, Off, Offered, offer
from kiosk.domain.rules import Rules

AT = datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001 - the kiosk's local time
RULES = Rules("610525001003")
WITH_SOCIAL = Rules("610525001003", social_card_services=("residence",))
BAD = DeviceCode.PRINTER_JAM


def finding(component: Component, health: Health) -> Finding:
    """A part of this health."""
    return Finding(component, health, AT, BAD if health is Health.BAD else None)


def board(**parts: Health) -> Board:
    """A board with these parts only."""
    whole = Board()
    for name, health in parts.items():
        whole = whole.put(finding(Component(name), health))
    return whole


@pytest.mark.parametrize(
    ("page", "standby", "is_offered"),
    [
        (Health.GOOD, Health.BAD, True),
        (Health.BAD, Health.GOOD, True),
        (Health.BAD, Health.UNKNOWN, True),
        (Health.BAD, Health.BAD, False),
    ],
)
def test_one_part_of_a_group_is_enough(page: Health, standby: Health, *, is_offered: bool) -> None:
    whole = board(page_printer=page, standby_printer=standby, store=Health.GOOD)

    assert isinstance(offer(offers.CERTIFICATES, whole), Offered) == is_offered


def test_what_is_off_names_what_is_bad() -> None:
    whole = board(page_printer=Health.BAD, store=Health.GOOD)

    assert offer(offers.CERTIFICATES, whole) == Off(finding(Component.PAGE_PRINTER, Health.BAD))


def test_unknown_is_offered_and_said_only_where_nothing_good_stands_beside_it() -> None:
    alone = board(page_printer=Health.UNKNOWN, store=Health.GOOD)
    beside = alone.put(finding(Component.STANDBY_PRINTER, Health.GOOD))

    assert offer(offers.CERTIFICATES, alone) == Offered((finding(Component.PAGE_PRINTER, Health.UNKNOWN),))
    assert offer(offers.CERTIFICATES, beside) == Offered()


def test_a_group_of_which_nothing_is_fitted_was_never_meant() -> None:
    assert offer(offers.CERTIFICATES, board(store=Health.GOOD)) == NotFitted(offers.PAPER)


def test_while_nobody_has_looked_nothing_is_known_to_be_bad() -> None:
    for needs in (offers.CERTIFICATES, offers.SLIPS, offers.SHEETS, offers.cards(RULES)):
        assert offer(needs, Board()) == Offered()


def test_what_needs_nothing_is_always_offered() -> None:
    assert offer(offers.NOTHING, board(store=Health.BAD)) == Offered()


@pytest.mark.parametrize(
    ("receipt", "page", "is_offered"),
    [(Health.GOOD, Health.BAD, True), (Health.BAD, Health.GOOD, True), (Health.BAD, Health.BAD, False)],
)
def test_slips_come_from_whatever_prints(receipt: Health, page: Health, *, is_offered: bool) -> None:
    whole = board(receipt_printer=receipt, page_printer=page, store=Health.GOOD)

    assert isinstance(offer(offers.SLIPS, whole), Offered) == is_offered
    assert isinstance(offer(offers.SHEETS, whole), Offered) == is_offered


def test_without_the_store_nothing_is_recorded_but_a_guide_is_printed() -> None:
    whole = board(receipt_printer=Health.GOOD, page_printer=Health.GOOD, store=Health.BAD)

    assert isinstance(offer(offers.SLIPS, whole), Off)
    assert isinstance(offer(offers.CERTIFICATES, whole), Off)
    assert isinstance(offer(offers.SHEETS, whole), Offered)


def test_a_social_reader_helps_only_where_the_rules_let_its_cards_in() -> None:
    whole = board(id_reader=Health.BAD, social_reader=Health.GOOD)

    assert isinstance(offer(offers.cards(RULES), whole), Off)
    assert isinstance(offer(offers.cards(WITH_SOCIAL), whole), Offered)
