"""The journal as workers see it: what must survive a power cut, without a word of SQL.

Every method that changes something returns only when the change is durable, and raises StoreError when it
cannot be made; then nothing of it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, timedelta

    from backend_client.contract import NumberBlock, NumberBlockRequest, RecordItem
    from devices.contract import JobRef
    from kiosk.domain.codes import StoreCode
    from kiosk.domain.issuance import (
        NoNumbers,
        OpenIssuance,
        Reprint,
        Reservation,
        ReservedNumber,
        Settlement,
        SlipRequest,
        UncertainPaper,
    )


class StoreError(Exception):
    """The store could not do it. `code` is stable; the text holds no data."""

    def __init__(self, code: StoreCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class OwedItem:
    """One row of the outbox: what is owed, how often it was put off, and why it was parked before."""

    item: RecordItem
    attempts: int
    parked_for: str = ""


@dataclass(frozen=True, slots=True)
class ParkedItem:
    """A row that the platform did not take, as staff see it."""

    id: str
    number: str
    type: str
    reason: str
    parked_at: datetime | None


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How much is owed; `oldest` is when the oldest waiting row was written, None = nothing waits."""

    waiting: int
    parked: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Leave:
    """The row's own id stands in a verified receipt as stored: it may go."""

    id: str


@dataclass(frozen=True, slots=True)
class Park:
    """The platform does not take the row as it is: it stays, aside, for staff and for another try."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Postpone:
    """The platform wants the row another time."""

    id: str
    delay: timedelta


RowVerdict = Leave | Park | Postpone


class BlockVerdict(StrEnum):
    """What became of a block of numbers that the platform gave."""

    KEPT = "kept"
    OVERLAPS = "overlaps"  # some of its serials are known here already: the platform was set back
    EXPIRED = "expired"  # by this kiosk's clock, which may be wrong


class PrintJournal(Protocol):
    """The way of one number, from the block to the settled paper. An issuance is one attempt to print it.

    Every step leaves an entry in the ledger, in the same transaction.
    """

    def reserve(self, reservation: Reservation) -> ReservedNumber | NoNumbers:
        """TX1: take the next number of the oldest usable block and note it as PREPARED."""
        ...

    def reprint(self, reprint: Reprint) -> ReservedNumber | None:
        """A new attempt at a number whose last attempt is VOIDED, PREPARED; None where that may not be.

        It may not be where the paper came out, is in doubt, was superseded already, or is another person's.
        """
        ...

    def reserve_slip(self, request: SlipRequest) -> ReservedNumber:
        """A pick-up number, PREPARED; the request itself is owed to the platform in the same transaction."""
        ...

    def revise(self, issuance: str, purpose: str, copies: int) -> ReservedNumber:
        """Keep the number of a PREPARED issuance for another purpose or number of copies."""
        ...

    def note_document(self, issuance: str, sha256: str, valid_until: date) -> None:
        """Note the fingerprint of the rendered document of a PREPARED issuance, and the last day it names."""
        ...

    def begin_print(self, issuance: str, sha256: str, job_name: str, printer: str = "") -> None:
        """TX2: PREPARED to CREATING, only for the very document that was noted, at this printer."""
        ...

    def note_created(self, issuance: str, job: JobRef) -> None:
        """CREATING to CREATED, with all that finds the job again."""
        ...

    def note_sending(self, issuance: str) -> None:
        """CREATED to SENDING; told before the first byte."""
        ...

    def note_accepted(self, issuance: str) -> None:
        """SENDING to ACCEPTED."""
        ...

    def settle(self, issuance: str, settlement: Settlement) -> None:
        """TX3: close an open issuance and owe its record to the platform, in one transaction."""
        ...

    def settle_by_word(self, issuance: str, *, came_out: bool, settled_by: str) -> bool:
        """A person's word on an UNCERTAIN issuance, with its record; False where it is not UNCERTAIN."""
        ...

    def open_issuances(self) -> tuple[OpenIssuance, ...]:
        """All that the last process left open, oldest first."""
        ...

    def uncertain_papers(self) -> tuple[UncertainPaper, ...]:
        """What waits for a person's word, oldest first."""
        ...

    def count_uncertain(self) -> int:
        """How many papers wait for a person's word."""
        ...


class NumberStock(Protocol):
    """The blocks of certificate numbers that this kiosk owns."""

    def remaining(self) -> int:
        """Numbers left in blocks that have not expired."""
        ...

    def block_request(self, count: int) -> NumberBlockRequest:
        """The request for a new block; the same one until its block is added or refused for good."""
        ...

    def add_block(self, block: NumberBlock) -> BlockVerdict:
        """Keep the block if its numbers can be given out; adding it twice changes nothing."""
        ...


class Outbox(Protocol):
    """What is owed to the platform. A row leaves only by a verdict on its own id."""

    def due(self, limit: int) -> tuple[OwedItem, ...]:
        """The oldest rows that may be tried now; those that were parked come last, by themselves."""
        ...

    def wait(self) -> timedelta | None:
        """Time until the next row may be tried, zero when one is due; None = nothing waits."""
        ...

    def retry_parked(self) -> None:
        """Let every parked row be tried once more; it keeps its reason."""
        ...

    def parked(self) -> tuple[ParkedItem, ...]:
        """What the platform did not take, oldest first."""
        ...

    def counts(self) -> OutboxCounts:
        """How much is owed, and since when."""
        ...

    def everything(self) -> Iterator[RecordItem]:
        """All that is owed, parked or not, oldest first; for the second road. It stays owed."""
        ...

    def apply(self, verdicts: tuple[RowVerdict, ...]) -> None:
        """Let rows leave, park or wait, all in one transaction."""
        ...


class StaffCalls(Protocol):
    """Calls for staff."""

    def record_call(self, reason: str) -> None:
        """Keep that somebody asked for staff."""
        ...


class Ratings(Protocol):
    """What people said of a service."""

    def record_rating(self, number: str, grade: int, reasons: tuple[str, ...]) -> None:
        """Owe the platform what somebody said of the service of this number. Raises StoreError."""
        ...


class StoreHealth(Protocol):
    """Whether the store can write."""

    def probe(self) -> None:
        """Write something small and durable; also makes room for emergencies again."""
        ...
