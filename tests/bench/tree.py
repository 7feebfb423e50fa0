"""What a program and all that it started take from the machine."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psutil


class Tree:
    """A running program with its children, as they are at the moment of each question."""

    def __init__(self, pid: int) -> None:
        self._top = psutil.Process(pid)

    def processes(self) -> list[psutil.Process]:
        """The program first."""
        return [self._top, *self._top.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Processor time so far, of those that still run."""
        total = 0.0
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def wake_ups(self) -> int:
        """How often threads have gone to sleep and been woken so far."""
        total = 0
        for process in self.processes():
            for status in Path(f"/proc/{process.pid}/task").glob("*/status"):
                with suppress(FileNotFoundError, ProcessLookupError):
                    total += _switches(status.read_text(encoding="ascii", errors="replace"))
        return total

    def memory_mb(self) -> tuple[float, float]:
        """Resident memory, and proportional, where shared pages are divided among those who have them."""
        resident = proportional = 0.0
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                memory = process.memory_full_info()
                resident, proportional = resident + memory.rss / 1e6, proportional + memory.pss / 1e6
        return resident, proportional

    def end(self, patience_s: float) -> None:
        """End all of them, the program first."""
        processes = self.processes()
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        _, left = psutil.wait_procs(processes, patience_s)
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, patience_s)


def _switches(status: str) -> int:
    lines = (line.split() for line in status.splitlines())
    return sum(int(words[1]) for words in lines if words[:1] == ["voluntary_ctxt_switches:"])
