"""CUPS's own ippeveprinter as a fixture: somebody else's IPP printer with a paper side of ours."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import urlopen

import psutil

from devices.page.conversation import Conversation
from devices.page.deadline import Deadline
from devices.page.errors import LinkLostError
from devices.page.tags import PrinterState
from devices.page.timings import Timings
from tests.devices.printers.avahi import running_avahi

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE_S = 10.0
_POLL_S = 0.02
# The printer starts this for each job, with the document as $1; on stderr it listens to STATE: and ATTR:.
# Fault files in the folder "faults" make it wait or fail; what came out whole goes into "paper".
_SCRIPT = """#!/bin/sh
cd '{folder}'
echo "STATE: -media-jam-error" >&2
[ -e faults/mend ] && exit 0
pages=$(pdfinfo "$1" | sed -n 's/^Pages: *//p')
page=0
while [ "$page" -lt "$pages" ]; do
  if [ -e faults/paper_out_$page ]; then
    echo "STATE: +media-empty-error" >&2
    while [ -e faults/paper_out_$page ]; do sleep 0.02; done
    echo "STATE: -media-empty-error" >&2
  fi
  if [ -e faults/jam_$page ]; then
    echo "STATE: +media-jam-error" >&2
    exit 1
  fi
  page=$((page + 1))
  echo "ATTR: job-impressions-completed=$page" >&2
done
cp "$1" "paper/$IPP_JOB_ID.part"
echo "$IPP_JOB_NAME" >"paper/$IPP_JOB_ID.name"
mv "paper/$IPP_JOB_ID.part" "paper/$IPP_JOB_ID.pdf"
"""


class IppEvePrinter:
    """A running ippeveprinter."""

    def __init__(self, address: str, folder: Path, process: psutil.Popen) -> None:
        self.address = address
        self._process = process
        self._faults = folder / "faults"
        self._paper = folder / "paper"

    def paper_out(self, after: int) -> None:
        """No paper for the sheet after this many of the next job, until refilled."""
        (self._faults / f"paper_out_{after}").touch()

    def jam(self, after: int) -> None:
        """The sheet after this many of the next job jams, and the job is aborted."""
        (self._faults / f"jam_{after}").touch()

    def toner(self, percent: int) -> None:
        """Set the level of its one toner, on the page of its own web server."""
        host = urlsplit(self.address).netloc
        with urlopen(f"http://{host}/supplies?supply0=25&supply1={percent}", timeout=_PATIENCE_S):
            pass  # done once it answers

    def kill(self) -> None:
        """It is gone, in the middle of a sheet if need be."""
        end_at_once(self._process)

    def refill(self) -> None:
        """Paper for what waits."""
        for fault in self._faults.glob("paper_out_*"):
            fault.unlink()

    def mend(self) -> None:
        """Refill and remove what is jammed; takes a job of its own where something was jammed."""
        was_jammed = any(self._faults.glob("jam_*"))
        had_fault = any(self._faults.iterdir())
        for fault in self._faults.iterdir():
            fault.unlink()
        if was_jammed:
            self._reset()
        if had_fault:
            _await_idle(self.address)

    def printed(self) -> list[bytes]:
        """The documents that came out whole, in the order of their jobs."""
        return [path.read_bytes() for path in self._came_out()]

    def printed_names(self) -> list[str]:
        """The names of their jobs."""
        return [path.with_suffix(".name").read_text().strip() for path in self._came_out()]

    def _came_out(self) -> list[Path]:
        return sorted(self._paper.glob("*.pdf"), key=lambda path: int(path.stem))

    def _reset(self) -> None:
        """Its reasons change only with a job, and our driver rightly sends none to a jammed printer."""
        mark = self._faults / "mend"
        mark.write_bytes(b"%PDF-1.4\n")
        words = ("ipptool", "-q", "-f", str(mark), "-d", "filetype=application/pdf", self.address)
        subprocess.run((*words, "print-job.test"), check=True, timeout=10)
        _await_idle(self.address)
        mark.unlink()


@contextmanager
def running_ippeveprinter(folder: Path) -> Iterator[IppEvePrinter]:
    """Start one on a free port of loopback and end it, and it only."""
    for name in ("faults", "paper", "spool"):
        (folder / name).mkdir()
    script = folder / "print.sh"
    script.write_text(_SCRIPT.format(folder=folder))
    script.chmod(0o700)
    with running_avahi() as environment, (folder / "log").open("wb") as log:
        port = free_port()
        name = f"Kiosk test {os.getpid()} {port}"
        words = ["ippeveprinter", "-p", str(port), "-n", "localhost", "-d", str(folder / "spool")]
        words += ["-f", "application/pdf", "-k", "-c", str(script), name]
        process = psutil.Popen(words, env=environment, stdout=log, stderr=log)
        try:
            printer = IppEvePrinter(f"ipp://localhost:{port}/ipp/print", folder, process)
            _await_idle(printer.address)
            yield printer
        finally:
            end_at_once(process)


def end_at_once(process: psutil.Popen) -> None:
    """SIGKILL for a program of ours and all that it has started."""
    if process.poll() is None:
        for each in [*process.children(recursive=True), process]:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        process.wait()


def free_port() -> int:
    """A port of loopback that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_idle(address: str) -> None:
    """Return once it answers, has no job and no complaint; ippeveprinter takes one job at a time."""
    end = Deadline.after(timedelta(seconds=_PATIENCE_S))
    with closing(Conversation(address, Timings())) as talk:
        while not _is_idle(talk, end):
            if end.has_passed():
                raise TimeoutError("ippeveprinter does not come to rest")
            time.sleep(_POLL_S)


def _is_idle(talk: Conversation, deadline: Deadline) -> bool:
    try:
        report = talk.printer(deadline)
    except LinkLostError:
        return False  # not serving yet
    return report.state == PrinterState.IDLE and not report.stems
