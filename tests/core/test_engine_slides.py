"""A page that turned by itself takes no touch away from its foot; any other change does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from kiosk.core.engine import Engine, Flow, Outside
from kiosk.core.mailbox import Mailbox
from kiosk.flow.events import CardLaid, Event, LineChanged, Tapped, TimeUp
from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme
from kiosk.scene.wire import Tap
from tests.core.stand import LogBook


@dataclass(frozen=True)
class Slides:
    """A flow whose page turns with time and with the line; an empty code turns its foot, too."""

    heard: tuple[str, ...] = ()
    slide: int = 0
    foot: str = "start"


def step(state: Slides, event: Event) -> tuple[Slides, tuple[()]]:
    match event:
        case Tapped(action=action):
            return replace(state, heard=(*state.heard, action)), ()
        case TimeUp(turn=turn):
            return replace(state, slide=state.slide + 1, foot="start" if turn else "other"), ()
        case LineChanged() | CardLaid():
            return replace(state, slide=state.slide + 1), ()
        case _:
            return state, ()


def view(state: Slides) -> Scene:
    nodes = (
        Node("content", Role.CONTENT, children=(Node("card", Role.CHOICE, Text("k"), action="card"),)),
        Node("title", Role.TITLE, Text(literal=str(state.slide))),
        Node("foot", Role.FOOT, children=(Node("go", Role.PRIMARY, Text("k"), action=state.foot),)),
    )
    return Scene("attract", 0, Language.ZH, TextSize.NORMAL, Theme.STANDARD, nodes)


@pytest.mark.parametrize(
    ("changes", "node", "heard"),
    [
        ((), "go", ("start",)),
        ((TimeUp(1),), "go", ("start",)),
        ((TimeUp(1), TimeUp(1)), "go", ("start",)),
        ((TimeUp(1),), "card", ()),  # what stands in the content is another thing now
        ((TimeUp(0),), "go", ()),  # the foot is another one
        ((LineChanged(None),), "go", ("start",)),
        ((CardLaid(),), "go", ()),  # somebody did something, and the page may mean something else
        ((CardLaid(), TimeUp(1)), "go", ()),
        ((TimeUp(1), CardLaid()), "go", ()),
    ],
)
def test_a_touch_that_was_made_before_the_page_changed(
    changes: tuple[Event, ...], node: str, heard: tuple[str, ...]
) -> None:
    mailbox = Mailbox()
    outside = Outside(lambda _payload: None, lambda: datetime(2026, 11, 23, tzinfo=UTC), LogBook().log)
    engine = Engine(mailbox, Flow(Slides(), step, view, lambda _state: None), outside)
    engine.begin()

    for event in changes:
        mailbox.post(event)
    mailbox.hear(Tap(1, node))
    mailbox.end(0)
    engine.run(lambda _command, _at: None)

    assert engine._state.heard == heard
