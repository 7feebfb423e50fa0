"""Pages of technicians: the board, one part, the search for a fault, refills and counters."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.domain.fault_tree import remaining
from kiosk.domain.faults import fault_of, is_code
from kiosk.domain.health import Health
from kiosk.domain.trials import trial_of
from kiosk.flow import technician_states as ts
from kiosk.flow.means import known_board, reports_off
from kiosk.flow.parts import (
    ROWS_PER_PAGE,
    back,
    button,
    choice,
    content,
    field,
    foot,
    help_line,
    literal,
    moment_text,
    notice,
    off_text,
    pager,
    part_of,
    picture,
    t,
    title,
)
from kiosk.flow.sheet_steps import can_order
from kiosk.flow.state_notes import sheet_note
from kiosk.flow.technician_steps import question_of, tree_of
from kiosk.flow.view_refill import draw_refill
from kiosk.flow.view_trial import draw_trial
from kiosk.flow.world import SheetStage
from kiosk.scene.contract import Language, Node, Role

if TYPE_CHECKING:
    from kiosk.domain.bench import DeviceTest
    from kiosk.domain.fault_tree import Question
    from kiosk.domain.health import Component, Finding
    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]
SUSPECTS_SHOWN = 3
_ICONS = {Health.GOOD: "success", Health.BAD: "danger", Health.UNKNOWN: "help"}


def draw_bench(kiosk: Kiosk, page: ts.TechnicianPage) -> Drawn:
    """All that stands behind the way to the devices."""
    match page:
        case ts.Workbench():
            return "workbench", _workbench(kiosk)
        case ts.PartList(number):
            return "parts", _parts(kiosk, number)
        case ts.Part(component):
            return "part", _part(kiosk, component)
        case ts.FaultSearch():
            return "fault_search", _search(kiosk, page)
        case ts.Trial() | ts.TrialOver():
            return draw_trial(kiosk, page)
        case ts.RefillList() | ts.RefillCount() | ts.Counters():
            return draw_refill(kiosk, page)
        case _:
            assert_never(page)


def _workbench(kiosk: Kiosk) -> tuple[Node, ...]:
    board = known_board(kiosk.world)
    bad, unknown = len(board.bad()), len(board.unknown())
    state = (
        t("workbench.state", bad=str(bad), unknown=str(unknown))
        if bad or unknown
        else t("workbench.all_good")
    )
    return (
        title("workbench.title"),
        help_line("workbench.help"),
        content(
            choice(
                "parts", "danger" if bad else "help" if unknown else "success", t("workbench.parts"), state
            ),
            choice("refills", "paper", t("workbench.refills"), t("workbench.refills_meaning")),
            choice("counters", "notices", t("workbench.counters"), t("workbench.counters_meaning")),
            choice("sheet", "print", t("workbench.report"), _report_meaning(kiosk), enabled=can_order(kiosk)),
            *sheet_note(kiosk),
        ),
        foot(kiosk, back(), button("finish", "act.leave", "exit")),
    )


def _report_meaning(kiosk: Kiosk) -> Text:
    """What stands on it, or why there is none to be had now."""
    off = reports_off(kiosk.world)
    if off:
        return off_text(off)
    if kiosk.sheet and kiosk.sheet.stage in {SheetStage.PRINTING, SheetStage.PRINTED}:
        return t(f"sheet.{kiosk.sheet.stage}")
    return t("sheet.busy" if kiosk.sheets_under_way else "workbench.report_meaning")


def _parts(kiosk: Kiosk, page: int) -> tuple[Node, ...]:
    findings = known_board(kiosk.world).findings
    shown, number, pages = part_of(findings, page, ROWS_PER_PAGE)
    rows = tuple(
        choice(
            f"part:{finding.component}",
            _ICONS[finding.health],
            t(f"component.{finding.component}"),
            _state_text(finding),
        )
        for finding in shown
    )
    empty = () if findings else (notice("empty", t("parts.empty"), "wait"),)
    return (
        title("parts.title"),
        help_line("parts.help"),
        content(*rows, *empty),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _state_text(finding: Finding) -> Text:
    since = moment_text(finding.since)
    if finding.code:
        return t(f"health.{finding.health}_code", moment=since, code=finding.code)
    return t(f"health.{finding.health}_since", moment=since)


def _part(kiosk: Kiosk, component: Component) -> tuple[Node, ...]:
    finding = known_board(kiosk.world).of(component)
    name = t(f"component.{component}")
    trial = choice(
        "trial", "start", t("part.trial"), t("part.trial_meaning", count=str(len(trial_of(component))))
    )
    search = choice("search", "help", t("part.search"), t("part.search_meaning"))
    acts = (
        *((trial,) if trial_of(component) else ()),
        *((search,) if tree_of(kiosk.world, component) else ()),
    )
    last = _last_test(kiosk, component) if trial_of(component) else ()
    lines = (*(_finding_lines(finding, kiosk.preferences.language) if finding else ()), *last)
    return (
        Node("title", Role.TITLE, t("part.title", name=name)),
        content(Node("facts", Role.FIELDS, children=lines), *acts),
        foot(kiosk, back()),
    )


def _finding_lines(finding: Finding, language: Language) -> tuple[Node, ...]:
    state = t(f"health.{finding.health}")
    lines = [
        field("state", "part.state", t("part.state_since", state=state, moment=moment_text(finding.since)))
    ]
    if finding.code:
        lines.append(field("code", "doubt.code", literal(finding.code)))
        lines += _remedy(finding.code, language)
    told = " ".join((*finding.warnings, finding.detail)).strip()
    if told:
        lines.append(field("detail", "part.detail", literal(told)))
    return tuple(lines)


def _remedy(code: str, language: Language) -> list[Node]:
    """Cause and remedy, as they stand in the table of all codes."""
    if not is_code(code):
        return []
    cause, remedy = fault_of(code).cause, fault_of(code).remedy
    chinese = language is Language.ZH
    return [
        field("cause", "part.cause", literal(cause.zh if chinese else cause.en)),
        field("remedy", "part.remedy", literal(remedy.zh if chinese else remedy.en)),
    ]


def _last_test(kiosk: Kiosk, component: Component) -> tuple[Node, ...]:
    tests = kiosk.desk.bench.tests if kiosk.desk and kiosk.desk.bench else ()
    last: DeviceTest | None = next((test for test in tests if test.component is component), None)
    if last is None:
        return (field("last", "part.last", t("part.never")),)
    key = "part.passed" if last.passed else "part.failed"
    code = f" {last.code}" if last.code else ""
    return (field("last", "part.last", t(key, moment=moment_text(last.at), staff=last.staff, code=code)),)


def _search(kiosk: Kiosk, page: ts.FaultSearch) -> tuple[Node, ...]:
    question = question_of(kiosk.world, page)
    return _verdict(kiosk, page) if question is None else _question(kiosk, page, question)


def _question(kiosk: Kiosk, page: ts.FaultSearch, question: Question) -> tuple[Node, ...]:
    tree = tree_of(kiosk.world, page.component)
    left = len(remaining(tree, page.answers)) if tree else 0
    family = tree.family if tree else ""
    return (
        title(f"fault.{family}.q_{question.key}"),
        help_line("fault_search.help", number=str(len(page.answers) + 1), count=str(left)),
        content(
            choice("answer:yes", "check", t("fault_search.yes")),
            choice("answer:no", "close", t("fault_search.no")),
            choice("answer:unknown", "help", t("fault_search.unknown"), t("fault_search.unknown_meaning")),
        ),
        foot(kiosk, back()),
    )


def _verdict(kiosk: Kiosk, page: ts.FaultSearch) -> tuple[Node, ...]:
    tree = tree_of(kiosk.world, page.component)
    left = remaining(tree, page.answers)[:SUSPECTS_SHOWN] if tree else ()
    family = tree.family if tree else ""
    lines = tuple(
        Node(
            f"suspect-{verdict.key}",
            Role.FIELD,
            t(f"fault.{family}.v_{verdict.key}"),
            t(f"fault.{family}.r_{verdict.key}"),
        )
        for verdict in left
    )
    return (
        title("fault_search.found" if len(left) == 1 else "fault_search.several"),
        help_line("fault_search.found_help"),
        content(
            picture("preparing"),
            Node("suspects", Role.FIELDS, children=lines),
            choice("part_again", "retry", t("fault_search.done"), t("fault_search.done_meaning")),
        ),
        foot(kiosk, back()),
    )
