from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.journal import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.issuance import Settlement
    from kiosk.domain.journal import PrintJournal
    from kiosk.work.store_state import StoreState


class Settler:
    """TX3 with patience: what cannot be written now waits here until the store writes again.

    A restart in between finds the same number open in the journal, and settles it by its state.
    """

    def __init__(
        self, journal: PrintJournal, store_state: StoreState, on_settled: Callable[[], None]
    ) -> None:
        self._journal = journal
        self._store_state = store_state
        self._on_settled = on_settled
        self._unsettled: list[tuple[str, Settlement]] = []

    def settle(self, issuance: str, settlement: Settlement) -> None:
        """Close an issuance, now or as soon as it can be written."""
        try:
            self._journal.settle(issuance, settlement)
        except StoreError as error:
            self._unsettled.append((issuance, settlement))
            self._store_state.failed(error.code)
        else:
            self._on_settled()

    def retry(self) -> None:
        """The store writes again: close what waits."""
        unsettled, self._unsettled = self._unsettled, []
        for issuance, settlement in unsettled:
            self.settle(issuance, settlement)
