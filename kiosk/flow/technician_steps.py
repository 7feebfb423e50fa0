"""Technicians at the kiosk: the board, one part, the search for a fault, refills, counters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.bench import Refilled
from kiosk.domain.fault_tree import Answer, Question, Tree, next_question, with_finding
from kiosk.domain.fault_trees import TREES
from kiosk.flow import states as s
from kiosk.flow.commands import LoadBench, RecordRefill
from kiosk.flow.means import known_board
from kiosk.flow.moves import go, stay
from kiosk.flow.technician_states import (
    Counters,
    FaultSearch,
    Part,
    PartList,
    RefillCount,
    RefillList,
    TechnicianPage,
    Trial,
    TrialOver,
    Workbench,
)
from kiosk.flow.trial_steps import act_in_trial, begin_trial

if TYPE_CHECKING:
    from kiosk.domain.health import Component
    from kiosk.flow import events as e
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Desk, Plan, World

MORE_SHEETS = 100
MOST_SHEETS = 9999
ANSWERS: dict[str, bool | None] = {"yes": True, "no": False, "unknown": None}
_DIGITS = frozenset("0123456789")


def act_at_bench(kiosk: Kiosk, desk: Desk, verb: str, value: str) -> Step:
    """One choice of a technician."""
    match kiosk.page:
        case Workbench():
            return _open(kiosk, desk, verb)
        case PartList(page):
            part = _component(kiosk.world, value) if verb == "part" else None
            return go(kiosk, Part(part, page)) if part else stay(kiosk)
        case Part() as part_page:
            return _at_part(kiosk, part_page, verb)
        case Trial() as trial:
            return act_in_trial(kiosk, desk, trial, (verb, value))
        case TrialOver(component, page) if verb == "part_again":
            return go(kiosk, Part(component, page))
        case FaultSearch() as search:
            return _answer(kiosk, search, verb, value)
        case RefillList():
            return _fill(kiosk, desk, value) if verb == "refill" else stay(kiosk)
        case RefillCount() as count:
            return _count_sheets(kiosk, desk, count, (verb, value))
        case _:
            return stay(kiosk)


def back_from_bench(page: TechnicianPage) -> s.Page:
    """Where 返回 leads to."""
    match page:
        case Part(list_page=number):
            return PartList(number)
        case (
            Trial(component=component, list_page=number)
            | TrialOver(component=component, list_page=number)
            | FaultSearch(component=component, list_page=number, answers=())
        ):
            return Part(component, number)
        case FaultSearch(answers=answers):
            return replace(page, answers=answers[:-1])
        case RefillCount(typed=None):
            return RefillList()
        case RefillCount():
            return RefillCount()
        case Workbench():
            return s.StaffDesk()
        case _:
            return Workbench()


def fill_bench(kiosk: Kiosk, event: e.TechnicianLoaded) -> Step:
    """Tests, refills and counters, as long as that technician is there."""
    if kiosk.desk is None or kiosk.desk.staff != event.staff or not kiosk.desk.technician:
        return stay(kiosk)
    return stay(replace(kiosk, desk=replace(kiosk.desk, bench=event.bench)))


def tree_of(world: World, component: Component) -> Tree | None:
    """The tree of this part, with what the board says of it."""
    tree = TREES.get(component)
    finding = known_board(world).of(component)
    return with_finding(tree, str(finding.code)) if tree and finding and finding.code else tree


def question_of(world: World, page: FaultSearch) -> Question | None:
    """What is asked next; None = no question tells any more."""
    tree = tree_of(world, page.component)
    return next_question(tree, page.answers) if tree else None


def tray_sheets(desk: Desk, plan: Plan) -> int:
    """What a full tray holds: the most that technicians said, else what the settings say."""
    told = [refill.sheets for refill in desk.bench.refills if refill.sheets] if desk.bench else []
    return max(told, default=plan.tray_sheets)


def _open(kiosk: Kiosk, desk: Desk, verb: str) -> Step:
    match verb:
        case "parts":
            return go(kiosk, PartList())
        case "refills":
            return go(kiosk, RefillList())
        case "counters":
            return go(kiosk, Counters(), LoadBench(desk.staff))
        case _:
            return stay(kiosk)


def _at_part(kiosk: Kiosk, page: Part, verb: str) -> Step:
    match verb:
        case "trial":
            return begin_trial(kiosk, page)
        case "search" if page.component in TREES:
            return go(kiosk, FaultSearch(page.component, page.list_page))
        case _:
            return stay(kiosk)


def _component(world: World, value: str) -> Component | None:
    found = [finding.component for finding in known_board(world).findings if finding.component == value]
    return found[0] if found else None


def _answer(kiosk: Kiosk, page: FaultSearch, verb: str, value: str) -> Step:
    question = question_of(kiosk.world, page)
    if verb == "part_again":
        return go(kiosk, Part(page.component, page.list_page))
    if verb != "answer" or value not in ANSWERS or question is None:
        return stay(kiosk)
    answers = (*page.answers, Answer(question.key, ANSWERS[value]))
    return go(kiosk, replace(page, answers=answers))


def _fill(kiosk: Kiosk, desk: Desk, value: str) -> Step:
    match value:
        case Refilled.PAPER:
            return go(kiosk, RefillCount())
        case Refilled.TONER | Refilled.ROLL:
            what = Refilled(value)
            return go(kiosk, RefillList(what), RecordRefill(desk.staff, what, None))
        case _:
            return stay(kiosk)


def _count_sheets(kiosk: Kiosk, desk: Desk, page: RefillCount, act: tuple[str, str]) -> Step:
    left = desk.bench.count.left if desk.bench else None
    typed = page.typed or ""
    match act:
        case "sheets", "full":
            return _note_paper(kiosk, desk, tray_sheets(desk, kiosk.plan))
        case "sheets", "more" if left is not None:
            return _note_paper(kiosk, desk, min(MOST_SHEETS, left + MORE_SHEETS))
        case "sheets", "typed" if page.typed is None:
            return go(kiosk, RefillCount(""))
        case "key", key if page.typed is not None and key in _DIGITS and len(typed) < len(str(MOST_SHEETS)):
            return stay(replace(kiosk, page=RefillCount(typed + key)))
        case "erase", _ if typed:
            return stay(replace(kiosk, page=RefillCount(typed[:-1])))
        case "clear", _ if typed:
            return stay(replace(kiosk, page=RefillCount("")))
        case "enter", _ if typed:
            return _note_paper(kiosk, desk, int(typed))
        case _:
            return stay(kiosk)


def _note_paper(kiosk: Kiosk, desk: Desk, sheets: int) -> Step:
    order = RecordRefill(desk.staff, Refilled.PAPER, sheets)
    return go(kiosk, RefillList(Refilled.PAPER), order)
