"""Derives what the next pages of the register need, while kiosks follow it, at the lowest priority."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from backend.db.hardening import keep_secrets, last_undone
from backend.db.register_rows import area_of
from backend_client.contract.sealed import harden

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.db.database import Database
    from backend.db.hardening import Pair
    from backend.db.kiosks import Kiosk
    from backend_client.contract.sealed import Hardness

Area = tuple[str, str]  # county, and how the address codes of its street begin

_PATIENCE_S = 60.0  # after this long without a page nobody follows any longer
_CHUNK_S = 0.5  # so long it derives before it keeps what it has
_MOST_PERSONS = 200
_CHUNK = 4000
_LOWEST_PRIORITY = 19


def derive_all(database: Database, area: Area, hardness: Hardness, progress: Callable[[int], None]) -> int:
    """Derive for everybody of an area now, on all processors; the number of persons.

    `progress` is told how many so far.
    """
    total, before = 0, ""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        while found := _undone(database, area, hardness, before, _CHUNK):
            pairs = {pair for _, pair in found}
            _keep(
                database, area, hardness, dict(pool.map(lambda pair: (pair, _harden(pair, hardness)), pairs))
            )
            total, before = total + len(pairs), found[-1][0]
            progress(total)
    return total


class Ahead:
    """One thread at most. It begins at the end of the register, so that it meets the kiosk in the middle."""

    def __init__(self, database: Database, hardness: Hardness) -> None:
        self._database = database
        self._hardness = hardness
        self._lock = threading.Lock()
        self._followed: dict[Area, float] = {}  # until when, monotonic
        self._finished: dict[Area, float] = {}  # since when nothing was left, monotonic
        self._thread: threading.Thread | None = None

    def follow(self, kiosk: Kiosk) -> None:
        """This kiosk is taking the register page by page and has not reached its end."""
        area = kiosk.county, area_of(kiosk)
        now = time.monotonic()
        with self._lock:
            if area in self._finished and now < self._finished[area] + _PATIENCE_S:
                return  # the few persons that changed meanwhile are derived with their page
            self._followed[area] = now + _PATIENCE_S
            if self._thread is None or not self._thread.is_alive():
                # A daemon: the program need not wait for it, what is derived is kept bit by bit.
                self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until it has nothing to do."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        # On Linux a thread has a priority of its own: requests come first.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWEST_PRIORITY)
        while (area := self._next_area()) is not None:
            self._work_off(area)

    def _next_area(self) -> Area | None:
        """Some area that is still followed; None ends the thread, and the next kiosk starts another one."""
        with self._lock:
            now = time.monotonic()
            self._followed = {area: until for area, until in self._followed.items() if until > now}
            if not self._followed:
                self._thread = None
            return next(iter(self._followed), None)

    def _work_off(self, area: Area) -> None:
        """Derive from the last household to the first, as long as somebody follows."""
        before = ""
        while self._is_followed(area):
            before = self._derive_some(area, before)
            if not before:
                with self._lock:
                    self._finished[area] = time.monotonic()
                    del self._followed[area]
                return

    def _is_followed(self, area: Area) -> bool:
        with self._lock:
            return self._followed.get(area, 0.0) > time.monotonic()

    def _derive_some(self, area: Area, before: str) -> str:
        """Keep some derivations; the household to go on with, "" = nothing is left."""
        until = time.monotonic() + _CHUNK_S
        derived: dict[Pair, bytes] = {}
        for household_id, pair in _undone(self._database, area, self._hardness, before, _MOST_PERSONS):
            before = household_id
            derived[pair] = _harden(pair, self._hardness)
            if time.monotonic() > until:
                break
        _keep(self._database, area, self._hardness, derived)
        return before if derived else ""


def _undone(
    database: Database, area: Area, hardness: Hardness, before: str, limit: int
) -> list[tuple[str, Pair]]:
    return database.read(lambda connection: last_undone(connection, area, hardness.cost, before, limit))


def _harden(pair: Pair, hardness: Hardness) -> bytes:
    citizen_key, name_key = pair
    return harden(citizen_key, name_key, hardness)


def _keep(database: Database, area: Area, hardness: Hardness, derived: Mapping[Pair, bytes]) -> None:
    if derived:
        county, _ = area
        database.write(lambda connection: keep_secrets(connection, county, hardness.cost, derived))
