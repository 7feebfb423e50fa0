"""What comes out of a receipt printer, and what is said of it, over every wire.

What every printer promises is in `tests/devices/printers`.
"""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from devices.contract import DeviceCode, JobRef, NotPrinted, Printed, PrinterBlocked, PrinterReady, Uncertain
from devices.escpos.driver import EscposPrinter
from tests.devices.escpos.rigs import (
    AMPLE,
    TIMINGS,
    Canceller,
    document,
    is_printed,
    picture,
    png,
    running_receipt_printer,
)
from tests.devices.page.onlooker import Onlooker

if TYPE_CHECKING:
    from pathlib import Path

    from tests.devices.escpos.rigs import ReceiptRig

SHORT = timedelta(seconds=0.4)
on_tcp = pytest.mark.parametrize("machine", ["tcp"], indirect=True)  # the wire makes no difference


def test_what_is_sent_comes_out_dot_by_dot(rig: ReceiptRig, printer: EscposPrinter) -> None:
    onlooker, slip = Onlooker(), document()

    outcome = printer.print(slip, onlooker, AMPLE)

    assert outcome == Printed(1)
    assert onlooker.told == ["creating", "created", "sending", "accepted"]
    assert onlooker.job == JobRef(slip.job_name, "", 0)
    (out,) = rig.come_out()
    assert is_printed(out, slip.bitmaps[0])


@on_tcp
def test_two_pictures_are_one_slip(rig: ReceiptRig, printer: EscposPrinter) -> None:
    outcome = printer.print(document(picture(height=60), picture(height=40)), Onlooker(), AMPLE)

    assert outcome == Printed(2)
    (out,) = rig.come_out()
    assert is_printed(out, picture(height=60), picture(height=40))


@on_tcp
def test_an_idle_printer_is_ready(printer: EscposPrinter) -> None:
    assert printer.status(AMPLE) == PrinterReady()


@on_tcp
@pytest.mark.parametrize(
    ("fault", "code", "reason"),
    [
        ("paper_out", DeviceCode.RECEIPT_PAPER_OUT, "media-empty"),
        ("cover_open", DeviceCode.RECEIPT_COVER_OPEN, "cover-open"),
        ("cutter", DeviceCode.RECEIPT_CUTTER, "cutter"),
        ("offline", DeviceCode.RECEIPT_OFFLINE, "offline"),
        ("feed_button", DeviceCode.RECEIPT_OFFLINE, "feed-button"),
        ("error", DeviceCode.RECEIPT_ERROR, "unrecoverable"),
        ("hot", DeviceCode.RECEIPT_ERROR, "hot"),
    ],
)
def test_a_stopped_printer_says_why_and_is_sent_nothing(
    rig: ReceiptRig, printer: EscposPrinter, fault: str, code: DeviceCode, reason: str
) -> None:
    rig.fault(fault)
    onlooker = Onlooker()

    status, outcome = printer.status(AMPLE), printer.print(document(), onlooker, AMPLE)

    assert status == PrinterBlocked(code, (reason,))
    assert outcome == NotPrinted(code, reason)
    assert onlooker.told == []
    rig.mend()
    assert printer.status(AMPLE) == PrinterReady()
    assert rig.come_out() == []


@on_tcp
def test_near_end_is_a_warning(rig: ReceiptRig, printer: EscposPrinter) -> None:
    rig.fault("near_end")

    assert printer.status(AMPLE) == PrinterReady(warnings=("media-low",))
    assert printer.print(document(), Onlooker(), AMPLE) == Printed(1)


def test_a_stop_in_the_middle_is_waited_for_and_no_dot_is_lost(
    rig: ReceiptRig, printer: EscposPrinter
) -> None:
    tall = document(picture(height=400))  # more than a printer holds while it has stopped
    rig.fault("paper_out", after=70)
    onlooker = Onlooker({"waiting": rig.mend})

    outcome = printer.print(tall, onlooker, AMPLE)

    assert outcome == Printed(1)
    assert onlooker.waited_for() == [DeviceCode.RECEIPT_PAPER_OUT]
    assert onlooker.progress[-1].waiting_for is None
    (out,) = rig.come_out()
    assert is_printed(out, tall.bitmaps[0])


@on_tcp
def test_paper_out_on_the_last_line_is_waited_for_too(rig: ReceiptRig, printer: EscposPrinter) -> None:
    rig.fault("paper_out", after=129)
    onlooker = Onlooker({"waiting": rig.mend})

    assert printer.print(document(), onlooker, AMPLE) == Printed(1)
    assert onlooker.waited_for() == [DeviceCode.RECEIPT_PAPER_OUT]


@on_tcp
def test_paper_out_and_nobody_comes_is_uncertain(rig: ReceiptRig, printer: EscposPrinter) -> None:
    rig.fault("paper_out", after=70)

    outcome = printer.print(document(), Onlooker(), SHORT)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is DeviceCode.RECEIPT_PAPER_OUT
    assert rig.come_out() == []


@on_tcp
@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "hot"])
def test_what_somebody_mends_soon_is_waited_for_but_not_for_ever(fault: str, rig: ReceiptRig) -> None:
    with closing(EscposPrinter(rig.address, replace(TIMINGS, paper_patience_s=0.2))) as printer:
        outcome = printer.print(document(), Onlooker({"sending": lambda: rig.fault(fault)}), AMPLE)

    assert isinstance(outcome, NotPrinted)
    assert outcome.detail == "not all of it was sent"


@on_tcp
@pytest.mark.parametrize("fault", ["cutter", "error"])
def test_what_only_service_mends_is_not_waited_for(
    rig: ReceiptRig, printer: EscposPrinter, fault: str
) -> None:
    outcome = printer.print(document(), Onlooker({"sending": lambda: rig.fault(fault)}), AMPLE)

    assert isinstance(outcome, NotPrinted)


@on_tcp
def test_the_slip_after_a_half_one_is_whole_and_alone(rig: ReceiptRig, printer: EscposPrinter) -> None:
    rig.fault("paper_out", after=70)
    printer.print(document(picture(height=400)), Onlooker(), SHORT)
    rig.mend()

    outcome = printer.print(document(), Onlooker(), AMPLE)

    assert outcome == Printed(1)
    half, whole = rig.come_out()
    assert not is_printed(half, picture(height=400))
    assert is_printed(whole, picture())


@on_tcp
def test_a_proof_that_comes_late_proves_no_other_slip(rig: ReceiptRig, printer: EscposPrinter) -> None:
    rig.fault("busy")
    first = printer.print(document(), Onlooker(), SHORT)
    threading.Timer(0.1, rig.mend).start()  # while the next one waits for it
    second = printer.print(
        document(), Onlooker({"sending": lambda: rig.fault("busy")}), timedelta(seconds=1.3)
    )

    assert isinstance(first, Uncertain)
    assert first.code is DeviceCode.RECEIPT_NOT_CONFIRMED
    assert isinstance(second, Uncertain)
    assert second.code is DeviceCode.RECEIPT_NOT_CONFIRMED


@on_tcp
def test_cancelled_before_the_first_byte_nothing_comes_out(rig: ReceiptRig, printer: EscposPrinter) -> None:
    outcome = printer.print(document(), Canceller("sending"), AMPLE)

    assert isinstance(outcome, NotPrinted)
    assert outcome.code is DeviceCode.JOB_CANCELLED
    assert rig.come_out() == []


@on_tcp
def test_cancelled_in_the_middle_is_uncertain(rig: ReceiptRig, printer: EscposPrinter) -> None:
    rig.fault("paper_out", after=70)

    outcome = printer.print(document(picture(height=400)), Canceller("waiting"), AMPLE)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is DeviceCode.JOB_CANCELLED


@on_tcp
def test_cancelled_while_its_proof_is_waited_for_is_uncertain(
    rig: ReceiptRig, printer: EscposPrinter
) -> None:
    rig.fault("busy")

    outcome = printer.print(document(), Canceller("accepted"), AMPLE)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is DeviceCode.RECEIPT_NOT_CONFIRMED


@on_tcp
def test_dots_that_look_like_a_question_are_printed(rig: ReceiptRig, printer: EscposPrinter) -> None:
    image = Image.new("1", (576, 30), 1)
    rows = bytearray(image.tobytes())
    for at in range(0, len(rows) - 72, 72):
        rows[at : at + 12] = bytes(
            0xFF ^ byte for byte in b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
        )
    sent = png(Image.frombytes("1", image.size, bytes(rows)))

    assert printer.print(document(sent), Onlooker(), AMPLE) == Printed(1)
    (out,) = rig.come_out()
    assert is_printed(out, sent)


@on_tcp
@pytest.mark.parametrize("pictures", [(picture(width=384),), (b"no picture",), (picture()[:200],)])
def test_a_picture_that_does_not_fit_is_not_sent(
    rig: ReceiptRig, printer: EscposPrinter, pictures: tuple[bytes, ...]
) -> None:
    onlooker = Onlooker()

    outcome = printer.print(document(*pictures), onlooker, AMPLE)

    assert isinstance(outcome, NotPrinted)
    assert outcome.code is DeviceCode.RECEIPT_NO_BITMAP
    assert onlooker.told == []
    assert rig.come_out() == []


@on_tcp
def test_after_a_restart_nobody_knows(printer: EscposPrinter) -> None:
    settled = printer.settle(JobRef("QJ.1.slip", "", 0), 1, AMPLE)

    assert isinstance(settled, Uncertain)
    assert settled.code is DeviceCode.JOB_VANISHED
    assert printer.withdraw("QJ.1.slip", AMPLE) == NotPrinted(DeviceCode.JOB_CANCELLED)


@on_tcp
def test_without_proof_nothing_is_called_printed(rig: ReceiptRig, printer: EscposPrinter) -> None:
    printer.close()
    with closing(EscposPrinter(f"{rig.address}&proof=none", TIMINGS)) as trusting:
        outcome = trusting.print(document(), Onlooker(), AMPLE)

    assert isinstance(outcome, Uncertain)
    assert outcome.code is DeviceCode.RECEIPT_NOT_CONFIRMED
    assert is_printed(rig.wait_for_slip(), picture())


def test_a_narrow_printer_without_a_cutter(tmp_path: Path) -> None:
    with (
        running_receipt_printer("tcp", tmp_path, 384) as rig,
        closing(EscposPrinter(rig.address, TIMINGS)) as printer,
    ):
        assert printer.roll.width_dots == 384
        assert printer.print(document(picture(384)), Onlooker(), AMPLE) == Printed(1)
        (out,) = rig.come_out()
        assert is_printed(out, picture(384))


@on_tcp
def test_grey_is_made_black_or_white_without_a_pattern(rig: ReceiptRig, printer: EscposPrinter) -> None:
    grey = Image.linear_gradient("L").resize((576, 64))

    assert printer.print(document(png(grey)), Onlooker(), AMPLE) == Printed(1)
    (out,) = rig.come_out()
    expected = grey.point(lambda level: 255 * (level >= 128)).convert("1", dither=Image.Dither.NONE)
    assert out.crop((0, 0, 576, 64)).tobytes() == expected.tobytes()
