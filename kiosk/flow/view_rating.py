"""好差评: how good was it? Five grades, none chosen beforehand, and one touch to leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.domain.rating import GRADES, REASONS
from kiosk.flow.parts import button, choice, content, foot, help_line, picture, primary, t, title
from kiosk.flow.rating_states import Rated, Rating, RatingReasons
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from kiosk.flow.rating_states import RatingPage
    from kiosk.flow.states import Kiosk

Drawn = tuple[str, tuple[Node, ...]]


def draw_rating(kiosk: Kiosk, page: RatingPage) -> Drawn:
    """The question, its reasons, and the thanks."""
    match page:
        case Rating():
            return "rating", _question(kiosk)
        case RatingReasons():
            return "rating_reasons", _reasons(kiosk, page)
        case Rated():
            return "rated", _thanks(kiosk)
        case _:
            assert_never(page)


def _question(kiosk: Kiosk) -> tuple[Node, ...]:
    grades = (choice(f"grade:{grade}", f"grade_{grade}", t(f"rating.grade_{grade}")) for grade in GRADES)
    return (
        title("rating.title"),
        help_line("rating.help"),
        content(*grades),
        foot(kiosk, button("finish", "act.skip_rating", "exit")),
    )


def _reasons(kiosk: Kiosk, page: RatingReasons) -> tuple[Node, ...]:
    choices = (
        Node(
            f"choice-reason-{reason}",
            Role.CHOICE,
            t(f"rating.reason_{reason}"),
            icon="check" if reason in page.reasons else "dot",
            action=f"reason:{reason}",
            chosen=reason in page.reasons,
        )
        for reason in REASONS
    )
    return (
        title("rating.title_reasons"),
        help_line("rating.help_reasons"),
        content(*choices),
        foot(kiosk, primary("rated", "act.rated", "check")),
    )


def _thanks(kiosk: Kiosk) -> tuple[Node, ...]:
    return (
        title("rating.title_thanks"),
        help_line("rating.help_thanks"),
        content(picture("welcome")),
        foot(kiosk, primary("finish", "act.home", "home")),
    )
