"""CUPS's own cupsd as a fixture: somebody else's spooler, with an ippeveprinter behind its queues."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from devices.page.conversation import Conversation
from devices.page.deadline import Deadline
from devices.page.timings import Timings
from tests.devices.printers.ippeveprinter import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE_S = 20.0
_POLL_S = 0.02
_NO_DRIVER_YET = "Local Raw Printer"
# What printing over loopback needs and nothing else; everybody may resume a queue that it has paused.
_CONFIG = """Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
LogLevel info
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}/etc
StateDir {folder}/run
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
Printcap
"""


class Cupsd:
    """A cupsd of our own: own root, spool, log and port."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._server = f"127.0.0.1:{port}"
        self._process: psutil.Popen | None = None
        for name in ("etc", "run", "spool/tmp", "cache", "log"):
            (folder / name).mkdir(parents=True)
        (folder / "cupsd.conf").write_text(_CONFIG.format(port=port))
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))

    def address(self, queue: str) -> str:
        """The address of one of its queues."""
        return f"ipp://{self._server}/printers/{queue}"

    def start(self) -> None:
        """Start it and wait until it serves."""
        config = ("-c", str(self._folder / "cupsd.conf"), "-s", str(self._folder / "cups-files.conf"))
        checked = subprocess.run(["cupsd", "-t", *config], capture_output=True, text=True, check=False)
        if checked.returncode != 0:
            raise RuntimeError(f"cupsd does not take its configuration: {checked.stderr}")
        with (self._folder / "log" / "out").open("ab") as log:
            self._process = psutil.Popen(["cupsd", "-f", *config], stdout=log, stderr=log)
        end = time.monotonic() + _PATIENCE_S
        while not self._serves():
            if time.monotonic() > end or self._process.poll() is not None:
                raise RuntimeError("cupsd does not start")
            time.sleep(_POLL_S)

    def add_queue(self, queue: str, device: str, policy: str = "retry-current-job") -> None:
        """A queue that asks the printer what it can (`-m everywhere`)."""
        words = ["lpadmin", "-h", self._server, "-p", queue, "-E", "-v", device, "-m", "everywhere"]
        done = subprocess.run(
            [*words, "-o", f"printer-error-policy={policy}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_S,
        )
        if done.returncode != 0:
            raise RuntimeError(f"lpadmin: {done.stderr}")
        self._await_driver(queue)

    def _await_driver(self, queue: str) -> None:
        """Cupsd asks the printer after lpadmin has gone; until then it takes no PDF."""
        end = Deadline.after(timedelta(seconds=_PATIENCE_S))
        with closing(Conversation(self.address(queue), Timings())) as talk:
            while talk.printer(end).model == _NO_DRIVER_YET:
                time.sleep(_POLL_S)

    def pause(self, queue: str, reason: str = "") -> None:
        """Pause a queue; without a reason CUPS notes that a person did it."""
        words = ["cupsdisable", "-h", self._server, *(["-r", reason] if reason else []), queue]
        subprocess.run(words, check=True, capture_output=True, timeout=_PATIENCE_S)

    def backends(self, device: str) -> list[psutil.Process]:
        """The backends that send to this device now: its address is the first word of their command."""
        found = []
        for each in self.helpers():
            with suppress(psutil.NoSuchProcess):  # has just ended
                found += [each] if device in each.cmdline()[:1] else []
        return found

    def helpers(self) -> list[psutil.Process]:
        """The filters and backends that it has started."""
        return self._process.children(recursive=True) if self._process else []

    def kill(self) -> None:
        """SIGKILL, as a crash: what it has started goes on alone, and is left to `ippeveprinter`."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(_PATIENCE_S)
            self._process = None

    def stop(self) -> None:
        """End it, and what it has started."""
        helpers = self.helpers()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_PATIENCE_S)
            self._process = None
        for helper in helpers:
            with suppress(psutil.NoSuchProcess):
                helper.kill()

    def _serves(self) -> bool:
        host, _, port = self._server.partition(":")
        with socket.socket() as probe:
            return probe.connect_ex((host, int(port))) == 0


@contextmanager
def running_cupsd() -> Iterator[Cupsd]:
    """One on a free port of loopback."""
    # Its filters run as another user, who must be able to reach the spool: not below pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix=f"community-kiosk-cupsd-{os.getpid()}-"))
    folder.chmod(0o711)
    cupsd = Cupsd(folder, free_port())
    try:
        cupsd.start()
        yield cupsd
    finally:
        cupsd.stop()
        shutil.rmtree(folder)
