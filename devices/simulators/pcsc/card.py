"""Chip cards of invented persons, from TOML files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("social_security", "bank", "id_card", "mute")
FORMS = ("both", "number", "tag")
SELECTS = ("both", "00", "02")
CHOICES = {"kind": KINDS, "reads_by": FORMS, "selects_by": SELECTS}


class CardFileError(ValueError):
    """A card file makes no sense; the message lists every mistake."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one card holds and how its chip answers, as in its file."""

    kind: str
    title: str = ""
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    card_number: str = field(default="", repr=False)
    sex: str = "0"
    nation: str = "01"
    region: str = "610525"
    version: str = "3.00"
    issued: date | None = None
    expires: date | None = None
    reads_by: str = "both"  # what READ RECORD understands: the record's number, its tag, or both
    selects_by: str = "both"  # which P1 of SELECT opens a file
    corrects_length: bool = True  # 6Cxx to another length than the record's
    announces: bool = False  # 61xx instead of the data at once


DATES = ("birth", "issued", "expires")
SWITCHES = ("corrects_length", "announces")
NEEDED = ("name", "number", "birth", "card_number")


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
    mistakes = [f"{key} is unknown" for key in content if key not in known]
    if "kind" not in content:
        mistakes.append("kind is missing")
    if content.get("kind") == KINDS[0]:
        mistakes += [f"{key} is missing" for key in NEEDED if key not in content]
    for key, value in content.items():
        wanted = date if key in DATES else bool if key in SWITCHES else str
        if key in known and not isinstance(value, wanted):
            mistakes.append(f"{key} must be of type {wanted.__name__}")
        if key in CHOICES and value not in CHOICES[key]:
            mistakes.append(f"{key} must be one of {', '.join(CHOICES[key])}")
    return mistakes
