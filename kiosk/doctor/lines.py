"""What the doctor says: one line for each thing looked at, the cause before its effects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.faults import Rank, fault_of
from kiosk.domain.health import Component, Health

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.faults import Words
    from kiosk.domain.health_rules import Told

LANGUAGES = ("zh", "en")
_ORDER = (Health.BAD, Health.UNKNOWN, Health.GOOD)
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Line:
    """One thing and how it is. `name` is a component's, or one of settings, files, core."""

    name: str
    told: Told


def sort_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What is bad first, and of that the cause; then what is unknown; then what is good."""
    names = [str(component) for component in Component]

    def place(line: Line) -> tuple[int, int, int]:
        rank = fault_of(line.told.code).rank if line.told.code else max(Rank)
        known = names.index(line.name) if line.name in names else -1
        return _ORDER.index(line.told.health), rank, known

    return tuple(sorted(lines, key=place))


def as_text(line: Line, language: str) -> str:
    """`BAD      page_printer     PRN-03  the tray is empty; refill it (media-empty)`."""
    told = line.told
    said = []
    if told.code:
        fault = fault_of(told.code)
        said.append(f"{told.code}  {_say(fault.cause, language)} {_say(fault.remedy, language)}")
    more = " ".join((*told.warnings, told.detail)).strip()
    if more:
        said.append(f"({more})")
    return f"{told.health.upper():<8} {line.name:<{_LONGEST_NAME}} {' '.join(said)}".rstrip()


def as_json(line: Line, language: str) -> str:
    """The same as one object."""
    told = line.told
    row: dict[str, object] = {"name": line.name, "health": told.health, "code": told.code or ""}
    if told.code:
        fault = fault_of(told.code)
        row |= {"cause": _say(fault.cause, language), "remedy": _say(fault.remedy, language)}
    row |= {"warnings": list(told.warnings), "detail": told.detail}
    return json.dumps(row, ensure_ascii=False)


def _say(words: Words, language: str) -> str:
    return words.zh if language == "zh" else words.en
