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
    """One driver's rigs, each used by one row at a time."""

    def __init__(self, driver: Driver, rows: Iterable[Row], folder: Path) -> None:
        self._driver = driver
        self._folder = folder
        self._numbers = count(1)
        self._idle: queue.SimpleQueue[Rig] = queue.SimpleQueue()
        self._pool = ThreadPoolExecutor(driver.lanes)
        self._results: dict[Row, Future[list[str]]] = {row: self._pool.submit(self._run, row) for row in rows}

    def result(self, row: Row) -> list[str]:
        """What was wrong with this row; an exception of the driver comes through."""
        return self._results[row].result()

    def close(self) -> None:
        """End all rigs."""
        self._pool.shutdown(cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().close()

    def _run(self, row: Row) -> list[str]:
        rig, wrong = self._take(), ["broke off"]
        try:
            wrong = complaints(row, play(rig, row))
        finally:
            if wrong:  # a device that did not recover would spoil the rows after this one
                rig.close()
            else:
                self._idle.put(rig)
        return wrong

    def _take(self) -> Rig:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            folder = self._folder / str(next(self._numbers))
            folder.mkdir()
            return self._driver.rig(folder)
