"""Both catalogues as flat tables of key and words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.scene.contract import Language

_TEXTS = Path(__file__).resolve().parents[2] / "kiosk" / "texts"
_PLACE = re.compile(r"\{(\w+)\}")


def read_texts(language: Language) -> dict[str, str]:
    """Every text of a language under its dotted key."""
    content = tomllib.loads((_TEXTS / f"{language.value}.toml").read_text(encoding="utf-8"))
    return dict(_flat(content, ""))


def places_in(words: str) -> set[str]:
    """The names of the values that a text takes."""
    return set(_PLACE.findall(words))


def _flat(content: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in content.items():
        key = f"{prefix}{name}"
        found += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, value)]
    return found
