"""Cards of invented persons, from TOML files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("resident", "permit_hmt", "foreigner_2017", "foreigner_2023")
LONG_TERM = "长期"


class CardFileError(ValueError):
    """A card file makes no sense; the message lists every mistake."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one card holds, as in its file."""

    kind: str
    name: str = field(repr=False)
    number: str = field(repr=False)
    birth: date = field(repr=False)
    valid_from: date
    valid_until: date | str  # 长期
    title: str = ""
    sex: str = "0"
    nation: str = ""
    address: str = field(default="", repr=False)
    authority: str = ""
    appended_address: str = field(default="", repr=False)
    latin_name: str = field(default="", repr=False)
    nationality: str = ""
    permit_number: str = field(default="", repr=False)
    issue_count: str = "01"


DATES = ("birth", "valid_from", "valid_until")
NEEDED = ("kind", "name", "number", *DATES)


def load_card(path: Path) -> Card:
    """The card in a TOML file; CardFileError lists all that is wrong with it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CardFileError(f"{path}: {error}") from error
    mistakes = list(_mistakes(content))
    if mistakes:
        raise CardFileError(f"{path}: {'; '.join(mistakes)}")
    return Card(**content)


def _mistakes(content: dict[str, Any]) -> list[str]:
    known = {one.name for one in fields(Card)}
    mistakes = [f"{key} is missing" for key in NEEDED if key not in content]
    mistakes += [f"{key} is unknown" for key in content if key not in known]
    for key, value in content.items():
        is_date = isinstance(value, date)
        if key in DATES and not is_date and not (key == "valid_until" and value == LONG_TERM):
            mistakes.append(f"{key} must be a date")
        if key in known - set(DATES) and not isinstance(value, str):
            mistakes.append(f"{key} must be a text")
    if content.get("kind", KINDS[0]) not in KINDS:
        mistakes.append(f"kind must be one of {', '.join(KINDS)}")
    return mistakes
