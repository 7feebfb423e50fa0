"""Runs all rows of a driver side by side, on a few rigs; a test waits for the finding of its row."""

from __future__ import annotations

import queue
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING

from tests.devices.matrix.check import complaints, play

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.devices.matrix.rigs import Rig
    from tests.devices.matrix.rows import Row
    from tests.devices.matrix.table import Driver


class Bench:
    """One driver's lanes; each has a rig of its own that one row at a time uses."""

    def __init__(self, driver: Driver, rows: Iterable[Row], folder: Path) -> None:
        self._driver = driver
        self._folder = folder
        self._numbers = count(1)
        self._rigs: dict[int, Rig] = {}
        self._free: queue.SimpleQueue[int] = queue.SimpleQueue()
        for lane in range(driver.lanes):
            self._free.put(lane)
        self._pool = ThreadPoolExecutor(driver.lanes)
        self._results: dict[Row, Future[list[str]]] = {row: self._pool.submit(self._run, row) for row in rows}

    def result(self, row: Row) -> list[str]:
        """What was wrong with this row; an exception of the driver comes through."""
        return self._results[row].result()

    def close(self) -> None:
        """End all rigs."""
        self._pool.shutdown(cancel_futures=True)
        for rig in self._rigs.values():
            rig.close()

    def _run(self, row: Row) -> list[str]:
        lane, wrong = self._free.get(), ["broke off"]
        try:
            wrong = complaints(row, play(self._rig(lane), row))
        finally:
            if wrong and lane in self._rigs:  # one that did not recover would spoil the rows after this one
                self._rigs.pop(lane).close()
            self._free.put(lane)
        return wrong

    def _rig(self, lane: int) -> Rig:
        if lane not in self._rigs:
            folder = self._folder / str(next(self._numbers))
            folder.mkdir()
            self._rigs[lane] = self._driver.rig(folder, lane)
        return self._rigs[lane]
