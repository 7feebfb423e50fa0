"""The screen always says what works now and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend_client.contract import PlatformCode
from devices.contract import DeviceCode, PrinterBlocked
from kiosk.domain.codes import StoreCode
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.means import LineMeans, line_means
from kiosk.flow.step import step
from kiosk.flow.view import view
from tests.flow.content import AS_OF
from tests.flow.situations import FULL_WORLD, LINE_DOWN, QUIET
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
