"""What was filled up and what should be left; counters, serial numbers and versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.domain.health import Component
from kiosk.flow import technician_states as ts
from kiosk.flow.keypad import keys
from kiosk.flow.parts import (
    back,
    choice,
    content,
    field,
    foot,
    help_line,
    literal,
    moment_text,
    notice,
    pager,
    part_of,
    t,
    title,
)
from kiosk.flow.technician_steps import MORE_SHEETS, MOST_SHEETS, tray_sheets
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from kiosk.domain.bench import Bench, Refill, Refilled
    from kiosk.flow.states import Kiosk

Drawn = tuple[str, tuple[Node, ...]]
FACTS_PER_PAGE = 6


def draw_refill(kiosk: Kiosk, page: ts.RefillList | ts.RefillCount | ts.Counters) -> Drawn:
    """What to fill up, how much of it, and what was counted."""
    match page:
        case ts.RefillList(noted):
            return "refills", _refills(kiosk, noted)
        case ts.RefillCount(typed=None):
            return "refill_count", _ready_answers(kiosk)
        case ts.RefillCount():
            return "refill_count", _typing(kiosk, page.typed or "")
        case ts.Counters(number):
            return "counters", _counters(kiosk, number)
        case _:
            assert_never(page)


def _bench(kiosk: Kiosk) -> Bench | None:
    return kiosk.desk.bench if kiosk.desk else None


def _refills(kiosk: Kiosk, noted: Refilled | None) -> tuple[Node, ...]:
    note = (notice("noted", t(f"refills.noted_{noted}"), "success"),) if noted else ()
    return (
        title("refills.title"),
        help_line("refills.help"),
        content(
            Node("facts", Role.FIELDS, children=(_left(_bench(kiosk)),)),
            choice("refill:paper", "paper", t("refills.paper"), t("refills.paper_meaning")),
            choice("refill:toner", "print", t("refills.toner"), t("refills.toner_meaning")),
            choice("refill:roll", "copies", t("refills.roll"), t("refills.roll_meaning")),
            *note,
        ),
        foot(kiosk, back()),
    )


def _left(bench: Bench | None) -> Node:
    if bench is None:
        return field("left", "refills.left", t("refills.reading"))
    left = bench.count.left
    return field(
        "left", "refills.left", t("refills.never") if left is None else t("refills.sheets", count=str(left))
    )


def _ready_answers(kiosk: Kiosk) -> tuple[Node, ...]:
    desk, bench = kiosk.desk, _bench(kiosk)
    left = bench.count.left if bench else None
    full = str(tray_sheets(desk, kiosk.plan)) if desk else ""
    more = t("refill_count.more_meaning", count=str(min(MOST_SHEETS, (left or 0) + MORE_SHEETS)))
    more_off = t("refill_count.more_off")
    return (
        title("refill_count.title"),
        help_line("refill_count.help"),
        content(
            choice(
                "sheets:full", "copies", t("refill_count.full"), t("refill_count.full_meaning", count=full)
            ),
            choice(
                "sheets:more",
                "plus",
                t("refill_count.more", count=str(MORE_SHEETS)),
                more_off if left is None else more,
                enabled=left is not None,
            ),
            choice("sheets:typed", "other", t("refill_count.typed"), t("refill_count.typed_meaning")),
        ),
        foot(kiosk, back()),
    )


def _typing(kiosk: Kiosk, typed: str) -> tuple[Node, ...]:
    shown = literal(typed) if typed else t("staff_door.nothing_typed")
    pad = keys(len(typed), len(str(MOST_SHEETS)))
    enter = Node("primary", Role.PRIMARY, t("act.record"), icon="check", action="enter", enabled=bool(typed))
    return (
        title("refill_count.title"),
        help_line("refill_count.help_typed"),
        content(Node("keypad", Role.KEYPAD, t("refill_count.title"), shown, children=pad)),
        foot(kiosk, back(), enter),
    )


def _counters(kiosk: Kiosk, page: int) -> tuple[Node, ...]:
    bench = _bench(kiosk)
    lines = _lines(bench) if bench else ()
    shown, number, pages = part_of(lines, page, FACTS_PER_PAGE)
    facts = (Node("facts", Role.FIELDS, children=shown),) if shown else ()
    empty = () if lines else (notice("empty", t("refills.reading"), "wait"),)
    return (
        title("counters.title"),
        content(*facts, *empty),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _lines(bench: Bench) -> tuple[Node, ...]:
    return (
        field("pages", "counters.pages", t("refills.sheets", count=str(bench.count.pages))),
        field("slips", "counters.slips", t("counters.slip_count", count=str(bench.count.slips))),
        _left(bench),
        *(_refill_line(at, refill) for at, refill in enumerate(bench.refills)),
        *(_fact(f"serial-{at}", *fact) for at, fact in enumerate(bench.serials)),
        *(_fact(f"version-{at}", *fact) for at, fact in enumerate(bench.versions)),
    )


def _refill_line(at: int, refill: Refill) -> Node:
    by = literal(refill.staff) if refill.staff else t("counters.by_itself")
    moment = moment_text(refill.at)
    if refill.sheets is None:
        value = t("counters.refill", moment=moment, staff=by)
    else:
        value = t("counters.refill_sheets", moment=moment, staff=by, count=str(refill.sheets))
    return Node(f"refill-{at}", Role.FIELD, t(f"refills.{refill.what}"), value)


def _fact(node_id: str, name: str, value: str) -> Node:
    label = t(f"component.{name}") if name in set(Component) else literal(name)
    return Node(node_id, Role.FIELD, label, literal(value or "—"))
