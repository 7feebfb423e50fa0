"""Driver x fault x moment: what is said of the slip, how soon, and that the next one is whole."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import DeviceCode as Code
from devices.contract import NotPrinted, Printed, PrinterReady, PrinterUnknown, PrintOutcome, Uncertain
from devices.escpos.driver import EscposPrinter
from devices.escpos.timings import Timings
from tests.devices.escpos.rigs import (
    AMPLE,
    TIMINGS,
    WIRES,
    ReceiptRig,
    document,
    is_printed,
    picture,
    running_receipt_printer,
)
from tests.devices.page.onlooker import Onlooker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEADLINE = timedelta(seconds=1.2)
RECOVERY_S = 3.0
IMPATIENT = Timings(answer_s=0.5, quiet_s=0.05, look_s=0.03, stuck_s=0.2, proof_s=0.5, closing_s=0.2)
TALL = picture(height=400)
LAST_ROW = 399
UNTIL_CLEARED = -1
AT_ONCE = 10  # most of each run is waiting
MACHINE_CODES = {
    "paper_out": Code.RECEIPT_PAPER_OUT,
    "cover_open": Code.RECEIPT_COVER_OPEN,
    "cutter": Code.RECEIPT_CUTTER,
    "offline": Code.RECEIPT_OFFLINE,
    "feed_button": Code.RECEIPT_OFFLINE,
    "error": Code.RECEIPT_ERROR,
    "hot": Code.RECEIPT_ERROR,
}
LINE_CODES = {
    "silent": Code.RECEIPT_SILENT,
    "slow": Code.RECEIPT_SILENT,
    "half_answer": Code.RECEIPT_SILENT,
    "garbage": Code.RECEIPT_GARBLED,
    "wrong_checksum": Code.RECEIPT_GARBLED,
    "late_answer": Code.RECEIPT_GARBLED,
}
BROKEN = ("disconnect", "new_node")


class Watcher(Onlooker):
    """Lets things happen "between": after two blocks were sent."""

    _LOOKS = 3

    def __init__(self, moment: str, happens: Callable[[], None]) -> None:
        super().__init__({moment: happens})
        self._looks = 0

    def wants_cancel(self) -> bool:
        self._looks += 1
        if self._looks == self._LOOKS:
            self._happened("between")
        return False


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: the kind of the outcome and its code, and how long the driver took."""

    kind: type[PrintOutcome]
    code: Code | None
    is_in_time: bool = True
    is_whole_after: bool = True  # the next slip, on the same driver, once all is mended


def expected(moment: str) -> dict[str, Told]:
    """By the rules: before the first byte nothing printed; after it nobody knows, except with a proof."""
    codes = {**MACHINE_CODES, **LINE_CODES}
    match moment:
        case "before":
            gone = {
                "disconnect": Told(NotPrinted, Code.RECEIPT_UNREACHABLE),
                "new_node": Told(Printed, None),
            }
            return {name: Told(NotPrinted, code) for name, code in codes.items()} | gone
        case "between":
            broken = Told(Uncertain, Code.RECEIPT_LINE_BROKE)
            in_job = ("disconnect_in_job", "power_cut_in_job")
            table = {name: Told(Uncertain, code) for name, code in codes.items()}
            return table | dict.fromkeys((*BROKEN, *in_job), broken)
        case _:
            unproved = Told(Uncertain, Code.RECEIPT_NOT_CONFIRMED)
            broken = Told(Uncertain, Code.RECEIPT_LINE_BROKE)
            # What a machine stops for after its last row was sent, it tells; the rest is just no proof.
            table = {name: Told(Uncertain, code) for name, code in MACHINE_CODES.items()}
            table |= dict.fromkeys((*LINE_CODES, "no_proof", "busy"), unproved)
            garbled = Told(Uncertain, Code.RECEIPT_GARBLED)
            garbling = ("garbage", "late_answer", "wrong_checksum")
            return table | dict.fromkeys(BROKEN, broken) | dict.fromkeys(garbling, garbled)


def run(wire: str, name: str, moment: str, folder: Path) -> Told:
    """One fault at one moment, on a printer of its own."""
    folder.mkdir()
    with (
        running_receipt_printer(wire, folder) as rig,
        closing(EscposPrinter(rig.address, IMPATIENT)) as printer,
    ):
        assert prints_whole(rig, printer)
        if moment == "before":
            strike(rig, name)
        # "accepted" is too late for a simulator that prints at once: what holds it up is ordered before.
        holds_up = name in {*MACHINE_CODES, "busy"}
        more = {"after": LAST_ROW} if moment == "after" and name in MACHINE_CODES else {}
        at = moment if moment != "after" else "sending" if holds_up else "accepted"
        watcher = Watcher(at, lambda: strike(rig, name, **more))
        begun = time.monotonic()
        outcome = printer.print(document(TALL), watcher, DEADLINE)
        is_in_time = time.monotonic() - begun < DEADLINE.total_seconds() + 0.2
        rig.mend()
        code = None if isinstance(outcome, Printed) else outcome.code
        return Told(type(outcome), code, is_in_time, prints_whole(rig, printer))


def strike(rig: ReceiptRig, name: str, **more: int) -> None:
    """For line faults: on every answer from now on; a cable is pulled once."""
    once = name in BROKEN or name not in LINE_CODES
    rig.fault(name, **({} if once else {"count": UNTIL_CLEARED}), **more)


def prints_whole(rig: ReceiptRig, printer: EscposPrinter) -> bool:
    """Whether the driver prints a whole slip soon, without being made anew."""
    until = time.monotonic() + RECOVERY_S
    while printer.print(document(), Onlooker(), AMPLE) != Printed(1):
        if time.monotonic() > until:
            return False
    return is_printed(rig.come_out()[-1], picture())


@pytest.mark.parametrize(
    ("wire", "moment"),
    [
        ("tcp", "before"),
        ("tcp", "between"),
        ("tcp", "after"),
        pytest.param("serial", "between", marks=pytest.mark.soak),
    ],
)
def test_every_fault_at_every_moment(wire: str, moment: str, tmp_path: Path) -> None:
    table = expected(moment)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = {name: pool.submit(run, wire, name, moment, tmp_path / name) for name in table}
        told = {name: each.result() for name, each in runs.items()}

    assert told == table


def test_one_lost_answer_in_the_middle_harms_nothing(tmp_path: Path) -> None:
    with (
        running_receipt_printer("tcp", tmp_path) as rig,
        closing(EscposPrinter(rig.address, TIMINGS)) as printer,
    ):
        outcome = printer.print(document(TALL), Watcher("between", lambda: rig.fault("silent")), AMPLE)

        assert outcome == Printed(1)
        assert is_printed(rig.come_out()[0], TALL)


def test_a_printer_that_says_ready_and_prints_nothing_is_believed(tmp_path: Path) -> None:
    """The one fault that no answer of a printer shows; people see it, and the page says what to do."""
    with (
        running_receipt_printer("tcp", tmp_path) as rig,
        closing(EscposPrinter(rig.address, TIMINGS)) as printer,
    ):
        rig.fault("prints_nothing")

        assert printer.print(document(), Onlooker(), AMPLE) == Printed(1)
        assert rig.come_out() == []


@pytest.mark.parametrize("wire", ["serial", "file"])
def test_it_works_again_as_another_device_node(wire: str, tmp_path: Path) -> None:
    with (
        running_receipt_printer(wire, tmp_path) as rig,
        closing(EscposPrinter(rig.address, TIMINGS)) as printer,
    ):
        first = (tmp_path / "by-id-receipt").readlink()
        assert printer.status(AMPLE) == PrinterReady()
        rig.fault("new_node")

        assert printer.status(AMPLE) == PrinterReady()
        assert (tmp_path / "by-id-receipt").readlink() != first


def test_a_line_that_was_hung_up_while_nothing_was_printed_is_no_fault(tmp_path: Path) -> None:
    with (
        running_receipt_printer("tcp", tmp_path) as rig,
        closing(EscposPrinter(rig.address, TIMINGS)) as printer,
    ):
        assert printer.print(document(), Onlooker(), AMPLE) == Printed(1)
        rig.hang_up()

        assert printer.status(AMPLE) == PrinterReady()


@pytest.mark.parametrize("wire", WIRES)
def test_a_printer_that_is_pulled_out_is_unreachable_until_it_is_back(wire: str, tmp_path: Path) -> None:
    with (
        running_receipt_printer(wire, tmp_path) as rig,
        closing(EscposPrinter(rig.address, TIMINGS)) as printer,
    ):
        assert printer.status(AMPLE) == PrinterReady()
        rig.fault("disconnect")

        gone = [printer.status(AMPLE), printer.status(AMPLE)]
        rig.mend()

        codes = [each.code for each in gone if isinstance(each, PrinterUnknown)]
        assert codes == [Code.RECEIPT_UNREACHABLE] * 2
        assert printer.status(AMPLE) == PrinterReady()


def test_a_printer_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    addresses = (f"serial://{tmp_path}/none", f"file://{tmp_path}/none", "tcp://127.0.0.1:1")
    for address in addresses:
        with closing(EscposPrinter(address)) as printer:
            status = printer.status(AMPLE)
            outcome = printer.print(document(), Onlooker(), AMPLE)
        assert isinstance(status, PrinterUnknown)
        assert status.code is Code.RECEIPT_UNREACHABLE
        assert isinstance(outcome, NotPrinted)
        assert outcome.code is Code.RECEIPT_UNREACHABLE
