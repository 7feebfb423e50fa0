"""What happens with the card on the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from kiosk.domain.eligibility import check_card, needs_staff
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.commands import LookUp
from kiosk.flow.moves import end, forget_person, go, say_goodbye, stay
from kiosk.flow.technician_states import Trial
from kiosk.flow.trial_steps import see_card

if TYPE_CHECKING:
    from devices.contract import DeviceCode
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk

CardEvent = e.CardLaid | e.CardLifted | e.IdentityRead | e.CardRefused | e.ReaderFailed


def tell_card(kiosk: Kiosk, event: CardEvent) -> Step:
    """What the reader says about the card on it, or about itself."""
    if isinstance(kiosk.page, Trial):
        return _see_in_trial(kiosk, kiosk.page, event)
    match event:
        case e.CardLaid():
            return _lay_card(kiosk)
        case e.CardLifted():
            return _lift_card(kiosk)
        case e.IdentityRead():
            return _begin_session(kiosk, event)
        case e.CardRefused(code=code):
            return _refuse_card(kiosk, code)
        case e.ReaderFailed(code=code):
            return _fail_reader(kiosk, code)
        case _:
            assert_never(event)


def _see_in_trial(kiosk: Kiosk, page: Trial, event: CardEvent) -> Step:
    """A technician tests a reader: no session begins, and nobody's data are kept."""
    if isinstance(event, e.ReaderFailed):
        kiosk = replace(kiosk, world=replace(kiosk.world, reader=event.code))
    return see_card(kiosk, page, event)


def _lay_card(kiosk: Kiosk) -> Step:
    """Whoever lays down a card wants to begin, wherever the kiosk is; a running session is not disturbed."""
    lying = replace(kiosk, card_lies=True)
    if isinstance(kiosk.page, s.Printing | s.PrinterWaits):
        return stay(_note_card_gone(lying))
    if isinstance(kiosk.page, s.CameOut) or _offers_reprint(kiosk):
        return end(lying, s.Reading())  # that was for somebody else; staff will see to it
    return stay(lying) if kiosk.session else go(lying, s.Reading())


def _begin_session(kiosk: Kiosk, event: e.IdentityRead) -> Step:
    """One card reading, one session. While a paper is being printed no other session begins."""
    if isinstance(kiosk.page, s.Printing | s.PrinterWaits):
        return stay(_note_card_gone(replace(kiosk, card_lies=True)))
    free, ending = forget_person(replace(kiosk, card_lies=True))
    reasons = check_card(event.identity, kiosk.world.now.date(), kiosk.plan.rules)
    if reasons:
        return go(
            free, s.Refusal(reasons, by_staff=needs_staff(reasons)), *ending
        )  # nobody is asked about it
    session = w.Session(event.card_read, event.identity)
    look_up = LookUp(session.id, event.identity)
    return go(replace(free, session=session), s.LookingUp(), *ending, look_up)


def _refuse_card(kiosk: Kiosk, code: DeviceCode) -> Step:
    """The card gave no identity; a session that is on has nothing to do with it."""
    unread = replace(
        kiosk, card_lies=False
    )  # the reader tells only of cards that it read when they are lifted
    return stay(kiosk) if kiosk.session else go(unread, s.Trouble(code))


def _lift_card(kiosk: Kiosk) -> Step:
    """Without its card no session goes on, except that a paper under way is brought to its end."""
    lifted = replace(kiosk, card_lies=False)
    match kiosk.page:
        case s.Printing() | s.PrinterWaits() | s.CameOut():
            return stay(_note_card_gone(lifted))
        case s.TakeCard():
            return say_goodbye(lifted)
        case s.Slip(number=number):
            return end(lifted, s.SlipNoted(number))
        case s.Refusal() | s.Trouble() | s.NotOut() if kiosk.session:
            return forget_person(_without_reprint(lifted))  # what to do now stays readable
        case _:
            return end(lifted, s.Ended(s.Ending.CARD_LIFTED)) if kiosk.session else stay(lifted)


def _fail_reader(kiosk: Kiosk, code: DeviceCode) -> Step:
    """The reader is at fault: whose card lies there cannot be known any more, so no session goes on."""
    failed = replace(kiosk, world=replace(kiosk.world, reader=code), card_lies=False)
    match kiosk.page:
        case s.LayCard() | s.Reading():
            return go(failed, s.Trouble(code))
        case s.Printing() | s.PrinterWaits() | s.CameOut():
            return stay(_note_card_gone(failed))
        case s.Slip(number=number):
            return end(failed, s.SlipNoted(number))
        case s.Refusal() | s.Trouble() | s.NotOut():
            return forget_person(_without_reprint(failed))
        case _:
            return end(failed, s.Trouble(code)) if kiosk.session else stay(failed)


def _offers_reprint(kiosk: Kiosk) -> bool:
    """True where the person of this session is being offered another attempt."""
    page = kiosk.page
    return isinstance(page, s.Trouble | s.NotOut) and page.reprint is s.Reprint.OFFERED


def _without_reprint(kiosk: Kiosk) -> Kiosk:
    """What is left of the page for whoever stands there now: another attempt is nobody else's."""
    page = kiosk.page
    if isinstance(page, s.Trouble) and _offers_reprint(kiosk):
        return replace(kiosk, page=s.Trouble(page.code, can_retry=True))
    return replace(kiosk, page=s.NotOut(page.number)) if isinstance(page, s.NotOut) else kiosk


def _note_card_gone(kiosk: Kiosk) -> Kiosk:
    """The card of the print's own person is no longer there, or is no longer the only one that was."""
    page = kiosk.page
    if not isinstance(page, s.Printing | s.PrinterWaits | s.CameOut):
        return kiosk
    return replace(kiosk, page=replace(page, job=replace(page.job, card_gone=True)))
