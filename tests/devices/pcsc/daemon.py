"""The real pcscd with vpcd, started without systemd; only what was started here is ended."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from devices.simulators.pcsc.line import PORT

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = Path("/run/pcscd")
LEFT_BEHIND = ("pcscd.comm", "pcscd.pid")
LOCK = Path(tempfile.gettempdir()) / "kiosk-tests-pcscd.lock"
PATIENCE_S = 20
START_S, TRIES = 10, 4
LOOK_S = 0.01


class PcscDaemon:
    """pcscd has one socket and vpcd one port for the whole machine: see `the_only_daemon`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, config: Path | None = None) -> None:
        """Start it and wait until it serves; `config` is a folder of readers in place of the machine's."""
        if any(process.name() == "pcscd" for process in psutil.process_iter()):
            raise AssertionError("another pcscd runs on this machine")
        for name in LEFT_BEHIND:  # after a SIGKILL they stay, and it would not start
            (RUN / name).unlink(missing_ok=True)
        words = ["pcscd", "-f", *(["-c", str(config)] if config else [])]
        for _ in range(TRIES):
            self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if self._serves(has_reader=config is None):
                return
            self.stop()  # vpcd's port lies among those that the system lends to anybody
        raise AssertionError("pcscd does not serve")

    def stop(self) -> None:
        """End it as a system would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Let it die; its socket stays behind."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE_S)
            self._process = None

    def _serves(self, *, has_reader: bool) -> bool:
        limit = time.monotonic() + START_S
        while not ((RUN / LEFT_BEHIND[0]).exists() and (not has_reader or _is_listened_to())):
            assert self._process is not None
            assert self._process.poll() is None, "pcscd ended at once"
            if time.monotonic() > limit:
                return False
            time.sleep(LOOK_S)
        return True


@contextmanager
def the_only_daemon() -> Iterator[PcscDaemon]:
    """A running pcscd; a second test run on this machine waits until this one has ended its own."""
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        daemon = PcscDaemon()
        daemon.start()
        try:
            yield daemon
        finally:
            daemon.stop()


def _is_listened_to() -> bool:
    """True once vpcd has its port; asked of the kernel, for a connection would be a card."""
    wanted = f"{PORT:04X}"
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return any(line.split()[1].endswith(f":{wanted}") and line.split()[3] == "0A" for line in lines)
