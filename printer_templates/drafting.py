"""From a document or sheet to pages that only need to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, assert_never

from printer_templates import qr, slip_layout, slip_wording
from printer_templates.blocks import draw_down
from printer_templates.contract import (
    AcceptanceReceipt,
    Format,
    GuideSlip,
    PickupSlip,
    ReadinessReport,
    ResidenceCertificate,
    TrialPage,
)
from printer_templates.formats import A4_MM, ROLLS
from printer_templates.leaf_page import draw_leaf_page, lay_out_leaf_page
from printer_templates.leaf_wording import leaf_of_acceptance, leaf_of_guide, leaf_of_pickup
from printer_templates.pickup_slip import SlipPage, draw_slip
from printer_templates.readiness_report import ReportPage, draw_report
from printer_templates.report_layout import lay_out_report
from printer_templates.report_wording import TITLE as REPORT_TITLE
from printer_templates.report_wording import word_report
from printer_templates.residence_certificate import Page, draw
from printer_templates.residence_layout import QR_SIDE_MM, lay_out
from printer_templates.roll import lay_out_leaf
from printer_templates.trial_page import TITLE as TRIAL_TITLE
from printer_templates.trial_page import (
    draw_trial_a4,
    draw_trial_roll,
    lay_out_trial_a4,
    lay_out_trial_roll,
    word_trial,
)
from printer_templates.wording import TITLE, copy_of, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from printer_templates.contract import Document, Sheet
    from printer_templates.fonts import PaperFonts
    from printer_templates.leaf_wording import Leaf
    from printer_templates.pen import Pen


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper with everything in its place: what its metadata says, and how each of its pages is drawn."""

    subject: str
    number: str  # stands in its title: of the document, or of the kiosk for sheets that have none
    author: str
    pages: tuple[Callable[[Pen], None], ...]
    size_mm: tuple[float, float] = A4_MM
    session: str = ""


@dataclass(frozen=True, slots=True)
class Drafter:
    """Puts papers into words and finds a place for every text. Raises MissingGlyphError, DoesNotFitError."""

    fonts: PaperFonts

    def draft(self, paper: Document | Sheet, form: Format) -> Draft:
        """The pages of a paper; ValueError where there is no such paper on such a roll."""
        match paper:
            case ResidenceCertificate():
                return self._certificate(paper, form)
            case PickupSlip():
                return self._pickup(paper, form)
            case AcceptanceReceipt():
                return self._leaf(leaf_of_acceptance(paper), form, paper)
            case GuideSlip():
                return self._leaf(leaf_of_guide(paper), form, paper)
            case ReadinessReport():
                return self._report(paper, form)
            case TrialPage():
                return self._trial(paper, form)
            case _:
                assert_never(paper)

    def _certificate(self, certificate: ResidenceCertificate, form: Format) -> Draft:
        _require_a4(form)
        _require_copies(certificate.copies)
        wording = word(certificate)
        self.fonts.require_glyphs(wording.texts())
        sheet = lay_out(wording, self.fonts)
        symbol = qr.encode(certificate.qr, QR_SIDE_MM)
        copies = [copy_of(number, certificate.copies) for number in range(1, certificate.copies + 1)]
        pages = [Page(wording, sheet, symbol, copy, self.fonts) for copy in copies]
        draws = tuple(partial(draw, page) for page in pages)
        number, issuer = certificate.number, certificate.issuer
        return Draft(TITLE, number, issuer, draws, session=certificate.session)

    def _pickup(self, slip: PickupSlip, form: Format) -> Draft:
        _require_copies(slip.copies)
        leaf = leaf_of_pickup(slip)
        self.fonts.require_glyphs(leaf.texts())
        if form is not Format.A4:
            pages, size = self._roll(leaf, form)
            return Draft(leaf.title, slip.number, slip.issuer, pages, size, slip.session)
        wording = slip_wording.word_slip(slip)
        sheet = slip_layout.lay_out_slip(wording, self.fonts)
        symbol = qr.encode(slip.qr, slip_layout.QR_SIDE_MM)
        page = SlipPage(wording, sheet, symbol, self.fonts)
        draws = (partial(draw_slip, page),)
        return Draft(leaf.title, slip.number, slip.issuer, draws, session=slip.session)

    def _leaf(self, leaf: Leaf, form: Format, sheet: AcceptanceReceipt | GuideSlip) -> Draft:
        self.fonts.require_glyphs(leaf.texts())
        if form is Format.A4:
            page = lay_out_leaf_page(leaf, self.fonts)
            return Draft(leaf.title, sheet.kiosk, sheet.issuer, (partial(draw_leaf_page, page),))
        pages, size = self._roll(leaf, form)
        return Draft(leaf.title, sheet.kiosk, sheet.issuer, pages, size)

    def _roll(
        self, leaf: Leaf, form: Format
    ) -> tuple[tuple[Callable[[Pen], None], ...], tuple[float, float]]:
        roll = ROLLS[form]
        page = lay_out_leaf(leaf, roll, self.fonts)
        return (partial(draw_down, page.blocks, top_mm=0),), (roll.width_mm, page.height_mm)

    def _trial(self, trial: TrialPage, form: Format) -> Draft:
        wording = word_trial(trial)
        self.fonts.require_glyphs(wording.texts())
        if form is Format.A4:
            sheet = lay_out_trial_a4(wording, self.fonts)
            return Draft(TRIAL_TITLE, trial.kiosk, trial.kiosk, (partial(draw_trial_a4, sheet),))
        roll = ROLLS[form]
        page = lay_out_trial_roll(wording, roll, self.fonts)
        size = (roll.width_mm, page.height_mm)
        return Draft(TRIAL_TITLE, trial.kiosk, trial.kiosk, (partial(draw_trial_roll, page, roll),), size)

    def _report(self, report: ReadinessReport, form: Format) -> Draft:
        _require_a4(form)
        wording = word_report(report)
        self.fonts.require_glyphs(wording.texts())
        pages = lay_out_report(wording, self.fonts)
        draws = tuple(
            partial(draw_report, ReportPage(blocks, number, len(pages), wording.kiosk, self.fonts))
            for number, blocks in enumerate(pages, 1)
        )
        return Draft(REPORT_TITLE, report.kiosk, report.kiosk, draws)


def _require_a4(form: Format) -> None:
    if form is not Format.A4:
        raise ValueError("this paper is A4 only")


def _require_copies(copies: int) -> None:
    if copies < 1:
        raise ValueError("a paper has at least one copy")
