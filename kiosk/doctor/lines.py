"""What the doctor says: one line for each thing looked at, the cause before its effects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.health import Component, Health

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiosk.domain.health import FindingCode
    from kiosk.domain.health_rules import Told

_ORDER = (Health.BAD, Health.UNKNOWN, Health.GOOD)
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a technician reads of a code. Codes of a lower `rank` are causes of those of a higher one."""

    rank: int
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing and how it is. `name` is a component's, or one of settings, files, core."""

    name: str
    told: Told


def sort_lines(lines: Iterable[Line], remedy_of: Callable[[FindingCode], Remedy]) -> tuple[Line, ...]:
    """What is bad first, and of that the cause; then what is unknown; then what is good."""
    names = [str(component) for component in Component]

    def place(line: Line) -> tuple[int, int, int]:
        rank = remedy_of(line.told.code).rank if line.told.code else 0
        known = names.index(line.name) if line.name in names else -1
        return _ORDER.index(line.told.health), rank, known

    return tuple(sorted(lines, key=place))


def as_text(line: Line, remedy_of: Callable[[FindingCode], Remedy]) -> str:
    """`BAD      page_printer     PRN-03  the printer has no paper; refill it (media-empty)`."""
    told = line.told
    said = []
    if told.code:
        remedy = remedy_of(told.code)
        said.append(f"{told.code}  {remedy.cause} {remedy.remedy}")
    more = " ".join((*told.warnings, told.detail)).strip()
    if more:
        said.append(f"({more})")
    return f"{told.health.upper():<8} {line.name:<{_LONGEST_NAME}} {' '.join(said)}".rstrip()


def as_json(line: Line, remedy_of: Callable[[FindingCode], Remedy]) -> str:
    """The same as one object."""
    told = line.told
    row: dict[str, object] = {"name": line.name, "health": told.health, "code": told.code or ""}
    if told.code:
        remedy = remedy_of(told.code)
        row |= {"cause": remedy.cause, "remedy": remedy.remedy}
    row |= {"warnings": list(told.warnings), "detail": told.detail}
    return json.dumps(row, ensure_ascii=False)
