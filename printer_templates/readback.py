"""Reads papers back from their bytes, by another library than the one that wrote them."""

from __future__ import annotations

from contextlib import closing, contextmanager
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

import pypdfium2

from printer_templates import qr
from printer_templates.contract import PaperFacts, ReadBackError
from printer_templates.fit import POINTS_PER_MM
from printer_templates.residence_layout import (
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    QR_LEFT_MM,
    QR_SIDE_MM,
    QR_TOP_MM,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

SESSION_MARK = "kiosk-session "  # begins the keywords of a PDF that belongs to a transaction
MOST_PAGES = 20
WIDEST_PX = 4000

_PDFIUM = Lock()  # PDFium is not thread-safe, and there is one of it in a process
_SIZE_TOLERANCE_PT = 2.0
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
            image = _render(opened, width_px / opened.get_width(), rev_byteorder=True)
    file = BytesIO()
    # The picture is looked at once and thrown away: fast counts, small does not.
    image.crop((0, 0, width_px, image.height)).save(file, "PNG", compress_level=1)
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
        for size, wanted in zip(page.get_size(), (PAGE_WIDTH_MM, PAGE_HEIGHT_MM), strict=True):
            if abs(size - wanted * POINTS_PER_MM) > _SIZE_TOLERANCE_PT:
                raise ReadBackError("not a paper: a page is not A4")
        yield page


def _session(document: Any) -> str:
    keywords: str = document.get_metadata_value("Keywords")
    return keywords.removeprefix(SESSION_MARK) if keywords.startswith(SESSION_MARK) else ""


def _facts(document: Any, index: int, session: str) -> PaperFacts:
    with _page(document, index) as page:
        with closing(page.get_textpage()) as text_page:
            text = text_page.get_text_bounded()
        code = qr.decode(_render(page, _FINE, crop=_QR_CROP, grayscale=True))
        if not code:
            code = qr.decode(_render(page, _COARSE, grayscale=True))
    solid = "".join(text.replace(_HYPHEN_AT_LINE_END, "-").split())
    return PaperFacts(text=solid, qr=code, session=session)


def _render(page: Any, scale: float, **options: Any) -> Image.Image:
    # Closed here and not by the garbage collector, which does not ask for the lock.
    with closing(page.render(scale=scale, may_draw_forms=False, **options)) as bitmap:
        image: Image.Image = bitmap.to_pil()
        return image.copy()
