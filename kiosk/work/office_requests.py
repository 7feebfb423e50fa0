"""The office's questions: one line of JSON each, taken only where every field is as it must be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

MOST_REQUEST_BYTES = 4096


class RequestError(Exception):
    """Nobody understands this line."""


@dataclass(frozen=True, slots=True)
class ListOutbox:
    """What the platform did not take, and how much waits."""


@dataclass(frozen=True, slots=True)
class RetryOutbox:
    """Send again what the platform did not take."""


@dataclass(frozen=True, slots=True)
class ExportOutbox:
    """All that is owed, as the file of the second road."""


@dataclass(frozen=True, slots=True)
class ListPapers:
    """The papers that wait for a person's word."""


@dataclass(frozen=True, slots=True)
class SettlePaper:
    """A person's word on one of them; `attempt` None = the one that is in doubt."""

    number: str
    attempt: int | None
    came_out: bool
    staff: str


@dataclass(frozen=True, slots=True)
class ExportLedger:
    """The whole ledger."""


@dataclass(frozen=True, slots=True)
class TellKeys:
    """The public keys by which a ledger is verified: the kiosk's and the platform's."""


@dataclass(frozen=True, slots=True)
class TellStatus:
    """Counts, ages and versions."""


@dataclass(frozen=True, slots=True)
class TellBoard:
    """How every component is."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The readiness report, as PDF."""


Request = (
    ListOutbox
    | RetryOutbox
    | ExportOutbox
    | ListPapers
    | SettlePaper
    | ExportLedger
    | TellKeys
    | TellStatus
    | TellBoard
    | ExportReport
)


def read_request(line: bytes) -> Request:
    """What is asked. Raises RequestError."""
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RequestError from error
    if not isinstance(content, dict):
        raise RequestError
    match content.pop("ask", None):
        case "papers.settle":
            return _settle(content)
        case str(name) if name in _PLAIN and not content:
            return _PLAIN[name]
        case _:
            raise RequestError


def _settle(content: dict[str, Any]) -> SettlePaper:
    match content:
        case {"number": str(number), "attempt": attempt, "came_out": bool(came_out), "staff": str(staff)}:
            is_count = type(attempt) is int and attempt > 0
            if len(content) == 4 and (attempt is None or is_count):  # noqa: PLR2004 - the four above
                return SettlePaper(number, attempt, came_out, staff)
    raise RequestError


_PLAIN: dict[str, Request] = {
    "outbox.list": ListOutbox(),
    "outbox.retry": RetryOutbox(),
    "outbox.export": ExportOutbox(),
    "papers.uncertain": ListPapers(),
    "ledger.export": ExportLedger(),
    "ledger.keys": TellKeys(),
    "status": TellStatus(),
    "board": TellBoard(),
    "report.export": ExportReport(),
}
