"""The core dies, and comes back: nothing is printed again, nothing is forgotten."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.nodes import walk
from tests.journeys.visitor import PATIENCE_S, keys

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-restart")]


def test_killed_while_the_document_is_sent_it_comes_back_uncertain(hall: Hall) -> None:
    """Nobody knows what the printer made of half a document; a person decides, nothing is printed again."""
    hall.to_preview("tenant")
    number, before = hall.number(), len(hall.papers())
    hall.printer_fault("silent", on="send-document")
    hall.visitor.touch_and_await("print", "printing")
    hall.await_struck("silent")

    hall.kill_core()
    hall.printer_clear()
    hall.start_core()

    settled = hall.await_event("recovery_settled", number=number)
    assert (settled["before"], settled["after"]) == ("sending", "uncertain")
    assert hall.await_delivery(number)["state"] == "uncertain"
    assert len(hall.papers()) <= before + 1
    assert hall.jobs_named(number) == 1


def test_killed_after_the_printer_took_it_the_printer_is_asked_and_nothing_is_printed_again(
    hall: Hall,
) -> None:
    hall.to_preview("tenant")
    number, before = hall.number(), len(hall.papers())
    hall.visitor.touch_and_await("print", "printing")
    hall.await_event("job_accepted", number=number)

    hall.kill_core()
    hall.start_core()

    assert hall.await_delivery(number)["state"] == "valid"
    assert len(hall.papers()) == before + 1
    assert hall.jobs_named(number) == 1


def test_killed_at_the_preview_the_number_is_voided_and_the_next_resident_served(hall: Hall) -> None:
    hall.to_preview("tenant")
    number = hall.number()

    hall.kill_core()
    hall.lift()
    hall.start_core()

    assert hall.await_delivery(number)["state"] == "voided"
    hall.print_certificate("owner")


def test_records_wait_for_the_line_and_arrive_once(hall: Hall) -> None:
    hall.to_preview("tenant")
    hall.line.cut = True
    hall.visitor.touch("print")
    hall.visitor.await_scene("take_paper")
    number = hall.number()
    before = hall.verification(number)["state"]

    hall.kill_core()
    hall.start_core()
    hall.line.cut = False

    assert before == "not_yet_reported"
    assert hall.await_delivery(number)["state"] == "valid"
    assert len([line for line in hall.log_events("record_acknowledged") if line["number"] == number]) == 1


def test_a_restart_without_a_line_shows_news_and_picture_that_were_kept_with_their_age(hall: Hall) -> None:
    hall.await_event("content_arrived")
    hall.visitor.touch_and_await("start", "home")
    urgent = next(node.action for node in hall.visitor.controls() if node.action.startswith("notice:"))
    hall.visitor.touch_and_await(urgent, "notice")
    await_picture(hall)
    before = len(hall.log_events("content_arrived"))

    hall.line.cut = True
    hall.kill_core()
    hall.start_core()
    hall.await_event("content_arrived", before + 1)  # from the cache: nobody else can be asked
    hall.await_text("line.cached")

    page = await_picture(hall)
    assert page.name == "attract"
    assert {"age.days", "age.yesterday", "age.today"} & keys(page)


def await_picture(hall: Hall) -> Scene:
    """Wait until the page shows a picture of the platform."""
    end = time.monotonic() + PATIENCE_S
    while not any(node.raster for node in walk(hall.visitor.scene.nodes)):
        assert time.monotonic() < end, "no picture came"
        hall.visitor.await_change(hall.visitor.scene.seq, patience_s=0.2)
    return hall.visitor.scene
