"""The whole table: every driver with the faults its simulator offers, its rows, and its rig."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.simulators.escpos.printer import MachineFault
from devices.simulators.idcard.faults import FaultName as IdcardFault
from devices.simulators.mishaps import Mishap
from devices.simulators.page.faults import FaultName as PageFault
from devices.simulators.pcsc.faults import FaultName as ChipFault
from tests.devices.matrix.rigs_box import BoardRig, ScannerRig, UpsRig
from tests.devices.matrix.rigs_cards import IdCardRig, PcscRig
from tests.devices.matrix.rigs_printers import PageRig, ReceiptRig
from tests.devices.matrix.rows import rows_of
from tests.devices.matrix.rows_box import BOARD, SCANNER, UPS
from tests.devices.matrix.rows_cards import IDCARD, PCSC
from tests.devices.matrix.rows_printers import PAGE, RECEIPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tests.devices.matrix.rigs import Rig
    from tests.devices.matrix.rows import Cells


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver's part. `lanes`: how many rigs run its rows side by side; most of a row is waiting."""

    offers: Iterable[str]
    table: Mapping[str, Cells]
    rig: Callable[[Path, int], Rig]
    lanes: int = 12


DRIVERS: Mapping[str, Driver] = {
    "idcard": Driver(IdcardFault, IDCARD, IdCardRig),
    "board": Driver(Mishap, BOARD, BoardRig),
    "scanner": Driver(Mishap, SCANNER, ScannerRig),
    "ups": Driver(Mishap, UPS, UpsRig),
    "escpos": Driver((*Mishap, *MachineFault), RECEIPT, ReceiptRig),
    "page": Driver(PageFault, PAGE, PageRig),
    "pcsc": Driver(ChipFault, PCSC, PcscRig, lanes=2),  # the virtual reader has so many slots
}
ROWS = [row for name, driver in DRIVERS.items() for row in rows_of(name, driver.table)]
