"""Where the simulated printer's paper lands: one PDF for each document that came out whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_UNSAFE = re.compile(r"[^\w.#-]", re.ASCII)
_MAX_NAME = 100


class Spool:
    """A folder of `NNN-jobname.pdf`, numbered in the order of printing, across restarts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        taken = [re.match(r"(\d+)-", path.name) for path in folder.glob("*.pdf")]
        self._last = max((int(match.group(1)) for match in taken if match), default=0)

    def store(self, job_name: str, document: bytes) -> Path:
        """Put one document down, atomically, so that a watcher sees it whole or not at all."""
        self._last += 1
        safe = _UNSAFE.sub("_", job_name)[:_MAX_NAME]
        path = self._folder / f"{self._last:03d}-{safe}.pdf"
        part = path.with_suffix(".part")
        part.write_bytes(document)
        return part.replace(path)
