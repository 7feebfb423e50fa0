"""Pages of staff. None of them shows a person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.domain.issuance import CERTIFICATE, SLIP
from kiosk.flow import states as s
from kiosk.flow.keypad import keys
from kiosk.flow.parts import (
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
    pager,
    part_of,
    picture,
    t,
    title,
)
from kiosk.flow.staff_steps import MOST_DIGITS
from kiosk.flow.state_notes import store_note
from kiosk.flow.technician_states import TechnicianPage
from kiosk.flow.view_technician import draw_bench
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from kiosk.domain.issuance import UncertainPaper
    from kiosk.domain.journal import ParkedItem
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Desk
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]
DOUBTS_PER_PAGE = 4
PARKED_PER_PAGE = 3
MOST_SECONDS = 99  # beyond, minutes say more
RECORD_TYPES = frozenset({"certificate", "settlement", "pickup", "gap"})
# What the platform says; a newer one may say more, and its own word is shown then.
REASONS = frozenset(
    {
        *("malformed", "unfit_text", "older_schema", "newer_schema", "number_malformed", "number_not_ours"),
        *("kind_differs", "other_content", "certificate_first", "not_uncertain", "not_settled"),
    }
)


def draw_staff(kiosk: Kiosk, page: s.StaffPage) -> Drawn:
    """The door and the desk."""
    desk = kiosk.desk
    if isinstance(page, TechnicianPage):
        return draw_bench(kiosk, page)
    match page:
        case s.StaffDoor():
            return "staff_door", _door(kiosk, page)
        case s.CheckingStaff():
            return "checking_staff", _checking(kiosk)
        case s.StaffDesk():
            return "staff_desk", _desk(kiosk, desk)
        case s.DoubtList(number):
            return "doubts", _doubts(kiosk, desk.uncertain if desk else (), number)
        case s.Doubt(issuance):
            papers = (paper for paper in (desk.uncertain if desk else ()) if paper.issuance == issuance)
            return "doubt", _doubt(kiosk, next(papers, None))
        case s.ParkedList():
            return "parked", _parked(kiosk, desk.parked if desk else (), page)
        case _:
            assert_never(page)


def _door(kiosk: Kiosk, page: s.StaffDoor) -> tuple[Node, ...]:
    typed = len(page.pin if page.asks_pin else page.badge)
    asked = "pin" if page.asks_pin else "badge"
    pad = keys(typed, MOST_DIGITS)
    shown = literal("●" * typed) if typed else t("staff_door.nothing_typed")
    note = (notice("note", _door_note(page), "warning"),) if page.note else ()
    act = "act.enter" if page.asks_pin else "act.go_ahead"
    enter = Node("primary", Role.PRIMARY, t(act), icon="forward", action="enter", enabled=typed > 0)
    return (
        title(f"staff_door.{asked}"),
        help_line("staff_door.help"),
        content(*note, Node("keypad", Role.KEYPAD, t(f"staff_door.{asked}"), shown, children=pad)),
        foot(kiosk, back(), enter),
    )


def _door_note(page: s.StaffDoor) -> Text:
    if page.note is s.DoorNote.WAIT:
        if page.wait_s > MOST_SECONDS:
            return t("staff_door.wait_long", minutes=str(-(-page.wait_s // 60)))
        return t("staff_door.wait", seconds=str(page.wait_s))
    return t(f"staff_door.{page.note}")


def _checking(kiosk: Kiosk) -> tuple[Node, ...]:
    return (
        title("checking_staff.title"),
        content(picture("looking_up"), Node("progress", Role.PROGRESS, t("checking_staff.progress"))),
        foot(kiosk),
    )


def _desk(kiosk: Kiosk, desk: Desk | None) -> tuple[Node, ...]:
    leave = foot(kiosk, button("finish", "act.leave", "exit"))
    if desk is None or not desk.loaded:
        progress = Node("progress", Role.PROGRESS, t("staff_desk.progress"))
        return (title("staff_desk.title"), content(picture("looking_up"), progress), leave)
    doubts, parked = len(desk.uncertain), len(desk.parked)
    facts = (
        field("waiting", "staff_desk.waiting", t("staff_desk.records", count=str(desk.waiting))),
        field("line-state", "staff_desk.line", t("line.offline" if kiosk.world.line else "line.online")),
    )
    return (
        title("staff_desk.title"),
        help_line("staff_desk.help", minutes=str(int(kiosk.plan.times.staff.total_seconds()) // 60)),
        content(
            _pile("doubts", "help", doubts),
            _pile("parked", "warning", parked),
            *_bench(desk),
            Node("facts", Role.FIELDS, children=facts),
            *store_note(kiosk.world),
        ),
        leave,
    )


def _bench(desk: Desk) -> tuple[Node, ...]:
    """The way to the devices, for those who may test them."""
    way = choice("bench", "services", t("staff_desk.bench"), t("staff_desk.bench_meaning"))
    return (way,) if desk.technician else ()


def _pile(name: str, icon: str, count: int) -> Node:
    meaning = t(f"staff_desk.{name}_meaning", count=str(count)) if count else t("staff_desk.none")
    return choice(name, icon, t(f"staff_desk.{name}"), meaning, enabled=count > 0)


def _doubts(kiosk: Kiosk, papers: tuple[UncertainPaper, ...], page: int) -> tuple[Node, ...]:
    shown, number, pages = part_of(papers, page, DOUBTS_PER_PAGE)
    rows = tuple(
        choice(f"doubt:{paper.issuance}", "paper", literal(paper.number), _doubt_meaning(paper))
        for paper in shown
    )
    empty = () if papers else (notice("empty", t("doubts.empty"), "success"),)
    return (
        title("doubts.title" if papers else "doubts.title_empty"),
        content(*rows, *empty),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _doubt_meaning(paper: UncertainPaper) -> Text:
    return t(
        "doubts.meaning",
        attempt=str(paper.attempt),
        moment=moment_text(paper.prepared_at),
        job=str(paper.job_id) if paper.job_id else t("doubt.no_job"),
        code=paper.code or "—",
    )


def _doubt(kiosk: Kiosk, paper: UncertainPaper | None) -> tuple[Node, ...]:
    if paper is None:
        return (title("doubts.title_empty"), content(picture("ask_staff")), foot(kiosk, back()))
    kind = t(f"kind.{paper.kind}") if paper.kind in {CERTIFICATE, SLIP} else literal(paper.kind)
    attempt = t("doubt.attempt", attempt=str(paper.attempt), copies=str(paper.copies))
    facts = (
        field("number", "doubt.number", literal(paper.number)),
        field("kind", "doubt.kind", t("doubt.kind_attempt", kind=kind, attempt=attempt)),
        field("moment", "doubt.moment", moment_text(paper.prepared_at)),
        field("job", "doubt.job", literal(str(paper.job_id)) if paper.job_id else t("doubt.no_job")),
        field("code", "doubt.code", literal(paper.code or "—")),
    )
    return (
        title("doubt.title"),
        help_line("doubt.help"),
        content(
            Node("facts", Role.FIELDS, children=facts),
            choice("word:yes", "check", t("came_out.yes"), t("came_out.yes_meaning")),
            choice("word:no", "close", t("came_out.no"), t("came_out.no_meaning")),
        ),
        foot(kiosk, back()),
    )


def _parked(kiosk: Kiosk, items: tuple[ParkedItem, ...], page: s.ParkedList) -> tuple[Node, ...]:
    shown, number, pages = part_of(items, page.page, PARKED_PER_PAGE)
    rows = tuple(_parked_row(f"parked-{at}", item) for at, item in enumerate(shown))
    cards = (Node("records", Role.FIELDS, children=rows),) if rows else ()
    empty = () if items else (notice("empty", t("parked.empty"), "success"),)
    sending = (notice("sending", t("parked.sending"), "wait"),) if page.sending else ()
    again = choice("resend", "retry", t("parked.resend"), t("parked.resend_meaning"))
    acts = () if page.sending or not items else (again,)
    return (
        title("parked.title"),
        help_line("parked.help"),
        content(*cards, *empty, *sending, *acts),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _parked_row(node_id: str, item: ParkedItem) -> Node:
    kind = t(f"parked.type_{item.type}") if item.type in RECORD_TYPES else literal(item.type or "—")
    reason = t(f"parked.reason_{item.reason}") if item.reason in REASONS else literal(item.reason or "—")
    label = literal(item.number) if item.number else t("parked.no_number")
    return Node(node_id, Role.FIELD, label, t("parked.row", type=kind, reason=reason))
