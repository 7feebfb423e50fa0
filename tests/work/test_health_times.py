"""No device's fault stays unseen for over 3 s, and no device that is back waits longer than that."""

from __future__ import annotations

import pytest

from kiosk.work import box_watch, printer_watcher, reader_worker, scanner_worker

LONGEST_S = 3.0

BOX_DEVICES = 3  # one after the other


@pytest.mark.parametrize(
    "seconds",
    [
        printer_watcher.INTERVAL_S + printer_watcher.STATUS_DEADLINE.total_seconds(),
        reader_worker.FIND_INTERVAL_S + 2 * reader_worker.FIND_DEADLINE.total_seconds(),
        reader_worker.RETRY_INTERVAL_S + reader_worker.FIND_INTERVAL_S,
        scanner_worker.SCAN_DEADLINE.total_seconds() + scanner_worker.STATUS_DEADLINE.total_seconds(),
        scanner_worker.RETRY_INTERVAL_S + scanner_worker.STATUS_DEADLINE.total_seconds(),
        box_watch.INTERVAL_S + BOX_DEVICES * box_watch.DEADLINE.total_seconds(),
    ],
    ids=["printer", "reader", "reader back", "scanner", "scanner back", "box"],
)
def test_looking_and_waiting_together_are_short_enough(seconds: float) -> None:
    assert seconds <= LONGEST_S
