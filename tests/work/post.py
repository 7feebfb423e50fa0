"""A drainer with a platform that is taught what to say of each row."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from backend_client.contract import (
    Delivered,
    GapRecord,
    ItemReceipt,
    PaperState,
    PlatformCode,
    PlatformFault,
    Receipt,
    SettlementRecord,
    Verdict,
    certificate_number,
)
from kiosk.store.outbox import owe
from kiosk.store.tables import outbox
from kiosk.work.drainer import Drainer, DrainerTools
from kiosk.work.store_state import StoreState
from tests.core.stand import LogBook
from tests.store.builders import Bench, block
from tests.work.platforms import SilentPlatform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from backend_client.contract import RecordItem
    from kiosk.store.session import Session

    Judge = Callable[[RecordItem], Verdict | None]

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass
class Register(SilentPlatform):
    """A platform that keeps what it stores; `fault` cuts the line, `judge` decides on single rows."""

    fault: PlatformFault | None = None
    judge: Judge = field(default=lambda _item: Verdict.STORED)
    bad_number: str = "none"  # a batch that holds this number is refused as a whole
    batches: list[int] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    awaited: int = 0  # `arrived` is set when so many are stored
    arrived: threading.Event = field(default_factory=threading.Event)

    def deliver(
        self, batch_id: str, items: tuple[RecordItem, ...], deadline: timedelta
    ) -> Delivered | PlatformFault:
        self.deadlines.append(deadline)
        self.batches.append(len(items))
        if self.fault:
            return self.fault
        if any(_number(item) == self.bad_number for item in items):
            return PlatformFault(PlatformCode.REFUSED, "422")
        return Delivered(
            Receipt(
                batch_id=batch_id,
                kiosk="CG-KSK-03",
                items=tuple(self._receipts(items)),
                received_at=NOW,
                signature="",
            )
        )

    def _receipts(self, items: tuple[RecordItem, ...]) -> Iterator[ItemReceipt]:
        for item in items:
            verdict = self.judge(item)
            if verdict is Verdict.STORED:
                self.stored.append(_number(item))
                if len(self.stored) == self.awaited:
                    self.arrived.set()
            if verdict:
                yield ItemReceipt(id=item.id, verdict=verdict, reason="because")


def _number(item: RecordItem) -> str:
    return "" if isinstance(item.body, GapRecord) else item.body.number


class Post:
    """A drainer that is driven by hand, with a back-off that is always drawn at its longest."""

    def __init__(self, state_dir: Path) -> None:
        self.bench = Bench(state_dir)
        self.platform = Register()
        self.book = LogBook()
        state = StoreState(lambda _event: None, self.book.log)
        self.times_drained = 0
        tools = DrainerTools(
            self.bench.store.outbox, self.platform, state, self.book.log, lambda: 1.0, self._note_drained
        )
        self.drainer = Drainer(tools)

    def owe(self, count: int) -> list[str]:
        """The numbers of so many records, all owed at once."""
        numbers = [certificate_number(block(count=count), serial + 1) for serial in range(count)]

        def work(session: Session) -> None:
            for number in numbers:
                owe(session, word_on(number), self.bench.clock.moment())

        self.bench.store._database.run(work)
        return numbers

    def _note_drained(self) -> None:
        self.times_drained += 1

    def drain_dry(self) -> None:
        """Deliver, sleeping through every pause, until nothing is owed."""
        for _ in range(200):
            pause_s = self.drainer.drain()
            if pause_s is None:
                return
            self.bench.clock.go_on(timedelta(seconds=pause_s))
        raise AssertionError("the outbox never became empty")

    def parked(self, state: str = "parked") -> list[str]:
        """The reasons of all rows in this state."""
        query = select(outbox.c.reason).where(outbox.c.state == state)
        return self.bench.store._database.run(lambda session: list(session.sql.execute(query).scalars()))


def word_on(number: str) -> SettlementRecord:
    return SettlementRecord(number=number, state=PaperState.PRINTED, settled_by="resident", settled_at=NOW)
