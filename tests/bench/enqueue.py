"""How long the store takes to settle a paper: row, sealed record and ledger entry, durable at once."""

from __future__ import annotations

import base64
import tempfile
import time
import uuid
from contextlib import closing
from datetime import date
from pathlib import Path

from backend_client.contract import NumberBlock
from devices.contract import JobRef
from kiosk.domain.issuance import Applicant, IssuanceState, Reservation, ReservedNumber, Settlement
from kiosk.store.store import Store
from kiosk.work.clock import SystemClock
from tests.bench.figures import Figure, percentiles
from tests.store.builders import IDENTITY
from tools.desk.program import ROOT

_BLOCK = 1000
_LAST_DAY = date(2099, 12, 31)


def measure_enqueue(n: int) -> list[Figure]:
    """`n` papers, one after the other, each led to its end first; on the disk that holds this checkout."""
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var") as name:
        store = Store(Path(name), SystemClock().moment, lambda: None, ledger=IDENTITY)
        with closing(store):
            times = [_settle_one(store) for _ in range(n)]
    return percentiles("a paper is settled in the store", "ms", times, {50: "<= 2", 99: "<= 20"})


def _settle_one(store: Store) -> float:
    """How many milliseconds the last step took."""
    issuance = _accepted(store)
    begun = time.perf_counter()
    store.issuances.settle(issuance, Settlement(IssuanceState.PRINTED))
    return (time.perf_counter() - begun) * 1000


def _accepted(store: Store) -> str:
    """A paper of which the printer has the whole document."""
    journal = store.issuances
    issuance, session = str(uuid.uuid4()), str(uuid.uuid4())
    applicant = Applicant("HH000001", "HH000001-01", uuid.uuid4().hex * 2, 1)
    reservation = Reservation(issuance, session, session, applicant, "school", 1)
    while not isinstance(reserved := journal.reserve(reservation), ReservedNumber):
        store.numbers.add_block(_block(1 + store.ledger.size()))
    fingerprint = uuid.uuid4().hex * 2
    name = f"{reserved.number}.1.{session}"
    journal.note_document(issuance, fingerprint, _LAST_DAY)
    journal.begin_print(issuance, fingerprint, name)
    journal.note_created(issuance, JobRef(name, f"urn:uuid:{uuid.uuid4()}", 7))
    journal.note_sending(issuance)
    journal.note_accepted(issuance)
    return issuance


def _block(first: int) -> NumberBlock:
    return NumberBlock(
        request_id=str(uuid.uuid4()),
        kiosk=IDENTITY.kiosk,
        block_id=str(uuid.uuid4()),
        community="610525001003",
        kind="JZ",
        year=2026,
        first=first,
        count=_BLOCK,
        code_key=base64.b64encode(bytes(32)).decode(),
        expires_on=_LAST_DAY,
    )
