"""One thread for calls that may never come back, and callers who do not wait longer than they want."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from devices.contract import DeviceCode
from devices.errors import DeviceError, SilenceError

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class Order(Generic[Result]):
    """One call: handed over, done, and its result or its error fetched if anybody still waits."""

    def __init__(self, action: Callable[[], Result]) -> None:
        self._action = action
        self._done = threading.Event()
        self._result: list[Result] = []
        self._error: DeviceError | None = None

    def run(self) -> None:
        """Do it, on the worker's thread."""
        try:
            self._result.append(self._action())
        except DeviceError as error:
            self._error = error
        finally:
            self._done.set()

    def wait(self, limit: float) -> bool:
        """True once it is done; False if the limit passes first."""
        return self._done.wait(max(0.0, limit - time.monotonic()))

    def result(self) -> Result:
        """What came of it."""
        if self._error is not None:
            raise self._error
        return self._result[0]


class Worker:
    """Runs one call after another. A call that hangs holds up the next ones, never their callers.

    There is one thread only, however many calls were given up: a reader that hangs would hang the next
    thread as well.
    """

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[Order[Any] | None] = queue.SimpleQueue()
        self._last: Order[Any] | None = None
        self._thread = threading.Thread(target=self._serve, name="pcsc", daemon=True)
        self._thread.start()

    def call(self, action: Callable[[], Result], limit: float) -> Result:
        """The result of the call; SilenceError if it, or one before it, is not done by the limit."""
        if self._last is not None and not self._last.wait(limit):
            raise SilenceError(DeviceCode.SOCIAL_READER_SILENT, "an earlier call still hangs")
        order: Order[Result] = Order(action)
        self._last = order
        self._orders.put(order)
        if not order.wait(limit):
            raise SilenceError(DeviceCode.SOCIAL_READER_SILENT, "no answer in time")
        return order.result()

    def end(self, farewell: Callable[[], None], limit: float) -> None:
        """Do this last and end; if it takes longer than the limit, it happens when nobody waits for it."""
        order = Order(farewell)
        self._orders.put(order)
        self._orders.put(None)
        if order.wait(limit):
            self._thread.join()

    def _serve(self) -> None:
        while (order := self._orders.get()) is not None:
            order.run()
