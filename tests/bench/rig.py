"""The whole appliance with a wiretap between its core and its screen."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.bench.wiretap import Wiretap
from tests.screen.accessibility_bus import accessible_session
from tools.desk.appliance import Appliance, Plan
from tools.desk.display import VirtualDisplay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tools.desk.dataset import Dataset

WIDTH_PX, HEIGHT_PX = 1080, 1920
PAGE_SECONDS = "0.05"  # a faster printer than there is, so that many sessions fit into a minute


@dataclass(frozen=True, slots=True)
class Rig:
    """A running appliance and the wire between its core and its screen."""

    appliance: Appliance
    wire: Wiretap
    session: dict[str, str] = field(default_factory=dict)  # where assistive technology finds the screen


@contextmanager
def running_rig(
    directory: Path,
    dataset: Dataset,
    *,
    fullscreen: bool = False,
    assisted: bool = False,
    staff: Path | None = None,
) -> Iterator[Rig]:
    """Platform, simulators, core, display and screen, ready for the first resident.

    `staff` is a file of accounts.
    """
    runtime = directory / "tapped"
    runtime.mkdir(parents=True)
    with ExitStack() as stack:
        display = VirtualDisplay(WIDTH_PX, HEIGHT_PX, directory / "display.log")
        stack.callback(display.close)
        # Assistive technology finds the screen on a session bus of its own.
        session = stack.enter_context(accessible_session(display.name)) if assisted else {}
        pages = ("--page-seconds", PAGE_SECONDS)
        # A kiosk that has been there for long is measured, not the first synchronisation of a new one.
        settings: dict[str, dict[str, object]] = {
            "offline": {"register": False},
            "screen": {"fullscreen": fullscreen, "accessibility": assisted},
            **({"staff": {"file": str(staff)}} if staff else {}),
        }
        plan = Plan(
            directory,
            dataset,
            display=display.name,
            screen_runtime=runtime,
            settings=settings,
            screen_environment=session,
            page_options=pages,
        )
        appliance = Appliance(plan)
        wire = stack.enter_context(closing(Wiretap(runtime / "screen.sock", appliance.screen_socket)))
        stack.enter_context(appliance)
        wire.await_painted("attract")
        yield Rig(appliance, wire, session)
