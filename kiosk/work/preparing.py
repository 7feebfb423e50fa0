"""From a choice to the very bytes that will be printed: number, PDF, read-back, previews."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.domain.codes import StoreCode
from kiosk.domain.issuance import (
    Applicant,
    NoNumbers,
    Reservation,
    ReservedNumber,
)
from kiosk.domain.journal import StoreError
from kiosk.work.paper_check import says_what_it_should
from printer_templates.contract import PaperCode, PaperError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.domain.journal import PrintJournal
    from kiosk.flow.commands import PreparePaper
    from printer_templates.contract import Papers, RenderedPaper, ResidenceCertificate

PREVIEW_WIDTH_PX = 900


@dataclass(frozen=True, slots=True)
class PreparedPaper:
    """A paper in memory, bound to one session; its repr shows nothing of it."""

    session: str
    issuance: str
    number: str
    paper: RenderedPaper = field(repr=False)
    previews: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotPrepared:
    """No paper, and why; `to_void` is the issuance whose number is spent, "" = none was taken."""

    code: PaperCode | StoreCode
    to_void: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What preparing needs. `build` writes the certificate, `now` is local time."""

    papers: Papers
    journal: PrintJournal
    build: Callable[[PreparePaper, ReservedNumber, datetime], ResidenceCertificate]
    now: Callable[[], datetime]

    def prepare(self, order: PreparePaper) -> PreparedPaper | NotPrepared:
        """Prepare a paper with a new number, or again with the number of `order.issuance`."""
        if self.papers.missing_glyphs(order.identity.name):
            # Found before a number is spent on it.
            return NotPrepared(PaperCode.MISSING_GLYPH, order.issuance)
        issuance = order.issuance or str(uuid.uuid4())
        try:
            reserved = self._reserve(order, issuance)
        except StoreError as error:
            return NotPrepared(error.code, order.issuance)
        if isinstance(reserved, NoNumbers):
            return NotPrepared(StoreCode.NO_NUMBERS)
        try:
            return self._make(order, issuance, reserved)
        except (PaperError, StoreError) as error:
            return NotPrepared(error.code, issuance)

    def _reserve(self, order: PreparePaper, issuance: str) -> ReservedNumber | NoNumbers:
        if order.issuance:
            return self.journal.revise(issuance, order.purpose, order.copies)
        applicant = Applicant(
            household_id=order.household.household_id,
            person_id=order.applicant.person_id,
            citizen_key=order.applicant.citizen_key,
            record_version=order.household.record_version,
        )
        reservation = Reservation(
            issuance, order.session, order.card_read, applicant, order.purpose, order.copies
        )
        return self.journal.reserve(reservation)

    def _make(self, order: PreparePaper, issuance: str, reserved: ReservedNumber) -> PreparedPaper:
        certificate = self.build(order, reserved, self.now())
        paper = self.papers.render(certificate)
        if not says_what_it_should(self.papers.read_back(paper.pdf), certificate, order.identity):
            raise MixedUpError
        pages = range(paper.pages)
        previews = tuple(self.papers.raster(paper.pdf, page, PREVIEW_WIDTH_PX) for page in pages)
        self.journal.note_document(issuance, paper.sha256, certificate.valid_until)
        return PreparedPaper(order.session, issuance, reserved.number, paper, previews)


class MixedUpError(PaperError):
    """The finished paper does not say what this session says."""

    code = PaperCode.READ_BACK_DIFFERS
