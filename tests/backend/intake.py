"""The platform's intake on a database of its own, without HTTP, for rules that want many small cases."""

from __future__ import annotations

import json
import uuid
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backend.db.database import Database
from backend.db.kiosks import Kiosk
from backend.db.number_blocks import reserve_block
from backend.db.pickups import waiting_pickups
from backend.db.records import store_items
from backend.db.verification import verify
from backend.received_items import ReceivedItem, read_item
from backend_client.contract import (
    NumberBlock,
    NumberBlockRequest,
    VerificationState,
    certificate_number,
    check_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Table

    from backend_client.contract import Pickup, RecordItem

KIOSK = Kiosk("610525", "CG-KSK-03", "610525001003")
NEIGHBOUR = Kiosk("610525", "CG-KSK-04", "610525001003")
ELSEWHERE = Kiosk("610526", "PC-KSK-01", "610526001001")
RECEIVED = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
BLOCK = 50


@dataclass(frozen=True, slots=True)
class Intake:
    """One kiosk's numbers and what the platform makes of its records."""

    database: Database
    block: NumberBlock = field(repr=False)

    def number(self, place: int = 0) -> str:
        """One of the kiosk's numbers."""
        return certificate_number(self.block, self.block.first + place)

    def take(self, *items: RecordItem, kiosk: Kiosk = KIOSK) -> list[tuple[str, str]]:
        """Verdict and reason for each item of one batch."""
        return self.take_raw(
            *(item.model_dump(mode="json", exclude_unset=True) for item in items), kiosk=kiosk
        )

    def take_raw(self, *items: dict[str, Any], kiosk: Kiosk = KIOSK) -> list[tuple[str, str]]:
        """The same for items as they stand on the wire."""
        read = [read_item(json.loads(json.dumps(item))) for item in items]
        good = tuple(each for each in read if isinstance(each, ReceivedItem))
        verdicts = self.database.write(lambda connection: store_items(connection, kiosk, good, RECEIVED))
        judged = iter(verdicts[place] for place in range(len(good)))
        receipts = [next(judged) if isinstance(each, ReceivedItem) else each for each in read]
        return [(receipt.verdict, receipt.reason) for receipt in receipts]

    def state(self, number: str, attempt: int = 1) -> VerificationState:
        """What whoever holds the paper of this attempt is told."""
        code = check_code(self.block.code_key, number, attempt)
        return self.database.read(lambda connection: verify(connection, number, code, RECEIVED)).state

    def waiting(self, citizen_key: str, county: str = KIOSK.county) -> tuple[Pickup, ...]:
        """What waits for this person."""
        return self.database.read(lambda connection: waiting_pickups(connection, county, citizen_key))

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """All rows of a table."""
        rows = self.database.read(lambda connection: connection.execute(select(table)).all())
        return [dict(row._mapping) for row in rows]


@contextmanager
def open_intake(path: Path) -> Iterator[Intake]:
    """An intake whose kiosk has numbers 000001 to 000050 of 2026."""
    path.mkdir(exist_ok=True)
    with closing(Database(f"sqlite:///{path / 'platform.sqlite'}")) as database:
        request = NumberBlockRequest(request_id=uuid.uuid4().hex, kind="JZ", count=BLOCK)
        block = database.write(lambda connection: reserve_block(connection, KIOSK, request, RECEIVED))
        assert isinstance(block, NumberBlock)
        yield Intake(database, block)
