"""Slips come from the receipt printer where one is ready: same bytes, same journal, same proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import (
    DeviceCode,
    NotPrinted,
    Printed,
    PrinterBlocked,
    PrinterReady,
    PrinterUnknown,
    RollPaper,
    Uncertain,
)
from kiosk.domain.bench import PaperCount
from kiosk.domain.issuance import RECEIPT_PRINTER, IssuanceState
from kiosk.flow.events import PaperPrepared, PrintSettled
from kiosk.work.outlets import STATUS_DEADLINE, Outlets
from kiosk.work.preparing import ROLL_PREVIEW_WIDTH_PX
from kiosk.work.recovery import recover
from printer_templates.contract import Format
from tests.core.stand import LogBook
from tests.store.builders import JOB, LAST_DAY, SHA, Bench, slip_request
from tests.work.builders import (
    SESSION,
    ObedientPrinter,
    ObedientReceiptPrinter,
    identity,
    prepare_slip,
    print_paper,
)
from tests.work.workshop import Workshop, prepare, print_and_wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from devices.contract import PrinterStatus, PrintOutcome

OTHER_SESSION = "6f1c2b9e-0000-4000-8000-000000000002"
NEIGHBOUR = identity("冯素珍", "610590199006076889")
NOT_READY = (
    PrinterBlocked(DeviceCode.RECEIPT_PAPER_OUT),
    PrinterUnknown(DeviceCode.RECEIPT_SILENT),
)


@pytest.fixture
def roll() -> ObedientReceiptPrinter:
    return ObedientReceiptPrinter()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A store that nobody works on yet."""
    made = Bench(tmp_path / "bench")
    yield made
    made.store.close()


@pytest.fixture
def shop(tmp_path: Path, roll: ObedientReceiptPrinter) -> Iterator[Workshop]:
    made = Workshop(tmp_path / "state", receipt=roll).start()
    yield made
    assert made.stop()


def prepared_slip(shop: Workshop, session: str = SESSION) -> PaperPrepared:
    shop.order(prepare_slip(session))
    return shop.events.wait_for(PaperPrepared)


@pytest.mark.parametrize(
    ("paper", "form"), [(RollPaper(80, 576), Format.ROLL_80), (RollPaper(58, 384), Format.ROLL_58)]
)
def test_a_slip_is_made_for_the_roll_and_sent_as_dots_of_the_very_pdf(
    shop: Workshop, roll: ObedientReceiptPrinter, paper: RollPaper, form: Format
) -> None:
    roll.roll = paper

    slip = prepared_slip(shop)
    settled = print_and_wait(shop, slip)

    assert settled.outcome == Printed(None)
    assert shop.papers.forms == [form]
    [document] = roll.printed
    assert document.bitmaps == (f"dots:{paper.width_dots}:0:".encode() + document.pdf,)
    assert document.job_name == f"{slip.number}.1.{SESSION}"
    assert shop.printer.printed == []
    assert shop.rows("state", "printer") == [("printed", RECEIPT_PRINTER)]
    assert shop.bench.store.bench.count() == PaperCount(0, None, slips=1)


def test_what_was_shown_is_what_is_printed(shop: Workshop, roll: ObedientReceiptPrinter) -> None:
    slip = prepared_slip(shop)
    print_and_wait(shop, slip)

    [document] = roll.printed
    assert slip.previews == (shop.papers.raster(document.pdf, 0, ROLL_PREVIEW_WIDTH_PX),)


def test_certificates_stay_with_the_page_printer(shop: Workshop, roll: ObedientReceiptPrinter) -> None:
    print_and_wait(shop, prepare(shop))

    assert [document.bitmaps for document in shop.printer.printed] == [()]
    assert (roll.printed, roll.deadlines) == ([], [])
    assert shop.rows("state", "printer") == [("printed", "")]


@pytest.mark.parametrize("status", NOT_READY, ids=["blocked", "unknown"])
def test_a_printer_that_is_not_ready_gets_no_slip(
    shop: Workshop, roll: ObedientReceiptPrinter, status: PrinterStatus
) -> None:
    roll.is_as = status

    print_and_wait(shop, prepared_slip(shop))

    assert shop.papers.forms == [Format.A4]
    assert len(shop.printer.printed) == 1
    assert roll.printed == []
    assert roll.deadlines == [STATUS_DEADLINE]
    assert timedelta(seconds=1) >= STATUS_DEADLINE  # somebody waits for the picture


def test_a_slip_that_did_not_come_out_is_made_anew_for_a4(
    shop: Workshop, roll: ObedientReceiptPrinter
) -> None:
    """It says ready, and prints nothing: the session's next slip must not end there, too."""
    roll.outcome = NotPrinted(DeviceCode.RECEIPT_COVER_OPEN)
    first = print_and_wait(shop, prepared_slip(shop))

    second = print_and_wait(shop, prepared_slip(shop))
    roll.outcome = Printed(None)
    other = print_and_wait(shop, prepared_slip(shop, OTHER_SESSION))

    assert first.outcome == NotPrinted(DeviceCode.RECEIPT_COVER_OPEN)
    assert (second.outcome, other.outcome) == (Printed(1), Printed(None))
    assert sorted(shop.rows("state", "printer")) == [
        ("printed", ""),
        ("printed", RECEIPT_PRINTER),
        ("voided", RECEIPT_PRINTER),
    ]


def test_nothing_goes_to_the_other_printer_by_itself(shop: Workshop, roll: ObedientReceiptPrinter) -> None:
    roll.outcome = Uncertain(DeviceCode.RECEIPT_LINE_BROKE)

    settled = print_and_wait(shop, prepared_slip(shop))

    assert settled.outcome == roll.outcome
    assert shop.printer.printed == []
    assert shop.states() == ["uncertain"]
    [doubt] = shop.bench.store.issuances.uncertain_papers()
    assert doubt.printer == RECEIPT_PRINTER


def test_another_person_gets_no_slip_from_the_roll_either(
    shop: Workshop, roll: ObedientReceiptPrinter
) -> None:
    shop.order(print_paper(prepared_slip(shop), who=NEIGHBOUR))
    settled = shop.events.wait_for(PrintSettled)

    assert settled.outcome == NotPrinted(DeviceCode.JOB_CANCELLED)
    assert roll.printed == []


def test_a_kept_slip_that_was_changed_is_never_sent_as_dots(
    shop: Workshop, roll: ObedientReceiptPrinter
) -> None:
    slip = prepared_slip(shop)
    kept = shop.worker._papers[slip.issuance]
    changed = replace(kept.paper, pdf=kept.paper.pdf.replace("王".encode(), "冯".encode()))
    shop.worker._papers[slip.issuance] = replace(kept, paper=changed)

    settled = print_and_wait(shop, slip)

    assert settled.outcome == NotPrinted(DeviceCode.JOB_CANCELLED)
    assert roll.printed == []


def test_a_slip_without_its_picture_is_not_sent(shop: Workshop, roll: ObedientReceiptPrinter) -> None:
    slip = prepared_slip(shop)
    shop.papers.no_bitmap = True

    settled = print_and_wait(shop, slip)

    assert settled.outcome == NotPrinted(DeviceCode.JOB_CANCELLED)
    assert (roll.printed, shop.states()) == ([], ["voided"])


def test_a_slip_on_the_roll_does_not_keep_others_from_looking_at_the_page_printer(
    shop: Workshop, roll: ObedientReceiptPrinter
) -> None:
    seen: list[bool] = []
    roll.at = lambda _step: seen.append(shop.worker.is_printing.is_set())

    print_and_wait(shop, prepared_slip(shop))

    assert set(seen) == {False}


# --- after a restart --------------------------------------------------------------------------------------

WAY = (
    IssuanceState.PREPARED,
    IssuanceState.CREATING,
    IssuanceState.CREATED,
    IssuanceState.SENDING,
    IssuanceState.ACCEPTED,
)


def left_open(bench: Bench, at: IssuanceState) -> None:
    """A slip on the roll's printer whose print came as far as that."""
    request = slip_request()
    journal = bench.store.issuances
    journal.reserve_slip(request)
    journal.note_document(request.issuance, SHA, LAST_DAY)
    steps: tuple[Callable[[], None], ...] = (
        lambda: journal.begin_print(request.issuance, SHA, JOB.name, RECEIPT_PRINTER),
        lambda: journal.note_created(request.issuance, replace(JOB, uuid="", id=0)),
        lambda: journal.note_sending(request.issuance),
        lambda: journal.note_accepted(request.issuance),
    )
    for step in steps[: WAY.index(at)]:
        step()


def settled_after(
    bench: Bench, page: ObedientPrinter, receipt: ObedientReceiptPrinter | None
) -> tuple[str, str]:
    bench.reopen()
    assert recover(bench.store.issuances, Outlets(page, receipt).printer, LogBook().log) == 1
    [row] = bench.store._database.run(
        lambda session: session.sql.exec_driver_sql("SELECT state, code FROM issuance").all()
    )
    return row.state, row.code


RESTARTS: tuple[tuple[IssuanceState, str, str, PrintOutcome], ...] = (
    (IssuanceState.PREPARED, "", "voided", Printed(None)),
    (IssuanceState.CREATING, "withdraw", "voided", Printed(None)),
    (IssuanceState.CREATED, "withdraw", "voided", Printed(None)),
    (IssuanceState.SENDING, "withdraw", "uncertain", Printed(None)),
    (IssuanceState.ACCEPTED, "settle", "uncertain", Uncertain(DeviceCode.RECEIPT_NOT_CONFIRMED)),
)


@pytest.mark.parametrize(("at", "asked", "after", "says"), RESTARTS, ids=[row[0] for row in RESTARTS])
def test_after_a_restart_the_printer_that_had_the_job_is_asked(
    bench: Bench, at: IssuanceState, asked: str, after: str, says: PrintOutcome
) -> None:
    left_open(bench, at)
    page, receipt = ObedientPrinter(), ObedientReceiptPrinter(settles=says)

    state, _ = settled_after(bench, page, receipt)

    assert state == after
    assert page.asked == []
    assert [question.split()[0] for question in receipt.asked] == ([asked] if asked else [])


@pytest.mark.parametrize(("at", "after"), [(row[0], row[2]) for row in RESTARTS], ids=WAY)
def test_a_printer_that_is_gone_leaves_in_doubt_only_what_was_sent(
    bench: Bench, at: IssuanceState, after: str
) -> None:
    left_open(bench, at)
    page = ObedientPrinter()

    state, _ = settled_after(bench, page, None)

    assert (state, page.asked) == (after, [])


def test_a_ready_printer_is_ready_by_its_own_word(roll: ObedientReceiptPrinter) -> None:
    """Low paper is a warning, and no reason to print elsewhere."""
    roll.is_as = PrinterReady("roll", ("media-low",))

    assert Outlets(ObedientPrinter(), roll).for_slip(SESSION).name == RECEIPT_PRINTER
