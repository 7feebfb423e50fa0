"""One printer on each wire and one driver at it, for all tests of a module; each test leaves it mended."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from devices.contract import Printed
from devices.escpos.driver import EscposPrinter
from tests.devices.escpos.rigs import AMPLE, TIMINGS, WIRES, document, running_receipt_printer
from tests.devices.page.onlooker import Onlooker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.devices.escpos.rigs import ReceiptRig


@pytest.fixture(scope="module", params=WIRES)
def machine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ReceiptRig, EscposPrinter]]:
    with (
        running_receipt_printer(request.param, tmp_path_factory.mktemp(request.param)) as rig,
        closing(EscposPrinter(rig.address, TIMINGS)) as printer,
    ):
        yield rig, printer


@pytest.fixture
def rig(machine: tuple[ReceiptRig, EscposPrinter]) -> Iterator[ReceiptRig]:
    """The printer, with nothing in its tray."""
    rig, _ = machine
    rig.come_out()
    yield rig
    rig.mend()


@pytest.fixture
def printer(machine: tuple[ReceiptRig, EscposPrinter], rig: ReceiptRig) -> EscposPrinter:
    """The driver, in step with the printer."""
    _, printer = machine
    if not isinstance(printer.print(document(), Onlooker(), AMPLE), Printed):
        # What the test before broke is noticed by the first print, and mended by the second.
        assert isinstance(printer.print(document(), Onlooker(), AMPLE), Printed)
    rig.come_out()
    return printer
