"""What `Printer` promises, on every printer there is; see `rigs.RIGS`."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import (
    DeviceCode,
    JobRef,
    NotPrinted,
    PrintDocument,
    Printed,
    PrinterReady,
    PrintOutcome,
    Uncertain,
)
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.rigs import RIGS, SHORT, SLOW_RIGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.contract import Printer
    from tests.devices.printers.rigs import Rig

LONG = timedelta(seconds=20)
_ALL = {**RIGS, **SLOW_RIGS}


@pytest.fixture(
    scope="module", params=[*RIGS, *(pytest.param(name, marks=pytest.mark.soak) for name in SLOW_RIGS)]
)
def machine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """One printer for all tests of this module; each test leaves it mended."""
    with _ALL[request.param](tmp_path_factory.mktemp("printer")) as rig:
        yield rig


@pytest.fixture
def rig(machine: Rig) -> Iterator[Rig]:
    yield machine
    machine.mend()


@pytest.fixture
def printer(rig: Rig) -> Iterator[Printer]:
    with closing(rig.open()) as printer:
        yield printer


@dataclass(frozen=True)
class Print:
    """One print without a fault, at which several tests look."""

    document: PrintDocument
    onlooker: Onlooker
    outcome: PrintOutcome

    @property
    def job(self) -> JobRef:
        assert self.onlooker.job is not None
        return self.onlooker.job


@pytest.fixture(scope="module")
def done(machine: Rig) -> Print:
    """As many pages as fit, printed."""
    document, onlooker = machine.document(machine.most_pages), Onlooker()
    with closing(machine.open()) as printer:
        return Print(document, onlooker, printer.print(document, onlooker, LONG))


def test_an_idle_printer_is_ready_and_says_what_it_is(rig: Rig, printer: Printer) -> None:
    status = printer.status(LONG)

    assert isinstance(status, PrinterReady)
    assert bool(status.model) == rig.tells_model


def test_a_document_comes_out_once_and_is_told_step_by_step(machine: Rig, done: Print) -> None:
    assert done.outcome == Printed(machine.most_pages)
    assert machine.copies(done.document) == 1
    assert done.onlooker.told == ["creating", "created", "sending", "accepted"]


def test_the_job_is_known_by_our_name(done: Print) -> None:
    assert done.job.name == done.document.job_name


def test_paper_out_before_the_first_sheet_is_waited_for_and_then_printed(rig: Rig, printer: Printer) -> None:
    document = rig.document()
    onlooker = Onlooker({"sending": lambda: rig.paper_out(0), "waiting": rig.mend})

    outcome = printer.print(document, onlooker, LONG)

    assert outcome == Printed(1)
    assert onlooker.waited_for() == [rig.paper_out_code]
    assert onlooker.progress[-1].waiting_for is None
    assert rig.copies(document) == 1


def test_a_jam_is_never_called_printed_and_the_next_job_prints(rig: Rig, printer: Printer) -> None:
    jammed, following = rig.document(), rig.document()

    outcome = printer.print(jammed, Onlooker({"sending": lambda: rig.jam(0)}), LONG)
    rig.mend()
    then = printer.print(following, Onlooker(), LONG)

    assert_honest(outcome, rig.jam_code, rig, jammed)
    assert then == Printed(1)
    assert rig.copies(following) == 1


def assert_honest(outcome: PrintOutcome, code: DeviceCode, rig: Rig, document: PrintDocument) -> None:
    """Some printers let a cancelled job run on, so that only NotPrinted promises an empty tray."""
    assert isinstance(outcome, NotPrinted | Uncertain)
    assert outcome.code is code
    if isinstance(outcome, NotPrinted):
        assert rig.copies(document) == 0


@pytest.mark.parametrize("trouble", ["paper", "jam"])
def test_a_printer_that_is_not_ready_is_told_so_and_nothing_is_created(
    rig: Rig, printer: Printer, trouble: str
) -> None:
    if trouble == "jam":
        printer.print(rig.document(), Onlooker({"sending": lambda: rig.jam(0)}), LONG)
    else:
        onlooker = Onlooker({"sending": lambda: rig.paper_out(0)}, cancels_while_waiting=True)
        printer.print(rig.document(), onlooker, LONG)
    document, onlooker = rig.document(), Onlooker()

    status = printer.status(LONG)
    outcome = printer.print(document, onlooker, LONG)

    assert not isinstance(status, PrinterReady)
    assert isinstance(outcome, NotPrinted)
    assert outcome.code is status.code
    assert onlooker.told == []


def test_a_job_cancelled_while_it_waits_for_paper_is_never_called_printed(rig: Rig, printer: Printer) -> None:
    document = rig.document()
    onlooker = Onlooker({"sending": lambda: rig.paper_out(0)}, cancels_while_waiting=True)

    outcome = printer.print(document, onlooker, LONG)
    rig.mend()

    assert_honest(outcome, DeviceCode.JOB_CANCELLED, rig, document)


def test_paper_that_is_not_refilled_in_time_cancels_the_job(rig: Rig) -> None:
    document = rig.document()

    with closing(rig.open(paper_patience=SHORT)) as printer:
        outcome = printer.print(document, Onlooker({"sending": lambda: rig.paper_out(0)}), LONG)
    rig.mend()

    assert_honest(outcome, rig.unfed_code, rig, document)


def test_a_job_that_does_not_settle_by_the_deadline_is_given_up_in_time(rig: Rig, printer: Printer) -> None:
    document = rig.document()
    begun = time.monotonic()

    outcome = printer.print(document, Onlooker({"sending": lambda: rig.paper_out(0)}), timedelta(seconds=1))
    lasted = time.monotonic() - begun
    rig.mend()

    assert lasted < 1.2
    assert_honest(outcome, rig.late_code, rig, document)


@pytest.mark.parametrize("moment", ["creating", "created", "sending"])
def test_an_observer_that_raises_before_the_first_byte_stops_the_print(
    rig: Rig, printer: Printer, moment: str
) -> None:
    document = rig.document()

    def refuse() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        printer.print(document, Onlooker({moment: refuse}), LONG)

    assert isinstance(printer.withdraw(document.job_name, LONG), NotPrinted)
    assert isinstance(printer.status(LONG), PrinterReady)
    assert rig.copies(document) == 0


def test_after_a_restart_a_settled_job_is_found_again_or_doubted(rig: Rig, done: Print) -> None:
    with closing(rig.open()) as restarted:
        outcome = restarted.settle(done.job, rig.most_pages, LONG)

    assert outcome == Printed(rig.most_pages) if rig.remembers_jobs else isinstance(outcome, Uncertain)


def test_an_id_with_another_uuid_is_another_job(rig: Rig, printer: Printer, done: Print) -> None:
    lost = JobRef(done.job.name, "urn:uuid:00000000-0000-4000-8000-000000000000", done.job.id)

    outcome = printer.settle(lost, rig.most_pages, LONG)

    assert isinstance(outcome, Uncertain)


def test_withdrawing_what_never_reached_the_printer_is_not_printed(printer: Printer) -> None:
    assert isinstance(printer.withdraw("never-created", LONG), NotPrinted)


def test_closing_twice_is_harmless_and_the_next_call_reconnects(printer: Printer) -> None:
    printer.status(LONG)

    printer.close()
    printer.close()

    assert isinstance(printer.status(LONG), PrinterReady)
