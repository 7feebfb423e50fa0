from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import Delivered, GapRecord, PlatformCode, PlatformFault, Verdict
from kiosk.domain.backoff import full_jitter
from kiosk.domain.journal import Leave, Park, Postpone, StoreError
from kiosk.log import LogEvent
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import ItemReceipt, Platform
    from kiosk.domain.journal import Outbox, OwedItem, RowVerdict
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState

BATCH = 50
LARGEST_BATCH = 200  # after a long time without a line; a batch must still arrive within its deadline
DELIVERY_DEADLINE = timedelta(seconds=10)
STORE_RETRY_S = 5.0
# A line that comes and goes does not ask about what was refused at every return.
PARKED_INTERVAL_S = 600.0
# Faults that may lie in one row: halving the batch finds it, and it then holds up nobody.
_OF_THE_BATCH = {PlatformCode.REFUSED, PlatformCode.NOT_THE_CONTRACT, PlatformCode.SERVER_ERROR}


def _nobody() -> None:
    """Nobody asked to be told."""


@dataclass(frozen=True, slots=True)
class DrainerTools:
    """What the drainer works with; `draw` gives a number in [0, 1) for its back-off.

    `on_drained` is told when something was delivered and nothing more is due.
    """

    outbox: Outbox
    platform: Platform
    store_state: StoreState
    log: Log
    draw: Callable[[], float]
    on_drained: Callable[[], None] = _nobody


class Drainer:
    """Delivers what is owed. A row leaves only when its own id stands in a verified receipt."""

    name = "outbox"

    def __init__(self, tools: DrainerTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._failures = 0
        self._batch = BATCH
        self._has_news = False
        self._parked_due = 0.0
        self._may_retry_parked = threading.Event()

    def nudge(self) -> None:
        """Something new is owed: try at once."""
        self._bell.ring()

    def on_line_back(self) -> None:
        """The line is back: try at once, also what was parked: the platform may know better by now."""
        if time.monotonic() >= self._parked_due:
            self._parked_due = time.monotonic() + PARKED_INTERVAL_S
            self._may_retry_parked.set()
        self._bell.ring()

    def retry_parked(self) -> None:
        """Staff want what was parked to be tried again, now."""
        self._may_retry_parked.set()
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Deliver until closed."""
        pause: float | None = None  # the first ring comes when the start-up recovery has settled
        while True:
            self._bell.sleep(pause)
            pause = self.drain()

    def drain(self) -> float | None:
        """Deliver one batch; return the seconds until the next try, None = nothing is owed."""
        try:
            self._release_parked()
            return self._drain()
        except StoreError as error:
            self._tools.store_state.failed(error.code)
            return STORE_RETRY_S

    def _release_parked(self) -> None:
        if self._may_retry_parked.is_set():
            self._tools.outbox.retry_parked()
            self._may_retry_parked.clear()

    def _drain(self) -> float | None:
        owed = self._tools.outbox.due(self._batch)
        if not owed:
            self._tell_drained()
            wait = self._tools.outbox.wait()
            return None if wait is None else wait.total_seconds()
        items = tuple(row.item for row in owed)
        match self._tools.platform.deliver(str(uuid.uuid4()), items, DELIVERY_DEADLINE):
            case Delivered(receipt):
                self._failures = 0
                self._grow_batch(len(owed))
                self._settle(owed, {item.id: item for item in receipt.items})
                self._has_news = True
                return 0.0
            case PlatformFault(code, detail):
                return self._fail(owed, code, detail)
            case other:
                assert_never(other)

    def _grow_batch(self, delivered: int) -> None:
        """Much is owed as long as batches are full."""
        is_full = delivered >= self._batch
        self._batch = min(LARGEST_BATCH if is_full else BATCH, self._batch * 2)

    def _tell_drained(self) -> None:
        if self._has_news:
            self._has_news = False
            self._tools.on_drained()

    def _settle(self, owed: tuple[OwedItem, ...], receipts: dict[str, ItemReceipt]) -> None:
        verdicts = tuple(self._verdict(row, receipts.get(row.item.id)) for row in owed)
        self._tools.outbox.apply(verdicts)
        for row, verdict in zip(owed, verdicts, strict=True):
            self._log_row(row, verdict)

    def _verdict(self, row: OwedItem, receipt: ItemReceipt | None) -> RowVerdict:
        match receipt.verdict if receipt else Verdict.LATER:
            case Verdict.STORED | Verdict.DUPLICATE:
                return Leave(row.item.id)
            case Verdict.CONFLICT | Verdict.REFUSED as verdict:
                reason = receipt.reason if receipt else ""
                return Park(row.item.id, f"{verdict}: {reason}")
            case Verdict.LATER:
                return self._postpone(row)
            case other:
                assert_never(other)

    def _fail(self, owed: tuple[OwedItem, ...], code: PlatformCode, detail: str) -> float:
        if code in _OF_THE_BATCH and len(owed) == 1:
            self._tools.outbox.apply(tuple(self._postpone(row) for row in owed))
        elif code in _OF_THE_BATCH:
            self._batch = max(1, len(owed) // 2)
        elif len(owed) > BATCH:
            self._batch = BATCH  # a thin line may not carry a large one within its deadline
        delay = timedelta()
        if code is not PlatformCode.REFUSED:
            delay = full_jitter(self._failures, self._tools.draw)
            self._failures += 1
        self._tools.log.warning(
            LogEvent.DELIVERY_FAILED, code=code, detail=detail, retry_s=delay.total_seconds()
        )
        return delay.total_seconds()

    def _postpone(self, row: OwedItem) -> Postpone:
        return Postpone(row.item.id, full_jitter(row.attempts, self._tools.draw))

    def _log_row(self, row: OwedItem, verdict: RowVerdict) -> None:
        body = row.item.body
        number = "" if isinstance(body, GapRecord) else body.number
        match verdict:
            case Leave():
                self._tools.log.info(LogEvent.RECORD_ACKNOWLEDGED, number=number, type=body.type)
            case Park(reason=reason):
                if reason != row.parked_for:  # told once
                    self._tools.log.error(
                        LogEvent.RECORD_PARKED, number=number, type=body.type, reason=reason
                    )
            case Postpone():
                pass  # the platform asked for patience: nothing to look after
            case other:
                assert_never(other)
