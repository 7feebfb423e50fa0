"""What must hold in every state, and what may be found in one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from kiosk.flow import states as s
from kiosk.flow.rating_states import RatingPage
from kiosk.flow.view import view
from kiosk.scene.contract import Text
from kiosk.scene.nodes import walk
from kiosk.scene.wire import decode_scene, encode_scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.scene.contract import Node

NEED_SESSION = s.SessionPage | s.PrintPage
NEED_NOBODY = (
    s.BrowsePage
    | s.CardPage
    | s.TakePaper
    | s.TakeSlip
    | s.SlipNoted
    | s.TakeCard
    | s.Ended
    | RatingPage
    | s.OutOfService
    | s.StaffPage
)


def check_sound(kiosk: s.Kiosk) -> None:
    """A page stands only with the persons that it is about, and its scene reaches the screen whole."""
    page = kiosk.page
    if isinstance(page, NEED_SESSION):
        assert kiosk.session is not None, page
        assert may_lack_household(page) or kiosk.session.household is not None, page
    if isinstance(page, s.NotOut):
        assert (kiosk.session is not None) == (page.reprint is s.Reprint.OFFERED)
    assert (kiosk.desk is not None) == isinstance(page, s.DeskPage), page
    if isinstance(page, NEED_NOBODY):
        assert kiosk.session is None, page
    scene = view(kiosk)
    assert decode_scene(encode_scene(scene)) == scene


def may_lack_household(page: s.Page) -> bool:
    """True for the pages of somebody whose household is not known, or not to be believed."""
    match page:
        case s.Purposes(slip_for=reason):
            return reason is not None
        case s.Printing(job) | s.PrinterWaits(job, _) | s.CameOut(job, _):
            return job.is_slip
        case _:
            return isinstance(page, s.LookingUp | s.SlipPage)


def strings_in(value: object) -> Iterator[str]:
    """Every string in a state, however deep, whatever its repr hides."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield value.decode("latin-1")
    elif isinstance(value, BaseModel):
        yield from strings_in(value.model_dump())
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings_in(each)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from strings_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from strings_in(getattr(value, each.name))


def knows(value: object, secrets: tuple[str, ...]) -> bool:
    """True where any of the secrets stands anywhere in the value."""
    return any(secret in text for text in strings_in(value) for secret in secrets)


def texts_in(nodes: tuple[Node, ...]) -> Iterator[Text]:
    """All texts of the nodes, those inside values too."""
    stack: list[Any] = [text for node in walk(nodes) for text in (node.label, node.detail) if text]
    while stack:
        text = stack.pop()
        yield text
        stack.extend(value for _, value in text.values if isinstance(value, Text))
