from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from kiosk.domain.health import Component, Health
from kiosk.domain.health_rules import GOOD, Told
from kiosk.flow.events import StoreFailed, StoreRecovered
from kiosk.log import LogEvent
from kiosk.work.health_board import tell_nobody

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.codes import StoreCode
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.health_board import Tell


class StoreState:
    """Whether the store can write, as last seen by anybody; says so once at each change."""

    def __init__(self, post: Callable[[Event], None], log: Log, tell: Tell = tell_nobody) -> None:
        self._post = post
        self._tell = tell
        self._log = log
        self._lock = threading.Lock()
        self._code: StoreCode | None = None
        self._found = GOOD
        self.on_failed: Callable[[], None] = _nobody
        self.on_recovered: Callable[[], None] = _nobody

    def has_failed(self) -> bool:
        """True until somebody wrote again."""
        with self._lock:
            return self._code is not None

    def failed(self, code: StoreCode) -> None:
        """Somebody could not write."""
        with self._lock:
            is_news, self._code = self._code is not code, code
        self._tell(Component.STORE, Told(Health.BAD, code))
        if is_news:
            self._log.error(LogEvent.STORE_FAILED, code=code)
            self._post(StoreFailed(code))
            self.on_failed()

    def found(self, told: Told) -> Told:
        """What its figures say of the store; a failure to write outweighs it, and leaves it standing."""
        with self._lock:
            self._found = told
            return Told(Health.BAD, self._code) if self._code else told

    def recovered(self) -> None:
        """Somebody wrote again."""
        with self._lock:
            is_news, self._code = self._code is not None, None
            found = self._found
        if is_news:
            self._tell(Component.STORE, found)
            self._log.info(LogEvent.STORE_RECOVERED)
            self._post(StoreRecovered())
            self.on_recovered()


def _nobody() -> None:
    """Nobody has asked to be told yet."""
