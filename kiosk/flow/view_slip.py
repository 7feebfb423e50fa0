"""Pages of a request that cannot be granted now, and of what waits from an earlier one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from kiosk.flow import states as s
from kiosk.flow.choice_steps import waiting_pickups
from kiosk.flow.means import slips_off, store_off
from kiosk.flow.parts import (
    back,
    button,
    called,
    choice,
    code_text,
    content,
    day_text,
    field,
    foot,
    help_line,
    literal,
    local,
    notice,
    off_text,
    picture,
    primary,
    steps,
    t,
    title,
)
from kiosk.flow.view_take import paper_title
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from backend_client.contract import Pickup
    from kiosk.flow.states import Kiosk

Drawn = tuple[str, tuple[Node, ...]]


def draw_slip(
    kiosk: Kiosk, page: s.Pickups | s.SlipOffer | s.PreparingSlip | s.Slip | s.TakeSlip | s.SlipNoted
) -> Drawn:
    """What waits for this person, or will wait for them."""
    match page:
        case s.Pickups():
            return "pickups", _pickups(kiosk)
        case s.SlipOffer():
            return "slip_offer", _offer(kiosk, page)
        case s.PreparingSlip():
            return "preparing_slip", _preparing(kiosk)
        case s.Slip(number=number):
            return "slip", _slip(kiosk, number)
        case s.TakeSlip():
            return "take_slip", _take(kiosk, page)
        case s.SlipNoted():
            return "slip_noted", _noted(kiosk, page)
        case _:
            assert_never(page)


def _pickups(kiosk: Kiosk) -> tuple[Node, ...]:
    waiting = waiting_pickups(kiosk.session) if kiosk.session else ()
    rows = tuple(_pickup(at, pickup) for at, pickup in enumerate(waiting))
    one = len(waiting) == 1
    return (
        steps("choose"),
        title("pickups.title") if one else title("pickups.title_many", count=str(len(waiting))),
        help_line("pickups.help"),
        content(*rows, choice("others", "services", t("pickups.others"), t("pickups.others_meaning"))),
        foot(kiosk, back()),
    )


def _pickup(at: int, pickup: Pickup) -> Node:
    """What somebody needs a certificate for is nobody else's business."""
    purpose = t(f"purpose.{pickup.purpose}")
    day = day_text(local(pickup.requested_at).date())
    meaning = t("pickups.meaning", number=pickup.number, day=day)
    return replace(
        choice(f"pickup:{at}", "residence", t("pickups.one", purpose=purpose), meaning), private=True
    )


def _offer(kiosk: Kiosk, page: s.SlipOffer) -> tuple[Node, ...]:
    store = store_off(kiosk.world)
    facts = (
        field(
            "works", "slip_offer.works", t("slip_offer.works_not_slips" if store else "slip_offer.works_now")
        ),
        field("not-now", "slip_offer.not_now", t("slip_offer.does_not_work")),
    )
    after = notice("store", off_text(store), "warning") if store else notice("after", t("slip_offer.after"))
    acts = () if store else (primary("slip", "act.slip", "forward"),)
    return (
        steps("confirm"),
        title("slip_offer.title_store" if store else "slip_offer.title"),
        Node("help", Role.HELP, code_text(page.reason)),
        content(picture("platform_offline"), Node("facts", Role.FIELDS, children=facts), after),
        foot(kiosk, button("finish", "act.leave", "exit"), *acts),
    )


def _preparing(kiosk: Kiosk) -> tuple[Node, ...]:
    return (
        steps("preview"),
        title("preparing_slip.title"),
        content(
            picture("preparing"),
            Node("progress", Role.PROGRESS, t("preparing.progress")),
            *called(kiosk),
        ),
        foot(kiosk),
    )


def _slip(kiosk: Kiosk, number: str) -> tuple[Node, ...]:
    off = slips_off(kiosk.world)
    if off:
        acts: tuple[Node, ...] = (primary("noted", "act.noted", "check"),)
    else:
        acts = (button("noted", "act.noted", "check"), primary("print", "act.print_slip", "print"))
    printer = (notice("printer", t("slip.no_printer", code=off), "warning"),) if off else ()
    return (
        steps("take" if off else "print"),
        title("slip.title"),
        help_line("slip.help_no_printer" if off else "slip.help"),
        content(_number(number), _how_to_pick_up(kiosk), *printer),
        foot(kiosk, *acts),
    )


def _take(kiosk: Kiosk, page: s.TakeSlip) -> tuple[Node, ...]:
    return (
        steps("take"),
        paper_title(kiosk, "take_slip", again=page.reminded),
        help_line("take_slip.help"),
        content(picture("take_paper"), _number(page.number), _how_to_pick_up(kiosk)),
        foot(kiosk, primary("finish", "act.taken", "check")),
    )


def _noted(kiosk: Kiosk, page: s.SlipNoted) -> tuple[Node, ...]:
    failed = (notice("failed", t("slip_noted.failed", code=page.code), "warning"),) if page.code else ()
    if page.number:
        heading = title("slip_noted.title")
        words = help_line("slip_noted.help_card" if kiosk.card_lies else "slip_noted.help")
    else:
        heading, words = title("slip_noted.title_plain"), help_line("slip_noted.help_plain")
    number = (_number(page.number),) if page.number else ()
    return (
        heading,
        words,
        content(*number, _how_to_pick_up(kiosk), *failed),
        foot(kiosk, primary("finish", "act.noted" if page.number else "act.understood", "check")),
    )


def _number(number: str) -> Node:
    return Node("number", Role.NUMBER, t("slip.number"), literal(number))


def _how_to_pick_up(kiosk: Kiosk) -> Node:
    facts = (
        field("where", "slip.where", t("slip.anywhere")),
        field("bring", "guide.bring", t("slip.bring")),
        field("phone", "guide.phone", literal(kiosk.plan.phone)),
    )
    return Node("facts", Role.FIELDS, children=facts)
