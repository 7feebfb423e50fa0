"""What `Printer` promises, on every printer there is: our simulator and CUPS's ippeveprinter."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import (
    DeviceCode,
    JobRef,
    NotPrinted,
    Printed,
    PrinterReady,
    PrintOutcome,
    Uncertain,
)
from devices.page.conversation import Conversation
from devices.page.deadline import Deadline
from devices.page.driver import IppPrinter
from devices.page.timings import Timings
from tests.devices.page.documents import make_document
from tests.devices.page.ippeveprinter import running_ippeveprinter
from tests.devices.page.onlooker import Onlooker
from tests.devices.page.rigs import Rig, running_simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

LONG = timedelta(seconds=10)
SHORT = timedelta(seconds=0.4)
TIMINGS = Timings(fault=SHORT, closing=SHORT)
_RIGS: dict[str, Callable[[Path], AbstractContextManager[Rig]]] = {
    "simulator": running_simulator,
    "ippeveprinter": running_ippeveprinter,
}


@pytest.fixture(scope="module", params=_RIGS)
def machine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """One printer for all tests of this module; each test leaves it mended."""
    with _RIGS[request.param](tmp_path_factory.mktemp(request.param)) as rig:
        yield rig


@pytest.fixture
def rig(machine: Rig) -> Iterator[Rig]:
    yield machine
    machine.mend()


@pytest.fixture
def printer(rig: Rig) -> Iterator[IppPrinter]:
    printer = IppPrinter(rig.address, timings=TIMINGS)
    yield printer
    printer.close()


def test_an_idle_printer_is_ready_and_says_what_it_is(printer: IppPrinter) -> None:
    status = printer.status(LONG)

    assert isinstance(status, PrinterReady)
    assert status.model
    assert status.warnings == ()


@pytest.mark.parametrize("pages", [1, 3])
def test_a_document_comes_out_once_and_byte_for_byte(rig: Rig, printer: IppPrinter, pages: int) -> None:
    document = make_document(pages)
    onlooker = Onlooker()

    outcome = printer.print(document, onlooker, LONG)

    assert outcome == Printed(pages)
    assert rig.printed().count(document.pdf) == 1
    assert onlooker.told == ["creating", "created", "sending", "accepted"]
    assert onlooker.progress[-1].impressions == pages


def test_the_job_is_known_by_our_name_and_its_own_uuid(printer: IppPrinter) -> None:
    document = make_document()
    first, second = Onlooker(), Onlooker()

    printer.print(document, first, LONG)
    printer.print(make_document(), second, LONG)

    assert first.job is not None
    assert second.job is not None
    assert first.job.name == document.job_name
    assert first.job.uuid.startswith("urn:uuid:")
    assert first.job.uuid != second.job.uuid


def test_paper_out_before_the_first_sheet_is_waited_for_and_then_printed(
    rig: Rig, printer: IppPrinter
) -> None:
    document = make_document()
    onlooker = Onlooker({"sending": lambda: rig.paper_out(0), "waiting": rig.mend})

    outcome = printer.print(document, onlooker, LONG)

    assert outcome == Printed(1)
    assert onlooker.waited_for() == [DeviceCode.PRINTER_PAPER_OUT]
    assert onlooker.progress[-1].waiting_for is None
    assert rig.printed().count(document.pdf) == 1


def test_paper_out_in_mid_job_is_waited_for_and_then_printed(rig: Rig, printer: IppPrinter) -> None:
    document = make_document(pages=2)
    onlooker = Onlooker({"sending": lambda: rig.paper_out(1), "waiting": rig.mend})

    outcome = printer.print(document, onlooker, LONG)

    assert outcome == Printed(2)
    assert onlooker.waited_for() == [DeviceCode.PRINTER_PAPER_OUT]
    assert rig.printed().count(document.pdf) == 1


def test_a_jam_before_the_first_sheet_is_not_printed_and_the_next_job_prints(
    rig: Rig, printer: IppPrinter
) -> None:
    jammed, following = make_document(), make_document()

    outcome = printer.print(jammed, Onlooker({"sending": lambda: rig.jam(0)}), LONG)
    rig.mend()
    then = printer.print(following, Onlooker(), LONG)

    assert isinstance(outcome, NotPrinted)
    assert outcome.code is DeviceCode.PRINTER_JAM
    assert then == Printed(1)
    assert jammed.pdf not in rig.printed()


def test_a_jam_after_the_first_sheet_is_uncertain(rig: Rig, printer: IppPrinter) -> None:
    document = make_document(pages=2)

    outcome = printer.print(document, Onlooker({"sending": lambda: rig.jam(1)}), LONG)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is DeviceCode.PRINTER_JAM


def assert_honest(outcome: PrintOutcome, code: DeviceCode, rig: Rig, document: bytes) -> None:
    """Ippeveprinter lets a cancelled job run on, so that only NotPrinted promises an empty tray."""
    assert isinstance(outcome, NotPrinted | Uncertain)
    assert outcome.code is code
    if isinstance(outcome, NotPrinted):
        assert document not in rig.printed()


def test_a_job_cancelled_while_it_waits_for_paper_is_never_called_printed(
    rig: Rig, printer: IppPrinter
) -> None:
    document = make_document()
    onlooker = Onlooker({"sending": lambda: rig.paper_out(0)}, cancels_while_waiting=True)

    outcome = printer.print(document, onlooker, LONG)
    rig.mend()

    assert_honest(outcome, DeviceCode.JOB_CANCELLED, rig, document.pdf)


def test_paper_that_is_not_refilled_in_time_cancels_the_job(rig: Rig) -> None:
    document = make_document()
    printer = IppPrinter(rig.address, paper_patience=SHORT, timings=TIMINGS)

    outcome = printer.print(document, Onlooker({"sending": lambda: rig.paper_out(0)}), LONG)
    printer.close()
    rig.mend()

    assert_honest(outcome, DeviceCode.JOB_CANCELLED, rig, document.pdf)


def test_a_job_that_does_not_settle_by_the_deadline_is_cancelled(rig: Rig, printer: IppPrinter) -> None:
    document = make_document()
    begun = time.monotonic()

    outcome = printer.print(document, Onlooker({"sending": lambda: rig.paper_out(0)}), timedelta(seconds=1))
    lasted = time.monotonic() - begun
    rig.mend()

    assert lasted < 1.2
    assert_honest(outcome, DeviceCode.JOB_TOO_SLOW, rig, document.pdf)


@pytest.mark.parametrize("moment", ["creating", "created", "sending"])
def test_an_observer_that_raises_before_the_first_byte_stops_the_print(
    rig: Rig, printer: IppPrinter, moment: str
) -> None:
    document = make_document()

    def refuse() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        printer.print(document, Onlooker({moment: refuse}), LONG)
    then = printer.print(make_document(), Onlooker(), LONG)

    assert then == Printed(1)
    assert document.pdf not in rig.printed()


def test_a_settled_job_is_found_again_after_a_restart(rig: Rig, printer: IppPrinter) -> None:
    onlooker = Onlooker()
    printer.print(make_document(pages=2), onlooker, LONG)
    assert onlooker.job is not None
    restarted = IppPrinter(rig.address)

    outcome = restarted.settle(onlooker.job, 2, LONG)
    restarted.close()

    assert outcome == Printed(2)


def test_an_id_with_another_uuid_is_another_job(printer: IppPrinter) -> None:
    onlooker = Onlooker()
    printer.print(make_document(), onlooker, LONG)
    assert onlooker.job is not None
    lost = JobRef(onlooker.job.name, "urn:uuid:00000000-0000-4000-8000-000000000000", onlooker.job.id)

    outcome = printer.settle(lost, 1, LONG)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is DeviceCode.JOB_VANISHED


def test_an_empty_job_left_behind_is_withdrawn_and_prints_nothing(rig: Rig, printer: IppPrinter) -> None:
    talk = Conversation(rig.address, TIMINGS)
    before = len(rig.printed())
    left_behind = talk.create("left-behind", Deadline.after(LONG))

    outcome = printer.withdraw("left-behind", LONG)

    report = talk.job(left_behind.id, Deadline.after(LONG))
    talk.close()
    assert isinstance(outcome, NotPrinted)
    assert outcome.code is DeviceCode.JOB_CANCELLED
    assert report.has_ended()
    assert len(rig.printed()) == before


def test_withdrawing_what_never_reached_the_printer_is_not_printed(printer: IppPrinter) -> None:
    outcome = printer.withdraw("never-created", LONG)

    assert isinstance(outcome, NotPrinted)


def test_closing_twice_is_harmless_and_the_next_call_reconnects(printer: IppPrinter) -> None:
    printer.status(LONG)

    printer.close()
    printer.close()

    assert isinstance(printer.status(LONG), PrinterReady)
