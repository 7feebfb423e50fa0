"""Another attempt at a number, and a slip instead of a certificate: both go the way of any paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import CertificateRecord, PickupRecord
from devices.contract import DeviceCode, NotPrinted, Printed, Uncertain
from kiosk.domain.codes import StoreCode
from kiosk.flow.commands import EndSession, RecordWord
from kiosk.flow.events import PaperPrepared, PreparationFailed, StoreFailed, UncertainPapers
from printer_templates.contract import PaperCode, PaperFacts, PickupSlip, ResidenceCertificate
from tests.work.builders import SESSION, member, prepare_paper, prepare_slip
from tests.work.workshop import Workshop, prepare, print_and_wait

if TYPE_CHECKING:
    from kiosk.flow.commands import PreparePaper

LATER = "6f1c2b9e-0000-4000-8000-000000000002"
AS_OF = datetime(2026, 11, 22, 0, 15, tzinfo=UTC)


def again(previous: str, session: str = LATER) -> PreparePaper:
    return replace(prepare_paper(session), reprint_of=previous)


def spoil(shop: Workshop) -> PaperPrepared:
    """A first attempt that the printer gave up."""
    shop.printer.outcome = NotPrinted(DeviceCode.JOB_ABORTED)
    first = prepare(shop)
    print_and_wait(shop, first)
    shop.printer.outcome = Printed(1)
    return first


def test_a_reprint_keeps_the_number_and_says_that_it_is_the_second(shop: Workshop) -> None:
    first = spoil(shop)

    shop.order(again(first.issuance))
    second = shop.events.wait_for(PaperPrepared)
    settled = print_and_wait(shop, second)

    assert settled.outcome == Printed(1)
    assert (second.number, second.session) == (first.number, LATER)
    assert second.issuance != first.issuance
    assert [getattr(document, "attempt", 0) for document in shop.papers.rendered] == [1, 2]
    assert [document.job_name for document in shop.printer.printed] == [
        f"{first.number}.1.{SESSION}",
        f"{first.number}.2.{LATER}",
    ]
    assert shop.rows("attempt", "state", "superseded_by", "session") == [
        ("1", "voided", second.issuance, SESSION),
        ("2", "printed", "", LATER),
    ]


def test_the_two_papers_of_a_number_have_codes_of_their_own(shop: Workshop) -> None:
    shop.order(again(spoil(shop).issuance))
    shop.events.wait_for(PaperPrepared)

    papers = [each for each in shop.papers.rendered if isinstance(each, ResidenceCertificate)]

    assert len({each.check_code for each in papers}) == 2


def test_a_paper_that_came_out_is_not_printed_again(shop: Workshop) -> None:
    first = prepare(shop)
    print_and_wait(shop, first)

    shop.order(again(first.issuance))
    failed = shop.events.wait_for(PreparationFailed)

    assert failed == PreparationFailed(LATER, StoreCode.REPRINT_REFUSED)
    assert shop.states() == ["printed"]
    assert not [event for event in shop.events.all if isinstance(event, StoreFailed)]


def test_a_paper_in_doubt_is_not_printed_again_before_somebody_spoke(shop: Workshop) -> None:
    shop.printer.outcome = Uncertain(DeviceCode.JOB_ANSWER_LOST)
    first = prepare(shop)
    print_and_wait(shop, first)

    shop.order(again(first.issuance))
    refused = shop.events.wait_for(PreparationFailed)
    shop.order(RecordWord(first.issuance, came_out=False, settled_by="S-07"))
    shop.order(again(first.issuance))
    second = shop.events.wait_for(PaperPrepared)

    assert refused.code is StoreCode.REPRINT_REFUSED
    assert second.number == first.number
    assert shop.rows("settled_by")[0] == ("S-07",)


def test_nobody_gets_the_paper_of_another_printed_again(shop: Workshop) -> None:
    first = spoil(shop)
    stranger = member().model_copy(update={"citizen_key": "e3" * 32})

    shop.order(replace(again(first.issuance), applicant=stranger))
    failed = shop.events.wait_for(PreparationFailed)

    assert failed.code is StoreCode.REPRINT_REFUSED
    assert shop.states() == ["voided"]


def test_a_reprint_in_more_copies_is_settled_by_its_own_pages(shop: Workshop) -> None:
    first = spoil(shop)

    shop.order(replace(again(first.issuance), copies=2))
    second = shop.events.wait_for(PaperPrepared)
    print_and_wait(shop, second)

    assert [document.pages for document in shop.printer.printed] == [1, 2]
    assert shop.rows("copies") == [("1",), ("2",)]


def test_an_offline_paper_and_its_record_say_how_old_they_are(shop: Workshop) -> None:
    shop.order(replace(prepare_paper(), offline_as_of=AS_OF, pickup="Q-8F2K-71QD"))
    print_and_wait(shop, shop.events.wait_for(PaperPrepared))

    [owed] = shop.bench.store.outbox.due(50)
    [document] = shop.papers.rendered

    assert isinstance(document, ResidenceCertificate)
    assert isinstance(owed.item.body, CertificateRecord)
    assert document.offline_as_of == owed.item.body.offline_as_of == AS_OF
    assert owed.item.body.pickup == "Q-8F2K-71QD"


def test_a_reprint_that_cannot_be_made_is_void_and_can_be_tried_once_more(shop: Workshop) -> None:
    first = spoil(shop)
    shop.papers.says = PaperFacts("", "", LATER)

    shop.order(again(first.issuance))
    failed = shop.events.wait_for(PreparationFailed)
    shop.papers.says = None
    second = shop.rows("id")[1][0]
    shop.order(again(second))
    third = shop.events.wait_for(PaperPrepared)

    assert failed.code is PaperCode.READ_BACK_DIFFERS
    assert third.number == first.number
    assert shop.states() == ["voided", "voided", "prepared"]


# --- slips ------------------------------------------------------------------------------------------------


def test_a_slip_goes_the_way_of_a_paper_and_its_request_is_owed_at_once(shop: Workshop) -> None:
    shop.order(prepare_slip(copies=2))
    slip = shop.events.wait_for(PaperPrepared)
    [owed_before] = shop.bench.store.outbox.due(50)
    settled = print_and_wait(shop, slip)

    assert settled.outcome == Printed(1)
    assert slip.number.startswith("Q-")
    assert isinstance(owed_before.item.body, PickupRecord)
    assert (owed_before.item.body.number, owed_before.item.body.copies) == (slip.number, 2)
    assert owed_before.item.body.citizen_key == member().citizen_key
    assert [document.pages for document in shop.printer.printed] == [1]
    assert shop.rows("kind", "state", "job_name") == [("QJ", "printed", f"{slip.number}.1.{SESSION}")]
    assert isinstance(shop.papers.rendered[0], PickupSlip)


def test_a_slip_that_nobody_printed_leaves_its_request_alone(shop: Workshop) -> None:
    shop.order(prepare_slip())
    slip = shop.events.wait_for(PaperPrepared)

    shop.order(EndSession(SESSION))
    prepare(shop, LATER)

    assert shop.owed_pickups() == [slip.number]
    assert sorted(shop.rows("kind", "state")) == [("JZ", "prepared"), ("QJ", "voided")]


def test_a_slip_is_never_printed_again_as_another_attempt(shop: Workshop) -> None:
    shop.order(prepare_slip())
    slip = shop.events.wait_for(PaperPrepared)
    shop.order(EndSession(SESSION))

    shop.order(again(slip.issuance))
    failed = shop.events.wait_for(PreparationFailed)

    assert failed.code is StoreCode.REPRINT_REFUSED


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["resident", "S-07"])
def test_a_word_names_who_gave_it_and_the_doubts_are_counted_again(shop: Workshop, who: str) -> None:
    shop.printer.outcome = Uncertain(DeviceCode.JOB_VANISHED)
    papers = [prepare(shop), prepare(shop, LATER)]
    for paper in papers:
        print_and_wait(shop, paper)

    shop.order(RecordWord(papers[0].issuance, came_out=True, settled_by=who))
    prepare(shop, "6f1c2b9e-0000-4000-8000-000000000003")

    counts = [event.count for event in shop.events.all if isinstance(event, UncertainPapers)]
    assert counts == [1, 2, 1]
    assert shop.rows("state", "settled_by")[:2] == [("printed", who), ("uncertain", "")]
    [line] = shop.book.lines("word_recorded")
    assert (line["came_out"], line["settled_by"]) == (True, who)
