"""How it ended: paper and card, a refusal with its way out, trouble, staff, out of service."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from devices.contract import DeviceCode
from kiosk.domain.codes import EligibilityCode
from kiosk.flow import states as s
from kiosk.flow.paper_steps import MOST_ATTEMPTS
from kiosk.flow.parts import (
    back,
    button,
    code_text,
    content,
    day_text,
    field,
    foot,
    help_line,
    literal,
    notice,
    picture,
    primary,
    staff_way_in,
    t,
    title,
)
from kiosk.flow.state_notes import sheet_act, sheet_note
from kiosk.flow.view_take import take_card, take_paper
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from kiosk.domain.eligibility import Reason
    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]

_WITH_DAY = frozenset(
    {
        EligibilityCode.CARD_EXPIRED,
        EligibilityCode.CARD_NOT_YET_VALID,
        EligibilityCode.LEASE_ENDED,
        EligibilityCode.RECORD_TOO_OLD,
    }
)


# Laying the card down again does not help there.
_READER_FAULTS = frozenset(
    {
        DeviceCode.READER_NOT_FOUND,
        DeviceCode.READER_NO_PERMISSION,
        DeviceCode.READER_SELF_TEST,
        DeviceCode.READER_UNLICENSED,
        DeviceCode.SOCIAL_SERVICE_DOWN,
        DeviceCode.SOCIAL_NO_PERMISSION,
        DeviceCode.SOCIAL_NO_READER,
        DeviceCode.SOCIAL_READER_FAULT,
    }
)
_FAMILIES = frozenset({"IDR", "SSC", "PRN", "RCP", "NET", "PAP", "STO", "KSK"})


def draw_end(kiosk: Kiosk, page: s.TakePaper | s.NotOut | s.TakeCard | s.Ended) -> Drawn:
    """The goodbye."""
    match page:
        case s.TakePaper():
            return "take_paper", take_paper(kiosk, page)
        case s.NotOut():
            return "not_out", _not_out(kiosk, page)
        case s.TakeCard():
            return "take_card", take_card(kiosk, page)
        case s.Ended(why):
            return "ended", _ended(kiosk, why)
        case _:
            assert_never(page)


def draw_refusal(kiosk: Kiosk, page: s.Refusal | s.Trouble | s.StaffCalled | s.OutOfService) -> Drawn:
    """Why not, and what to do."""
    match page:
        case s.Refusal():
            return "refusal", _refusal(kiosk, page)
        case s.Trouble():
            return "trouble", _trouble(kiosk, page)
        case s.StaffCalled():
            return "staff_called", _staff_called(kiosk, page)
        case s.OutOfService(code):
            return "out_of_service", _out_of_service(kiosk, code)
        case _:
            assert_never(page)


def _not_out(kiosk: Kiosk, page: s.NotOut) -> tuple[Node, ...]:
    facts = (field("number", "take_paper.number", literal(page.number)),)
    if page.reprint is s.Reprint.OFFERED:
        act, figure = primary("reprint", "act.reprint", "print"), "printer_trouble"
    else:
        act, figure = primary("call_staff", "act.call_staff", "staff"), "ask_staff"
    return (
        title("not_out.title"),
        _not_out_help(page),
        content(picture(figure), Node("facts", Role.FIELDS, children=facts)),
        foot(kiosk, button("finish", "act.leave", "exit"), act),
    )


def _not_out_help(page: s.NotOut) -> Node:
    match page.reprint:
        case s.Reprint.OFFERED:
            return help_line("not_out.help_again")
        case s.Reprint.USED_UP:
            return help_line("not_out.help_used_up", count=str(MOST_ATTEMPTS))
        case s.Reprint.NONE:
            return help_line("not_out.help")


def _ended(kiosk: Kiosk, why: s.Ending) -> tuple[Node, ...]:
    return (
        title("ended.title"),
        help_line(f"ended.{why}_card" if kiosk.card_lies else f"ended.{why}"),
        content(picture("take_card" if kiosk.card_lies else "welcome")),
        foot(kiosk, button("finish", "act.home", "home"), primary("retry", "act.again", "retry")),
    )


def _refusal(kiosk: Kiosk, page: s.Refusal) -> tuple[Node, ...]:
    first, *others = page.reasons
    more = tuple(
        Node(
            f"also-{reason.code.lower()}",
            Role.NOTICE,
            _reason_text(reason, "say"),
            icon="warning",
            private=reason.day is not None,
        )
        for reason in others
    )
    facts = (*_contact(kiosk, page), field("bring", "guide.bring", _reason_text(first, "bring")))
    return (
        title("refusal.title_staff" if page.by_staff else "refusal.title"),
        Node("help", Role.HELP, _reason_text(first, "say"), private=first.day is not None),
        content(
            picture("ask_staff" if page.by_staff else "refusal"),
            Node("facts", Role.FIELDS, children=facts),
            *more,
            notice("todo", _reason_text(first, "todo")),
        ),
        foot(kiosk, back(), primary("finish", "act.understood", "check")),
    )


def _contact(kiosk: Kiosk, page: s.Refusal) -> tuple[Node, ...]:
    grid = page.grid
    if grid is None or page.by_staff:
        return (
            field("who", "refusal.who", t("refusal.counter")),
            field("phone", "guide.phone", literal(kiosk.plan.phone)),
        )
    officer = t("refusal.officer", grid=grid.name, officer=grid.officer)
    return field("who", "refusal.who", officer), field("phone", "guide.phone", literal(grid.phone))


def _reason_text(reason: Reason, part: str) -> Text:
    key = f"code.{reason.code}.{part}"
    if part == "say" and reason.code in _WITH_DAY and reason.day:
        return t(key, day=day_text(reason.day))
    return t(key)


def _trouble(kiosk: Kiosk, page: s.Trouble) -> tuple[Node, ...]:
    lay_again = page.code[:3] in {"IDR", "SSC"} and page.code not in _READER_FAULTS
    acts: tuple[Node, ...] = ()
    notes: tuple[Node, ...] = ()
    if page.reprint is s.Reprint.OFFERED:
        acts = (primary("reprint", "act.reprint", "print"),)
        notes = (notice("again", t("trouble.again"), "retry"),)
    elif page.reprint is s.Reprint.USED_UP:
        acts = (primary("call_staff", "act.call_staff", "staff"),)
        notes = (notice("used-up", t("trouble.used_up", count=str(MOST_ATTEMPTS)), "warning"),)
    elif page.can_retry or lay_again:
        acts = (primary("retry", "act.retry", "retry"),)
    return (
        title(f"trouble.{page.code[:3]}" if page.code[:3] in _FAMILIES else "trouble.other"),
        Node("help", Role.HELP, code_text(page.code)),
        content(picture(_trouble_picture(page.code, lay_again=lay_again)), *notes),
        foot(kiosk, back(), *acts),
    )


def _trouble_picture(code: str, *, lay_again: bool) -> str:
    if lay_again:
        return "lay_card"
    return {"PRN": "printer_trouble", "RCP": "printer_trouble", "NET": "platform_offline"}.get(
        code[:3], "ask_staff"
    )


def _staff_called(kiosk: Kiosk, page: s.StaffCalled) -> tuple[Node, ...]:
    failed = page.recorded is False
    return (
        title("staff_called.title", phone=kiosk.plan.phone),
        help_line("staff_called.help_failed" if failed else "staff_called.help"),
        content(picture("staff_called"), *sheet_note(kiosk)),
        foot(
            kiosk,
            *(sheet_act(kiosk, "act.print_receipt") if page.recorded else ()),
            primary("back", "act.go_on", "check"),
        ),
    )


def _out_of_service(kiosk: Kiosk, code: str) -> tuple[Node, ...]:
    return (
        title("out_of_service.title"),
        help_line("out_of_service.help", phone=kiosk.plan.phone, code=code),
        content(picture("out_of_service")),
        foot(kiosk, staff_way_in()),
    )
