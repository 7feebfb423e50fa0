"""Serial, supplies and counts: what a printer does not know is unknown, and never zero."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import PrinterReady, Supply
from devices.page.driver import IppPrinter
from devices.page.facts import level_stems, read_facts
from devices.page.message import Group, attribute
from devices.page.tags import GroupTag, ValueTag
from devices.simulators.control import OrderError
from devices.simulators.page.program import Verbs
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.rigs import running_page_simulator

if TYPE_CHECKING:
    from pathlib import Path

    from devices.page.message import Attribute

LONG = timedelta(seconds=10)


def told(*attributes: Attribute) -> Group:
    return Group(GroupTag.PRINTER, attributes)


def markers(
    *levels: int, kinds: tuple[str, ...], lows: tuple[int, ...] = (), highs: tuple[int, ...] = ()
) -> Group:
    names = [f"supply {place}" for place, _ in enumerate(levels)]
    return told(
        attribute(ValueTag.NAME, "marker-names", *names),
        attribute(ValueTag.KEYWORD, "marker-types", *kinds),
        attribute(ValueTag.INTEGER, "marker-levels", *levels),
        *([attribute(ValueTag.INTEGER, "marker-low-levels", *lows)] if lows else []),
        *([attribute(ValueTag.INTEGER, "marker-high-levels", *highs)] if highs else []),
    )


@pytest.mark.parametrize(
    ("level", "percent"), [(0, 0), (1, 1), (100, 100), (-1, None), (-2, None), (-3, None)]
)
def test_a_level_is_a_percentage_or_unknown(level: int, percent: int | None) -> None:
    facts = read_facts(markers(level, kinds=("toner",)))

    assert facts.supplies == (Supply("supply 0", "toner", percent),)


@pytest.mark.parametrize("level", [101, -4, 2**31 - 1])
def test_a_level_that_makes_no_sense_is_unknown(level: int) -> None:
    assert read_facts(markers(level, kinds=("toner",))).supplies[0].percent is None


def test_each_supply_keeps_its_own_level_where_one_has_none() -> None:
    group = told(
        attribute(ValueTag.NAME, "marker-names", "", "black"),
        attribute(ValueTag.NO_VALUE, "marker-levels", None, None),
    )
    mixed = read_facts(group)

    assert [(each.name, each.percent) for each in mixed.supplies] == [("", None), ("black", None)]


def test_fewer_levels_than_names_leave_the_rest_unknown() -> None:
    group = told(
        attribute(ValueTag.NAME, "marker-names", "cyan", "black"),
        attribute(ValueTag.INTEGER, "marker-levels", 40),
    )

    assert read_facts(group).supplies == (Supply("cyan", "", 40), Supply("black", "", None))


@pytest.mark.parametrize(
    ("octets", "percent"),
    [
        (b"index=2;type=toner;maxcapacity=100;level=75;", 75),
        (b"type=toner;maxcapacity=8000;level=2000", 25),
        (b"type=toner;maxcapacity=100;level=0;", 0),
        (b"type=toner;maxcapacity=-2;level=-3;", None),
        (b"type=toner;maxcapacity=100;level=-3;", None),
        (b"type=toner;maxcapacity=0;level=0;", None),
        (b"type=toner;maxcapacity=100;level=;", None),
        (b"type=toner", None),
    ],
)
def test_supplies_are_read_from_octets_where_there_are_no_markers(octets: bytes, percent: int | None) -> None:
    group = told(
        attribute(ValueTag.OCTETS, "printer-supply", octets),
        attribute(ValueTag.TEXT, "printer-supply-description", "Black Toner"),
    )

    assert read_facts(group).supplies == (Supply("Black Toner", "toner", percent),)


def test_both_spellings_of_a_kind_are_one() -> None:
    octets = b"type=wasteToner;maxcapacity=100;level=25;"

    assert read_facts(told(attribute(ValueTag.OCTETS, "printer-supply", octets))).supplies == (
        Supply("waste-toner", "waste-toner", 25),
    )


@pytest.mark.parametrize(
    ("kind", "level", "stems"),
    [
        ("toner", 10, ("toner-low",)),
        ("toner-cartridge", 3, ("toner-low",)),
        ("toner", 11, ()),
        ("toner", -2, ()),
        ("toner", -3, ()),
        ("ink", 5, ("marker-supply-low",)),
        ("waste-toner", 5, ()),
        ("waste-toner", 95, ("marker-waste-almost-full",)),
        ("waste-toner", -2, ()),
    ],
)
def test_a_low_level_warns_where_nothing_else_does(kind: str, level: int, stems: tuple[str, ...]) -> None:
    assert level_stems(markers(level, kinds=(kind,), lows=(10,), highs=(90,))) == stems


def test_a_printer_that_names_no_low_level_is_not_second_guessed() -> None:
    assert level_stems(markers(1, kinds=("toner",))) == ()


@pytest.mark.parametrize(
    ("attributes", "serial"),
    [
        ({"printer-device-id": "MFG:ACME;SN:A1;", "printer-uuid": "urn:uuid:1"}, "A1"),
        ({"printer-device-id": "MFG:ACME; SERN:B2", "printer-serial-number": "C3"}, "B2"),
        ({"printer-device-id": "MFG:ACME;SN:;", "printer-serial-number": "C3"}, "C3"),
        ({"printer-device-id": "MFG:ACME;", "printer-uuid": "urn:uuid:1"}, "urn:uuid:1"),
        ({}, ""),
    ],
)
def test_the_serial_is_the_makers_own_where_it_is_told(attributes: dict[str, str], serial: str) -> None:
    group = told(*(attribute(ValueTag.TEXT, name, text) for name, text in attributes.items()))

    assert read_facts(group).serial == serial


def test_a_printer_that_tells_nothing_has_no_facts() -> None:
    facts = read_facts(told())

    assert (facts.serial, facts.supplies, facts.impressions) == ("", (), None)


def test_the_simulator_tells_its_serial_its_supplies_and_its_count(tmp_path: Path) -> None:
    with running_page_simulator(tmp_path) as simulator, closing(IppPrinter(simulator.address)) as printer:
        printer.print(make_document(2), Onlooker(), LONG)
        before = printer.status(LONG)
        Verbs(simulator).supplies({"levels": {"black toner": 10, "waste toner": -3}})
        after = printer.status(LONG)

    assert isinstance(before, PrinterReady)
    assert before.facts.serial == "SIM-0001"
    assert before.facts.impressions == 2
    assert [each.percent for each in before.facts.supplies] == [80, 20]
    assert before.warnings == ()
    assert isinstance(after, PrinterReady)
    assert [each.percent for each in after.facts.supplies] == [10, None]
    assert after.warnings == ("toner-low",)


@pytest.mark.parametrize(
    "levels", [{"green toner": 1}, {"black toner": 101}, {"black toner": -4}, {"black toner": "5"}, 7]
)
def test_levels_that_make_no_sense_are_refused(tmp_path: Path, levels: object) -> None:
    with running_page_simulator(tmp_path) as simulator, pytest.raises(OrderError):
        Verbs(simulator).supplies({"levels": levels})
