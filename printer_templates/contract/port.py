"""The maker of papers as callers see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from printer_templates.contract.sheets import Format

if TYPE_CHECKING:
    from printer_templates.contract.documents import Document
    from printer_templates.contract.sheets import Sheet


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """The very bytes that will be printed."""

    pdf: bytes = field(repr=False)
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What one page of a PDF says when it is read back: by its text, and by its QR code."""

    text: str = field(repr=False)  # all text of the page, without white space
    qr: str  # decoded from a raster of the page, "" = no readable code
    session: str = ""  # the transaction that the PDF names in its metadata


class Papers(Protocol):
    """Makes papers and reads them back. Thread-safe. Same input, same bytes."""

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that the paper's fonts lack, as "U+XXXX"."""
        ...

    def render(self, document: Document | Sheet, form: Format = Format.A4) -> RenderedPaper:
        """Render to PDF, one page per copy, as long as it needs to be on a roll.

        Certificates and readiness reports are A4 only: ValueError. Raises MissingGlyphError, DoesNotFitError.
        """
        ...

    def read_back(self, pdf: bytes) -> tuple[PaperFacts, ...]:
        """Read every page of the PDF, text and QR. Raises ReadBackError."""
        ...

    def raster(self, pdf: bytes, page: int, width_px: int) -> bytes:
        """One page (0 = the first) as PNG (8-bit RGB), `width_px` wide. Raises ReadBackError."""
        ...

    def bitmap(self, pdf: bytes, page: int, width_dots: int) -> bytes:
        """One page of a roll as PNG of 1 bit, exactly `width_dots` wide. Raises ReadBackError."""
        ...
