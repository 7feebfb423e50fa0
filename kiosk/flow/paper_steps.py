"""Papers of the session's person: having them made, printing them, and printing them once more."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import PICKUP_FORM
from kiosk.domain.codes import EligibilityCode
from kiosk.domain.eligibility import Reason
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import PreparePaper, PrepareSlip, PrintPaper, RecordWord, VoidPaper
from kiosk.flow.means import certificates_off
from kiosk.flow.moves import end, go, stay
from kiosk.flow.world import Attempt
from printer_templates.contract import PaperCode

if TYPE_CHECKING:
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Session

MOST_ATTEMPTS = 3  # at one number; what fails so often is a matter for staff


def prepare(kiosk: Kiosk, page: s.Preparing) -> Step:
    """Have the paper made, for this session's person only."""
    session = kiosk.session
    if session is None or session.household is None or session.applicant is None:
        return stay(kiosk)
    order = PreparePaper(
        session.id,
        session.id,
        page.issuance,
        session.identity,
        session.household,
        session.applicant,
        page.purpose,
        page.copies,
        reprint_of=page.reprint_of,
        offline_as_of=session.offline_as_of,
        pickup=page.pickup,
    )
    return go(kiosk, page, order)


def prepare_slip(kiosk: Kiosk, session: Session, page: s.PreparingSlip) -> Step:
    """Have the request noted, and the slip made."""
    order = PrepareSlip(session.id, session.id, session.identity, page.purpose, 1, str(page.reason))
    return go(kiosk, page, order)


def reprint(kiosk: Kiosk, session: Session, attempt: Attempt) -> Step:
    """Another attempt at the number that failed, for the person whose card has lain there all the time."""
    off = certificates_off(kiosk.world)
    if off:
        return go(kiosk, s.Trouble(off, reprint=may_reprint(session, attempt.number)))
    page = s.Preparing(attempt.purpose, attempt.copies, pickup=attempt.pickup, reprint_of=attempt.issuance)
    return prepare(kiosk, page)


def may_reprint(session: Session, number: str) -> s.Reprint:
    """Whether the paper of this number, which certainly did not come out, may be printed once more."""
    attempt = session.attempt
    if attempt is None or attempt.number != number:
        return s.Reprint.NONE
    return s.Reprint.OFFERED if attempt.count < MOST_ATTEMPTS else s.Reprint.USED_UP


def is_reprint(page: s.Preparing | s.PreparingSlip) -> bool:
    """True where another attempt at a number is being made."""
    return isinstance(page, s.Preparing) and page.reprint_of != ""


def answer_paper(kiosk: Kiosk, session: Session, event: e.PaperPrepared | e.PreparationFailed) -> Step:
    """A paper was made, or not. Answers come in the order of the orders, those given up among them."""
    if isinstance(event, e.PaperPrepared):
        session = _note_attempt(session, event)
    if session.unanswered:
        fewer = replace(session, unanswered=session.unanswered - 1)
        return stay(replace(kiosk, session=fewer), *_unwanted(event))
    kiosk = replace(kiosk, session=session)
    match event:
        case e.PaperPrepared():
            return _prepared(kiosk, session, event)
        case e.PreparationFailed():
            return _not_prepared(kiosk, event)
        case _:
            assert_never(event)


def print_paper(kiosk: Kiosk, session: Session, page: s.Preview | s.Slip) -> Step:
    """Print what was shown. The order carries whose session is live at this touch."""
    match page:
        case s.Preview():
            attempt = session.attempt
            if attempt is None or attempt.number != page.number:
                attempt = Attempt(page.issuance, page.number, page.purpose, page.copies, page.pickup)
            kiosk = replace(kiosk, session=replace(session, attempt=attempt))
            job = s.Job(page.issuance, page.number, pages=page.copies)
        case s.Slip():
            job = s.Job(page.issuance, page.number, pages=1, is_slip=True)
        case _:
            assert_never(page)
    order = PrintPaper(session.id, page.issuance, page.number, session.identity)
    return go(kiosk, s.Printing(job), order)


def take_word(kiosk: Kiosk, session: Session, job: s.Job, *, came_out: bool) -> Step:
    """The word of the person who stands there ends the doubt, and the session where nothing is left to do."""
    word = RecordWord(job.issuance, came_out)
    may = may_reprint(session, job.number) if kiosk.card_lies and not job.card_gone else s.Reprint.NONE
    if not came_out and not job.is_slip and may is s.Reprint.OFFERED:
        return go(kiosk, s.NotOut(job.number, may), word)
    ended, ending = end(kiosk, _page_after_word(job, may, came_out=came_out))
    return ended, (word, *ending)


def _page_after_word(job: s.Job, may: s.Reprint, *, came_out: bool) -> s.Page:
    if job.is_slip:
        return s.TakeSlip(job.number) if came_out else s.SlipNoted(job.number)
    return s.TakePaper(job.number) if came_out else s.NotOut(job.number, may)


def _note_attempt(session: Session, event: e.PaperPrepared) -> Session:
    """The latest attempt at a number is the one that another attempt would supersede, wanted or not."""
    attempt = session.attempt
    if attempt is None or attempt.number != event.number or attempt.issuance == event.issuance:
        return session
    return replace(session, attempt=replace(attempt, issuance=event.issuance, count=attempt.count + 1))


def _unwanted(event: e.PaperPrepared | e.PreparationFailed) -> tuple[VoidPaper, ...]:
    return (VoidPaper(event.issuance),) if isinstance(event, e.PaperPrepared) else ()


def _prepared(kiosk: Kiosk, session: Session, event: e.PaperPrepared) -> Step:
    page, number = kiosk.page, event.number
    is_slip = re.match(PICKUP_FORM, number) is not None
    is_asked_for = isinstance(page, s.Preparing | s.PreparingSlip) and page.purpose == event.purpose
    match page:
        case s.Preparing(purpose, copies) if is_asked_for and copies == event.copies and not is_slip:
            attempt = session.attempt
            count = attempt.count if attempt and attempt.number == number else 1
            shown = s.Preview(purpose, copies, event.issuance, number, event.previews, page.pickup, count)
            return go(kiosk, shown)
        case s.PreparingSlip() if is_asked_for and is_slip:
            return go(kiosk, s.Slip(event.issuance, number))
        case _:
            return stay(kiosk, VoidPaper(event.issuance))  # nobody waits for this one any more


def _not_prepared(kiosk: Kiosk, event: e.PreparationFailed) -> Step:
    if not isinstance(kiosk.page, s.Preparing | s.PreparingSlip):
        return stay(kiosk)
    if event.code is PaperCode.MISSING_GLYPH:
        return go(kiosk, s.Refusal((Reason(EligibilityCode.RARE_CHARACTER),), by_staff=True))
    if is_reprint(kiosk.page):
        return go(kiosk, s.Trouble(event.code))  # which attempt is the latest now, only the journal knows
    return go(kiosk, s.Trouble(event.code, can_retry=True))
