"""The engines that this machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.typing.lexicon import WithLexicon, read_lexicon
from kiosk.typing.rime import RimeEngine, RimeMissingError
from kiosk.typing.table import TableEngine
from kiosk.typing.zinnia import ZinniaEngine, ZinniaMissingError

if TYPE_CHECKING:
    from kiosk.typing.contract import HandwritingEngine, PinyinEngine


def open_pinyin() -> PinyinEngine:
    """librime, and the table where it is not installed; the words of this place first."""
    engine: PinyinEngine
    try:
        engine = RimeEngine()
    except RimeMissingError:
        engine = TableEngine()
    return WithLexicon(engine, read_lexicon())


def open_handwriting() -> HandwritingEngine | None:
    """zinnia; None where it is not installed."""
    try:
        return ZinniaEngine()
    except ZinniaMissingError:
        return None
