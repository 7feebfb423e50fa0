"""The receipt printer's driver on its simulator: what comes out, and what is said of it."""

from __future__ import annotations

import io
import threading
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from devices.contract import (
    DeviceCode,
    JobRef,
    NotPrinted,
    PrintDocument,
    Printed,
    PrinterBlocked,
    PrinterReady,
    PrinterUnknown,
    PrintProgress,
    Uncertain,
)
from devices.errors import AddressError
from devices.escpos.driver import EscposPrinter
from devices.escpos.status import FIXED_BITS, Answers, assess
from devices.simulators.escpos.printer import ReceiptSimulator
from devices.simulators.wires import TcpWire, TerminalWire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AMPLE = timedelta(seconds=8)
WIDTH, HEIGHT = 576, 200


class Watcher:
    """The journal's side, which remembers what it was told and may want to cancel."""

    def __init__(self, *, cancels: bool = False) -> None:
        self.told: list[str] = []
        self.progress: list[PrintProgress] = []
        self._cancels = cancels
        self.waits = threading.Event()

    def creating(self) -> None:
        self.told.append("creating")

    def created(self, job: JobRef) -> None:
        self.told.append(f"created {job.name}")

    def sending(self) -> None:
        self.told.append("sending")

    def accepted(self) -> None:
        self.told.append("accepted")

    def progressed(self, progress: PrintProgress) -> None:
        self.progress.append(progress)
        if progress.waiting_for:
            self.waits.set()

    def wants_cancel(self) -> bool:
        return self._cancels


def picture(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """Something with a pattern that would show a lost or doubled byte."""
    image = Image.new("1", (width, height), 1)
    draw = ImageDraw.Draw(image)
    for at in range(0, height, 7):
        draw.line((at, at, width - at, at + 3), fill=0)
    draw.rectangle((0, 0, width - 1, height - 1), outline=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def document(*pictures: bytes) -> PrintDocument:
    return PrintDocument("QJ.1.session", b"", 1, pictures or (picture(),))


@pytest.fixture(params=["tcp", "terminal"])
def press(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReceiptSimulator]:
    wire = TcpWire("tcp") if request.param == "tcp" else TerminalWire(tmp_path / "receipt")
    with closing(ReceiptSimulator(wire, tmp_path / "spool", WIDTH)) as simulator:
        yield simulator


@pytest.fixture
def printer(press: ReceiptSimulator) -> Iterator[EscposPrinter]:
    with closing(EscposPrinter(press.address)) as driver:
        yield driver


def dots(png: bytes) -> tuple[tuple[int, int], bytes]:
    image = Image.open(io.BytesIO(png)).convert("1")
    return image.size, image.tobytes()


def test_what_is_sent_comes_out_dot_by_dot(press: ReceiptSimulator, printer: EscposPrinter) -> None:
    watcher = Watcher()

    outcome = printer.print(document(), watcher, AMPLE)

    assert outcome == Printed(1)
    assert watcher.told == ["creating", "created QJ.1.session", "sending", "accepted"]
    (slip,) = press.slips
    assert dots(slip.read_bytes()) == dots(picture())


def test_a_ready_printer_is_ready(printer: EscposPrinter) -> None:
    assert printer.status(AMPLE) == PrinterReady()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("paper_out", DeviceCode.RECEIPT_PAPER_OUT),
        ("cover_open", DeviceCode.RECEIPT_COVER_OPEN),
        ("cutter", DeviceCode.RECEIPT_CUTTER),
        ("offline", DeviceCode.RECEIPT_OFFLINE),
        ("error", DeviceCode.RECEIPT_ERROR),
    ],
)
def test_a_fault_before_is_told_and_nothing_is_sent(
    press: ReceiptSimulator, printer: EscposPrinter, fault: str, code: DeviceCode
) -> None:
    press.fault({"name": fault})
    watcher = Watcher()

    status, outcome = printer.status(AMPLE), printer.print(document(), watcher, AMPLE)

    assert isinstance(status, PrinterBlocked)
    assert status.code is code
    assert isinstance(outcome, NotPrinted)
    assert outcome.code is code
    assert watcher.told == []
    press.clear()
    assert printer.status(AMPLE) == PrinterReady()
    assert press.slips == ()


def test_near_end_is_a_warning(press: ReceiptSimulator, printer: EscposPrinter) -> None:
    press.fault({"name": "near_end"})

    assert printer.status(AMPLE) == PrinterReady(warnings=("media-low",))
    assert printer.print(document(), Watcher(), AMPLE) == Printed(1)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("silent", DeviceCode.RECEIPT_SILENT),
        ("half_answer", DeviceCode.RECEIPT_SILENT),
        ("slow", DeviceCode.RECEIPT_SILENT),
        ("wrong_checksum", DeviceCode.RECEIPT_GARBLED),
        ("garbage", DeviceCode.RECEIPT_GARBLED),
        ("late_answer", DeviceCode.RECEIPT_GARBLED),
    ],
)
def test_silence_and_rubbish_are_unknown_and_never_adequate(
    press: ReceiptSimulator, printer: EscposPrinter, fault: str, code: DeviceCode
) -> None:
    press.fault({"name": fault, "count": -1})
    watcher = Watcher()

    status, outcome = printer.status(AMPLE), printer.print(document(), watcher, AMPLE)

    assert isinstance(status, PrinterUnknown)
    assert status.code is code
    assert isinstance(outcome, NotPrinted)
    assert watcher.told == []
    press.clear()
    assert isinstance(printer.status(AMPLE), PrinterReady | PrinterUnknown)
    assert printer.status(AMPLE) == PrinterReady()


def test_paper_out_in_the_middle_waits_in_place_and_goes_on(
    press: ReceiptSimulator, printer: EscposPrinter
) -> None:
    press.fault({"name": "paper_out", "after": 50})
    watcher = Watcher()

    def mend() -> None:
        watcher.waits.wait(10)
        press.clear()

    refill = threading.Thread(target=mend)
    refill.start()

    outcome = printer.print(document(), watcher, timedelta(seconds=15))
    refill.join()

    assert outcome == Printed(1)
    assert PrintProgress(0, DeviceCode.RECEIPT_PAPER_OUT) in watcher.progress
    (slip,) = press.slips
    assert dots(slip.read_bytes()) == dots(picture())


def test_paper_out_in_the_middle_and_nobody_comes_is_uncertain(
    press: ReceiptSimulator, printer: EscposPrinter
) -> None:
    press.fault({"name": "paper_out", "after": 50})

    outcome = printer.print(document(), Watcher(), timedelta(seconds=2.5))

    assert isinstance(outcome, Uncertain)
    assert outcome.code is DeviceCode.RECEIPT_PAPER_OUT
    assert press.slips == ()


def test_a_line_that_breaks_in_the_middle_is_uncertain_and_the_next_slip_prints(
    press: ReceiptSimulator, printer: EscposPrinter
) -> None:
    press.fault({"name": "disconnect_in_job", "after": 20})

    outcome = printer.print(document(), Watcher(), timedelta(seconds=4))

    assert isinstance(outcome, Uncertain)
    assert isinstance(printer.status(AMPLE), PrinterUnknown)
    press.clear()
    assert printer.status(AMPLE) == PrinterReady()
    assert printer.print(document(), Watcher(), AMPLE) == Printed(1)


@pytest.mark.parametrize("press", ["terminal"], indirect=True)
def test_it_works_again_as_another_device_node(press: ReceiptSimulator, printer: EscposPrinter) -> None:
    assert printer.status(AMPLE) == PrinterReady()
    press.fault({"name": "new_node"})

    printer.status(AMPLE)

    assert printer.status(AMPLE) == PrinterReady()


def test_without_proof_nothing_is_called_printed(press: ReceiptSimulator) -> None:
    with closing(EscposPrinter(f"{press.address}?proof=none")) as printer:
        outcome = printer.print(document(), Watcher(), AMPLE)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is DeviceCode.RECEIPT_NOT_CONFIRMED


def test_a_cancelled_slip_is_uncertain(press: ReceiptSimulator, printer: EscposPrinter) -> None:
    press.fault({"name": "near_end"})  # and nothing worse

    outcome = printer.print(document(), Watcher(cancels=True), AMPLE)

    assert isinstance(outcome, Uncertain)


@pytest.mark.parametrize("pictures", [(picture(width=384),), (b"no picture",)])
def test_a_picture_that_does_not_fit_is_not_sent(
    press: ReceiptSimulator, printer: EscposPrinter, pictures: tuple[bytes, ...]
) -> None:
    outcome = printer.print(document(*pictures), Watcher(), AMPLE)

    assert isinstance(outcome, NotPrinted)
    assert outcome.code is DeviceCode.RECEIPT_NO_BITMAP
    assert press.slips == ()


def test_a_narrow_printer_without_a_cutter(tmp_path: Path) -> None:
    with closing(ReceiptSimulator(TcpWire("tcp"), tmp_path, 384)) as press:
        with closing(EscposPrinter(f"{press.address}?paper=58")) as printer:
            assert printer.roll.width_dots == 384
            assert printer.print(document(picture(384)), Watcher(), AMPLE) == Printed(1)
        assert len(press.slips) == 1


def test_after_a_restart_nobody_knows(printer: EscposPrinter) -> None:
    settled = printer.settle(JobRef("QJ.1.session", "", 0), 1, AMPLE)

    assert isinstance(settled, Uncertain)
    assert printer.withdraw("QJ.1.session", AMPLE) == NotPrinted(DeviceCode.JOB_CANCELLED)


@pytest.mark.parametrize(
    "address",
    [
        "tcp:///dev/x",
        "serial://host/dev/x",
        "tcp://h:9100?paper=70",
        "file:///dev/usb/lp0?speed=1",
        "lpt://x",
    ],
)
def test_a_senseless_address_is_told(address: str) -> None:
    with pytest.raises(AddressError):
        EscposPrinter(address)


@pytest.mark.parametrize("missing", range(4))
def test_one_missing_answer_of_four_is_unknown(missing: int) -> None:
    told: list[int | None] = [FIXED_BITS] * 4
    told[missing] = None

    status = assess(Answers(*told))

    assert isinstance(status, PrinterUnknown)
    assert status.code is DeviceCode.RECEIPT_SILENT


@pytest.mark.parametrize("byte", [byte for byte in range(256) if byte & 0x93 != 0x12][::9])
def test_wrong_fixed_bits_are_never_believed(byte: int) -> None:
    assert assess(Answers(FIXED_BITS, byte, FIXED_BITS, FIXED_BITS)) == PrinterUnknown(
        DeviceCode.RECEIPT_GARBLED, f"12 {byte:02X} 12 12"
    )
