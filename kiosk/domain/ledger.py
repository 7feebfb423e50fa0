"""The ledger as workers see it: every paper's way, in a log that cannot be changed unseen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from typing import TextIO

    from backend_client.contract import LedgerAnswer, LedgerGrowth


class LedgerTrust(StrEnum):
    """What an answer of the platform means here."""

    ANCHORED = "anchored"  # countersigned: from here on nobody can cut the ledger unseen
    AGAIN = "again"  # the platform holds another checkpoint of ours; the next growth starts from there
    ALARM = "alarm"  # the platform says fork, shorter or unreadable
    PLATFORM_DIFFERS = "platform_differs"  # it shows a checkpoint that was never ours, or not its signature


class Ledger(Protocol):
    """See kiosk.domain.journal for what is raised."""

    def growth(self) -> LedgerGrowth | None:
        """A signed checkpoint with its proof, where the ledger grew since the last countersigned one."""
        ...

    def take_answer(self, answer: LedgerAnswer) -> LedgerTrust:
        """Keep a countersigned checkpoint, or learn where the next proof must start."""
        ...

    def export(self, file: TextIO) -> int:
        """Write the whole ledger with a fresh signed checkpoint; return the number of entries."""
        ...


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """How long the ledger is, and the root hash over all of it, in hex."""

    size: int
    root: str


class LedgerFacts(Protocol):
    """What a heartbeat says of the ledger."""

    def head(self) -> LedgerHead:
        """How it stands now."""
        ...

    def anchored_size(self) -> int:
        """How many entries the platform has countersigned."""
        ...


class WholeLedger(Ledger, Protocol):
    """The ledger as the office sees it."""

    def size(self) -> int:
        """How many entries there are."""
        ...

    def anchored_size(self) -> int:
        """How many of them the platform has countersigned."""
        ...
