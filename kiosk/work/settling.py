from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.issuance import IssuanceState
from kiosk.domain.journal import StoreError
from kiosk.flow.events import UncertainPapers
from kiosk.log import LogEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.issuance import Settlement
    from kiosk.domain.journal import PrintJournal
    from kiosk.flow.commands import RecordWord
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState


class Settler:
    """TX3 with patience: what cannot be written now waits here, in its order, until the store writes again.

    A restart in between finds the same number open in the journal, and settles it by its state; a word that
    waited is lost then, and its paper stays UNCERTAIN for staff. `tell` hears how many papers are in doubt.
    """

    def __init__(
        self,
        journal: PrintJournal,
        store_state: StoreState,
        log: Log,
        on_settled: Callable[[], None],
        tell: Callable[[Event], None],
    ) -> None:
        self._journal = journal
        self._store_state = store_state
        self._log = log
        self._on_settled = on_settled
        self._tell = tell
        self._waiting: list[tuple[str, Callable[[], None]]] = []

    def settle(self, issuance: str, settlement: Settlement) -> None:
        """Close an issuance, now or as soon as it can be written."""

        def write() -> None:
            self._journal.settle(issuance, settlement)
            self._on_settled()

        self._write(issuance, write)
        if settlement.state is IssuanceState.UNCERTAIN:
            self._write(issuance, self.tell_uncertain)

    def settle_by_word(self, word: RecordWord) -> None:
        """Note somebody's word on an UNCERTAIN paper, after that paper's own settlement."""

        def write() -> None:
            if self._journal.settle_by_word(
                word.issuance, came_out=word.came_out, settled_by=word.settled_by
            ):
                self._log.info(LogEvent.WORD_RECORDED, came_out=word.came_out, settled_by=word.settled_by)
                self._on_settled()

        self._write(word.issuance, write)
        self._write(word.issuance, self.tell_uncertain)

    def retry(self) -> None:
        """Write what waits; the steps of one paper never overtake each other."""
        waiting, self._waiting = self._waiting, []
        stuck: set[str] = set()
        for issuance, write in waiting:
            if issuance in stuck or not self._is_written(write):
                stuck.add(issuance)
                self._waiting.append((issuance, write))

    def tell_uncertain(self) -> None:
        """Say how many papers wait for a person's word. Raises StoreError."""
        self._tell(UncertainPapers(self._journal.count_uncertain()))

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
