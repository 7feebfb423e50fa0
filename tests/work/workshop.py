"""A paper worker at work: real store, obedient printer, plain papers."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from backend_client.contract import CertificateRecord, PickupRecord, SettlementRecord
from kiosk.flow.events import PaperPrepared, PrintSettled
from kiosk.work.crew import Crew
from kiosk.work.gate import Gate
from kiosk.work.paper_tools import PaperTools, RetrySettlements
from kiosk.work.paper_worker import PaperWorker
from kiosk.work.store_state import StoreState
from tests.core.stand import PATIENCE_S, LogBook
from tests.store.builders import Bench, block
from tests.work.builders import (
    SESSION,
    Events,
    ObedientPrinter,
    ObedientReceiptPrinter,
    PlainPapers,
    document,
    number_key,
    prepare_paper,
    print_paper,
)

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.work.paper_tools import PaperOrder


@dataclass
class Workshop:
    """Everything around one paper worker; `start` runs it."""

    state_dir: Path
    printer: ObedientPrinter = field(default_factory=ObedientPrinter)
    receipt: ObedientReceiptPrinter | None = None
    papers: PlainPapers = field(default_factory=PlainPapers)
    events: Events = field(default_factory=Events)
    book: LogBook = field(default_factory=LogBook)
    owed: threading.Event = field(default_factory=threading.Event)
    faults: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.bench = Bench(self.state_dir)
        self.store_state = StoreState(self.events.post, self.book.log)
        self.may_begin = Gate()
        self.crew = Crew(self.book.log, self.faults.set)
        self.worker = PaperWorker(
            PaperTools(
                open_papers=lambda: self.papers,
                printer=self.printer,
                journal=self.bench.store.issuances,
                build=document,
                citizen_key=number_key,
                now=lambda: datetime(2026, 11, 23, 9, 41, tzinfo=UTC),
                paper_patience=timedelta(seconds=600),
                post=self.events.post,
                log=self.book.log,
                store_state=self.store_state,
                may_begin=self.may_begin,
                on_settled=self.owed.set,
                on_number_used=lambda: None,
                receipt_printer=self.receipt,
            )
        )
        self.store_state.on_recovered = lambda: self.order(RetrySettlements())

    def start(self, numbers: int = 5) -> Workshop:
        self.bench.store.numbers.add_block(block(count=numbers))
        self.crew.start(self.worker)
        assert self.may_begin._passable.wait(PATIENCE_S), self.book.lines("program_fault")
        return self

    def order(self, order: PaperOrder) -> None:
        self.worker.order(order, time.monotonic())

    def stop(self) -> bool:
        """True when the worker ended in time and without a bug."""
        ended = self.crew.stop(PATIENCE_S)
        self.bench.store.close()
        return ended and not self.faults.is_set()

    def rows(self, *columns: str) -> list[tuple[str, ...]]:
        """These columns of every attempt, in the order of numbers and attempts."""
        query = f"SELECT {', '.join(columns)} FROM issuance ORDER BY number, attempt"  # noqa: S608 - our own words
        return self.bench.store._database.run(
            lambda session: [tuple(map(str, row)) for row in session.sql.exec_driver_sql(query)]
        )

    def states(self) -> list[str]:
        """The state of every attempt, in the order of numbers and attempts."""
        return [state for (state,) in self.rows("state")]

    def owed_states(self) -> list[str]:
        """The states of papers that the outbox tells the platform, in order."""
        bodies = [row.item.body for row in self.bench.store.outbox.due(50)]
        return [str(body.state) for body in bodies if isinstance(body, CertificateRecord | SettlementRecord)]

    def owed_pickups(self) -> list[str]:
        """The pick-up numbers of the requests that the outbox tells the platform."""
        bodies = [row.item.body for row in self.bench.store.outbox.due(50)]
        return [body.number for body in bodies if isinstance(body, PickupRecord)]


def print_and_wait(shop: Workshop, prepared: PaperPrepared, session: str = "") -> PrintSettled:
    """Have a prepared paper printed and wait for what became of it."""
    shop.order(print_paper(prepared, session))
    return shop.events.wait_for(PrintSettled)


def prepare(shop: Workshop, session: str = SESSION) -> PaperPrepared:
    """Have a paper prepared and wait for it."""
    shop.order(prepare_paper(session))
    return shop.events.wait_for(PaperPrepared)
