"""A story played on the flow alone: events in, scenes and commands out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from tests.flow.content import JOB
from tests.flow.people import NOW, TENANT
from tests.flow.situations import FULL_WORLD, PLAN, PNG

if TYPE_CHECKING:
    from kiosk.flow.commands import Command

ID = "reading-1"
READ = e.IdentityRead(ID, TENANT.identity)
FOUND = e.HouseholdFound(ID, TENANT.household, TENANT.applicant, name_matches=True)
PREPARED = e.PaperPrepared(ID, "issuance-1", JOB.number, "school", 1, (PNG,))


class Story:
    """Plays events and keeps the scenes and commands they led to."""

    def __init__(self) -> None:
        self.kiosk = replace(s.initial(PLAN, NOW), world=FULL_WORLD)
        self.commands: list[Command] = []

    def play(self, *events: e.Event) -> list[str]:
        """The name of the scene after each event."""
        scenes = []
        for event in events:
            self.kiosk, ordered = step(self.kiosk, event)
            self.commands += ordered
            scenes.append(view(self.kiosk).name)
        return scenes

    def tap(self, *actions: str) -> list[str]:
        """Touch controls; each must be offered and enabled on the page of its turn."""
        scenes = []
        for action in actions:
            offered = {node.action for node in walk(view(self.kiosk).nodes) if node.enabled}
            assert action in offered
            scenes += self.play(e.Tapped(action))
        return scenes

    def to_preview(self) -> Story:
        """As far as the paper on the screen."""
        self.play(e.CardLaid(), READ, FOUND)
        self.tap("confirm", "service:residence", "purpose:school")
        self.play(PREPARED)
        return self

    def to_print(self) -> Story:
        """As far as the print."""
        self.to_preview().tap("print")
        self.commands.clear()
        return self
