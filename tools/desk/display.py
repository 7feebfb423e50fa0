"""An X display: the one that is there, or one of our own without a screen."""

from __future__ import annotations

import os
import select
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

START_PATIENCE_S = 10.0


class DisplayError(Exception):
    """No display could be started."""


class VirtualDisplay:
    """An Xvfb of the given size. `name` is its display name, such as ":5"."""

    def __init__(self, width_px: int, height_px: int, log: Path) -> None:
        reading, writing = os.pipe()
        log.parent.mkdir(parents=True, exist_ok=True)
        words = ("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width_px}x{height_px}x24")
        try:
            with log.open("ab") as errors:
                self._process = subprocess.Popen(
                    (*words, "-nolisten", "tcp", "-noreset"),
                    pass_fds=[writing],
                    stdin=subprocess.DEVNULL,
                    stdout=errors,
                    stderr=errors,
                    process_group=0,  # it ends after the programs that draw on it
                )
        except FileNotFoundError:
            os.close(reading)
            raise DisplayError("there is no display, and no Xvfb to make one (package xvfb)") from None
        finally:
            os.close(writing)
        self.name = f":{self._number(reading)}"

    def close(self) -> None:
        """End it. Calling it twice is harmless."""
        self._process.terminate()
        self._process.wait()

    def _number(self, reading: int) -> str:
        # -displayfd: Xvfb finds a free number by itself and tells it when it serves.
        with os.fdopen(reading, "rb") as answer:
            arrived, _, _ = select.select([answer], [], [], START_PATIENCE_S)
            number = answer.readline().decode().strip() if arrived else ""
        if not number:
            self.close()
            raise DisplayError("Xvfb did not start")
        return number
