"""Orders to a simulator over its control socket."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE_S = 5.0


class OrderRefusedError(Exception):
    """The simulator did not do it; the text says why."""


@dataclass(frozen=True, slots=True)
class Control:
    """The control socket of one simulator."""

    path: Path

    def order(self, do: str, **details: Any) -> dict[str, Any]:
        """Send one order and return the answer. Raises OrderRefusedError, or OSError without a simulator."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE_S)
            line.connect(str(self.path))
            line.sendall(json.dumps({"do": do, **details}).encode() + b"\n")
            with line.makefile("rb") as answers:
                answer: dict[str, Any] = json.loads(answers.readline())
        if not answer.pop("ok", False):
            raise OrderRefusedError(str(answer.get("error", "refused without a reason")))
        return answer
