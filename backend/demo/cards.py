from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from backend.demo.story_register import Card

_AUTHORITY = "澄城县公安局"


def write_cards(directory: Path, cards: tuple[Card, ...]) -> None:
    """One TOML file per card, as the ID-card simulator takes them; the file's stem is the story's."""
    directory.mkdir(parents=True, exist_ok=True)
    for card in cards:
        (directory / f"{card.stem}.toml").write_text(card_toml(card), encoding="utf-8")


def card_toml(card: Card) -> str:
    """The card file of one card."""
    fields: dict[str, str | date] = {
        "title": card.title,
        "kind": "resident",
        "name": card.person.name,
        "sex": card.person.sex,
        "nation": card.person.nation,
        "birth": card.person.birth,
        "address": card.address,
        "number": card.person.number,
        "authority": _AUTHORITY,
        "valid_from": card.valid_from,
        "valid_until": card.valid_until or "长期",
    }
    return "".join(f"{key} = {_toml(value)}\n" for key, value in fields.items())


def _toml(value: str | date) -> str:
    # Strings of JSON are strings of TOML; non-ASCII stays readable.
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
