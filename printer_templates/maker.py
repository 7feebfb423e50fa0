from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, assert_never

from reportlab.pdfgen.canvas import Canvas

from printer_templates import qr, readback, slip_layout, slip_wording
from printer_templates.contract import PickupSlip, RenderedPaper, ResidenceCertificate
from printer_templates.fit import POINTS_PER_MM
from printer_templates.fonts import open_fonts
from printer_templates.pen import Pen
from printer_templates.pickup_slip import SlipPage, draw_slip
from printer_templates.residence_certificate import Page, draw
from printer_templates.residence_layout import PAGE_HEIGHT_MM, PAGE_WIDTH_MM, QR_SIDE_MM, lay_out
from printer_templates.wording import TITLE, copy_of, word

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from printer_templates.contract import Document, PaperFacts

_CREATOR = "Community kiosk"
_REPORTLAB = Lock()  # its faces keep a reading position, and its font registry is one for the process


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document with everything in its place: its title, and how each of its pages is drawn."""

    title: str
    pages: tuple[Callable[[Pen], None], ...]


class PaperMaker:
    """Makes papers and reads them back (`Papers` of the contract). Thread-safe; holds both fonts open."""

    def __init__(self, font_regular: Path, font_bold: Path) -> None:
        """Open the fonts: TrueType files. Raises FontUnusableError."""
        with _REPORTLAB:
            self._fonts = open_fonts(font_regular, font_bold)

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that the paper's fonts lack, as "U+XXXX"."""
        return self._fonts.missing_glyphs(text)

    def render(self, document: Document) -> RenderedPaper:
        """Render to PDF, one A4 page per copy. Raises MissingGlyphError or DoesNotFitError."""
        if document.copies < 1:
            raise ValueError("a paper has at least one copy")
        match document:
            case ResidenceCertificate():
                draft = self._certificate(document)
            case PickupSlip():
                draft = self._slip(document)
            case _:
                assert_never(document)
        with _REPORTLAB:
            pdf = self._draw(draft, document)
        return RenderedPaper(pdf=pdf, pages=len(draft.pages), sha256=hashlib.sha256(pdf).hexdigest())

    def read_back(self, pdf: bytes) -> tuple[PaperFacts, ...]:
        """Read every page of the PDF, text and QR. Raises ReadBackError."""
        return readback.read_back(pdf)

    def raster(self, pdf: bytes, page: int, width_px: int) -> bytes:
        """One page (0 = the first) as PNG (8-bit RGB), `width_px` wide. Raises ReadBackError."""
        return readback.raster(pdf, page, width_px)

    def _certificate(self, certificate: ResidenceCertificate) -> _Draft:
        wording = word(certificate)
        self._fonts.require_glyphs(wording.texts())
        sheet = lay_out(wording, self._fonts)
        symbol = qr.encode(certificate.qr, QR_SIDE_MM)
        copies = [copy_of(number, certificate.copies) for number in range(1, certificate.copies + 1)]
        pages = [Page(wording, sheet, symbol, copy, self._fonts) for copy in copies]
        return _Draft(TITLE, tuple(partial(draw, page) for page in pages))

    def _slip(self, slip: PickupSlip) -> _Draft:
        wording = slip_wording.word_slip(slip)
        self._fonts.require_glyphs(wording.texts())
        sheet = slip_layout.lay_out_slip(wording, self._fonts)
        symbol = qr.encode(slip.qr, slip_layout.QR_SIDE_MM)
        page = SlipPage(wording, sheet, symbol, self._fonts)
        return _Draft(slip_wording.TITLE, (partial(draw_slip, page),))

    def _draw(self, draft: _Draft, document: Document) -> bytes:
        file = BytesIO()
        canvas = Canvas(
            file,
            pagesize=(PAGE_WIDTH_MM * POINTS_PER_MM, PAGE_HEIGHT_MM * POINTS_PER_MM),
            pageCompression=1,
            invariant=1,  # no clock and no random id in the file: same input, same bytes
            # Else reportlab begins each page with Helvetica, which would not be embedded.
            initialFontName=self._fonts.regular.fontName,  # type: ignore[arg-type]  # the stub says float
            lang="zh-CN",
        )
        canvas.setTitle(f"{draft.title} {document.number}")
        canvas.setAuthor(document.issuer)
        canvas.setSubject(draft.title)
        canvas.setCreator(_CREATOR)
        if document.session:
            canvas.setKeywords(readback.SESSION_MARK + document.session)
        pen = Pen(canvas, PAGE_HEIGHT_MM)
        for draw_page in draft.pages:
            draw_page(pen)
            canvas.showPage()
        canvas.save()
        return file.getvalue()
