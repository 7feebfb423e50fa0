"""The own counters: what came out of which printer, and what may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.contract import Printed, Uncertain
from kiosk.domain.issuance import PAGE_PRINTER
from kiosk.domain.journal import StoreError

if TYPE_CHECKING:
    from devices.contract import PrintOutcome
    from kiosk.domain.bench import BenchBook
    from kiosk.work.store_state import StoreState


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts pages and slips. A sheet in doubt counts: it may be gone, and paper is not to be promised."""

    book: BenchBook
    store_state: StoreState

    def note(self, outcome: PrintOutcome, printer: str, pages: int) -> None:
        """What became of a job of so many pages; `printer` as the journal calls it."""
        if not isinstance(outcome, Printed | Uncertain):
            return
        try:
            if printer == PAGE_PRINTER:
                self.book.note_pages(pages)
            else:
                self.book.note_slip()
        except StoreError as error:
            self.store_state.failed(error.code)
