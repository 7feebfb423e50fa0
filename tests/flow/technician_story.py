"""A technician at the kiosk, played on the flow alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.contract import CardKind
from kiosk.flow import events as e
from kiosk.flow import technician_states as ts
from tests.flow.bench_situations import TECHNICIAN
from tests.flow.people import NEXT_PERSON
from tests.flow.situations import QUIET, WELL
from tests.flow.story import Story

if TYPE_CHECKING:
    from kiosk.flow import states as s
    from kiosk.flow import world as w

READ = e.IdentityRead("reading-7", NEXT_PERSON.identity)
SOCIAL_READ = e.IdentityRead("reading-8", replace(NEXT_PERSON.identity, kind=CardKind.SOCIAL_SECURITY))


def at_the_bench(page: s.Page | None = None, world: w.World = WELL) -> Story:
    """A technician was let in."""
    story = Story()
    story.kiosk = replace(QUIET, page=page or ts.Workbench(), desk=TECHNICIAN, world=world)
    return story
