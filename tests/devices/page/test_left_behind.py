"""Jobs that a restarted kiosk finds at an IPP printer."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode, NotPrinted, Printed
from devices.page.conversation import Conversation
from devices.page.deadline import Deadline
from devices.page.driver import IppPrinter
from devices.page.timings import Timings
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.ippeveprinter import running_ippeveprinter
from tests.devices.printers.rigs import running_page_simulator

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = timedelta(seconds=10)


@pytest.fixture(scope="module", params=["simulator", "ippeveprinter"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("printer")
    if request.param == "simulator":
        with running_page_simulator(folder) as simulator:
            yield simulator.address
    else:
        with running_ippeveprinter(folder) as eve:
            yield eve.address


@pytest.fixture
def printer(address: str) -> Iterator[IppPrinter]:
    with closing(IppPrinter(address)) as printer:
        yield printer


def test_every_job_has_a_uuid_of_its_own(printer: IppPrinter) -> None:
    first, second = Onlooker(), Onlooker()

    printer.print(make_document(), first, LONG)
    printer.print(make_document(), second, LONG)

    assert first.job is not None
    assert second.job is not None
    assert first.job.uuid.startswith("urn:uuid:")
    assert first.job.uuid != second.job.uuid


def test_an_empty_job_left_behind_is_withdrawn_and_the_next_prints(address: str, printer: IppPrinter) -> None:
    with closing(Conversation(address, Timings())) as talk:
        left_behind = talk.create("left-behind", Deadline.after(LONG))

        outcome = printer.withdraw("left-behind", LONG)
        has_ended = talk.job(left_behind.id, Deadline.after(LONG)).has_ended()

    assert isinstance(outcome, NotPrinted)
    assert outcome.code is DeviceCode.JOB_CANCELLED
    assert has_ended
    assert printer.print(make_document(), Onlooker(), LONG) == Printed(1)
