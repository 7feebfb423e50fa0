"""The lines of a trace: what passed, which way, and when. Pure, but for reading a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
LARGEST_BYTES = 1024 * 1024
LONGEST_MS = 100 * 24 * 3600 * 1000  # nobody records for a hundred days, and no clock waits for longer


class TraceError(ValueError):
    """A file is no trace; the message says where and why."""


class Way(StrEnum):
    """What happened on the wire."""

    OPEN = "open"  # the line was opened
    OUT = "out"  # from the driver to the device
    IN = "in"  # from the device to the driver
    GONE = "gone"  # the line vanished
    FULL = "full"  # the trace has its largest size; nothing more was recorded


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, `at_ms` after the recording began.

    Of `data`, `hidden` bytes stand in the place of others that might have told of a person.
    """

    at_ms: int
    way: Way
    data: bytes = b""
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """A whole recording; `kind` is the folder of the driver that made it."""

    kind: str
    entries: tuple[Entry, ...]


def head_line(kind: str) -> str:
    """The first line of a trace."""
    return json.dumps({"trace": FORMAT, "kind": kind}) + "\n"


def entry_line(entry: Entry) -> str:
    """One further line."""
    line: dict[str, int | str] = {"at_ms": entry.at_ms, "way": entry.way.value}
    if entry.data:
        line["hex"] = entry.data.hex()
    if entry.hidden:
        line["hidden"] = entry.hidden
    return json.dumps(line) + "\n"


def load_trace(path: Path) -> Trace:
    """The trace in a file. A last line without its end, as a power cut leaves it, is passed over.

    Raises TraceError.
    """
    try:
        with path.open(encoding="ascii") as file:
            text = file.read(LARGEST_BYTES + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise TraceError(f"{path.name}: {type(error).__name__}") from error
    if len(text) > LARGEST_BYTES:
        raise TraceError(f"{path.name}: larger than any trace")
    first, *rest = text.split("\n")[:-1] or [""]
    head = _object(first, 1)
    if head.get("trace") != FORMAT or not isinstance(head.get("kind"), str):
        raise TraceError(f"{path.name}: line 1 is not the head of a trace")
    return Trace(str(head["kind"]), tuple(_entry(line, number) for number, line in enumerate(rest, 2)))


def _entry(line: str, number: int) -> Entry:
    fields = _object(line, number)
    at_ms, hidden = fields.get("at_ms"), fields.get("hidden", 0)
    try:
        way, data = Way(str(fields.get("way"))), bytes.fromhex(str(fields.get("hex", "")))
    except ValueError as error:
        raise TraceError(f"line {number}: {error}") from error
    if not isinstance(at_ms, int) or not 0 <= at_ms <= LONGEST_MS:
        raise TraceError(f"line {number}: at_ms makes no sense")
    if not isinstance(hidden, int) or not 0 <= hidden <= len(data):
        raise TraceError(f"line {number}: hidden makes no sense")
    return Entry(at_ms, way, data, hidden)


def _object(line: str, number: int) -> dict[str, object]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TraceError(f"line {number} is no JSON") from error
    if not isinstance(value, dict):
        raise TraceError(f"line {number} is no JSON object")
    return value
