"""What happened in the last sessions, in names and milliseconds: nothing that tells who it was."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT_STEPS = 2000


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of the flow: which event, which scene stood after it, and when (monotonic)."""

    session: str  # "" between sessions
    at_ms: float
    cause: str
    scene: str


class Trace:
    """A ring of the last steps."""

    def __init__(self) -> None:
        self._steps: deque[TraceStep] = deque(maxlen=KEPT_STEPS)
        self._session = ""

    def begin_session(self, session: str) -> None:
        """Steps from here on belong to this session."""
        self._session = session

    def end_session(self) -> None:
        """Steps from here on belong to nobody."""
        self._session = ""

    def record(self, cause: str, scene: str, at_s: float) -> TraceStep:
        """Keep one step."""
        step = TraceStep(self._session, round(at_s * 1000, 1), cause, scene)
        self._steps.append(step)
        return step

    def of_session(self, session: str) -> Iterator[TraceStep]:
        """The steps of one session that are still kept, oldest first."""
        return (step for step in tuple(self._steps) if step.session == session)
