"""Pages from the preview to the settled paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from devices.contract import DeviceCode
from kiosk.flow import states as s
from kiosk.flow.parts import (
    back,
    button,
    called,
    choice,
    code_text,
    content,
    foot,
    help_line,
    notice,
    picture,
    primary,
    steps,
    t,
    title,
)
from kiosk.flow.state_notes import own_register
from kiosk.scene.contract import Node, Role, TextSize

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]


def draw_print(
    kiosk: Kiosk, page: s.Preparing | s.Preview | s.Printing | s.PrinterWaits | s.CameOut
) -> Drawn:
    """Making the paper, seeing it, printing it."""
    match page:
        case s.Preparing():
            return "preparing", _preparing(kiosk)
        case s.Preview():
            return "preview", _preview(kiosk, page)
        case s.Printing(job):
            return "printing", _printing(kiosk, job)
        case s.PrinterWaits(job, _):
            return "printer_waits", _waits(kiosk, page, job)
        case s.CameOut():
            return "came_out", _came_out(kiosk, page)
        case _:
            assert_never(page)


def _preparing(kiosk: Kiosk) -> tuple[Node, ...]:
    return (
        steps("preview"),
        title("preparing.title"),
        content(
            picture("preparing"),
            Node("progress", Role.PROGRESS, t("preparing.progress")),
            *called(kiosk),
        ),
        foot(kiosk),
    )


def _preview(kiosk: Kiosk, page: s.Preview) -> tuple[Node, ...]:
    paper = Node("paper", Role.PAPER, t("preview.paper"), raster=page.previews[0], private=True)
    # Who needs large text needs a large paper even more.
    is_large = kiosk.preferences.text_size in {TextSize.LARGE, TextSize.LARGEST}
    head = (title("preview.title"),) if is_large else (steps("preview"), title("preview.title"))
    return (
        *head,
        *(() if is_large else (help_line("preview.help"),)),
        content(paper, *own_register(kiosk.session, "preview.own_register"), _below_paper(kiosk, page)),
        foot(kiosk, back(), primary("print", "act.print", "print")),
    )


def _below_paper(kiosk: Kiosk, page: s.Preview) -> Node:
    """How many, or what is different about a paper that is printed again."""
    if page.attempt > 1:
        return notice("again", t("preview.again", attempt=str(page.attempt)), "retry")
    return _copies(page.copies, kiosk.plan.rules.max_copies)


def _copies(copies: int, most: int) -> Node:
    fewer = Node(
        "fewer", Role.BUTTON, t("act.fewer"), icon="minus", action=f"copies:{copies - 1}", enabled=copies > 1
    )
    more = Node(
        "more", Role.BUTTON, t("act.more"), icon="plus", action=f"copies:{copies + 1}", enabled=copies < most
    )
    count = Node("count", Role.TEXT, t("preview.count", count=str(copies)))
    return Node("copies", Role.STEPPER, t("preview.copies"), children=(fewer, count, more))


def _printing(kiosk: Kiosk, job: s.Job) -> tuple[Node, ...]:
    sheet = min(job.impressions + 1, job.pages)
    words = t("printing.sheet", sheet=str(sheet), sheets=str(job.pages))
    progress = Node("progress", Role.PROGRESS, words, fraction=min(1.0, job.impressions / job.pages))
    return (
        steps("print"),
        title("printing.title_slip" if job.is_slip else "printing.title"),
        help_line("printing.help"),
        content(picture("printing"), progress, *called(kiosk)),
        foot(kiosk),
    )


def _waits(kiosk: Kiosk, page: s.PrinterWaits, job: s.Job) -> tuple[Node, ...]:
    cancel = () if job.cancelled else (button("cancel_print", "act.cancel_print", "close"),)
    return (
        steps("print"),
        title("printer_waits.title_slip" if job.is_slip else "printer_waits.title"),
        Node("help", Role.HELP, _waits_for(page)),
        content(picture("paper_out"), notice("wait", _hint(job), "wait"), *called(kiosk)),
        foot(kiosk, *cancel, primary("call_staff", "act.call_staff", "staff")),
    )


def _waits_for(page: s.PrinterWaits) -> Text:
    """Out of paper while a job waits is another matter than out of paper before it."""
    if page.code is DeviceCode.PRINTER_PAPER_OUT:
        return t("printer_waits.paper_out")
    return t("printer_waits.slip", code=page.code) if page.job.is_slip else code_text(page.code)


def _hint(job: s.Job) -> Text:
    """Whoever stands there once the card went may be somebody else, and reads no number."""
    if job.is_slip and not job.card_gone:
        return t("printer_waits.hint_slip", number=job.number)
    return t("printer_waits.hint")


def _came_out(kiosk: Kiosk, page: s.CameOut) -> tuple[Node, ...]:
    return (
        steps("print"),
        title("came_out.title_slip" if page.job.is_slip else "came_out.title"),
        help_line("came_out.help", code=page.code),
        content(
            choice("came_out:yes", "check", t("came_out.yes"), t("came_out.yes_meaning")),
            choice("came_out:no", "close", t("came_out.no"), t("came_out.no_meaning")),
            *called(kiosk),
        ),
        foot(kiosk),
    )
