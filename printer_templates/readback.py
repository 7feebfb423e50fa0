"""Reads papers back from their bytes, by another library than the one that wrote them."""

from __future__ import annotations

from contextlib import closing, contextmanager
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import Image

from printer_templates import qr
from printer_templates.contract import PaperFacts, ReadBackError
from printer_templates.fit import POINTS_PER_MM
from printer_templates.formats import A4_MM, DOTS_PER_MM, LONGEST_ROLL_MM, ROLL_WIDTHS_MM
from printer_templates.residence_layout import (
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    QR_LEFT_MM,
    QR_SIDE_MM,
    QR_TOP_MM,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SESSION_MARK = "kiosk-session "  # begins the keywords of a PDF that belongs to a transaction
MOST_PAGES = 20
WIDEST_PX = 4000
LARGEST_PX = 30_000_000  # more than A4 of the widest picture
DARK_BELOW = (
    160  # of 255: a little more than half is black, so that thin strokes do not break on thermal paper
)

_PDFIUM = Lock()  # PDFium is not thread-safe, and there is one of it in a process
_SIZE_TOLERANCE_PT = 2.0
_ROLL_TOLERANCE_PT = 0.01  # each dot of a roll counts
_FINE = 150 / 72  # dots per point for the QR code alone
_COARSE = 110 / 72  # for the whole page, where the code is not in its place
_QR_MARGIN_MM = 6.0
_HYPHEN_AT_LINE_END = "\x02"  # what PDFium makes of it; no paper can hold this character itself
_QR_CROP = tuple(
    mm * POINTS_PER_MM
    for mm in (
        QR_LEFT_MM - _QR_MARGIN_MM,
        PAGE_HEIGHT_MM - QR_TOP_MM - QR_SIDE_MM - _QR_MARGIN_MM,
        PAGE_WIDTH_MM - QR_LEFT_MM - QR_SIDE_MM - _QR_MARGIN_MM,
        QR_TOP_MM - _QR_MARGIN_MM,
    )
)


def read_back(pdf: bytes) -> tuple[PaperFacts, ...]:
    """What every page says, by its text and by its QR code. Raises ReadBackError."""
    with _opened(pdf) as document:
        session = _session(document)
        return tuple(_facts(document, index, session) for index in range(len(document)))


def raster(pdf: bytes, page: int, width_px: int) -> bytes:
    """One page (0 = the first) as PNG, 8-bit RGB, `width_px` wide. Raises ReadBackError."""
    if not 1 <= width_px <= WIDEST_PX:
        raise ReadBackError("the picture would be too large or too small")
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise ReadBackError("the document has no such page")
        with _page(document, page) as opened:
            width, height = opened.get_size()
            if width_px * width_px * height / width > LARGEST_PX:
                raise ReadBackError("the picture would be too large")
            image = _render(opened, width_px / width, rev_byteorder=True)
    file = BytesIO()
    # The picture is looked at once and thrown away: fast counts, small does not.
    image.crop((0, 0, width_px, image.height)).save(file, "PNG", compress_level=1)
    return file.getvalue()


def bitmap(pdf: bytes, page: int, width_dots: int) -> bytes:
    """One page of a roll as PNG of 1 bit, exactly `width_dots` wide. Raises ReadBackError.

    On a printer that is wider than the page it stands in the middle; on one that is narrower it is made
    smaller, where its QR code can still be read.
    """
    if not 1 <= width_dots <= WIDEST_PX:
        raise ReadBackError("the picture would be too large or too small")
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise ReadBackError("the document has no such page")
        with _page(document, page) as opened:
            if _is_a4(opened):
                raise ReadBackError("the page is not one of a roll")
            image = _dots(opened)
            if width_dots < image.width:
                smaller = _dots(opened, width_dots)
                if qr.decode(smaller) != qr.decode(image):
                    raise ReadBackError("the printer is too narrow for the page")
                image = smaller
    if width_dots > image.width:
        wide = Image.new("L", (width_dots, image.height), 255)
        wide.paste(image, ((width_dots - image.width) // 2, 0))
        image = wide
    file = BytesIO()
    image.convert("1", dither=Image.Dither.NONE).save(file, "PNG", compress_level=6)
    return file.getvalue()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _PDFIUM:
        try:
            with closing(pypdfium2.PdfDocument(pdf)) as document:
                if not 1 <= len(document) <= MOST_PAGES:
                    raise ReadBackError("not a paper: no page, or too many")
                yield document
        except pypdfium2.PdfiumError as error:
            raise ReadBackError("not a readable PDF") from error


@contextmanager
def _page(document: Any, index: int) -> Iterator[Any]:
    with closing(document[index]) as page:
        if not _is_a4(page) and not _is_roll(page):
            raise ReadBackError("not a paper: a page is neither A4 nor of a roll")
        yield page


def _is_a4(page: Any) -> bool:
    sides = zip(page.get_size(), A4_MM, strict=True)
    return all(abs(side - wanted * POINTS_PER_MM) <= _SIZE_TOLERANCE_PT for side, wanted in sides)


def _is_roll(page: Any) -> bool:
    width, height = page.get_size()
    is_wide = any(abs(width - mm * POINTS_PER_MM) <= _ROLL_TOLERANCE_PT for mm in ROLL_WIDTHS_MM)
    return is_wide and bool(height <= LONGEST_ROLL_MM * POINTS_PER_MM)


def _dots(page: Any, width_dots: int | None = None) -> Image.Image:
    """A page of a roll in black and white, one pixel per dot of the printer."""
    scale = DOTS_PER_MM / POINTS_PER_MM if width_dots is None else width_dots / page.get_width()
    # Else a rounding error makes the picture one dot larger, and no edge lies on a dot any more.
    grey = _render(page, scale * (1 - 1e-6), grayscale=True)
    return grey.point(lambda value: 0 if value < DARK_BELOW else 255)


def _session(document: Any) -> str:
    keywords: str = document.get_metadata_value("Keywords")
    return keywords.removeprefix(SESSION_MARK) if keywords.startswith(SESSION_MARK) else ""


def _facts(document: Any, index: int, session: str) -> PaperFacts:
    with _page(document, index) as page:
        with closing(page.get_textpage()) as text_page:
            text = text_page.get_text_bounded()
        code = _code_on_a4(page) if _is_a4(page) else qr.decode(_dots(page))
    solid = "".join(text.replace(_HYPHEN_AT_LINE_END, "-").split())
    return PaperFacts(text=solid, qr=code, session=session)


def _code_on_a4(page: Any) -> str:
    in_place = qr.decode(_render(page, _FINE, crop=_QR_CROP, grayscale=True))
    return in_place or qr.decode(_render(page, _COARSE, grayscale=True))


def _render(page: Any, scale: float, **options: Any) -> Image.Image:
    # Closed here and not by the garbage collector, which does not ask for the lock.
    with closing(page.render(scale=scale, may_draw_forms=False, **options)) as bitmap:
        image: Image.Image = bitmap.to_pil()
        return image.copy()
