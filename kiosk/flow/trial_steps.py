"""A guided test of a device, step by step; no session begins while one stands, and no person is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.contract import CardKind
from kiosk.domain.codes import FlowCode
from kiosk.domain.health import Component
from kiosk.domain.trials import TRIAL_CODE, Awaits, Step, trial_of
from kiosk.flow import events as e
from kiosk.flow.commands import Command, RecordTest, TryDevice
from kiosk.flow.moves import go, stay
from kiosk.flow.technician_states import Part, Trial, TrialOver, TrialStage

if TYPE_CHECKING:
    from kiosk.flow import moves
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Desk

SPOTS = ("top_left", "top_right", "middle", "bottom_left", "bottom_right")


def begin_trial(kiosk: Kiosk, page: Part) -> moves.Step:
    """The first step of this part's test."""
    if not trial_of(page.component):
        return stay(kiosk)
    return _enter(kiosk, Trial(page.component, page.list_page), begun=True)


def act_in_trial(kiosk: Kiosk, desk: Desk, page: Trial, act: tuple[str, str]) -> moves.Step:
    """One touch of the technician."""
    match act, page.stage:
        case ("begin", _), TrialStage.READY:
            return _enter(kiosk, page, begun=True)
        case ("spot", spot), TrialStage.WATCHING if spot in SPOTS:
            return _touch_spot(kiosk, page, spot)
        case ("judge", "yes"), TrialStage.JUDGING:
            return _go_on(kiosk, desk, page)
        case ("judge", "no"), TrialStage.JUDGING:
            return go(kiosk, replace(page, stage=TrialStage.FAILED))
        case ("judge", "no"), TrialStage.WATCHING:
            return go(kiosk, replace(page, stage=TrialStage.FAILED, code=""))
        case ("next", _), TrialStage.PASSED:
            return _go_on(kiosk, desk, page)
        case ("repeat", _), TrialStage.PASSED | TrialStage.FAILED | TrialStage.JUDGING:
            return _enter(kiosk, _fresh(page, page.at), begun=True)
        case ("record", _), TrialStage.FAILED:
            return _record(kiosk, desk, page)
        case _:
            return stay(kiosk)


def answer_trial(kiosk: Kiosk, event: e.TrialFinished) -> moves.Step:
    """What the device found by itself, taken only by the step that waits for it."""
    page = kiosk.page
    if not isinstance(page, Trial) or page.stage is not TrialStage.WORKING:
        return stay(kiosk)
    step = step_of(page)
    if event.component is not page.component or event.step != step.key:
        return stay(kiosk)
    told = replace(page, code=str(event.code or ""), seen=event.seen)
    if event.passed is False:
        return go(kiosk, replace(told, stage=TrialStage.FAILED))
    needs_person = step.needs_person or event.passed is None
    return go(kiosk, replace(told, stage=TrialStage.JUDGING if needs_person else TrialStage.PASSED))


def see_card(
    kiosk: Kiosk,
    page: Trial,
    event: e.CardLaid | e.CardLifted | e.IdentityRead | e.CardRefused | e.ReaderFailed,
) -> moves.Step:
    """What the readers say while a test stands: the card's kind is noted, its person is not."""
    kiosk = replace(kiosk, card_lies=_lies(kiosk, event))
    awaits = step_of(page).awaits if page.stage is TrialStage.WATCHING else None
    match event, awaits:
        case e.IdentityRead(identity=identity), Awaits.CARD:
            stage = TrialStage.PASSED if _is_of(identity.kind, page.component) else page.stage
            return _see(kiosk, replace(page, stage=stage, seen=identity.kind.value))
        case e.CardRefused(code=code), Awaits.CARD if _is_told_by(code, page.component):
            return _see(kiosk, replace(page, stage=TrialStage.FAILED, code=code))
        case e.CardLifted(), Awaits.CARD_GONE:
            return _see(kiosk, replace(page, stage=TrialStage.PASSED))
        case e.ReaderFailed(code=code), Awaits.CARD | Awaits.CARD_GONE if _is_told_by(code, page.component):
            return _see(kiosk, replace(page, stage=TrialStage.FAILED, code=code))
        case _:
            return stay(kiosk)


def see_code(kiosk: Kiosk, page: Trial, text: str) -> moves.Step:
    """The scanner's own test: the code that stands on the page, or another one, which is not shown."""
    if page.stage is not TrialStage.WATCHING or step_of(page).awaits is not Awaits.CODE:
        return stay(kiosk)
    if text == TRIAL_CODE:
        return go(kiosk, replace(page, stage=TrialStage.PASSED, seen=""))
    return stay(replace(kiosk, page=replace(page, seen="other_code")))


def give_up_trial(kiosk: Kiosk, page: Trial) -> moves.Step:
    """The device's worker did not answer in time."""
    return go(kiosk, replace(page, stage=TrialStage.FAILED, code=FlowCode.NO_ANSWER, seen=""))


def step_of(page: Trial) -> Step:
    """The step that the page is about."""
    return trial_of(page.component)[page.at]


def _enter(kiosk: Kiosk, page: Trial, *, begun: bool) -> moves.Step:
    step = step_of(page)
    if step.awaits is Awaits.CARD_GONE and not kiosk.card_lies:
        return go(kiosk, replace(page, stage=TrialStage.PASSED))  # it was lifted early, and seen to be
    if step.awaits:
        return go(kiosk, replace(page, stage=TrialStage.WATCHING))
    if not step.device:
        return go(kiosk, replace(page, stage=TrialStage.JUDGING))
    if not begun:
        return go(kiosk, replace(page, stage=TrialStage.READY))
    return go(kiosk, replace(page, stage=TrialStage.WORKING), TryDevice(page.component, step.key))


def _go_on(kiosk: Kiosk, desk: Desk, page: Trial) -> moves.Step:
    if page.at + 1 < len(trial_of(page.component)):
        return _enter(kiosk, _fresh(page, page.at + 1), begun=False)
    passed = RecordTest(desk.staff, page.component, passed=True)
    return go(kiosk, TrialOver(page.component, page.list_page), passed)


def _record(kiosk: Kiosk, desk: Desk, page: Trial) -> moves.Step:
    step = step_of(page).key
    record: Command = RecordTest(desk.staff, page.component, passed=False, code=page.code, note=step)
    return go(kiosk, TrialOver(page.component, page.list_page, step, page.code), record)


def _fresh(page: Trial, at: int) -> Trial:
    return Trial(page.component, page.list_page, at)


def _touch_spot(kiosk: Kiosk, page: Trial, spot: str) -> moves.Step:
    touched = (*page.touched, spot) if spot not in page.touched else page.touched
    if len(touched) == len(SPOTS):
        return go(kiosk, replace(page, touched=touched, stage=TrialStage.PASSED))
    return stay(replace(kiosk, page=replace(page, touched=touched)))


def _see(kiosk: Kiosk, page: Trial) -> moves.Step:
    """A new turn: whoever holds a card is there."""
    return go(kiosk, page)


def _lies(kiosk: Kiosk, event: object) -> bool:
    match event:
        case e.CardLaid() | e.IdentityRead():
            return True
        case e.CardLifted() | e.CardRefused() | e.ReaderFailed():
            return False
        case _:
            return kiosk.card_lies


def _is_of(kind: CardKind, component: Component) -> bool:
    """Whether a card of this kind was read by this reader."""
    return (kind is CardKind.SOCIAL_SECURITY) == (component is Component.SOCIAL_READER)


def _is_told_by(code: str, component: Component) -> bool:
    return code.startswith("SSC") == (component is Component.SOCIAL_READER)
