"""What a code under the scanner is for. Never more than its number is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.flow import states as s
from kiosk.flow.means import services_off
from kiosk.flow.parts import (
    back,
    content,
    field,
    foot,
    help_line,
    literal,
    notice,
    off_text,
    picture,
    primary,
    t,
    title,
)
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk

Drawn = tuple[str, tuple[Node, ...]]


def draw_code(kiosk: Kiosk, page: s.CodeShown) -> Drawn:
    """A pick-up number, a certificate to verify, or something that is not for here."""
    heading, words = title(f"code_shown.title_{page.kind}"), help_line(f"code_shown.help_{page.kind}")
    return "code_shown", (
        heading,
        words,
        content(*_about(kiosk, page)),
        foot(kiosk, back(), *_act(kiosk, page)),
    )


def _about(kiosk: Kiosk, page: s.CodeShown) -> tuple[Node, ...]:
    match page.kind:
        case s.CodeKind.PICKUP:
            off = services_off(kiosk.world, kiosk.plan.rules)
            note = (notice("reader", off_text(off), "warning"),) if off else ()
            facts = (
                field("where", "slip.where", t("code_shown.here_or_anywhere")),
                field("bring", "guide.bring", t("slip.bring")),
                field("phone", "guide.phone", literal(kiosk.plan.phone)),
            )
            number = Node("number", Role.NUMBER, t("slip.number"), literal(page.number))
            return number, Node("facts", Role.FIELDS, children=facts), *note
        case s.CodeKind.CERTIFICATE:
            facts = (
                field("number", "take_paper.number", literal(page.number)),
                field("address", "code_shown.address", literal(kiosk.plan.verify_url)),
                field("phone", "code_shown.verify_phone", literal(kiosk.plan.phone)),
            )
            return (
                picture("looking_up"),
                Node("facts", Role.FIELDS, children=facts),
                notice("how", t("code_shown.how")),
            )
        case s.CodeKind.OTHER:
            return (picture("ask_staff"),)


def _act(kiosk: Kiosk, page: s.CodeShown) -> tuple[Node, ...]:
    """Whoever has a pick-up number can go on at once, if a card can be read."""
    if page.kind is s.CodeKind.PICKUP and not services_off(kiosk.world, kiosk.plan.rules):
        return (primary("services", "act.pick_up", "card"),)
    return (primary("home", "act.home", "home"),)
