"""Conditions of a kiosk for tests: an ordinary one, and one where everything is at its longest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from backend_client.contract import ClockState
from devices.contract import MachineReading, Supply, UpsReading
from kiosk.domain.bench import PaperCount
from kiosk.domain.condition import Condition, Program, Signs, StoreFigures
from kiosk.domain.health import Board, Component, Finding, Health
from kiosk.domain.issuance import Moment
from kiosk.domain.ledger import LedgerHead
from kiosk.work.vitals import Vital

if TYPE_CHECKING:
    from devices.contract import DeviceCode

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MOMENT = Moment(NOW, 1_000, "boot", ClockState.SYNCED)
PROGRAM = Program("b00t", "0.1.0", "Debian 12", "3.40.1", "0badcafe")
LONGEST_PROGRAM = Program("b" * 30, "9" * 30, "L" * 80, "3" * 30, "f" * 30)
FIGURES = StoreFigures(
    owed=3,
    oldest=NOW - timedelta(seconds=90),
    parked=1,
    doubts=2,
    numbers=150,
    head=LedgerHead(77, "ab" * 32),
    anchored=70,
    backup=NOW - timedelta(hours=5),
    is_sound=True,
    paper=PaperCount(120, 40),
)
CONDITION = Condition(
    moment=MOMENT,
    up_s=3600.5,
    board=Board(tuple(Finding(component, Health.GOOD, NOW) for component in Component)),
    offset=timedelta(milliseconds=250),
    signs=Signs(10.2, 20.0, 30.0, 40.0, 5.0, 60.0),
    counts={vital.value: 7 for vital in Vital},
    store=FIGURES,
    machine=MachineReading(41.6, 50_000_000_000, 90.0, 900_000_000, 12.3, 9000),
    ups=UpsReading(False, False, False, 98),
    supplies=(Supply("black toner", "toner", 40), Supply("drum", "opc", None)),
)


def with_findings(health: Health, code: DeviceCode | None, warnings: tuple[str, ...] = ()) -> Condition:
    """The ordinary condition, with every component so."""
    found = tuple(Finding(component, health, NOW, code, warnings) for component in Component)
    return replace(CONDITION, board=Board(found))


def nothing_known() -> Condition:
    """As just after the start: nobody has looked yet."""
    return replace(
        with_findings(Health.UNKNOWN, None),
        offset=None,
        signs=Signs(),
        store=None,
        machine=None,
        ups=None,
        supplies=(),
    )
