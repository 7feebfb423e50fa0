"""No paper ever leaves for another person: what was kept is read back right before it is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode, NotPrinted, Printed
from kiosk.flow.commands import EndSession, PreparePaper, PrepareSlip
from kiosk.flow.events import PaperPrepared, PreparationFailed, PrintSettled
from kiosk.work.session_ends import ENDED_KEPT, SessionEnds
from printer_templates.contract import PaperCode
from tests.work.builders import SESSION, identity, prepare_paper, prepare_slip, print_paper
from tests.work.workshop import Workshop, prepare, print_and_wait

if TYPE_CHECKING:
    from devices.contract import Identity

OTHER_SESSION = "6f1c2b9e-0000-4000-8000-000000000002"
NEIGHBOUR = identity("冯素珍", "610590199006076889")
REFUSED = NotPrinted(DeviceCode.JOB_CANCELLED)


def test_a_kept_paper_that_was_mixed_up_is_never_sent(shop: Workshop) -> None:
    """Two papers in each other's place: neither comes out, both numbers are void, and staff see why."""
    mine, theirs = prepare(shop), prepare(shop, OTHER_SESSION)
    kept = shop.worker._papers
    kept[mine.issuance], kept[theirs.issuance] = (
        replace(kept[mine.issuance], paper=kept[theirs.issuance].paper, qr=kept[theirs.issuance].qr),
        replace(kept[theirs.issuance], paper=kept[mine.issuance].paper, qr=kept[mine.issuance].qr),
    )

    outcomes = [print_and_wait(shop, paper).outcome for paper in (mine, theirs)]

    assert outcomes == [REFUSED, REFUSED]
    assert shop.printer.printed == []
    assert shop.states() == shop.owed_states() == ["voided", "voided"]
    assert [line["code"] for line in shop.book.lines("paper_failed")] == [PaperCode.READ_BACK_DIFFERS] * 2


def test_bytes_that_changed_after_they_were_read_are_never_sent(shop: Workshop) -> None:
    prepared = prepare(shop)
    kept = shop.worker._papers[prepared.issuance]
    changed = replace(kept.paper, pdf=kept.paper.pdf.replace(b"?c=", b"?d="))
    shop.worker._papers[prepared.issuance] = replace(kept, paper=changed)

    settled = print_and_wait(shop, prepared)

    assert settled.outcome == REFUSED
    assert shop.printer.printed == []


@pytest.mark.parametrize(
    "who", [NEIGHBOUR, identity("冯素珍"), identity(number=NEIGHBOUR.number)], ids=["both", "name", "number"]
)
def test_the_person_of_the_live_session_decides_and_not_the_paper(shop: Workshop, who: Identity) -> None:
    prepared = prepare(shop)

    shop.order(print_paper(prepared, who=who))
    settled = shop.events.wait_for(PrintSettled)

    assert settled.outcome == REFUSED
    assert shop.printer.printed == []


def test_another_number_than_the_one_on_the_screen_is_never_sent(shop: Workshop) -> None:
    prepared = prepare(shop)

    shop.order(replace(print_paper(prepared), number="610525001003-JZ-2026-000002-3"))
    settled = shop.events.wait_for(PrintSettled)

    assert settled.outcome == REFUSED
    assert shop.printer.printed == []


def test_a_slip_is_compared_with_the_masked_person(shop: Workshop) -> None:
    shop.order(prepare_slip())
    slip = shop.events.wait_for(PaperPrepared)

    shop.order(print_paper(slip, who=NEIGHBOUR))
    refused = shop.events.wait_for(PrintSettled)
    shop.order(prepare_slip())
    settled = print_and_wait(shop, shop.events.wait_for(PaperPrepared))

    assert (refused.outcome, settled.outcome) == (REFUSED, Printed(1))
    [printed] = shop.printer.printed
    assert identity().name not in printed.pdf.decode()
    assert "王××" in printed.pdf.decode()


# --- the end of a session ---------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [prepare_paper(), prepare_slip()], ids=["certificate", "slip"])
def test_an_order_of_an_ended_session_reserves_nothing(
    shop: Workshop, order: PreparePaper | PrepareSlip
) -> None:
    shop.order(EndSession(SESSION))

    shop.order(order)
    prepare(shop, OTHER_SESSION)  # orders are done one after the other

    assert shop.states() == ["prepared"]
    assert [event.session for event in shop.events.all if isinstance(event, PaperPrepared)] == [OTHER_SESSION]


def test_the_end_overtakes_what_waits_before_it_in_the_inbox(shop: Workshop) -> None:
    """The time is up while an earlier print is under way: what the person had ordered last must not print."""
    first, waiting = prepare(shop, OTHER_SESSION), prepare(shop)

    def order_and_leave(step: str) -> None:
        if step == "prepared" and not shop.printer.printed:
            shop.order(print_paper(waiting))
            shop.order(prepare_paper())
            shop.order(EndSession(SESSION))

    shop.printer.at = order_and_leave
    shop.order(print_paper(first))
    outcomes = {event.session: event.outcome for event in (_settled(shop), _settled(shop))}
    prepare(shop, "6f1c2b9e-0000-4000-8000-000000000003")

    assert outcomes == {OTHER_SESSION: Printed(1), SESSION: REFUSED}
    assert shop.states() == ["printed", "voided", "prepared"]


@pytest.mark.parametrize("step", ["prepared", "creating", "created"])
def test_a_session_that_ends_before_the_first_byte_prints_nothing(shop: Workshop, step: str) -> None:
    prepared = prepare(shop)
    shop.printer.at = lambda reached: shop.order(EndSession(SESSION)) if reached == step else None

    settled = print_and_wait(shop, prepared)

    assert settled.outcome == REFUSED
    assert shop.printer.printed == []
    assert shop.states() == shop.owed_states() == ["voided"]


def test_a_paper_that_is_ready_when_its_session_has_ended_is_voided_unseen(shop: Workshop) -> None:
    shop.papers.at_render = lambda: shop.order(EndSession(SESSION))

    shop.order(prepare_paper())
    prepare(shop, OTHER_SESSION)

    assert shop.states() == ["voided", "prepared"]
    assert SESSION not in {event.session for event in shop.events.all if isinstance(event, PaperPrepared)}


def test_the_number_of_another_sessions_paper_is_never_taken_over(shop: Workshop) -> None:
    prepared = prepare(shop)

    shop.order(prepare_paper(OTHER_SESSION, issuance=prepared.issuance, copies=2))
    failed = shop.events.wait_for(PreparationFailed)

    assert failed == PreparationFailed(OTHER_SESSION, PaperCode.READ_BACK_DIFFERS)
    assert print_and_wait(shop, prepared).outcome == Printed(1)


def test_only_so_many_ends_are_remembered() -> None:
    ends = SessionEnds()
    for number in range(ENDED_KEPT + 5):
        ends.end(str(number))

    remembered = [number for number in range(ENDED_KEPT + 5) if ends.has_ended(str(number))]

    assert remembered == list(range(5, ENDED_KEPT + 5))


def _settled(shop: Workshop) -> PrintSettled:
    return shop.events.wait_for(PrintSettled)
