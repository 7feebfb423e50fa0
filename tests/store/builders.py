"""A real store on a real disk, and small things to put in. Everybody here is invented."""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from backend_client.contract import ClockState, GapRecord, LedgerAnswer, LedgerVerdict, NumberBlock
from backend_client.contract.ledger import PLATFORM_KEY_NAME, countersign
from devices.contract import JobRef
from kiosk.domain.issuance import (
    Applicant,
    IssuanceState,
    Moment,
    Reprint,
    Reservation,
    ReservedNumber,
    Settlement,
    SlipRequest,
)
from kiosk.domain.journal import Leave
from kiosk.store.ledger import LedgerIdentity
from kiosk.store.store import Store
from kiosk.store.tables import issuance as table
from kiosk.store.tables import ledger_entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Row

    from backend_client.contract import LedgerGrowth, RecordItem


def public_key(seed: bytes) -> bytes:
    """The Ed25519 key that belongs to a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


PLATFORM_SEED = bytes(range(1, 33))
IDENTITY = LedgerIdentity(
    kiosk="CG-KSK-03",
    seed=bytes(range(32)),
    platform_public_key=public_key(PLATFORM_SEED),
)
SHA = "5a" * 32
LAST_DAY = date(2027, 1, 22)  # 60 days after the clock's: not what the contract assumes
CITIZEN_KEY = "c1" * 32
HOUSEHOLD = "household-of-somebody"
PERSON = "person-of-somebody"
JOB = JobRef("job-name", "urn:uuid:1f4b2c6e-0000-4000-8000-000000000001", 7)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    wall: datetime = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
    monotonic_ms: int = 1000
    boot_id: str = "boot-1"

    def moment(self) -> Moment:
        return Moment(self.wall, self.monotonic_ms, self.boot_id, ClockState.SYNCED)

    def move(self, by: timedelta) -> None:
        """The wall clock is set to another time."""
        self.wall += by

    def go_on(self, by: timedelta) -> None:
        """Time passes."""
        self.wall += by
        self.monotonic_ms += by // timedelta(milliseconds=1)

    def boot(self) -> None:
        """The machine starts again; the time since boot begins anew."""
        self.boot_id += "+"
        self.monotonic_ms = 20


@dataclass
class Bench:
    """One store with its clock, and how often a damaged file was reported."""

    state_dir: Path
    clock: Clock = field(default_factory=Clock)
    damages: int = 0
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = self.reopen()

    def reopen(self) -> Store:
        """As after a restart."""
        if hasattr(self, "store"):
            self.store.close()
        self.store = Store(self.state_dir, self.clock.moment, self._note_damage, ledger=IDENTITY)
        return self.store

    def _note_damage(self) -> None:
        self.damages += 1


def block(first: int = 1, count: int = 3, expires_on: date = date(2026, 12, 23)) -> NumberBlock:
    return NumberBlock(
        request_id="request-1",
        kiosk="CG-KSK-03",
        block_id=f"block-{first}",
        community="610525001003",
        kind="JZ",
        year=2026,
        first=first,
        count=count,
        code_key=base64.b64encode(b"k" * 32).decode(),
        expires_on=expires_on,
    )


def reservation(issuance: str = "") -> Reservation:
    return Reservation(
        issuance=issuance or str(uuid.uuid4()),
        session="session-1",
        card_read="session-1",
        applicant=Applicant(HOUSEHOLD, PERSON, CITIZEN_KEY, 4),
        purpose="school",
        copies=1,
    )


def reprint_of(previous: str, citizen_key: str = CITIZEN_KEY) -> Reprint:
    return Reprint(previous, str(uuid.uuid4()), "session-2", "session-2", citizen_key)


def slip_request() -> SlipRequest:
    issuance = str(uuid.uuid4())
    return SlipRequest(issuance, "session-1", "session-1", CITIZEN_KEY, "school", 1, "OFF-02")


def reserve(store: Store) -> tuple[str, str]:
    """A PREPARED issuance with a document; its id and number."""
    asked = reservation()
    reserved = store.issuances.reserve(asked)
    assert isinstance(reserved, ReservedNumber)
    store.issuances.note_document(asked.issuance, SHA, LAST_DAY)
    return asked.issuance, reserved.number


def walk(store: Store, issuance: str, until: IssuanceState) -> None:
    """Lead a PREPARED issuance along its way, up to this state."""
    steps: tuple[tuple[IssuanceState, Callable[[], None]], ...] = (
        (IssuanceState.CREATING, lambda: store.issuances.begin_print(issuance, SHA, JOB.name)),
        (IssuanceState.CREATED, lambda: store.issuances.note_created(issuance, JOB)),
        (IssuanceState.SENDING, lambda: store.issuances.note_sending(issuance)),
        (IssuanceState.ACCEPTED, lambda: store.issuances.note_accepted(issuance)),
    )
    for state, take in steps:
        if until is IssuanceState.PREPARED:
            return
        take()
        if state is until:
            return


def void_one(store: Store) -> tuple[str, str]:
    """A number whose paper did not come out; its issuance and number."""
    issuance, number = reserve(store)
    store.issuances.settle(issuance, Settlement(IssuanceState.VOIDED, "PRN-01"))
    return issuance, number


def doubt_one(store: Store) -> tuple[str, str]:
    """A paper of which only a person can say whether it came out; its issuance and number."""
    issuance, number = reserve(store)
    walk(store, issuance, IssuanceState.SENDING)
    store.issuances.settle(issuance, Settlement(IssuanceState.UNCERTAIN, "PRN-09"))
    return issuance, number


def deliver_all(store: Store) -> None:
    """The platform takes all that is owed."""
    while due := store.outbox.due(50):
        store.outbox.apply(tuple(Leave(row.item.id) for row in due))


def number_of(item: RecordItem) -> str:
    """The number that an item is about."""
    assert not isinstance(item.body, GapRecord)
    return item.body.number


def entry_texts(store: Store) -> list[str]:
    """The whole ledger, as it is hashed."""
    query = select(ledger_entry.c.entry).order_by(ledger_entry.c.seq)
    return store._database.run(lambda session: [str(text) for text in session.sql.execute(query).scalars()])


def entries(store: Store) -> list[dict[str, Any]]:
    """The whole ledger."""
    return [json.loads(text) for text in entry_texts(store)]


def row_of(store: Store, issuance: str) -> Row[*tuple[Any, ...]]:
    """The journal's row of one attempt."""
    query = select(table).where(table.c.id == issuance)
    return store._database.run(lambda session: session.sql.execute(query).one())


def countersigned(growth: LedgerGrowth, seed: bytes = PLATFORM_SEED) -> LedgerAnswer:
    """What a platform answers that has nothing against it."""
    at = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
    note = countersign(growth.checkpoint, PLATFORM_KEY_NAME, seed, at)
    return LedgerAnswer(kiosk=IDENTITY.kiosk, verdict=LedgerVerdict.COUNTERSIGNED, checkpoint=note)


def anchor(store: Store) -> None:
    """The platform countersigns all that is there."""
    growth = store.ledger.growth()
    if growth:
        store.ledger.take_answer(countersigned(growth))


def print_one(store: Store) -> str:
    """A number whose paper was printed."""
    issuance, number = reserve(store)
    walk(store, issuance, IssuanceState.ACCEPTED)
    store.issuances.settle(issuance, Settlement(IssuanceState.PRINTED))
    return number
