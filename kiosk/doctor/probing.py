"""Asks everything at once, each in a thread of its own; whoever does not answer in time is unknown."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.doctor.lines import Line
from kiosk.domain.health import Health
from kiosk.domain.health_rules import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing to ask. `names` are the lines that it answers for; `ask` gives them."""

    names: tuple[str, ...]
    ask: Callable[[], tuple[Line, ...]]


def ask_all(probes: Iterable[Probe], deadline: timedelta) -> tuple[Line, ...]:
    """All lines, at the deadline at the latest."""
    end = time.monotonic() + deadline.total_seconds()
    asked = [_Asked(probe) for probe in probes]
    return tuple(line for each in asked for line in each.lines(end))


class _Asked:
    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._lines: tuple[Line, ...] | None = None
        # A thread that hangs in a driver must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=probe.names[0], daemon=True)
        self._thread.start()

    def lines(self, end: float) -> tuple[Line, ...]:
        """What it gave until then."""
        self._thread.join(max(0.0, end - time.monotonic()))
        if self._lines is not None:
            return self._lines
        silent = Told(Health.UNKNOWN, detail="no answer in time")
        return tuple(Line(name, silent) for name in self._probe.names)

    def _run(self) -> None:
        self._lines = self._probe.ask()
