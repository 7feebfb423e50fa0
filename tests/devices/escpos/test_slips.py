"""Whole slips, as people get them: Chinese, rare characters, and a code that a scanner reads."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import zxingcpp

from devices.contract import PrintDocument, Printed
from devices.escpos.driver import EscposPrinter
from printer_templates.contract import Format
from printer_templates.maker import PaperMaker
from printer_templates.specimen import (
    FONT_BOLD,
    FONT_REGULAR,
    acceptance_specimen,
    guide_specimen,
    slip_specimen,
)
from tests.devices.escpos.rigs import AMPLE, TIMINGS, is_printed, running_receipt_printer
from tests.devices.page.onlooker import Onlooker

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

RARE = "𬱖龑㛃𠅤·〇"
ROLLS = {Format.ROLL_80: 576, Format.ROLL_58: 384}
_ONLY_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def code_on(slip: Image.Image) -> list[str]:
    """What a scanner reads on it."""
    return [found.text for found in zxingcpp.read_barcodes(slip.convert("L"), formats=_ONLY_QR)]


@pytest.mark.parametrize("form", ROLLS)
def test_what_people_get_is_the_document_dot_by_dot(form: Format, tmp_path: Path) -> None:
    papers = PaperMaker(FONT_REGULAR, FONT_BOLD)
    numbered = replace(slip_specimen(), masked_name=RARE)
    with (
        running_receipt_printer("tcp", tmp_path, ROLLS[form]) as rig,
        closing(EscposPrinter(rig.address, TIMINGS)) as printer,
    ):
        for paper in (numbered, acceptance_specimen(), guide_specimen()):
            pdf = papers.render(paper, form).pdf
            bitmap = papers.bitmap(pdf, 0, printer.roll.width_dots)

            outcome = printer.print(PrintDocument("QJ.1.slip", pdf, 1, (bitmap,)), Onlooker(), AMPLE)

            assert outcome == Printed(1)
            (slip,) = rig.come_out()
            assert is_printed(slip, bitmap)
            assert code_on(slip) == ([paper.qr] if paper is numbered else [])
