"""How long a kiosk that was without a line for 30 days takes to deliver what it owes, to a real platform."""

from __future__ import annotations

import random
import secrets
import tempfile
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert

from backend_client.contract import SCHEMA_VERSION, RecordItem, certificate_number
from kiosk.domain.issuance import CERTIFICATE, Applicant, IssuanceState
from kiosk.log import Log
from kiosk.store.record_keys import RecordKey
from kiosk.store.sealing import Place
from kiosk.store.store import Store
from kiosk.store.tables import issuance, outbox, record_key
from kiosk.work.clock import SystemClock
from kiosk.work.drainer import Drainer, DrainerTools
from kiosk.work.store_state import StoreState
from tests.backend.platform_calls import client_for, new_block, record_of
from tests.backend.platform_process import PlatformProcess
from tests.bench.figures import Figure
from tests.store.builders import IDENTITY
from tools.desk.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from backend_client.contract import NumberBlock
    from kiosk.domain.issuance import Moment
    from kiosk.store.session import Session

_BLOCK = 200


def measure_drain(records: int) -> list[Figure]:
    """From the first batch until nothing is owed; the records are put there beforehand, past the journal."""
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var") as name:
        directory = Path(name)
        platform = PlatformProcess(directory / "platform")
        platform.fill()
        keys = platform.enrol(IDENTITY.kiosk)
        clock = SystemClock()
        store = Store(directory / "kiosk", clock.moment, lambda: None, ledger=IDENTITY)
        with platform, closing(store), (directory / "log").open("w", encoding="utf-8") as lines:
            client = client_for(platform.url, keys)
            for start in range(0, records, _BLOCK):
                block = new_block(client, min(_BLOCK, records - start))
                _owe(store, clock.moment(), block)
            log = Log(lines)
            state = StoreState(lambda _event: None, log)
            seconds = _drain(
                Drainer(DrainerTools(store.outbox, client, state, log, random.SystemRandom().random))
            )
            if store.outbox.counts().waiting or store.outbox.counts().parked:
                raise RuntimeError("the platform did not take all that was owed")
    return [Figure(f"{records} records owed are delivered", seconds, "s", records, "<= 60")]


def _drain(drainer: Drainer) -> float:
    begun = time.perf_counter()
    while (pause := drainer.drain()) is not None:
        time.sleep(pause)
    return time.perf_counter() - begun


def _owe(store: Store, now: Moment, block: NumberBlock) -> None:
    """A settled paper for each number of the block, in one transaction."""

    def work(session: Session) -> None:
        papers = [_paper(session, now, number) for number in _numbers(block)]
        for at, table in enumerate((issuance, record_key, outbox)):
            session.sql.execute(insert(table), [paper[at] for paper in papers])

    store._database.run(work)


def _numbers(block: NumberBlock) -> Iterator[str]:
    return (certificate_number(block, block.first + place) for place in range(block.count))


def _paper(session: Session, now: Moment, number: str) -> tuple[dict[str, Any], ...]:
    """Its rows of issuance, record_key and outbox."""
    id_, key = str(uuid.uuid4()), secrets.token_bytes(32)
    body = record_of(number, prepared=now.stamp(), settled=now.stamp()).body
    item = RecordItem(id=str(uuid.uuid4()), schema_version=SCHEMA_VERSION, body=body)
    applicant = Applicant("HH000001", "HH000001-01", uuid.uuid4().hex * 2, 1)
    row = {
        "id": id_,
        "number": number,
        "attempt": 1,
        "kind": CERTIFICATE,
        "session": id_,
        "card_read": id_,
        "sealed": RecordKey.of(key).seal(id_, applicant),
        "purpose": "school",
        "copies": 1,
        "state": IssuanceState.PRINTED,
        "prepared_at": now.wall.isoformat(),
        "prepared_ms": now.monotonic_ms,
        "prepared_boot": now.boot_id,
        "settled_at": now.wall.isoformat(),
    }
    sealed_key = session.sealer.seal(Place("record_key", number), key)
    sealed_item = session.sealer.seal(Place("outbox", item.id), item.model_dump_json().encode())
    owed = {"id": item.id, "sealed": sealed_item, "state": "waiting", "issuance": id_}
    return row, {"number": number, "sealed": sealed_key}, owed
