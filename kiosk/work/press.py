"""Sheets without a number: rendered, printed and counted, and nothing is kept of them."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, NotPrinted, PrintDocument, Printed, Uncertain
from kiosk.domain.issuance import PAGE_PRINTER
from kiosk.domain.journal import StoreError
from printer_templates.contract import PaperError

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import JobRef, PrintOutcome, PrintProgress
    from kiosk.domain.bench import BenchBook
    from kiosk.work.outlets import Outlet
    from kiosk.work.store_state import StoreState
    from printer_templates.contract import PaperCode, Papers, Sheet

# Nobody is owed a sheet that names nobody: its job does not wait for paper until somebody comes.
PATIENCE_S = 60.0
DEADLINE = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Press:
    """Prints sheets that name nobody. One thread calls it."""

    papers: Papers
    book: BenchBook
    store_state: StoreState

    def print(
        self, sheet: Sheet, outlet: Outlet, wants_cancel: Callable[[], bool]
    ) -> PrintOutcome | PaperCode:
        """Print once; `wants_cancel` raises ClosedError when the process is ending."""
        if wants_cancel():
            return NotPrinted(DeviceCode.JOB_CANCELLED)
        try:
            paper = self.papers.render(sheet, outlet.form)
            dots, pages = outlet.width_dots, range(paper.pages)
            bitmaps = tuple(self.papers.bitmap(paper.pdf, page, dots) for page in pages) if dots else ()
        except PaperError as error:
            return error.code
        document = PrintDocument(f"sheet.{uuid.uuid4()}", paper.pdf, paper.pages, bitmaps)
        outcome = outlet.printer.print(document, Onlooker(wants_cancel), DEADLINE)
        if isinstance(outcome, Printed | Uncertain):  # a sheet in doubt may be gone
            self._count(paper.pages, outlet)
        return outcome

    def _count(self, pages: int, outlet: Outlet) -> None:
        try:
            if outlet.name == PAGE_PRINTER:
                self.book.note_pages(pages)
            else:
                self.book.note_slip()
        except StoreError as error:
            self.store_state.failed(error.code)


class Onlooker:
    """`PrintObserver` of the devices' contract: keeps nothing, and gives up where nobody waits any more."""

    def __init__(self, wants_cancel: Callable[[], bool]) -> None:
        self._wants_cancel = wants_cancel
        self._patient_until = time.monotonic() + PATIENCE_S

    def creating(self) -> None:
        """Nothing is kept of it."""

    def created(self, job: JobRef) -> None:
        """Nothing is kept of it."""

    def sending(self) -> None:
        """Nothing is kept of it."""

    def accepted(self) -> None:
        """Nothing is kept of it."""

    def progressed(self, progress: PrintProgress) -> None:
        """Nobody watches it."""

    def wants_cancel(self) -> bool:
        """True when it was cancelled, or has waited long enough."""
        return self._wants_cancel() or time.monotonic() > self._patient_until
