"""The platform as its own program on a port of its own; journeys use it, too."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Self

from backend.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMUNITY = "610525001003"
CARD_COST = 10  # guesses may be cheap where everybody is invented
_START_S = 20.0
_STOP_S = 10.0


class PlatformProcess:
    """`python -m backend serve` on a state directory. Comes back on the same port after a kill."""

    def __init__(self, state_dir: Path) -> None:
        self.state_dir = state_dir
        self._process: subprocess.Popen[str] | None = None
        self._port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The platform's address."""
        return f"http://127.0.0.1:{self._port}"

    def fill(self, households: int = 50, cards: Path | None = None) -> None:
        """Make demo data."""
        options = ["--cards", str(cards)] if cards else []
        self.run("demo-data", "--households", str(households), *options)

    def enrol(self, kiosk: str, community: str = COMMUNITY) -> Path:
        """Enrol a kiosk; the directory with its keys."""
        keys_dir = self.state_dir / f"keys-of-{kiosk}"
        self.run("enrol", "--out", str(keys_dir), kiosk, "--community", community)
        return keys_dir

    def start(self) -> None:
        """Serve, and return once it listens."""
        options = ("--state", str(self.state_dir), "--card-cost", str(CARD_COST), "--port", str(self._port))
        command = [sys.executable, "-m", "backend", "serve", *options]
        self.state_dir.mkdir(exist_ok=True)
        log = (self.state_dir / "serve.log").open("ab")
        with log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        self._port = int(self._ready_line().rsplit(":", 1)[1])

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """End it as a power cut would; its exit status."""
        return self._end(signal.SIGKILL)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let it live, but answer nothing meanwhile."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def log(self) -> str:
        """All that it wrote to its log."""
        return (self.state_dir / "serve.log").read_text(encoding="utf-8")

    def run(self, command: str, *options: str) -> str:
        """Run one of the platform's commands to its end, in this process to save its start; what it said."""
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            status = main([command, "--state", str(self.state_dir), *options])
        assert status == 0, said.getvalue()
        return said.getvalue()

    def describe(self) -> str:
        """The OpenAPI document."""
        words = [sys.executable, "-m", "backend", "openapi"]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=60).stdout

    def _ready_line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        alarm = threading.Timer(_START_S, self._process.kill)
        alarm.start()
        line = self._process.stdout.readline()
        alarm.cancel()
        assert line.startswith("ready http://"), f"the platform did not start: {self.log()}"
        return line.strip()

    def _end(self, how: signal.Signals) -> int:
        process = self._process
        assert process is not None
        process.send_signal(how)
        status = process.wait(_STOP_S)
        assert process.stdout is not None
        process.stdout.close()
        self._process = None
        return status
