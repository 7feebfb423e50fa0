from __future__ import annotations

import hashlib
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from printer_templates import readback
from printer_templates.contract import Format, RenderedPaper
from printer_templates.drafting import Drafter
from printer_templates.fit import POINTS_PER_MM
from printer_templates.fonts import open_fonts
from printer_templates.pen import Pen

if TYPE_CHECKING:
    from pathlib import Path

    from printer_templates.contract import Document, PaperFacts, Sheet
    from printer_templates.drafting import Draft

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

    def render(self, document: Document | Sheet, form: Format = Format.A4) -> RenderedPaper:
        """Render to PDF, one page per copy, as long as it needs to be on a roll.

        Certificates and readiness reports are A4 only: ValueError. Raises MissingGlyphError, DoesNotFitError.
        """
        draft = Drafter(self._fonts).draft(document, form)
        with _REPORTLAB:
            pdf = self._draw(draft)
        return RenderedPaper(pdf=pdf, pages=len(draft.pages), sha256=hashlib.sha256(pdf).hexdigest())

    def read_back(self, pdf: bytes) -> tuple[PaperFacts, ...]:
        """Read every page of the PDF, text and QR. Raises ReadBackError."""
        return readback.read_back(pdf)

    def raster(self, pdf: bytes, page: int, width_px: int) -> bytes:
        """One page (0 = the first) as PNG (8-bit RGB), `width_px` wide. Raises ReadBackError."""
        return readback.raster(pdf, page, width_px)

    def bitmap(self, pdf: bytes, page: int, width_dots: int) -> bytes:
        """One page of a roll as PNG of 1 bit, exactly `width_dots` wide. Raises ReadBackError."""
        return readback.bitmap(pdf, page, width_dots)

    def _draw(self, draft: Draft) -> bytes:
        file = BytesIO()
        width_mm, height_mm = draft.size_mm
        canvas = Canvas(
            file,
            pagesize=(width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM),
            pageCompression=1,
            invariant=1,  # no clock and no random id in the file: same input, same bytes
            # Else reportlab begins each page with Helvetica, which would not be embedded.
            initialFontName=self._fonts.regular.fontName,  # type: ignore[arg-type]  # the stub says float
            lang="zh-CN",
        )
        canvas.setTitle(f"{draft.subject} {draft.number}")
        canvas.setAuthor(draft.author)
        canvas.setSubject(draft.subject)
        canvas.setCreator(_CREATOR)
        if draft.session:
            canvas.setKeywords(readback.SESSION_MARK + draft.session)
        pen = Pen(canvas, height_mm)
        for draw_page in draft.pages:
            draw_page(pen)
            canvas.showPage()
        canvas.save()
        return file.getvalue()
