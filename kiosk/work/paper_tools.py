"""What the paper's worker is told, and what it works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.flow.commands import (
    EndSession,
    PreparePaper,
    PrepareSlip,
    PrintPaper,
    RecordWord,
    VoidPaper,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from devices.contract import Printer, ReceiptPrinter
    from kiosk.domain.issuance import ReservedNumber
    from kiosk.domain.journal import PrintJournal
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.gate import Gate
    from kiosk.work.preparing import PaperWish
    from kiosk.work.store_state import StoreState
    from printer_templates.contract import Document, Papers


def _nobody() -> None:
    """Nobody counts."""


@dataclass(frozen=True, slots=True)
class RetrySettlements:
    """The store can write again: settle what could not be settled."""


PaperOrder = PreparePaper | PrepareSlip | PrintPaper | VoidPaper | RecordWord | EndSession | RetrySettlements


@dataclass(frozen=True, slots=True)
class PaperTools:
    """What the paper's worker works with. Whatever is slow to make is made in its own thread.

    `receipt_printer` None = slips come from the page printer, as everything else does.
    """

    open_papers: Callable[[], Papers]
    printer: Printer
    journal: PrintJournal
    build: Callable[[PaperWish, ReservedNumber, datetime], Document]
    citizen_key: Callable[[str], str]  # the platform's own name for a citizen number
    now: Callable[[], datetime]
    paper_patience: timedelta
    post: Callable[[Event], None]
    log: Log
    store_state: StoreState
    may_begin: Gate
    on_settled: Callable[[], None]  # a record is owed
    on_number_used: Callable[[], None]
    receipt_printer: ReceiptPrinter | None = None
    on_printed: Callable[[], None] = _nobody  # a paper came out, as its printer says
