"""A second printer: it prints what the first cannot, and never what the first has begun."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode as Code
from devices.contract import NotPrinted, Printed, PrinterBlocked, PrinterReady, PrinterUnknown, Uncertain
from devices.page.conversation import Conversation
from devices.page.deadline import Deadline
from devices.page.driver import IppPrinter
from devices.page.standby import IN_USE, StandbyPrinter
from devices.page.tags import Operation
from devices.page.timings import Timings
from devices.simulators.page.faults import UNTIL_CLEARED, Fault
from devices.simulators.page.faults import FaultName as Name
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.rigs import running_page_simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from devices.contract import PrintDocument, Printer, PrinterStatus, PrintObserver, PrintOutcome
    from devices.simulators.page.simulator import PagePrinterSimulator

LONG = timedelta(seconds=10)
SHORT = timedelta(seconds=0.3)
TIMINGS = Timings(connect=SHORT, answer=SHORT, document=SHORT, link=SHORT, fault=SHORT, closing=SHORT)
NO_JOBS = Fault(Name.GARBAGE, UNTIL_CLEARED, Operation.CREATE_JOB)
OUT_OF_SERVICE = (Name.PAPER_OUT, Name.STOPPED, Name.REFUSE_CONNECTION)


@dataclass
class Pair:
    """Two printers and the driver of both."""

    first: PagePrinterSimulator
    second: PagePrinterSimulator
    folder: Path
    make: Callable[[Printer, Printer], Printer]

    def open(self) -> Printer:
        """The driver as after a start."""
        return self.make(*(IppPrinter(each.address, SHORT, TIMINGS) for each in (self.first, self.second)))

    def copies(self, document: PrintDocument) -> tuple[int, int]:
        """How often it came out of the first, and of the second."""
        count = [
            [path.read_bytes() for path in (self.folder / name).glob("*.pdf")].count(document.pdf)
            for name in ("first", "second")
        ]
        return count[0], count[1]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with (
        running_page_simulator(tmp_path / "first") as first,
        running_page_simulator(tmp_path / "second") as second,
    ):
        yield Pair(first, second, tmp_path, StandbyPrinter)


@pytest.fixture
def printer(pair: Pair) -> Iterator[Printer]:
    with closing(pair.open()) as printer:
        yield printer


def test_the_first_prints_while_it_can(pair: Pair, printer: Printer) -> None:
    document, onlooker = make_document(), Onlooker()

    status = printer.status(LONG)
    outcome = printer.print(document, onlooker, LONG)

    assert isinstance(status, PrinterReady)
    assert IN_USE not in status.warnings
    assert outcome == Printed(1)
    assert pair.copies(document) == (1, 0)
    assert onlooker.told == ["creating", "created", "sending", "accepted"]


@pytest.mark.parametrize("fault", OUT_OF_SERVICE)
def test_the_second_prints_what_the_first_cannot_begin(pair: Pair, printer: Printer, fault: Name) -> None:
    document, onlooker = make_document(), Onlooker()
    pair.first.fault(fault)

    status = printer.status(LONG)
    outcome = printer.print(document, onlooker, LONG)

    assert isinstance(status, PrinterReady)
    assert IN_USE in status.warnings
    assert outcome == Printed(1)
    assert pair.copies(document) == (0, 1)
    assert onlooker.told == ["creating", "created", "sending", "accepted"]


def test_where_neither_is_ready_the_first_says_why_and_nothing_is_told(pair: Pair, printer: Printer) -> None:
    onlooker = Onlooker()
    pair.first.fault(Name.JAM)
    pair.second.fault(Name.PAPER_OUT)

    status = printer.status(LONG)
    outcome = printer.print(make_document(), onlooker, LONG)

    assert isinstance(status, PrinterBlocked)
    assert isinstance(outcome, NotPrinted)
    assert status.code is outcome.code is Code.PRINTER_JAM
    assert onlooker.told == []


def test_a_first_that_takes_no_job_costs_one_attempt_and_the_next_goes_to_the_second(
    pair: Pair, printer: Printer
) -> None:
    tried, again = Onlooker(), Onlooker()
    document = make_document()
    pair.first.fault(NO_JOBS)

    outcome = printer.print(make_document(), tried, LONG)
    status = printer.status(LONG)
    then = printer.print(document, again, LONG)

    assert isinstance(outcome, NotPrinted)
    assert tried.told == ["creating"]
    assert isinstance(status, PrinterReady)
    assert IN_USE in status.warnings
    assert then == Printed(1)
    assert pair.copies(document) == (0, 1)
    assert again.told.count("creating") == 1


def test_a_first_that_is_passed_over_still_prints_where_the_second_cannot(
    pair: Pair, printer: Printer
) -> None:
    document = make_document()
    pair.first.fault(NO_JOBS)
    printer.print(make_document(), Onlooker(), LONG)
    pair.first.clear()
    pair.second.fault(Name.JAM)

    outcome = printer.print(document, Onlooker(), LONG)

    assert outcome == Printed(1)
    assert pair.copies(document) == (1, 0)


def test_the_first_is_given_another_chance(pair: Pair) -> None:
    pair.make = lambda first, second: StandbyPrinter(first, second, passed_over=timedelta())
    document = make_document()
    pair.first.fault(NO_JOBS)

    with closing(pair.open()) as printer:
        printer.print(make_document(), Onlooker(), LONG)
        pair.first.clear()
        outcome = printer.print(document, Onlooker(), LONG)

    assert outcome == Printed(1)
    assert pair.copies(document) == (1, 0)


BEGUN = [
    ("sending", Fault(Name.JAM), NotPrinted),
    ("sending", Fault(Name.ABORT), NotPrinted),
    ("sending", Fault(Name.REFUSE_CONNECTION), NotPrinted),
    ("sending", Fault(Name.DISCONNECT_WHILE_SENDING), Uncertain),
    ("sending", Fault(Name.SAYS_COMPLETED), Uncertain),
    ("accepted", Fault(Name.OFFLINE), Uncertain),
    ("accepted", Fault(Name.VANISH), Uncertain),
]


def check_that_the_second_keeps_out(pair: Pair, moment: str, fault: Fault, kind: type[PrintOutcome]) -> None:
    document = make_document(pages=2)
    onlooker = Onlooker({moment: lambda: pair.first.fault(fault)})
    with closing(pair.open()) as printer:
        outcome = printer.print(document, onlooker, LONG)

    assert pair.second.jobs == ()
    assert isinstance(outcome, kind)
    assert onlooker.told.count("creating") == 1


@pytest.mark.parametrize(("moment", "fault", "kind"), BEGUN)
def test_after_the_first_byte_the_second_keeps_out(
    pair: Pair, moment: str, fault: Fault, kind: type[PrintOutcome]
) -> None:
    check_that_the_second_keeps_out(pair, moment, fault, kind)


class Overeager(StandbyPrinter):
    """A pair without the protection: it prints at the second whatever the first did not confirm."""

    def __init__(self, first: Printer, second: Printer) -> None:
        super().__init__(first, second)
        self._other = second

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        outcome = super().print(document, observer, deadline)
        return outcome if isinstance(outcome, Printed) else self._other.print(document, observer, deadline)


@pytest.mark.parametrize(("moment", "fault", "kind"), BEGUN[:2])
def test_a_pair_that_takes_over_after_the_first_byte_is_found_out(
    pair: Pair, moment: str, fault: Fault, kind: type[PrintOutcome]
) -> None:
    pair.make = Overeager

    with pytest.raises(AssertionError):
        check_that_the_second_keeps_out(pair, moment, fault, kind)


def test_an_observer_that_refuses_stops_both(pair: Pair, printer: Printer) -> None:
    def refuse() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        printer.print(make_document(), Onlooker({"creating": refuse}), LONG)

    assert pair.first.jobs == pair.second.jobs == ()


@pytest.mark.parametrize("at_second", [False, True])
def test_after_a_restart_whoever_has_the_job_is_asked(
    pair: Pair, printer: Printer, *, at_second: bool
) -> None:
    onlooker = Onlooker()
    if at_second:
        pair.first.fault(Name.PAPER_OUT)
    printer.print(make_document(), onlooker, LONG)
    pair.first.clear()
    assert onlooker.job is not None

    with closing(pair.open()) as restarted:
        outcome = restarted.settle(onlooker.job, 1, LONG)

    assert outcome == Printed(1)


def test_a_job_that_neither_knows_is_in_doubt(pair: Pair, printer: Printer) -> None:
    onlooker = Onlooker()
    printer.print(make_document(), onlooker, LONG)
    pair.first.fault(Name.VANISH)
    assert onlooker.job is not None

    outcome = printer.settle(onlooker.job, 1, LONG)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is Code.JOB_VANISHED


@pytest.mark.parametrize("which", ["first", "second"])
def test_an_empty_job_is_withdrawn_wherever_it_lies(pair: Pair, printer: Printer, which: str) -> None:
    simulator = getattr(pair, which)
    with closing(Conversation(simulator.address, TIMINGS)) as talk:
        talk.create("left-behind", Deadline.after(LONG))

    outcome = printer.withdraw("left-behind", LONG)

    assert isinstance(outcome, NotPrinted)
    assert all(job.has_ended for job in simulator.jobs)


def test_status_of_two_that_are_gone_is_unknown(pair: Pair, printer: Printer) -> None:
    pair.first.fault(Name.REFUSE_CONNECTION)
    pair.second.fault(Name.REFUSE_CONNECTION)

    status: PrinterStatus = printer.status(LONG)

    assert isinstance(status, PrinterUnknown)
