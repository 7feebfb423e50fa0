"""From a choice to a settled paper: one session, one number, one print, one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend_client.contract import CertificateRecord, check_code, check_digit
from devices.contract import DeviceCode, NotPrinted, Printed, Uncertain
from kiosk.domain.codes import StoreCode
from kiosk.flow.commands import EndSession, VoidPaper
from kiosk.flow.events import (
    PaperPrepared,
    PreparationFailed,
    PrintAccepted,
    PrintSettled,
)
from printer_templates.contract import PaperCode, PaperFacts, ResidenceCertificate
from tests.core.stand import PATIENCE_S
from tests.store.builders import block
from tests.work.builders import SESSION, identity, prepare_paper, print_paper
from tests.work.workshop import Workshop, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from devices.contract import PrintOutcome

OTHER_SESSION = "6f1c2b9e-0000-4000-8000-000000000002"
NUMBER = "610525001003-JZ-2026-000001-" + check_digit("610525001003-JZ-2026-000001")
OWN_TEXT = identity().name + identity().number + NUMBER
OWN_CODE = f"https://platform.example/v/{NUMBER}?c={check_code(block().code_key, NUMBER)}"


def test_a_prepared_paper_is_the_sessions_own_and_nothing_was_sent(shop: Workshop) -> None:
    prepared = prepare(shop)

    assert prepared.session == SESSION
    assert prepared.number.startswith("610525001003-JZ-2026-000001-")
    assert len(prepared.previews) == prepared.copies == 1
    assert shop.printer.printed == []
    assert shop.states() == ["prepared"]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Printed(1), "printed"),
        (NotPrinted(DeviceCode.PRINTER_JAM), "voided"),
        (Uncertain(DeviceCode.JOB_VANISHED), "uncertain"),
    ],
)
def test_what_the_printer_says_is_journal_record_and_event(
    tmp_path: Path, outcome: PrintOutcome, state: str
) -> None:
    shop = Workshop(tmp_path / "state").start()
    shop.printer.outcome = outcome
    prepared = prepare(shop)

    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintAccepted)
    settled = shop.events.wait_for(PrintSettled)

    assert settled == PrintSettled(SESSION, outcome)
    assert shop.states() == shop.owed_states() == [state]
    assert shop.owed.is_set()
    assert [document.job_name for document in shop.printer.printed] == [f"{prepared.number}.1.{SESSION}"]
    assert shop.stop()


def test_the_record_says_the_last_day_that_was_printed(shop: Workshop) -> None:
    prepared = prepare(shop)

    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintSettled)

    [owed] = shop.bench.store.outbox.due(50)
    [printed] = shop.papers.rendered
    assert isinstance(printed, ResidenceCertificate)
    assert isinstance(owed.item.body, CertificateRecord)
    assert owed.item.body.valid_until == printed.valid_until


def test_a_paper_is_printed_once_however_often_it_is_ordered(shop: Workshop) -> None:
    prepared = prepare(shop)

    for _ in range(3):
        shop.order(print_paper(prepared))
    outcomes = [shop.events.wait_for(PrintSettled).outcome for _ in range(3)]

    assert outcomes == [Printed(1)] + [NotPrinted(DeviceCode.JOB_CANCELLED)] * 2
    assert len(shop.printer.printed) == 1


def test_no_session_prints_the_paper_of_another(shop: Workshop) -> None:
    prepared = prepare(shop)

    shop.order(print_paper(prepared, OTHER_SESSION))
    settled = shop.events.wait_for(PrintSettled)

    assert settled == PrintSettled(OTHER_SESSION, NotPrinted(DeviceCode.JOB_CANCELLED))
    assert shop.printer.printed == []


@pytest.mark.parametrize(
    "says",
    [
        PaperFacts(OWN_TEXT.replace(identity().name, "冯素珍"), OWN_CODE, SESSION),
        PaperFacts(OWN_TEXT.replace(identity().number, "610590199006076889"), OWN_CODE, SESSION),
        PaperFacts(OWN_TEXT.replace("000001", "000002"), OWN_CODE, SESSION),
        PaperFacts(OWN_TEXT, "another code", SESSION),
        PaperFacts(OWN_TEXT, OWN_CODE, OTHER_SESSION),
        PaperFacts(OWN_TEXT, OWN_CODE),
        PaperFacts("", "", SESSION),
    ],
    ids=["name", "citizen number", "number", "code", "session", "no session", "blank"],
)
def test_a_paper_that_says_something_else_is_voided_before_anyone_sees_it(
    shop: Workshop, says: PaperFacts
) -> None:
    shop.papers.says = says

    shop.order(prepare_paper())
    failed = shop.events.wait_for(PreparationFailed)

    assert failed.code is PaperCode.READ_BACK_DIFFERS
    assert shop.states() == shop.owed_states() == ["voided"]


def test_a_paper_that_says_it_all_is_shown(shop: Workshop) -> None:
    """The facts of the test above, none of them changed: each of its cases fails for its own reason."""
    shop.papers.says = PaperFacts(OWN_TEXT, OWN_CODE, SESSION)

    prepared = prepare(shop)

    assert prepared.number in OWN_TEXT


def test_a_name_that_cannot_be_printed_costs_no_number(shop: Workshop) -> None:
    shop.papers.missing = ("桂",)

    shop.order(prepare_paper())
    failed = shop.events.wait_for(PreparationFailed)

    assert failed.code is PaperCode.MISSING_GLYPH
    assert shop.states() == []


def test_without_numbers_the_resident_is_told(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "state").start(numbers=1)
    prepare(shop)

    shop.order(prepare_paper(OTHER_SESSION))
    failed = shop.events.wait_for(PreparationFailed)

    assert failed == PreparationFailed(OTHER_SESSION, StoreCode.NO_NUMBERS)
    assert shop.stop()


def test_another_number_of_copies_keeps_the_certificates_number(shop: Workshop) -> None:
    first = prepare(shop)

    shop.order(prepare_paper(issuance=first.issuance, copies=2))
    second = shop.events.wait_for(PaperPrepared)
    shop.order(print_paper(second))
    shop.events.wait_for(PrintSettled)

    assert (second.issuance, second.number, second.copies) == (first.issuance, first.number, 2)
    assert [document.pages for document in shop.printer.printed] == [2]
    assert shop.states() == ["printed"]


@pytest.mark.parametrize("how", ["void", "end"])
def test_a_paper_that_nobody_wants_is_voided_and_reported_once(shop: Workshop, how: str) -> None:
    prepared = prepare(shop)

    if how == "void":
        shop.order(VoidPaper(prepared.issuance))
    shop.order(EndSession(SESSION))
    shop.order(print_paper(prepared))
    settled = shop.events.wait_for(PrintSettled)

    assert isinstance(settled.outcome, NotPrinted)
    assert shop.states() == shop.owed_states() == ["voided"]


def test_the_end_of_one_session_leaves_the_next_ones_paper_alone(shop: Workshop) -> None:
    prepare(shop)
    later = prepare(shop, OTHER_SESSION)

    shop.order(EndSession(SESSION))
    shop.order(print_paper(later, OTHER_SESSION))
    settled = shop.events.wait_for(PrintSettled)

    assert settled.outcome == Printed(1)
    assert shop.states() == ["voided", "printed"]


def test_a_waiting_print_can_be_cancelled_at_once(shop: Workshop) -> None:
    shop.printer.waits_for_cancel = True
    prepared = prepare(shop)
    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintAccepted)

    shop.worker.cancel(SESSION)
    settled = shop.events.wait_for(PrintSettled)

    assert settled.outcome == NotPrinted(DeviceCode.JOB_CANCELLED)
    assert shop.states() == ["voided"]


def test_a_cancelled_print_does_not_cancel_the_next_one_of_the_session(shop: Workshop) -> None:
    shop.printer.waits_for_cancel = True
    prepared = prepare(shop)
    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintAccepted)
    shop.worker.cancel(SESSION)
    shop.events.wait_for(PrintSettled)
    shop.worker.cancel(SESSION)  # touched twice, or the clock was as fast

    shop.printer.waits_for_cancel = False
    again = prepare(shop)
    shop.order(print_paper(again))
    settled = shop.events.wait_for(PrintSettled)

    assert settled.outcome == Printed(1)
    assert shop.states() == ["voided", "printed"]


def test_a_print_that_is_cancelled_before_its_turn_came_is_cancelled(shop: Workshop) -> None:
    first, waiting = prepare(shop), prepare(shop, OTHER_SESSION)

    def order_and_cancel(step: str) -> None:
        if step == "prepared" and not shop.printer.printed:
            shop.order(print_paper(waiting, OTHER_SESSION))
            shop.worker.cancel(OTHER_SESSION)

    shop.printer.at = order_and_cancel

    shop.order(print_paper(first))
    outcomes = [shop.events.wait_for(PrintSettled).outcome for _ in range(2)]

    assert outcomes == [Printed(1), NotPrinted(DeviceCode.JOB_CANCELLED)]


def test_the_process_can_end_while_a_print_waits_and_the_journal_knows_how_far_it_was(
    tmp_path: Path,
) -> None:
    shop = Workshop(tmp_path / "state").start()
    shop.printer.waits_for_cancel = True
    prepared = prepare(shop)
    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintAccepted)

    ended = shop.stop()

    assert ended
    assert shop.states() == ["accepted"]
    assert not [event for event in shop.events.all if isinstance(event, PrintSettled)]


def test_nothing_of_the_person_is_logged(shop: Workshop) -> None:
    prepared = prepare(shop)
    shop.order(print_paper(prepared))
    shop.events.wait_for(PrintSettled)

    everything = str(shop.book.lines()) + repr(vars(shop.worker)) + repr(shop.events.all)

    assert identity().name not in everything
    assert identity().number not in everything


def test_a_bug_in_a_thread_is_told_without_any_value(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "state").start()
    nothing: dict[str, None] = {}
    shop.printer.at = lambda _: nothing[identity().name]
    prepared = prepare(shop)

    shop.order(print_paper(prepared))

    assert shop.faults.wait(PATIENCE_S)
    [fault] = shop.book.lines("program_fault")
    assert (fault["thread"], fault["kind"]) == ("paper", "KeyError")
    assert "test_paper_worker.py" in fault["stack"]
    assert identity().name not in str(fault)
    assert not shop.stop()
