"""One core process from its first scene to its exit status."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.log import LogEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.core.engine import Engine
    from kiosk.core.gateway import Gateway
    from kiosk.core.mailbox import Mailbox
    from kiosk.log import Log
    from kiosk.work.crew import Crew, Worker

EXIT_FAULT = 1
STOP_PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Process:
    """The assembled core. `close` lets go of the store after every thread has ended."""

    mailbox: Mailbox
    engine: Engine[Any]
    gateway: Gateway
    crew: Crew
    workers: tuple[Worker, ...]
    close: Callable[[], None]
    log: Log
    kiosk: str
    address: str

    def run(self) -> int:
        """Serve until SIGTERM, SIGINT (0) or a bug (1)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.mailbox.end(0))
        self.gateway.open()
        self.engine.begin()
        self.crew.start(self.gateway)
        sys.stdout.write(f"ready {self.address}\n")
        sys.stdout.flush()
        self.log.info(LogEvent.CORE_STARTED, kiosk=self.kiosk)
        for worker in self.workers:
            self.crew.start(worker)
        exit_code = self._serve()
        self.log.info(LogEvent.CORE_STOPPING, exit_code=exit_code)
        if not self.crew.stop(STOP_PATIENCE_S):
            # A thread hangs in a device: what matters is in the journal, and systemd is waiting.
            os._exit(exit_code or EXIT_FAULT)
        self.close()
        return exit_code

    def _serve(self) -> int:
        try:
            return self.engine.run()
        except Exception as error:  # noqa: BLE001 - the top of the process: a bug is logged and ends it
            self.log.fault("engine", error)
            return EXIT_FAULT
