"""What the person whose card lies there chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.contract import PrinterReady
from kiosk.domain.eligibility import Applied, Eligible, NeedsStaff, Refused, decide
from kiosk.domain.purposes import PURPOSES
from kiosk.domain.services import ServiceKind, find_service
from kiosk.flow import states as s
from kiosk.flow.commands import CancelPrint, LookUp, PreparePaper, PrintPaper, RecordWord, VoidPaper
from kiosk.flow.moves import end, go, say_goodbye, stay

if TYPE_CHECKING:
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Code, Kiosk, Session, World


def certificates_off(world: World) -> Code | None:
    """Why no certificate can be made now; None = one can."""
    if world.store:
        return world.store
    if world.line:
        return world.line
    printer = world.printer
    return None if printer is None or isinstance(printer, PrinterReady) else printer.code


def act_in_session(kiosk: Kiosk, verb: str, value: str) -> Step:
    """One choice on one page of the session."""
    session = kiosk.session
    if session is None:
        return stay(kiosk)
    match verb, kiosk.page:
        case "confirm", s.WhoYouAre():
            return go(kiosk, s.Services())
        case "service", s.Services():
            return _choose_service(kiosk, kiosk.page, value)
        case "purpose", s.Purposes() if value in {purpose.key for purpose in PURPOSES}:
            return prepare(kiosk, s.Preparing(value, 1))
        case "copies", s.Preview(purpose=purpose, issuance=issuance) if _is_count(kiosk, value):
            return prepare(kiosk, s.Preparing(purpose, int(value), issuance))
        case "print", s.Preview():
            return _print(kiosk, session, kiosk.page)
        case "cancel_print", s.PrinterWaits(job) as page:
            waiting = replace(page, job=replace(job, cancelled=True))
            return stay(replace(kiosk, page=waiting), CancelPrint(session.id))
        case "came_out", s.CameOut(job) if value in {"yes", "no"}:
            return _take_word(kiosk, job, came_out=value == "yes")
        case "retry", s.Trouble(can_retry=True):
            return _retry(kiosk, session)
        case "back", _:
            return _back(kiosk, session)
        case _:
            return stay(kiosk)


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
    )
    return go(kiosk, page, order)


def _choose_service(kiosk: Kiosk, page: s.Services, key: str) -> Step:
    service = find_service(key)
    if service is None:
        return stay(kiosk)
    match service.kind:
        case ServiceKind.ISSUED_HERE:
            return _ask_for_certificate(kiosk)
        case ServiceKind.LIST:
            return go(kiosk, s.Services(not_issued=True))
        case ServiceKind.GUIDE | ServiceKind.NOT_ISSUED:
            return go(kiosk, s.Guide(key, page))


def _ask_for_certificate(kiosk: Kiosk) -> Step:
    session = kiosk.session
    off = certificates_off(kiosk.world)
    if off:
        return go(kiosk, s.Trouble(off))
    if session is None or session.household is None:
        return stay(kiosk)
    grid = session.household.residence.grid
    applied = Applied(session.identity, session.household, session.applicant, session.name_matches)
    match decide(applied, kiosk.world.now.date(), kiosk.plan.rules):
        case Eligible():
            return go(kiosk, s.Purposes())
        case Refused(reasons):
            return go(kiosk, s.Refusal(reasons, grid=grid))
        case NeedsStaff(reasons):
            return go(kiosk, s.Refusal(reasons, by_staff=True, grid=grid))


def _is_count(kiosk: Kiosk, value: str) -> bool:
    return value in {str(count) for count in range(1, kiosk.plan.rules.max_copies + 1)}


def _print(kiosk: Kiosk, session: Session, page: s.Preview) -> Step:
    job = s.Job(page.issuance, page.number, pages=page.copies)
    return go(kiosk, s.Printing(job), PrintPaper(session.id, page.issuance))


def _take_word(kiosk: Kiosk, job: s.Job, *, came_out: bool) -> Step:
    """The word of the person who stands there; it ends the doubt and the session."""
    page: s.Page = s.TakePaper(job.number) if came_out else s.NotOut(job.number)
    ended, ending = end(kiosk, page)
    return ended, (RecordWord(job.issuance, came_out), *ending)


def _retry(kiosk: Kiosk, session: Session) -> Step:
    if session.household is None:
        return go(kiosk, s.LookingUp(), LookUp(session.id, session.identity))
    return go(kiosk, s.Purposes())


def _back(kiosk: Kiosk, session: Session) -> Step:
    match kiosk.page:
        case s.Services(not_issued=True):
            return go(kiosk, s.Services())
        case s.Services():
            return go(kiosk, s.WhoYouAre())
        case s.Guide(back=back):
            return go(kiosk, back)
        case s.Purposes():
            return go(kiosk, s.Services())
        case s.Preview(issuance=issuance):
            return go(kiosk, s.Purposes(), VoidPaper(issuance))
        case s.Refusal() | s.Trouble() if session.household:
            return go(kiosk, s.Services())
        case s.LookingUp() | s.Preparing():
            return stay(kiosk)  # an answer is on its way
        case _:
            return say_goodbye(kiosk)
