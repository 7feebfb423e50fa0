"""What the platform and the paper's worker answer. Answers to another session change nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from devices.contract import NotPrinted, Printed, Uncertain
from kiosk.domain.codes import EligibilityCode
from kiosk.domain.eligibility import Applied, NeedsStaff, Reason, decide
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import VoidPaper
from kiosk.flow.moves import end, go, stay
from printer_templates.contract import PaperCode

if TYPE_CHECKING:
    from devices.contract import PrintOutcome, PrintProgress
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk, Session

SessionEvent = (
    e.HouseholdFound
    | e.PersonUnknown
    | e.LookupFailed
    | e.PaperPrepared
    | e.PreparationFailed
    | e.PrintAccepted
    | e.PrintProgressed
    | e.PrintSettled
)


def answer(kiosk: Kiosk, event: SessionEvent) -> Step:
    """An answer of a worker, taken only by the session that asked."""
    session = kiosk.session
    if session is None or session.id != event.session:
        return stay(kiosk)
    match event:
        case e.HouseholdFound() | e.PersonUnknown() | e.LookupFailed():
            return _looked_up(kiosk, session, event)
        case e.PaperPrepared() | e.PreparationFailed():
            return _prepared(kiosk, event)
        case e.PrintAccepted():
            return stay(kiosk)
        case e.PrintProgressed(progress=progress):
            return _progressed(kiosk, progress)
        case e.PrintSettled(outcome=outcome):
            return _settled(kiosk, outcome)
        case _:
            assert_never(event)


def _looked_up(
    kiosk: Kiosk, session: Session, event: e.HouseholdFound | e.PersonUnknown | e.LookupFailed
) -> Step:
    if not isinstance(kiosk.page, s.LookingUp):
        return stay(kiosk)
    if not isinstance(event, e.LookupFailed):
        kiosk = replace(kiosk, world=replace(kiosk.world, line=None))  # an answer is proof of a line
    match event:
        case e.HouseholdFound(household=household, applicant=applicant, name_matches=matches):
            known = replace(session, household=household, applicant=applicant, name_matches=matches)
            return _meet(kiosk, known, Applied(session.identity, household, applicant, matches))
        case e.PersonUnknown():
            return go(kiosk, s.Refusal((Reason(EligibilityCode.UNKNOWN_PERSON),)))
        case e.LookupFailed(code=code):
            return go(kiosk, s.Trouble(code, can_retry=True))
        case _:
            assert_never(event)


def _meet(kiosk: Kiosk, known: Session, applied: Applied) -> Step:
    """No household is shown, or kept, while it is open whether it is this person's."""
    decision = decide(applied, kiosk.world.now.date(), kiosk.plan.rules)
    if isinstance(decision, NeedsStaff):
        return go(kiosk, s.Refusal(decision.reasons, by_staff=True))
    if applied.applicant is None:
        return go(kiosk, s.Refusal((Reason(EligibilityCode.UNKNOWN_PERSON),)))
    return go(replace(kiosk, session=known), s.WhoYouAre())


def _prepared(kiosk: Kiosk, event: e.PaperPrepared | e.PreparationFailed) -> Step:
    page = kiosk.page
    match event:
        case e.PaperPrepared(issuance=issuance, number=number, previews=previews):
            is_awaited = isinstance(page, s.Preparing) and (page.purpose, page.copies) == (
                event.purpose,
                event.copies,
            )
            if not isinstance(page, s.Preparing) or not is_awaited:
                return stay(kiosk, VoidPaper(issuance))  # nobody waits for this one any more
            return go(kiosk, s.Preview(page.purpose, page.copies, issuance, number, previews))
        case e.PreparationFailed(code=code):
            if not isinstance(page, s.Preparing):
                return stay(kiosk)
            if code is PaperCode.MISSING_GLYPH:
                return go(kiosk, s.Refusal((Reason(EligibilityCode.RARE_CHARACTER),), by_staff=True))
            return go(kiosk, s.Trouble(code, can_retry=True))
        case _:
            assert_never(event)


def _progressed(kiosk: Kiosk, progress: PrintProgress) -> Step:
    if not isinstance(kiosk.page, s.Printing | s.PrinterWaits):
        return stay(kiosk)
    job = replace(kiosk.page.job, impressions=progress.impressions)
    if progress.waiting_for is None:
        page: s.Page = s.Printing(job)
    else:
        page = s.PrinterWaits(job, progress.waiting_for)
    if type(page) is type(kiosk.page):
        return stay(replace(kiosk, page=page))
    return go(kiosk, page)


def _settled(kiosk: Kiosk, outcome: PrintOutcome) -> Step:
    if not isinstance(kiosk.page, s.Printing | s.PrinterWaits):
        return stay(kiosk)
    job = kiosk.page.job
    match outcome:
        case Printed():
            return end(kiosk, s.TakePaper(job.number))
        case NotPrinted(code) | Uncertain(code) if job.card_gone:
            return end(
                kiosk, s.Trouble(code)
            )  # whoever stands there now is not asked, and gets no second try
        case NotPrinted(code):
            return go(kiosk, s.Trouble(code, can_retry=True))
        case Uncertain(code):
            return go(kiosk, s.CameOut(job, code))
        case _:
            assert_never(outcome)
