from __future__ import annotations

import hashlib
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from printer_templates import qr, readback
from printer_templates.contract import RenderedPaper
from printer_templates.fit import POINTS_PER_MM
from printer_templates.fonts import open_fonts
from printer_templates.pen import Pen
from printer_templates.residence_certificate import Page, draw
from printer_templates.residence_layout import PAGE_HEIGHT_MM, PAGE_WIDTH_MM, QR_SIDE_MM, lay_out
from printer_templates.wording import TITLE, copy_of, word

if TYPE_CHECKING:
    from pathlib import Path

    from printer_templates.contract import PaperFacts, ResidenceCertificate

_CREATOR = "Community kiosk"
_REPORTLAB = Lock()  # its faces keep a reading position, and its font registry is one for the process


class PaperMaker:
    """Makes papers and reads them back (`Papers` of the contract). Thread-safe; holds both fonts open."""

    def __init__(self, font_regular: Path, font_bold: Path) -> None:
        """Open the fonts: TrueType files. Raises FontUnusableError."""
        with _REPORTLAB:
            self._fonts = open_fonts(font_regular, font_bold)

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that the paper's fonts lack, as "U+XXXX"."""
        return self._fonts.missing_glyphs(text)

    def render(self, certificate: ResidenceCertificate) -> RenderedPaper:
        """Render to PDF, one A4 page per copy. Raises MissingGlyphError or DoesNotFitError."""
        if certificate.copies < 1:
            raise ValueError("a paper has at least one copy")
        wording = word(certificate)
        self._fonts.require_glyphs(wording.texts())
        sheet = lay_out(wording, self._fonts)
        symbol = qr.encode(certificate.qr, QR_SIDE_MM)
        copies = [copy_of(number, certificate.copies) for number in range(1, certificate.copies + 1)]
        pages = [Page(wording, sheet, symbol, copy, self._fonts) for copy in copies]
        with _REPORTLAB:
            pdf = self._draw(pages, certificate)
        return RenderedPaper(pdf=pdf, pages=len(pages), sha256=hashlib.sha256(pdf).hexdigest())

    def read_back(self, pdf: bytes) -> tuple[PaperFacts, ...]:
        """Read every page of the PDF, text and QR. Raises ReadBackError."""
        return readback.read_back(pdf)

    def raster(self, pdf: bytes, page: int, width_px: int) -> bytes:
        """One page (0 = the first) as PNG (8-bit RGB), `width_px` wide. Raises ReadBackError."""
        return readback.raster(pdf, page, width_px)

    def _draw(self, pages: list[Page], certificate: ResidenceCertificate) -> bytes:
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
        canvas.setTitle(f"{TITLE} {certificate.number}")
        canvas.setAuthor(certificate.issuer)
        canvas.setSubject(TITLE)
        canvas.setCreator(_CREATOR)
        pen = Pen(canvas, PAGE_HEIGHT_MM)
        for page in pages:
            draw(page, pen)
            canvas.showPage()
        canvas.save()
        return file.getvalue()
