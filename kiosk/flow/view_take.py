"""What is to be taken along: the paper, then the card. Whoever forgets is reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend_client.contract import VALIDITY
from kiosk.flow.parts import content, field, foot, help_line, literal, picture, primary, steps, t, title
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from kiosk.flow import states as s
    from kiosk.flow.states import Kiosk


def take_paper(kiosk: Kiosk, page: s.TakePaper) -> tuple[Node, ...]:
    """The certificate lies in the tray."""
    facts = (
        field("number", "take_paper.number", literal(page.number)),
        field(
            "validity",
            "take_paper.validity",
            t("take_paper.days", days=str(VALIDITY.days)),
        ),
    )
    help_key = "take_paper.help_card" if kiosk.card_lies else "take_paper.help"
    return (
        steps("take"),
        paper_title(kiosk, "take_paper", again=page.reminded),
        help_line(help_key),
        content(picture("take_paper"), Node("facts", Role.FIELDS, children=facts)),
        foot(kiosk, primary("finish", "act.taken", "check")),
    )


def paper_title(kiosk: Kiosk, table: str, *, again: bool) -> Node:
    """What to take, said in other words the second time: what changes is noticed, and read out anew."""
    key = "title_again" if again else "title"
    return title(f"{table}.{key}_card" if kiosk.card_lies else f"{table}.{key}")


def take_card(kiosk: Kiosk, page: s.TakeCard) -> tuple[Node, ...]:
    """The card lies on the reader; each reminder differs from the one before, so that it is read out anew."""
    return (
        title("take_card.title_again" if page.reminders % 2 else "take_card.title"),
        help_line("take_card.help"),
        content(picture("take_card")),
        foot(kiosk),
    )
