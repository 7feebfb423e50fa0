"""What is believed of a job that went through a spooler: pure rules, and queues of printers that are mute."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode as Code
from devices.contract import NotPrinted, Printed, PrinterBlocked, PrinterReady, PrintOutcome, Uncertain
from devices.page.driver import IppPrinter
from devices.page.job import JobReport, judge
from devices.page.spooler import UNASKED, Evidence, countersign, passes_on
from devices.page.status import PrinterReport
from devices.page.tags import JobState, PrinterState
from devices.page.timings import Timings
from devices.simulators.page.faults import FaultName
from devices.simulators.page.simulator import PagePrinterSimulator
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.rigs import PAGE_TIME

if TYPE_CHECKING:
    from pathlib import Path

DEADLINE = timedelta(seconds=5)
SHORT = timedelta(seconds=0.3)
TIMINGS = Timings(connect=SHORT, answer=SHORT, document=SHORT, link=SHORT, fault=SHORT, closing=SHORT)
PAGES = 2
PENDING, PROCESSING, COMPLETED = JobState.PENDING, JobState.PROCESSING, JobState.COMPLETED
CANCELED, ABORTED = JobState.CANCELED, JobState.ABORTED


def own(state: JobState, impressions: int | None = PAGES, uuid: str = "urn:uuid:there") -> JobReport:
    """What the printer says of a job of our name."""
    return JobReport(7, uuid, "ours", state, (), impressions)


@dataclass(frozen=True)
class Case:
    """What was seen, and what may be said: None = it is not over yet."""

    name: str
    queued: JobState
    there: tuple[JobReport, ...] | None
    says: type[PrintOutcome] | None
    passed_on: bool = True
    never_there: bool = False
    is_busy: bool = False


CASES = (
    Case("both agree", COMPLETED, (own(COMPLETED),), Printed),
    Case("both agree, without a count", COMPLETED, (own(COMPLETED, None),), Printed),
    Case("a sheet is missing", COMPLETED, (own(COMPLETED, 1),), Uncertain),
    Case("half a document may have been passed on", COMPLETED, (own(COMPLETED),), Uncertain, passed_on=False),
    Case("the queue alone says so", COMPLETED, (), Uncertain),
    Case("the queue alone says so, of a job never seen", COMPLETED, (), Uncertain, never_there=True),
    Case("nobody can be asked", COMPLETED, None, Uncertain),
    Case("printed twice", COMPLETED, (own(COMPLETED), own(COMPLETED, uuid="urn:uuid:again")), Uncertain),
    Case("aborted and sent again", COMPLETED, (own(ABORTED, 0), own(COMPLETED)), Uncertain),
    Case("the printer gave up before a sheet", COMPLETED, (own(ABORTED, 0),), NotPrinted),
    Case("the printer gave up after a sheet", COMPLETED, (own(ABORTED, 1),), Uncertain),
    Case("the printer gave up, and does not count", CANCELED, (own(ABORTED, None),), Uncertain),
    Case("cancelled in the queue, and printed", CANCELED, (own(COMPLETED),), Uncertain),
    Case("cancelled at both before a sheet", CANCELED, (own(CANCELED, 0),), NotPrinted),
    Case("cancelled before it was passed on", CANCELED, (), NotPrinted, never_there=True),
    Case("cancelled, and forgotten by the printer", CANCELED, (), Uncertain),
    Case("cancelled, and nobody can be asked", CANCELED, None, Uncertain),
    Case("cancelled, its backend still at work", CANCELED, (), None, never_there=True, is_busy=True),
    Case("cancelled, the printer not done with it", CANCELED, (own(PROCESSING, 0),), None),
    Case("the printer not done with it", COMPLETED, (own(PROCESSING, 1),), None),
    Case("the second copy not done", COMPLETED, (own(COMPLETED), own(PENDING, 0)), None),
    Case("the queue not done with it", PROCESSING, (own(COMPLETED),), None),
    Case("waiting in the queue", PENDING, (), None),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_printer_countersigns_what_the_queue_says(case: Case) -> None:
    queue = PrinterReport(
        PrinterState.PROCESSING if case.is_busy else PrinterState.IDLE, (), True, "", "", "ipp:"
    )
    # The queue counts what it has sent, not what has come out.
    job = JobReport(3, "urn:uuid:queued", "ours", case.queued, (), PAGES)

    believed = countersign(Evidence(queue, job, case.there, case.never_there, case.passed_on))

    assert (believed.id, believed.uuid) == (job.id, job.uuid)
    assert believed.has_ended() == (case.says is not None)
    if case.says is not None:
        assert isinstance(judge(believed, PAGES, None, None), case.says)


def test_sheets_are_counted_at_the_printer() -> None:
    queue = PrinterReport(PrinterState.PROCESSING, (), True, "", "", "ipp:")
    job = JobReport(3, "urn:uuid:queued", "ours", PROCESSING, (), PAGES)

    believed = countersign(Evidence(queue, job, (own(PROCESSING, 1),), False, True))

    assert believed.impressions == 1


@pytest.mark.parametrize(
    ("state", "reasons", "is_whole"),
    [
        (PROCESSING, ("cups-waiting-for-job-completed", "media-empty-warning"), True),
        (PROCESSING, ("none",), False),
        (PENDING, ("cups-waiting-for-job-completed",), False),  # of the job before ours
    ],
)
def test_a_queue_has_passed_on_all_once_it_waits_for_the_printer(
    state: JobState, reasons: tuple[str, ...], *, is_whole: bool
) -> None:
    assert passes_on(JobReport(3, "", "ours", state, (), 0, reasons)) == is_whole


# The addresses that cannot be asked, and a queue of a queue.
MUTE = ("usb://ACME/P1?serial=1", "ipps://localhost/ipp/print", "dnssd://ACME._ipp._tcp.local/", "")


@pytest.mark.parametrize("device", MUTE)
def test_where_the_printer_cannot_be_asked_nothing_is_called_printed(tmp_path: Path, device: str) -> None:
    with (
        closing(PagePrinterSimulator(tmp_path, page_time=PAGE_TIME, device=device)) as queue,
        closing(IppPrinter(queue.start().address, timings=TIMINGS)) as printer,
    ):
        status = printer.status(DEADLINE)
        outcome = printer.print(make_document(), Onlooker(), DEADLINE)

    assert isinstance(status, PrinterReady)
    assert UNASKED in status.warnings
    assert isinstance(outcome, Uncertain)
    assert outcome.code is Code.JOB_COUNT_SHORT


def test_a_queue_of_a_queue_is_no_witness(tmp_path: Path) -> None:
    with (
        closing(PagePrinterSimulator(tmp_path / "2", page_time=PAGE_TIME, device="usb://ACME/P1")) as behind,
        closing(PagePrinterSimulator(tmp_path / "1", device=behind.start().address)) as queue,
        closing(IppPrinter(queue.start().address, timings=TIMINGS)) as printer,
    ):
        status = printer.status(DEADLINE)

    assert isinstance(status, PrinterReady)
    assert UNASKED in status.warnings


def test_a_queue_is_only_as_ready_as_the_printer_behind_it(tmp_path: Path) -> None:
    with (
        closing(PagePrinterSimulator(tmp_path / "2")) as behind,
        closing(PagePrinterSimulator(tmp_path / "1", device=behind.start().address)) as queue,
        closing(IppPrinter(queue.start().address, timings=TIMINGS)) as printer,
    ):
        behind.fault(FaultName.PAPER_OUT)
        status, onlooker = printer.status(DEADLINE), Onlooker()
        outcome = printer.print(make_document(), onlooker, DEADLINE)
        behind.fault(FaultName.REFUSE_CONNECTION)
        gone = printer.print(make_document(), onlooker, DEADLINE)

    assert isinstance(status, PrinterBlocked)
    assert isinstance(outcome, NotPrinted)
    assert status.code is outcome.code is Code.PRINTER_PAPER_OUT
    assert isinstance(gone, NotPrinted)
    assert gone.code is Code.PRINTER_UNREACHABLE
    assert onlooker.told == []


def test_a_queue_that_forwards_nothing_is_believed_only_that(tmp_path: Path) -> None:
    with (
        closing(PagePrinterSimulator(tmp_path / "2")) as behind,
        closing(
            PagePrinterSimulator(tmp_path / "1", page_time=PAGE_TIME, device=behind.start().address)
        ) as queue,
        closing(IppPrinter(queue.start().address, timings=TIMINGS)) as printer,
    ):
        outcome = printer.print(make_document(), Onlooker(), DEADLINE)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is Code.JOB_COUNT_SHORT
