"""One core process: first the attract page, then everybody who works behind it."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.log import LogEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.core.engine import Dispatch, Engine
    from kiosk.core.gateway import Gateway
    from kiosk.core.mailbox import Mailbox
    from kiosk.log import Log
    from kiosk.work.crew import Crew, Worker

EXIT_FAULT = 1
STOP_PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class Team:
    """Who works behind the page. `close` lets go of the store after every thread has ended."""

    workers: tuple[Worker, ...]
    dispatch: Dispatch
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Process:
    """The part of the core that a resident sees: the engine, and the socket where the screen stands."""

    mailbox: Mailbox
    engine: Engine[Any]
    gateway: Gateway
    crew: Crew
    log: Log
    kiosk: str
    address: str

    def open(self) -> None:
        """Listen for the screen and show the first page; touches wait until `serve`."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.mailbox.end(0))
        self.gateway.open()
        self.engine.begin()
        self.crew.start(self.gateway)
        sys.stdout.write(f"ready {self.address}\n")
        sys.stdout.flush()

    def serve(self, team: Team) -> int:
        """Work until SIGTERM, SIGINT (0) or a bug (1)."""
        self.log.info(LogEvent.CORE_STARTED, kiosk=self.kiosk)
        for worker in team.workers:
            self.crew.start(worker)
        exit_code = self._run(team)
        self.log.info(LogEvent.CORE_STOPPING, exit_code=exit_code)
        if not self.close():
            # A thread hangs in a device: what matters is in the journal, and systemd is waiting.
            os._exit(exit_code or EXIT_FAULT)
        team.close()
        return exit_code

    def close(self) -> bool:
        """End all threads; False when one did not end in time."""
        return self.crew.stop(STOP_PATIENCE_S)

    def _run(self, team: Team) -> int:
        try:
            return self.engine.run(team.dispatch)
        except Exception as error:  # noqa: BLE001 - the top of the process: a bug is logged and ends it
            self.log.fault("engine", error)
            return EXIT_FAULT
