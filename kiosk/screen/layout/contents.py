"""The blocks of what stands in the content of a page, by role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.buttons import place_button
from kiosk.screen.layout.choices import compose_choices, fits_two_columns, wants_two_columns
from kiosk.screen.layout.entry import compose_entry
from kiosk.screen.layout.fields import compose_fields
from kiosk.screen.layout.head import compose_title
from kiosk.screen.layout.keypad import compose_keypad
from kiosk.screen.layout.number import compose_number
from kiosk.screen.layout.panels import (
    compose_notice,
    compose_paper,
    compose_paragraph,
    compose_picture,
    compose_progress,
    compose_stepper,
)
from kiosk.screen.layout.spots import compose_spots
from kiosk.screen.metrics import PRIMARY_MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler


_FOUR = 4


class Columns(Enum):
    """When choices stand in two columns."""

    SHORT = "short"  # where they are many and short
    FITTING = "fitting"  # wherever their words look right there
    ALWAYS = "always"  # rather than leaving something out
    FOUR = "four"  # in the lower half of a wide page, which is low: up to four columns


@dataclass(frozen=True, slots=True)
class Plan:
    """One attempt at a page."""

    ruler: Ruler
    columns: Columns
    notices_right: bool = False  # of a wide page, where the side of the question is full


def compose_nodes(nodes: Iterable[Node], plan: Plan, width: int) -> Iterator[Block]:
    """One block per node, but one for all choices that follow each other."""
    for is_choice, group in groupby(nodes, key=lambda node: node.role is Role.CHOICE):
        members = list(group)
        if is_choice:
            yield compose_choices(members, plan.ruler, width, _columns_of(members, plan, width))
        else:
            yield from (_compose_node(node, plan, width) for node in members)


def _columns_of(choices: list[Node], plan: Plan, width: int) -> int:
    many = len(choices) > 1
    match plan.columns:
        case Columns.SHORT:
            return 2 if many and wants_two_columns(choices, plan.ruler, width) else 1
        case Columns.FITTING:
            return 2 if many and fits_two_columns(choices, plan.ruler, width) else 1
        case Columns.ALWAYS:
            return 2 if many else 1
        case Columns.FOUR:
            return -(-len(choices) // -(-len(choices) // _FOUR))  # as few rows as that gives, equally full


def _compose_node(node: Node, plan: Plan, width: int) -> Block:
    ruler = plan.ruler
    match node.role:
        case Role.FIELDS:
            return compose_fields(node, ruler, width)
        case Role.NOTICE:
            return compose_notice(node, ruler, width)
        case Role.PICTURE:
            return compose_picture(node, ruler, width)
        case Role.PAPER:
            return compose_paper(node, ruler, width)
        case Role.PROGRESS:
            return compose_progress(node, ruler, width)
        case Role.STEPPER:
            return compose_stepper(node, ruler, width)
        case Role.NUMBER:
            return compose_number(node, ruler, width)
        case Role.KEYPAD | Role.ENTRY | Role.SPOTS:
            return _compose_pad(node, plan, width)
        case Role.TITLE:
            return compose_title(node, ruler, width)
        case Role.BUTTON | Role.PRIMARY:
            return _compose_button(node, ruler)
        case _:
            return compose_paragraph(node, ruler, width)


def _compose_pad(node: Node, plan: Plan, width: int) -> Block:
    """What is touched again and again; in the lower half of a wide page its parts stand side by side."""
    low = plan.columns is Columns.FOUR
    if node.role is Role.KEYPAD:
        return compose_keypad(node, plan.ruler, beside=low)
    if node.role is Role.SPOTS:
        return compose_spots(node, plan.ruler, width, low=low)
    if node.children:
        return compose_entry(node, plan.ruler, beside=low)
    return compose_paragraph(node, plan.ruler, width)  # there is nobody who answers its keys


def _compose_button(node: Node, ruler: Ruler) -> Block:
    height = max(ruler.mm(PRIMARY_MM), ruler.strong.line_px + ruler.space(8))
    return Block(node.id, height, height, lambda area: (place_button(node, ruler, area),), touchable=True)
