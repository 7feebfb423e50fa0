"""The texts of one language each, read from kiosk/texts."""

from __future__ import annotations

import logging
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.scene.contract import Language, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS_DIR = Path(__file__).resolve().parent.parent / "texts"
TEXT_MISSING = "SCR-02"  # a text or a value of it is missing; the page shows a marker in its place

_PLACE = re.compile(r"\{(\w+)\}")
_log = logging.getLogger(__name__)


class Catalogue:
    """The texts of one language. A missing one becomes a visible marker and one line in the log."""

    def __init__(self, texts: Mapping[str, object]) -> None:
        self._texts = dict(_flatten(texts, ""))
        self._reported: set[str] = set()

    def say(self, text: Text | None) -> str:
        """The words of a text; "" for none."""
        if text is None:
            return ""
        if not text.key:
            return text.literal
        pattern = self._texts.get(text.key)
        if pattern is None:
            return self._mark_missing(text.key)
        values = dict(text.values)
        return _PLACE.sub(lambda place: self._value(text.key, place[1], values), pattern)

    def find(self, key: str) -> str:
        """The words of a key that takes no values; "" where there are none."""
        words = self._texts.get(key, "")
        return "" if _PLACE.search(words) else words

    def _value(self, key: str, name: str, values: Mapping[str, str | Text]) -> str:
        value = values.get(name)
        if value is None:
            return self._mark_missing(f"{key}.{name}")
        return self.say(value) if isinstance(value, Text) else value

    def _mark_missing(self, key: str) -> str:
        if key not in self._reported:
            self._reported.add(key)
            _log.error("%s text_missing key=%s", TEXT_MISSING, key)
        return f"⟦{key}⟧"


class Catalogues:
    """All languages; each is read when it is first needed, so that the first page is not kept waiting."""

    def __init__(self, folder: Path = TEXTS_DIR) -> None:
        self._folder = folder
        self._read: dict[Language, Catalogue] = {}

    def of(self, language: Language) -> Catalogue:
        """The catalogue of a language; an empty one, which marks every text, where the file is unusable."""
        if language not in self._read:
            self._read[language] = Catalogue(_read_texts(self._folder / f"{language.value}.toml"))
        return self._read[language]


def _read_texts(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        _log.error("%s catalogue_unusable file=%s why=%s", TEXT_MISSING, path.name, error)
        return {}


def _flatten(texts: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in texts.items():
        if isinstance(value, dict):
            found.extend(_flatten(value, f"{prefix}{name}."))
        else:
            found.append((prefix + name, str(value)))
    return found
