"""A print observer for tests: writes down what it is told, and lets things happen at each moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import DeviceCode, JobRef, PrintProgress


@dataclass
class Onlooker:
    """`at` maps a moment ("sending", "accepted", ...) to what shall happen then; "waiting" = waits for it."""

    at: dict[str, Callable[[], None]] = field(default_factory=dict)
    cancels_while_waiting: bool = False
    told: list[str] = field(default_factory=list)
    progress: list[PrintProgress] = field(default_factory=list)
    job: JobRef | None = None

    def creating(self) -> None:
        self._happened("creating")

    def created(self, job: JobRef) -> None:
        self.job = job
        self._happened("created")

    def sending(self) -> None:
        self._happened("sending")

    def accepted(self) -> None:
        self._happened("accepted")

    def progressed(self, progress: PrintProgress) -> None:
        self.progress.append(progress)
        if progress.waiting_for:
            self._happened("waiting")

    def wants_cancel(self) -> bool:
        return self.cancels_while_waiting and "waiting" in self.told

    def waited_for(self) -> list[DeviceCode]:
        """What the job waited for, in order."""
        return [each.waiting_for for each in self.progress if each.waiting_for]

    def _happened(self, moment: str) -> None:
        self.told.append(moment)
        self.at.get(moment, _nothing)()


def _nothing() -> None:
    pass
