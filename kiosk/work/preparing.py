"""From a choice to the very bytes that will be printed: number, PDF, read-back, previews."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from kiosk.domain.codes import StoreCode
from kiosk.domain.issuance import (
    Applicant,
    NoNumbers,
    Reprint,
    Reservation,
    ReservedNumber,
    SlipRequest,
)
from kiosk.domain.journal import StoreError
from kiosk.flow.commands import PreparePaper, PrepareSlip
from kiosk.work.paper_check import Expected, says_what_it_should
from printer_templates.contract import PaperCode, PaperError, PickupSlip

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from kiosk.domain.journal import PrintJournal
    from kiosk.work.outlets import Outlet, Outlets
    from printer_templates.contract import Document, Papers, RenderedPaper

PREVIEW_WIDTH_PX = 900
ROLL_PREVIEW_WIDTH_PX = 480  # a narrow page: more would only take longer

PaperWish = PreparePaper | PrepareSlip


@dataclass(frozen=True, slots=True)
class PreparedPaper:
    """A paper in memory, bound to one session; its repr shows nothing of it."""

    session: str
    issuance: str
    number: str
    attempt: int
    qr: str = field(repr=False)
    paper: RenderedPaper = field(repr=False)
    previews: tuple[bytes, ...] = field(repr=False)
    outlet: Outlet


@dataclass(frozen=True, slots=True)
class NotPrepared:
    """No paper, and why; `to_void` is the issuance whose number is spent, "" = none was taken."""

    code: PaperCode | StoreCode
    to_void: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What preparing needs. `build` writes the document, `citizen_key` names a person in records.

    `now` is local time; `outlets` know where a paper is to come out.
    """

    papers: Papers
    journal: PrintJournal
    build: Callable[[PaperWish, ReservedNumber, datetime], Document]
    citizen_key: Callable[[str], str]
    now: Callable[[], datetime]
    outlets: Outlets

    def prepare(self, order: PaperWish) -> PreparedPaper | NotPrepared:
        """Prepare a paper: with a new number, with that of `issuance`, or with that of `reprint_of`."""
        revised = order.issuance if isinstance(order, PreparePaper) else ""
        if self.papers.missing_glyphs(order.identity.name):
            # Found before a number is spent on it.
            return NotPrepared(PaperCode.MISSING_GLYPH, revised)
        issuance = revised or str(uuid.uuid4())
        try:
            reserved = self._reserve(order, issuance)
        except StoreError as error:
            return NotPrepared(error.code, revised)
        match reserved:
            case NoNumbers():
                return NotPrepared(StoreCode.NO_NUMBERS)
            case None:
                return NotPrepared(StoreCode.REPRINT_REFUSED)
            case ReservedNumber():
                pass
            case _:
                assert_never(reserved)
        try:
            return self._make(order, issuance, reserved)
        except (PaperError, StoreError) as error:
            return NotPrepared(error.code, issuance)

    def _reserve(self, order: PaperWish, issuance: str) -> ReservedNumber | NoNumbers | None:
        match order:
            case PrepareSlip():
                return self._reserve_slip(order, issuance)
            case PreparePaper(issuance=revised) if revised:
                return self.journal.revise(issuance, order.purpose, order.copies)
            case PreparePaper(reprint_of=previous) if previous:
                return self._reprint(order, issuance)
            case PreparePaper():
                return self._reserve_number(order, issuance)

    def _reserve_number(self, order: PreparePaper, issuance: str) -> ReservedNumber | NoNumbers:
        applicant = Applicant(
            household_id=order.household.household_id,
            person_id=order.applicant.person_id,
            citizen_key=order.applicant.citizen_key,
            record_version=order.household.record_version,
        )
        reservation = Reservation(
            issuance,
            order.session,
            order.card_read,
            applicant,
            order.purpose,
            order.copies,
            offline_as_of=order.offline_as_of,
            pickup=order.pickup,
        )
        return self.journal.reserve(reservation)

    def _reprint(self, order: PreparePaper, issuance: str) -> ReservedNumber | None:
        """The next attempt of a number, for the person whose card lies there now."""
        key = order.applicant.citizen_key
        reprint = Reprint(order.reprint_of, issuance, order.session, order.card_read, key)
        return self.journal.reprint(reprint)

    def _reserve_slip(self, order: PrepareSlip, issuance: str) -> ReservedNumber:
        key = self.citizen_key(order.identity.number)
        request = SlipRequest(
            issuance, order.session, order.card_read, key, order.purpose, order.copies, order.reason
        )
        return self.journal.reserve_slip(request)

    def _make(self, order: PaperWish, issuance: str, reserved: ReservedNumber) -> PreparedPaper:
        if isinstance(order, PreparePaper) and order.reprint_of and not order.issuance:
            # The attempt says what stands on its own paper, whatever the one before it said.
            self.journal.revise(issuance, order.purpose, order.copies)
        document = self.build(order, reserved, self.now())
        is_slip = isinstance(order, PrepareSlip)
        outlet = self.outlets.for_slip(order.session) if is_slip else self.outlets.page
        paper = self.papers.render(document, outlet.form)
        expected = Expected(order.session, reserved.number, order.identity, document.qr, document.copies)
        if not says_what_it_should(self.papers.read_back(paper.pdf), expected):
            raise MixedUpError
        pages = range(paper.pages)
        width_px = ROLL_PREVIEW_WIDTH_PX if outlet.width_dots else PREVIEW_WIDTH_PX
        previews = tuple(self.papers.raster(paper.pdf, page, width_px) for page in pages)
        self.journal.note_document(issuance, paper.sha256, _last_day(document))
        return PreparedPaper(
            session=order.session,
            issuance=issuance,
            number=reserved.number,
            attempt=reserved.attempt,
            qr=document.qr,
            paper=paper,
            previews=previews,
            outlet=outlet,
        )


class MixedUpError(PaperError):
    """The finished paper does not say what this session says."""

    code = PaperCode.READ_BACK_DIFFERS


def _last_day(document: Document) -> date:
    """The last day that the paper names; a slip names none but its own."""
    return document.requested_at.date() if isinstance(document, PickupSlip) else document.valid_until
