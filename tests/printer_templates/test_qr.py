from __future__ import annotations

import random
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from printer_templates import qr
from printer_templates.contract import DoesNotFitError
from printer_templates.residence_layout import QR_LEFT_MM, QR_SIDE_MM, QR_TOP_MM
from printer_templates.specimen import specimen

if TYPE_CHECKING:
    from printer_templates.maker import PaperMaker

A4_WIDTH_300_DPI = 2480
DOTS_PER_MM = A4_WIDTH_300_DPI / 210


@pytest.fixture(scope="module")
def scan(maker: PaperMaker) -> Image.Image:
    """The whole page as a scanner of 300 dpi sees it."""
    png = maker.raster(maker.render(specimen()).pdf, 0, A4_WIDTH_300_DPI)
    return Image.open(BytesIO(png)).convert("L")


def read(image: Image.Image) -> list[str]:
    """All QR codes of a picture, read as anyone would read them."""
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [barcode.text for barcode in found]


def worn(image: Image.Image) -> Image.Image:
    """Blurred, turned, noisy, faded and squeezed to a poor JPEG."""
    turned = image.filter(ImageFilter.GaussianBlur(1.5)).rotate(4, expand=True, fillcolor=255)
    chance = random.Random(4)  # noqa: S311 - repeatable noise, no secret
    noise = Image.frombytes("L", turned.size, chance.randbytes(turned.width * turned.height))
    noisy = ImageChops.subtract(turned, noise.point(lambda value: value // 5))
    faded = noisy.point(lambda value: 60 + value * 150 // 255)
    file = BytesIO()
    faded.save(file, "JPEG", quality=50)
    return Image.open(file).convert("L")


def test_the_code_is_read_from_a_scan_of_the_page(scan: Image.Image) -> None:
    assert read(scan) == [specimen().qr]


def test_the_code_is_read_from_worn_paper(scan: Image.Image) -> None:
    assert read(worn(scan)) == [specimen().qr]


def test_the_code_is_read_from_a_picture_of_low_resolution(scan: Image.Image) -> None:
    assert read(scan.resize((scan.width // 3, scan.height // 3))) == [specimen().qr]


def test_the_code_is_large_black_and_has_its_quiet_zone(scan: Image.Image) -> None:
    side = qr.encode(specimen().qr, QR_SIDE_MM).side
    quiet_mm = qr.QUIET_MODULES * QR_SIDE_MM / side
    outer = [mm * DOTS_PER_MM for mm in (QR_LEFT_MM - quiet_mm, QR_TOP_MM - quiet_mm)]
    zone = scan.crop(
        (
            int(outer[0]) + 2,
            int(outer[1]) + 2,
            int(outer[0] + (QR_SIDE_MM + 2 * quiet_mm) * DOTS_PER_MM) - 2,
            int(outer[1] + (QR_SIDE_MM + 2 * quiet_mm) * DOTS_PER_MM) - 2,
        )
    )

    dark = zone.point(lambda value: 255 if value < 200 else 0).getbbox()

    assert dark is not None
    left, top, right, bottom = (dots / DOTS_PER_MM for dots in dark)
    assert right - left == pytest.approx(QR_SIDE_MM, abs=0.3)
    assert bottom - top == pytest.approx(QR_SIDE_MM, abs=0.3)
    assert QR_SIDE_MM >= 32
    assert QR_SIDE_MM / side >= 0.42
    assert zone.getextrema() == (0, 255)
    assert left >= quiet_mm - 0.4


def test_the_longest_text_that_fits_still_has_large_modules(maker: PaperMaker) -> None:
    certificate = replace(specimen(), qr="https://platform.example/v/" + "8F2K" * 70)

    (facts,) = maker.read_back(maker.render(certificate).pdf)

    assert facts.qr == certificate.qr


@pytest.mark.parametrize("length", [600, 5000])
def test_a_text_with_too_small_modules_is_refused(maker: PaperMaker, length: int) -> None:
    with pytest.raises(DoesNotFitError, match="QR"):
        maker.render(replace(specimen(), qr="x" * length))


def test_runs_cover_exactly_the_dark_modules() -> None:
    image = Image.new("L", (200, 200), 255)

    paint(image, "610525001003-JZ-2026-000123-4", (20, 20))

    assert qr.decode(image) == "610525001003-JZ-2026-000123-4"


def test_two_codes_are_no_code() -> None:
    image = Image.new("L", (400, 200), 255)

    paint(image, "ONE", (20, 20))
    paint(image, "TWO", (220, 20))

    assert qr.decode(image) == ""


def paint(image: Image.Image, text: str, corner: tuple[int, int]) -> None:
    """Paint a code from its runs, four dots a module."""
    for run in qr.encode(text, QR_SIDE_MM).runs:
        left, top = corner[0] + 4 * run.column, corner[1] + 4 * run.row
        image.paste(0, (left, top, left + 4 * run.length, top + 4))
