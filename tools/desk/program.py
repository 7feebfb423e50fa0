"""One program of the house as a process: started, awaited, ended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]

START_PATIENCE = timedelta(seconds=30)
END_PATIENCE = timedelta(seconds=8)
LOG_TAIL_LINES = 12


class ProgramError(Exception):
    """A program did not do what it was started for; the text says which, and ends with its last words."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run: `python -m MODULE ARGUMENTS` of the house; everything it prints goes to `log`."""

    name: str
    module: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """The command line; where the machine has setpriv, the program ends with whoever started it."""
        python = (sys.executable, "-m", *self.module)
        setpriv = shutil.which("setpriv")
        return (setpriv, "--pdeathsig", "SIGTERM", "--", *python) if setpriv else python


class Program:
    """A running program. `ready()` is told by its line `ready ADDRESS`; `stop()` may be called twice."""

    def __init__(self, command: Command) -> None:
        self.name = command.name
        self.log = command.log
        self.started = time.monotonic()
        self.ready_after: timedelta | None = None
        self._address = ""
        self._said = threading.Event()
        command.log.parent.mkdir(parents=True, exist_ok=True)
        with command.log.open("ab") as errors:
            self._process = subprocess.Popen(
                command.words,
                cwd=ROOT,
                env={**os.environ, **command.environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                process_group=0,  # Ctrl-C is for the desk, which ends the programs in their order
            )
        self._listener = threading.Thread(target=self._listen, name=f"{self.name}-output", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def ready(self, patience: timedelta = START_PATIENCE) -> str:
        """The address that it serves. Raises ProgramError where it ends or stays silent instead."""
        if not self._said.wait(patience.total_seconds()):
            raise ProgramError(self._complain(f"did not become ready within {patience.total_seconds():g} s"))
        if not self._address:
            raise ProgramError(
                self._complain(f"ended with status {self._process.wait()} before it was ready")
            )
        return self._address

    def finish(self, patience: timedelta) -> None:
        """Wait for its own end. Raises ProgramError unless the exit status is 0."""
        try:
            status = self._process.wait(patience.total_seconds())
        except subprocess.TimeoutExpired:
            self.kill()
            raise ProgramError(self._complain(f"took over {patience.total_seconds():g} s")) from None
        self._release()
        if status:
            raise ProgramError(self._complain(f"ended with status {status}"))

    def stop(self, patience: timedelta = END_PATIENCE) -> int:
        """Ask it to end (SIGTERM), make it end where it does not; its exit status."""
        self._process.terminate()
        try:
            self._process.wait(patience.total_seconds())
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._release()
        return self._process.wait()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()
        self._release()

    def last_words(self) -> str:
        """The end of its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-LOG_TAIL_LINES:])

    def _complain(self, what: str) -> str:
        return f"{self.name} {what}; the end of {self.log.name}:\n{self.last_words()}"

    def _release(self) -> None:
        self._listener.join()
        if self._process.stdout:
            self._process.stdout.close()

    def _listen(self) -> None:
        output = self._process.stdout
        if output is not None:
            with self.log.open("ab") as log:
                self._copy(output, log)
        self._said.set()

    def _copy(self, output: IO[bytes], log: IO[bytes]) -> None:
        for line in output:
            log.write(line)
            log.flush()
            word, _, address = line.decode(errors="replace").strip().partition(" ")
            if word == "ready" and not self._address:
                self.ready_after = timedelta(seconds=time.monotonic() - self.started)
                self._address = address or "-"
                self._said.set()
