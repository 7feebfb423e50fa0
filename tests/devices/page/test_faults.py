"""Driver x fault x moment: what is said of the paper, how soon, and that the next print works."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode as Code
from devices.contract import NotPrinted, Printed, PrintOutcome, Uncertain
from devices.page.driver import IppPrinter
from devices.page.tags import JobState, Operation
from devices.page.timings import Timings
from devices.simulators.page.faults import UNTIL_CLEARED, Fault
from devices.simulators.page.faults import FaultName as Name
from devices.simulators.page.simulator import PagePrinterSimulator
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.rigs import PAGE_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEADLINE = timedelta(seconds=5)
WITHIN_S = 3.0
TIMINGS = Timings(
    connect=timedelta(seconds=0.3),
    answer=timedelta(seconds=0.5),
    document=timedelta(seconds=0.5),
    link=timedelta(seconds=0.6),
    fault=timedelta(seconds=0.3),
    closing=timedelta(seconds=0.5),
)
PAPER_PATIENCE = timedelta(seconds=0.3)


def endless(name: Name, on: Operation | None = None) -> Fault:
    return Fault(name, count=UNTIL_CLEARED, on=on)


def slow() -> Fault:
    return Fault(Name.SLOW, seconds=0.15)


@dataclass(frozen=True, slots=True)
class Case:
    """At `moment` (None: before the print begins) this goes wrong; the outcome has this kind and code."""

    fault: Fault
    moment: str | None
    kind: type[PrintOutcome]
    code: Code | None = None

    def __str__(self) -> str:
        later = f"-after-{self.fault.after}" if self.fault.after else ""
        times = "" if self.fault.count == 1 else "-endless"
        return f"{self.fault.name}{times}-{self.moment or 'before'}{later}"


def before(fault: Fault, kind: type[PrintOutcome], code: Code | None = None) -> Case:
    return Case(fault, None, kind, code)


def while_sending(fault: Fault, kind: type[PrintOutcome], code: Code | None = None) -> Case:
    return Case(fault, "sending", kind, code)


def while_printing(fault: Fault, kind: type[PrintOutcome], code: Code | None = None) -> Case:
    return Case(fault, "accepted", kind, code)


def after_a_sheet(name: Name, code: Code) -> Case:
    return Case(Fault(name, after=1), "sending", Uncertain, code)


MACHINE_FAULTS = {
    Name.PAPER_OUT: Code.PRINTER_PAPER_OUT,
    Name.JAM: Code.PRINTER_JAM,
    Name.COVER_OPEN: Code.PRINTER_COVER_OPEN,
    Name.TONER_OUT: Code.PRINTER_TONER_OUT,
    Name.STOPPED: Code.PRINTER_STOPPED,
}
# Waiting for paper ends with our own cancelling, whose code is the same at every moment.
MACHINE_FAULTS_IN_JOB = {**MACHINE_FAULTS, Name.PAPER_OUT: Code.JOB_CANCELLED}

HANG_UP_ON_CREATE = endless(Name.DISCONNECT_AFTER_SENDING, Operation.CREATE_JOB)

CASES = [
    before(endless(Name.SILENT), NotPrinted, Code.PRINTER_UNREACHABLE),
    before(endless(Name.SILENT, Operation.CREATE_JOB), NotPrinted, Code.PRINTER_UNREACHABLE),
    before(slow(), Printed),
    before(endless(Name.HALF_ANSWER), NotPrinted, Code.PRINTER_UNREACHABLE),
    before(endless(Name.GARBAGE), NotPrinted, Code.PRINTER_PROTOCOL),
    before(endless(Name.GARBAGE, Operation.CREATE_JOB), NotPrinted, Code.PRINTER_PROTOCOL),
    before(endless(Name.LATE_ANSWER), NotPrinted, Code.PRINTER_PROTOCOL),
    before(HANG_UP_ON_CREATE, NotPrinted, Code.PRINTER_UNREACHABLE),
    before(Fault(Name.REFUSE_CONNECTION), NotPrinted, Code.PRINTER_UNREACHABLE),
    before(Fault(Name.OFFLINE), NotPrinted, Code.PRINTER_UNREACHABLE),
    *(before(Fault(name), NotPrinted, code) for name, code in MACHINE_FAULTS.items()),
    before(Fault(Name.ABORT), NotPrinted, Code.JOB_ABORTED),
    before(Fault(Name.SAYS_COMPLETED), Uncertain, Code.JOB_COUNT_SHORT),
    before(Fault(Name.VANISH), Printed),
    before(Fault(Name.WRONG_UUID), Printed),
    while_sending(Fault(Name.SILENT), Uncertain, Code.JOB_ANSWER_LOST),
    while_sending(slow(), Printed),
    while_sending(Fault(Name.HALF_ANSWER), Uncertain, Code.JOB_ANSWER_LOST),
    while_sending(Fault(Name.GARBAGE), Uncertain, Code.JOB_ANSWER_LOST),
    while_sending(Fault(Name.LATE_ANSWER), Uncertain, Code.JOB_ANSWER_LOST),
    while_sending(Fault(Name.DISCONNECT_WHILE_SENDING), Uncertain, Code.JOB_ANSWER_LOST),
    while_sending(Fault(Name.DISCONNECT_AFTER_SENDING), Uncertain, Code.JOB_ANSWER_LOST),
    while_sending(Fault(Name.REFUSE_CONNECTION), NotPrinted, Code.PRINTER_UNREACHABLE),
    while_sending(Fault(Name.OFFLINE), Uncertain, Code.JOB_ANSWER_LOST),
    *(while_sending(Fault(name), NotPrinted, code) for name, code in MACHINE_FAULTS_IN_JOB.items()),
    while_sending(Fault(Name.ABORT), NotPrinted, Code.JOB_ABORTED),
    while_sending(Fault(Name.SAYS_COMPLETED), Uncertain, Code.JOB_COUNT_SHORT),
    while_sending(Fault(Name.VANISH), NotPrinted, Code.PRINTER_REFUSED),
    while_sending(Fault(Name.WRONG_UUID), NotPrinted, Code.PRINTER_REFUSED),
    while_printing(Fault(Name.SILENT), Printed),
    while_printing(endless(Name.SILENT), Uncertain, Code.PRINTER_UNREACHABLE),
    while_printing(slow(), Printed),
    while_printing(Fault(Name.HALF_ANSWER), Printed),
    while_printing(endless(Name.HALF_ANSWER), Uncertain, Code.PRINTER_UNREACHABLE),
    while_printing(Fault(Name.GARBAGE), Printed),
    while_printing(endless(Name.GARBAGE), Uncertain, Code.PRINTER_PROTOCOL),
    while_printing(Fault(Name.LATE_ANSWER), Printed),
    while_printing(Fault(Name.REFUSE_CONNECTION), Uncertain, Code.PRINTER_UNREACHABLE),
    while_printing(Fault(Name.OFFLINE), Uncertain, Code.PRINTER_UNREACHABLE),
    *(after_a_sheet(name, code) for name, code in MACHINE_FAULTS_IN_JOB.items()),
    after_a_sheet(Name.ABORT, Code.JOB_ABORTED),
    after_a_sheet(Name.SAYS_COMPLETED, Code.JOB_COUNT_SHORT),
    after_a_sheet(Name.VANISH, Code.JOB_VANISHED),
    after_a_sheet(Name.WRONG_UUID, Code.JOB_VANISHED),
]


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture
def simulator(spool: Path) -> Iterator[PagePrinterSimulator]:
    with closing(PagePrinterSimulator(spool, page_time=PAGE_TIME)) as simulator:
        yield simulator.start()


@pytest.fixture
def printer(simulator: PagePrinterSimulator) -> Iterator[IppPrinter]:
    with closing(IppPrinter(simulator.address, PAPER_PATIENCE, TIMINGS)) as printer:
        yield printer


def copies(spool: Path, document: bytes) -> int:
    return [path.read_bytes() for path in spool.glob("*.pdf")].count(document)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fault_has_an_honest_outcome_in_time_and_the_next_print_works(
    case: Case, simulator: PagePrinterSimulator, printer: IppPrinter, spool: Path
) -> None:
    document = make_document(pages=2)
    if case.moment is None:
        simulator.fault(case.fault)
    onlooker = Onlooker({case.moment or "": lambda: simulator.fault(case.fault)})
    begun = time.monotonic()

    outcome = printer.print(document, onlooker, DEADLINE)
    lasted_s = time.monotonic() - begun
    simulator.clear()
    then = printer.print(make_document(), Onlooker(), DEADLINE)

    assert isinstance(outcome, case.kind), outcome
    assert getattr(outcome, "code", None) == case.code, outcome
    assert lasted_s < WITHIN_S
    assert then == Printed(1)
    assert copies(spool, document.pdf) <= 1
    if not isinstance(outcome, Uncertain):
        assert copies(spool, document.pdf) == int(isinstance(outcome, Printed))


def test_every_fault_is_in_the_table() -> None:
    assert {case.fault.name for case in CASES} == set(Name)


@pytest.mark.parametrize("name", [Name.DISCONNECT_AFTER_SENDING, Name.DISCONNECT_WHILE_SENDING])
def test_a_job_whose_answer_was_lost_is_stopped_so_that_nobody_else_finds_its_paper(
    simulator: PagePrinterSimulator, printer: IppPrinter, name: Name
) -> None:
    onlooker = Onlooker({"sending": lambda: simulator.fault(name)})

    printer.print(make_document(pages=50), onlooker, DEADLINE)
    printer.print(make_document(), Onlooker(), DEADLINE)

    assert simulator.jobs[0].state is JobState.CANCELED
    assert simulator.jobs[0].impressions < 50


def test_a_cover_opened_and_closed_on_the_way_leaves_doubt_in_the_paper(
    simulator: PagePrinterSimulator, printer: IppPrinter
) -> None:
    cover_open = Fault(Name.COVER_OPEN, after=1)
    onlooker = Onlooker({"sending": lambda: simulator.fault(cover_open), "waiting": simulator.clear})

    outcome = printer.print(make_document(pages=2), onlooker, DEADLINE)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is Code.JOB_COUNT_SHORT


def test_a_printer_that_comes_back_while_it_prints_is_followed_to_the_end(
    simulator: PagePrinterSimulator, printer: IppPrinter
) -> None:
    class Waiter(Onlooker):
        """Opens the port again once the driver has gone without an answer."""

        def wants_cancel(self) -> bool:
            if Name.REFUSE_CONNECTION in simulator.faults:
                simulator.clear()
            return False

    onlooker = Waiter({"accepted": lambda: simulator.fault(Name.REFUSE_CONNECTION)})

    outcome = printer.print(make_document(pages=2), onlooker, DEADLINE)

    assert outcome == Printed(2)


def test_the_tray_runs_empty_by_itself(spool: Path) -> None:
    onlooker = Onlooker(cancels_while_waiting=True)
    with (
        closing(PagePrinterSimulator(spool, page_time=timedelta(milliseconds=1))) as simulator,
        closing(IppPrinter(simulator.start().address)) as printer,
    ):
        capacity = simulator.state().sheets_in_tray
        outcome = printer.print(make_document(capacity + 1), onlooker, timedelta(seconds=30))
        came_out = simulator.impressions

    assert isinstance(outcome, Uncertain)
    assert onlooker.waited_for() == [Code.PRINTER_PAPER_OUT]
    assert came_out == capacity


_SHY = frozenset({"job-uuid", "job-impressions-completed"})


def test_a_printer_without_uuid_and_impressions_is_believed_on_state_and_name(spool: Path) -> None:
    onlooker = Onlooker()
    with (
        closing(PagePrinterSimulator(spool, page_time=PAGE_TIME, omits=_SHY)) as simulator,
        closing(IppPrinter(simulator.start().address, PAPER_PATIENCE, TIMINGS)) as printer,
    ):
        outcome = printer.print(make_document(), onlooker, DEADLINE)

        assert onlooker.job is not None
        again = printer.settle(onlooker.job, 1, DEADLINE)
        simulator.fault(Name.WRONG_UUID)
        reused = printer.settle(onlooker.job, 1, DEADLINE)

    assert onlooker.job.uuid == ""
    assert outcome == again == Printed(None)
    assert isinstance(reused, Uncertain)
    assert reused.code is Code.JOB_VANISHED


def test_without_counted_impressions_an_aborted_job_is_uncertain(spool: Path) -> None:
    with (
        closing(PagePrinterSimulator(spool, page_time=PAGE_TIME, omits=_SHY)) as simulator,
        closing(IppPrinter(simulator.start().address, PAPER_PATIENCE, TIMINGS)) as printer,
    ):
        simulator.fault(Name.ABORT)
        outcome = printer.print(make_document(), Onlooker(), DEADLINE)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is Code.JOB_ABORTED


def test_proxies_of_the_environment_are_ignored(
    simulator: PagePrinterSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")

    with closing(IppPrinter(simulator.address, PAPER_PATIENCE, TIMINGS)) as printer:
        outcome = printer.print(make_document(), Onlooker(), DEADLINE)

    assert outcome == Printed(1)
