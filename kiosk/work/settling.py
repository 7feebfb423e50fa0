from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.journal import StoreError
from kiosk.log import LogEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.issuance import Settlement
    from kiosk.domain.journal import PrintJournal
    from kiosk.flow.commands import RecordWord
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState


class Settler:
    """TX3 with patience: what cannot be written now waits here, in its order, until the store writes again.

    A restart in between finds the same number open in the journal, and settles it by its state.
    """

    def __init__(
        self, journal: PrintJournal, store_state: StoreState, log: Log, on_settled: Callable[[], None]
    ) -> None:
        self._journal = journal
        self._store_state = store_state
        self._log = log
        self._on_settled = on_settled
        self._waiting: list[tuple[str, Callable[[], None]]] = []

    def settle(self, issuance: str, settlement: Settlement) -> None:
        """Close an issuance, now or as soon as it can be written."""

        def write() -> None:
            self._journal.settle(issuance, settlement)
            self._on_settled()

        self._write(issuance, write)

    def settle_by_word(self, word: RecordWord) -> None:
        """Note the resident's word on an UNCERTAIN paper, after that paper's own settlement."""

        def write() -> None:
            if self._journal.settle_by_word(word.issuance, came_out=word.came_out, settled_by="resident"):
                self._log.info(LogEvent.WORD_RECORDED, came_out=word.came_out)
                self._on_settled()

        self._write(word.issuance, write)

    def retry(self) -> None:
        """Write what waits; the steps of one paper never overtake each other."""
        waiting, self._waiting = self._waiting, []
        stuck: set[str] = set()
        for issuance, write in waiting:
            if issuance in stuck or not self._is_written(write):
                stuck.add(issuance)
                self._waiting.append((issuance, write))

    def _write(self, issuance: str, write: Callable[[], None]) -> None:
        self._waiting.append((issuance, write))
        self.retry()

    def _is_written(self, write: Callable[[], None]) -> bool:
        try:
            write()
        except StoreError as error:
            self._store_state.failed(error.code)
            return False
        return True
