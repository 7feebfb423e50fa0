"""The threads of the process. A bug in any of them ends the process; systemd starts it again."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Protocol

from kiosk.work.inbox import ClosedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.log import Log


class Worker(Protocol):
    """One thread's work."""

    name: str

    def run(self) -> None:
        """Work until closed; ClosedError is the way out."""
        ...

    def close(self) -> None:
        """Make `run` come to an end soon. Any thread may call it."""
        ...


class Crew:
    """Starts workers, each in a thread of its own, and brings them home."""

    def __init__(self, log: Log, on_fault: Callable[[], None]) -> None:
        self._log = log
        self._on_fault = on_fault
        self._workers: list[tuple[Worker, threading.Thread]] = []

    def start(self, worker: Worker) -> None:
        """Run the worker in a new thread."""
        thread = threading.Thread(target=self._run, args=(worker,), name=worker.name)
        self._workers.append((worker, thread))
        thread.start()

    def stop(self, patience_s: float) -> bool:
        """Close all workers and wait for them; False when one did not end in time."""
        for worker, _ in self._workers:
            worker.close()
        end = time.monotonic() + patience_s
        for _, thread in self._workers:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for _, thread in self._workers)

    def _run(self, worker: Worker) -> None:
        try:
            worker.run()
        except ClosedError:
            return
        except Exception as error:  # noqa: BLE001 - the top of a thread: a bug is logged and ends the process
            self._log.fault(worker.name, error)
            self._on_fault()
