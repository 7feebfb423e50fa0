"""A file that takes up room, to be given away when the disk is full.

On a full disk even deleting a row needs room in the WAL. What closes a paper must still be written then.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BALLAST_BYTES = 1024 * 1024


class Ballast:
    """One megabyte at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_there(self) -> bool:
        """True while there is room to give away."""
        return self._path.exists()

    def release(self) -> bool:
        """Give the room away; False when it is given away already."""
        if not self.is_there():
            return False
        self._path.unlink()
        return True

    def restore(self) -> None:
        """Take the room again. Raises OSError while there is none; then nothing is taken."""
        if self.is_there():
            return
        draft = self._path.with_suffix(".new")
        try:
            with draft.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, BALLAST_BYTES)
                os.fsync(file.fileno())
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        draft.rename(self._path)
