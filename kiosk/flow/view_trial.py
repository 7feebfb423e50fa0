"""One step of a guided test, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.trials import Awaits, trial_of
from kiosk.flow import technician_states as ts
from kiosk.flow.parts import (
    back,
    button,
    choice,
    code_text,
    content,
    field,
    foot,
    literal,
    notice,
    picture,
    primary,
    t,
    title,
)
from kiosk.flow.trial_code import TRIAL_CODE_PNG
from kiosk.flow.trial_steps import SPOTS, step_of
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]
_KINDS = frozenset({"resident", "permit_hmt", "foreigner_2017", "foreigner_2023", "social_security"})
_PICTURES = {
    "card": "lay_card",
    "card_gone": "take_card",
    "page": "printing",
    "slip": "printing",
    "cut": "take_paper",
}


def draw_trial(kiosk: Kiosk, page: ts.Trial | ts.TrialOver) -> Drawn:
    """A step, or how the test ended."""
    if isinstance(page, ts.Trial):
        return "trial", _trial(kiosk, page)
    return "trial_over", _over(kiosk, page)


def _trial(kiosk: Kiosk, page: ts.Trial) -> tuple[Node, ...]:
    step, steps = step_of(page), trial_of(page.component)
    where = t(
        "trial_page.where",
        name=t(f"component.{page.component}"),
        number=str(page.at + 1),
        count=str(len(steps)),
    )
    return (
        Node("title", Role.TITLE, t(f"trial.{page.component}.{step.key}")),
        Node("help", Role.HELP, where),
        content(*_body(page)),
        foot(kiosk, back(), *_main_act(page)),
    )


def _body(page: ts.Trial) -> tuple[Node, ...]:
    match page.stage:
        case ts.TrialStage.READY:
            return picture(_picture(page)), notice("ready", t(_ready(page)))
        case ts.TrialStage.WORKING:
            return picture(_picture(page)), Node("progress", Role.PROGRESS, t("trial_page.working"))
        case ts.TrialStage.WATCHING:
            return _watching(page)
        case ts.TrialStage.JUDGING:
            return (
                *_seen(page),
                choice("judge:yes", "check", t("trial_page.yes"), t("trial_page.yes_meaning")),
                choice("judge:no", "close", t("trial_page.no"), t("trial_page.no_meaning")),
                *((_repeat(),) if step_of(page).device else ()),
            )
        case ts.TrialStage.PASSED:
            again = () if step_of(page).awaits is Awaits.CARD_GONE else (_repeat(),)
            return *_seen(page), notice("passed", t("trial_page.passed"), "success"), *again
        case ts.TrialStage.FAILED:
            record = choice("record", "close", t("trial_page.record"), t("trial_page.record_meaning"))
            return *_seen(page), notice("failed", _failure(page), "warning"), _repeat(), record


def _ready(page: ts.Trial) -> str:
    """What a touch on “begin” will do."""
    key = step_of(page).key
    if key in {"page", "slip"}:
        return "trial_page.ready_print"
    return "trial_page.ready_light" if key.startswith("light_") else "trial_page.ready"


def _main_act(page: ts.Trial) -> tuple[Node, ...]:
    match page.stage:
        case ts.TrialStage.READY:
            return (primary("begin", "act.begin", "start"),)
        case ts.TrialStage.PASSED:
            is_last = page.at + 1 == len(trial_of(page.component))
            return (primary("next", "act.record" if is_last else "act.go_ahead", "forward"),)
        case ts.TrialStage.WATCHING:
            return (button("judge:no", "act.nothing_happens", "close"),)
        case _:
            return ()


def _watching(page: ts.Trial) -> tuple[Node, ...]:
    """What is waited for."""
    match step_of(page).awaits:
        case Awaits.TOUCHES:
            spots = tuple(_spot(name, page) for name in SPOTS)
            left = t("trial_page.spots", count=str(len(SPOTS) - len(page.touched)))
            return (Node("spots", Role.SPOTS, left, children=spots),)
        case Awaits.CODE:
            other = (notice("other", t("trial_page.other_code"), "warning"),) if page.seen else ()
            code = Node("code", Role.PAPER, t("trial_page.code"), raster=TRIAL_CODE_PNG)
            return *other, code
        case _:
            seen = (notice("other", t("trial_page.other_card"), "warning"),) if page.seen else ()
            return picture(_picture(page)), *seen


def _spot(name: str, page: ts.Trial) -> Node:
    is_touched = name in page.touched
    icon = "check" if is_touched else "dot"
    return Node(
        f"spot-{name}",
        Role.BUTTON,
        t(f"trial_page.spot_{name}"),
        icon=icon,
        action=f"spot:{name}",
        enabled=not is_touched,
    )


def _seen(page: ts.Trial) -> tuple[Node, ...]:
    """What the device gave: the kind of a card, a serial number, a count."""
    if not page.seen:
        return (picture(_picture(page)),) if page.stage is not ts.TrialStage.FAILED else ()
    words = t(f"card_kind.{page.seen}") if page.seen in _KINDS else literal(page.seen)
    return (Node("facts", Role.FIELDS, children=(field("seen", "trial_page.seen", words),)),)


def _failure(page: ts.Trial) -> Text:
    return code_text(page.code) if page.code else t("trial_page.failed")


def _repeat() -> Node:
    return choice("repeat", "retry", t("trial_page.repeat"))


def _picture(page: ts.Trial) -> str:
    return _PICTURES.get(step_of(page).key, "preparing")


def _over(kiosk: Kiosk, page: ts.TrialOver) -> tuple[Node, ...]:
    name = t(f"component.{page.component}")
    if not page.failed_step:
        words = title("trial_over.passed", name=name)
        note = notice("next", t("trial_over.passed_next"), "success")
    else:
        words = title("trial_over.failed", name=name)
        note = notice("next", t("trial_over.failed_next"), "warning")
    step = (
        field("step", "trial_over.step", t(f"trial.{page.component}.{page.failed_step}")),
        field("code", "doubt.code", literal(page.code or "—")),
    )
    facts = (Node("facts", Role.FIELDS, children=step),) if page.failed_step else ()
    return (
        words,
        content(picture("ask_staff" if page.failed_step else "preparing"), *facts, note),
        foot(kiosk, back(), primary("part_again", "act.to_part", "check")),
    )
