"""What the person whose card lies there chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.codes import EligibilityCode
from kiosk.domain.eligibility import Applied, Eligible, NeedsStaff, Reason, Refused, decide, opens
from kiosk.domain.issuance import CERTIFICATE
from kiosk.domain.purposes import PURPOSES
from kiosk.domain.services import RESIDENCE, ServiceKind, find_service
from kiosk.flow import states as s
from kiosk.flow.commands import CancelPrint, LookUp, VoidPaper
from kiosk.flow.means import certificates_off, store_off
from kiosk.flow.moves import go, say_goodbye, stay
from kiosk.flow.paper_steps import prepare, prepare_slip, print_paper, reprint, take_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import Pickup
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Session

PURPOSE_KEYS = frozenset(purpose.key for purpose in PURPOSES)
MOST_PICKUPS = 4  # on one page in the largest text, beside the way on; the others come after these


def act_in_session(kiosk: Kiosk, verb: str, value: str) -> Step:
    """One choice on one page of the session."""
    session = kiosk.session
    if session is None:
        return stay(kiosk)
    match verb, kiosk.page:
        case "confirm", s.WhoYouAre():
            return go(kiosk, s.Pickups() if waiting_pickups(session) else s.Services())
        case "pickup", s.Pickups():
            return _choose_pickup(kiosk, session, value)
        case "others", s.Pickups():
            return go(kiosk, s.Services())
        case "service", s.Services():
            return _choose_service(kiosk, kiosk.page, value)
        case "slip", s.SlipOffer(reason):
            off = store_off(kiosk.world)
            if not opens(session.identity, RESIDENCE.key, kiosk.plan.rules):
                return go(kiosk, s.Refusal((Reason(EligibilityCode.NEEDS_ID_CARD),)))
            return go(kiosk, s.Trouble(off) if off else s.Purposes(slip_for=reason))
        case "purpose", s.Purposes() if value in PURPOSE_KEYS:
            return _choose_purpose(kiosk, session, kiosk.page, value)
        case "retry", s.Trouble(can_retry=True):
            return _retry(kiosk, session)
        case "back", _:
            return _back(kiosk, session)
        case _:
            return _act_on_paper(kiosk, session, verb, value)


def applied_by(session: Session) -> Applied | None:
    """What a decision about this person rests on; None while the household is not known."""
    household = session.household
    if household is None:
        return None
    return Applied(session.identity, household, session.applicant, session.name_matches)


def waiting_pickups(session: Session) -> tuple[Pickup, ...]:
    """The requests that this kiosk can print, oldest first."""
    known = (each for each in session.pickups if each.kind == CERTIFICATE and each.purpose in PURPOSE_KEYS)
    return tuple(known)[:MOST_PICKUPS]


def _act_on_paper(kiosk: Kiosk, session: Session, verb: str, value: str) -> Step:
    match verb, kiosk.page:
        case "copies", s.Preview(attempt=1) as page if _is_count(kiosk, value):
            return prepare(kiosk, s.Preparing(page.purpose, int(value), page.issuance, page.pickup))
        case "print", s.Preview() | s.Slip() as page:
            return print_paper(kiosk, session, page)
        case "noted", s.Slip():
            return say_goodbye(kiosk)
        case "cancel_print", s.PrinterWaits(job) as page:
            waiting = replace(page, job=replace(job, cancelled=True))
            return stay(replace(kiosk, page=waiting), CancelPrint(session.id))
        case "came_out", s.CameOut(job) if value in {"yes", "no"}:
            return take_word(kiosk, session, job, came_out=value == "yes")
        case "reprint", s.Trouble(reprint=s.Reprint.OFFERED) | s.NotOut(reprint=s.Reprint.OFFERED):
            return reprint(kiosk, session, session.attempt) if session.attempt else stay(kiosk)
        case _:
            return stay(kiosk)


def _choose_service(kiosk: Kiosk, page: s.Services, key: str) -> Step:
    service = find_service(key)
    if service is None:
        return stay(kiosk)
    match service.kind:
        case ServiceKind.ISSUED_HERE:
            return _if_eligible(kiosk, lambda: go(kiosk, s.Purposes()))
        case ServiceKind.LIST:
            return go(kiosk, s.Services(not_issued=True))
        case ServiceKind.GUIDE | ServiceKind.NOT_ISSUED:
            return go(kiosk, s.Guide(key, page))


def _choose_pickup(kiosk: Kiosk, session: Session, place: str) -> Step:
    """Print what was asked for then, if it may be issued today."""
    waiting = {str(at): pickup for at, pickup in enumerate(waiting_pickups(session))}
    chosen = waiting.get(place)
    if chosen is None:
        return stay(kiosk)
    copies = min(chosen.copies, kiosk.plan.rules.max_copies)
    page = s.Preparing(chosen.purpose, copies, pickup=chosen.number)
    return _if_eligible(kiosk, lambda: prepare(kiosk, page))


def _choose_purpose(kiosk: Kiosk, session: Session, page: s.Purposes, purpose: str) -> Step:
    if page.slip_for:
        return prepare_slip(kiosk, session, s.PreparingSlip(purpose, page.slip_for))
    return prepare(kiosk, s.Preparing(purpose, 1))


def _if_eligible(kiosk: Kiosk, go_on: Callable[[], Step]) -> Step:
    off = certificates_off(kiosk.world)
    if off:
        return go(kiosk, s.Trouble(off))
    applied = applied_by(kiosk.session) if kiosk.session else None
    if applied is None:
        return stay(kiosk)
    grid = applied.household.residence.grid
    match decide(applied, kiosk.world.now.date(), kiosk.plan.rules):
        case Eligible():
            return go_on()
        case Refused(reasons):
            return go(kiosk, s.Refusal(reasons, grid=grid))
        case NeedsStaff(reasons):
            return go(kiosk, s.Refusal(reasons, by_staff=True, grid=grid))


def _is_count(kiosk: Kiosk, value: str) -> bool:
    return value in {str(count) for count in range(1, kiosk.plan.rules.max_copies + 1)}


def _retry(kiosk: Kiosk, session: Session) -> Step:
    if session.household is None:
        return go(kiosk, s.LookingUp(), LookUp(session.id, session.identity))
    return go(kiosk, s.Purposes())


def _back(kiosk: Kiosk, session: Session) -> Step:
    match kiosk.page:
        case s.Services(not_issued=True):
            return go(kiosk, s.Services())
        case s.Services():
            return go(kiosk, s.Pickups() if waiting_pickups(session) else s.WhoYouAre())
        case s.Pickups():
            return go(kiosk, s.WhoYouAre())
        case s.Guide(back=back):
            return go(kiosk, back)
        case s.Purposes(reason):
            return go(kiosk, s.SlipOffer(reason) if reason else s.Services())
        case s.Preview(issuance=issuance) as page:
            return go(kiosk, _before_preview(page), VoidPaper(issuance))
        case s.Refusal() | s.Trouble() if session.household:
            return go(kiosk, s.Services())
        case s.LookingUp() | s.Preparing() | s.PreparingSlip():
            return stay(kiosk)  # an answer is on its way
        case _:
            return say_goodbye(kiosk)


def _before_preview(page: s.Preview) -> s.Page:
    if page.attempt > 1:
        return s.Services()
    return s.Pickups() if page.pickup else s.Purposes()
