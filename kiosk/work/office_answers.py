"""How the office's answers look on the wire: rows, and files in parts."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.domain.health import Finding
    from kiosk.domain.issuance import UncertainPaper

    Say = Callable[[Mapping[str, Any]], None]  # one line of the answer

PART = 48 * 1024


def send_parts(content: bytes, say: Say) -> None:
    """A file, part by part."""
    for start in range(0, len(content), PART):
        say({"part": base64.b64encode(content[start : start + PART]).decode()})


class TextParts(io.StringIO):
    """Text that is sent in parts while it is written."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say

    def write(self, text: str, /) -> int:
        """Take a piece of it."""
        written = super().write(text)
        if self.tell() >= PART:
            self.send()
        return written

    def send(self) -> None:
        """Send what was written since."""
        self._say({"part": base64.b64encode(self.getvalue().encode()).decode()})
        self.seek(0)
        self.truncate()


def finding_row(finding: Finding) -> Mapping[str, Any]:
    """One component of the board."""
    return {
        "component": finding.component,
        "health": finding.health,
        "since": finding.since.isoformat(),
        "code": finding.code or "",
        "warnings": list(finding.warnings),
        "detail": finding.detail,
    }


def paper_row(paper: UncertainPaper) -> Mapping[str, Any]:
    """One paper that waits for a word."""
    return {
        "number": paper.number,
        "attempt": paper.attempt,
        "kind": paper.kind,
        "copies": paper.copies,
        "code": paper.code,
        "job": paper.job_id,
        "since": paper.prepared_at.isoformat(),
    }
