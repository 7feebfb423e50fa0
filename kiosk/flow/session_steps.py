"""What the platform and the paper's worker answer. Answers to another session change nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from devices.contract import NotPrinted, Printed, Uncertain
from kiosk.domain.codes import EligibilityCode
from kiosk.domain.eligibility import NeedsStaff, Reason, decide
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.choice_steps import applied_by
from kiosk.flow.moves import end, go, stay
from kiosk.flow.paper_steps import answer_paper, may_reprint

if TYPE_CHECKING:
    from devices.contract import PrintOutcome, PrintProgress
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Session

SessionEvent = (
    e.HouseholdFound
    | e.PersonUnknown
    | e.LookupFailed
    | e.HouseholdOutOfReach
    | e.PaperPrepared
    | e.PreparationFailed
    | e.PrintAccepted
    | e.PrintProgressed
    | e.PrintSettled
)


_LookupAnswer = e.HouseholdFound | e.PersonUnknown | e.LookupFailed | e.HouseholdOutOfReach


def answer(kiosk: Kiosk, event: SessionEvent) -> Step:
    """An answer of a worker, taken only by the session that asked."""
    session = kiosk.session
    if session is None or session.id != event.session:
        return stay(kiosk)
    match event:
        case e.HouseholdFound() | e.PersonUnknown() | e.LookupFailed() | e.HouseholdOutOfReach():
            return _looked_up(kiosk, session, event)
        case e.PaperPrepared() | e.PreparationFailed():
            return answer_paper(kiosk, session, event)
        case e.PrintAccepted():
            return stay(kiosk)
        case e.PrintProgressed(progress=progress):
            return _progressed(kiosk, progress)
        case e.PrintSettled(outcome=outcome):
            return _settled(kiosk, session, outcome)
        case _:
            assert_never(event)


def _looked_up(kiosk: Kiosk, session: Session, event: _LookupAnswer) -> Step:
    if not isinstance(kiosk.page, s.LookingUp):
        return stay(kiosk)
    match event:
        case e.HouseholdFound(offline=e.OfflineRecord(refused=code)) if code:
            return go(kiosk, s.SlipOffer(code))  # the record is too old to be believed, and is not kept
        case e.HouseholdFound():
            return _meet(_note_line(kiosk, event), _known(session, event))
        case e.PersonUnknown():
            return go(_note_line(kiosk, event), s.Refusal((Reason(EligibilityCode.UNKNOWN_PERSON),)))
        case e.LookupFailed(code=code):
            return go(kiosk, s.Trouble(code, can_retry=True))
        case e.HouseholdOutOfReach(offline=why):
            return go(kiosk, s.SlipOffer(why))
        case _:
            assert_never(event)


def _note_line(kiosk: Kiosk, event: e.HouseholdFound | e.PersonUnknown) -> Kiosk:
    """An answer of the platform is proof of a line; one of the kiosk's own register is none."""
    if isinstance(event, e.HouseholdFound) and event.offline:
        return kiosk
    return replace(kiosk, world=replace(kiosk.world, line=None))


def _known(session: Session, event: e.HouseholdFound) -> Session:
    return replace(
        session,
        household=event.household,
        applicant=event.applicant,
        name_matches=event.name_matches,
        offline_as_of=event.offline.as_of if event.offline else None,
        pickups=event.pickups,
    )


def _meet(kiosk: Kiosk, known: Session) -> Step:
    """No household is shown, or kept, while it is open whether it is this person's."""
    applied = applied_by(known)
    decision = decide(applied, kiosk.world.now.date(), kiosk.plan.rules) if applied else None
    if isinstance(decision, NeedsStaff):
        return go(kiosk, s.Refusal(decision.reasons, by_staff=True))
    if known.applicant is None:
        return go(kiosk, s.Refusal((Reason(EligibilityCode.UNKNOWN_PERSON),)))
    return go(replace(kiosk, session=known), s.WhoYouAre())


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


def _settled(kiosk: Kiosk, session: Session, outcome: PrintOutcome) -> Step:
    if not isinstance(kiosk.page, s.Printing | s.PrinterWaits):
        return stay(kiosk)
    job = kiosk.page.job
    match outcome:
        case Printed():
            return end(kiosk, s.TakeSlip(job.number) if job.is_slip else s.TakePaper(job.number))
        case NotPrinted(code) | Uncertain(code) if job.card_gone:
            # Whoever stands there now is not asked, gets no second try, and sees no number.
            return end(kiosk, s.SlipNoted("", code) if job.is_slip else s.Trouble(code))
        case NotPrinted(code) if job.is_slip:
            return end(kiosk, s.SlipNoted(job.number, code))
        case NotPrinted(code):
            return go(kiosk, s.Trouble(code, reprint=may_reprint(session, job.number)))
        case Uncertain(code):
            return go(kiosk, s.CameOut(job, code))
        case _:
            assert_never(outcome)
