"""The screen always says what works now and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend_client.contract import PlatformCode
from devices.contract import DeviceCode, PrinterBlocked
from kiosk.domain.codes import StoreCode
from kiosk.domain.health import Board, Component, Finding, Health
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.means import LineMeans, line_means
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from tests.flow.bench_situations import PRINTER_BAD, SINCE, good_board
from tests.flow.content import AS_OF
from tests.flow.situations import FULL_WORLD, KNOWN_PERSON, LINE_DOWN, QUIET
from tests.flow.soundness import texts_in

FRESH = e.OfflineMeansChanged(AS_OF, fresh=True)
STALE = e.OfflineMeansChanged(AS_OF, fresh=False)
NONE = e.OfflineMeansChanged(None, fresh=False)
DOWN = e.LineChanged(PlatformCode.UNREACHABLE)
NO_PAPER = e.PrinterChanged(PrinterBlocked(DeviceCode.PRINTER_PAPER_OUT))


def told(page: s.Page, *events: e.Event) -> set[str]:
    """The texts of a page after these events."""
    kiosk = replace(QUIET, world=FULL_WORLD, page=page)
    for event in events:
        kiosk, _ = step(kiosk, event)
    return {text.key for text in texts_in(view(kiosk).nodes)}


@pytest.mark.parametrize("page", [s.Attract(), s.Home(), s.LayCard()], ids=lambda page: type(page).__name__)
@pytest.mark.parametrize(
    ("events", "means"),
    [
        ((DOWN, FRESH), "line.certificates"),
        ((DOWN, STALE), "line.slips"),
        ((DOWN, NONE), "line.slips"),
        ((DOWN, FRESH, NO_PAPER), "line.reading"),
        ((DOWN, STALE, NO_PAPER), "line.slips"),
        ((DOWN, FRESH, e.StoreFailed(StoreCode.DISK_FULL)), "line.reading"),
    ],
)
def test_where_people_begin_they_read_what_works_without_a_line(
    page: s.Page, events: tuple[e.Event, ...], means: str
) -> None:
    shown = told(page, *events) & {f"line.{each}" for each in LineMeans}

    assert shown == {means}


@pytest.mark.parametrize("page", [s.Attract(), s.Home(), s.LayCard()], ids=lambda page: type(page).__name__)
def test_nothing_is_said_about_the_line_while_it_is_up(page: s.Page) -> None:
    assert not told(page, FRESH) & {f"line.{each}" for each in LineMeans}
    assert not told(page, DOWN, e.LineChanged(None), STALE) & {f"line.{each}" for each in LineMeans}


def test_nobody_is_promised_a_certificate_where_only_slips_are_to_be_had() -> None:
    assert "attract.help_slips" in told(s.Attract(), DOWN, STALE)
    assert "home.services_slips" in told(s.Home(), DOWN, STALE)
    assert "attract.help" in told(s.Attract(), DOWN, FRESH)


def test_what_is_not_known_of_the_register_is_not_promised() -> None:
    assert line_means(LINE_DOWN) is LineMeans.SLIPS


def shown_on(page: s.Page, board: Board) -> dict[str, bool]:
    """What can be touched on a page of somebody known, with this board."""
    kiosk = replace(KNOWN_PERSON, page=page, world=replace(FULL_WORLD, board=board))
    return {node.action: node.enabled for node in walk(view(kiosk).nodes) if node.action}


@pytest.mark.parametrize("health", Health)
def test_the_board_decides_what_is_offered_and_the_rest_stays(health: Health) -> None:
    """Unknown is not bad; the guides need no printer."""
    board = good_board().put(Finding(Component.STORE, health, SINCE, StoreCode.DISK_FULL))

    offered = shown_on(s.Services(), board)

    assert offered["service:residence"] == (health is not Health.BAD)
    assert offered["service:allowance"]


def test_what_may_not_come_out_is_offered_with_a_word_of_warning() -> None:
    unknown = good_board()
    for component in (Component.PAGE_PRINTER, Component.STANDBY_PRINTER):
        unknown = unknown.put(Finding(component, Health.UNKNOWN, SINCE))
    kiosk = replace(KNOWN_PERSON, page=s.Services(), world=replace(FULL_WORLD, board=unknown))

    assert shown_on(s.Services(), unknown)["service:residence"]
    assert "services.printer_unknown" in {text.key for text in texts_in(view(kiosk).nodes)}


def test_the_printer_that_stands_by_keeps_certificates_on_offer() -> None:
    page_bad = good_board().put(PRINTER_BAD)
    both_bad = page_bad.put(
        Finding(Component.STANDBY_PRINTER, Health.BAD, SINCE, DeviceCode.PRINTER_PAPER_OUT)
    )

    assert shown_on(s.Services(), page_bad)["service:residence"]
    assert not shown_on(s.Services(), both_bad)["service:residence"]


def test_the_board_outweighs_what_a_worker_said_before() -> None:
    kiosk = replace(QUIET, page=s.Home(), world=replace(FULL_WORLD, board=good_board()))

    told_bad = replace(kiosk, world=replace(kiosk.world, reader=DeviceCode.READER_SILENT))

    assert {node.action for node in walk(view(told_bad).nodes) if node.enabled} >= {"services"}
