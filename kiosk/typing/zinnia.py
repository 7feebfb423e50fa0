"""Handwriting by zinnia, with the model of the Tegaki project. It holds nothing between two questions."""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_int, c_size_t, c_void_p
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.typing.contract import MAX_CANDIDATES

if TYPE_CHECKING:
    from kiosk.typing.contract import Stroke

LIBRARY = "libzinnia.so.0"
MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
_OWN_MAPPINGS = Path("/proc/self/maps")
_NOT_NEEDED = 4  # MADV_DONTNEED
_PAD = 1000  # the model does not care how large the pad is
_MOST_STROKES, _MOST_POINTS = 40, 200

_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "zinnia_recognizer_new": (c_void_p, []),
    "zinnia_recognizer_destroy": (None, [c_void_p]),
    "zinnia_recognizer_open": (c_int, [c_void_p, c_char_p]),
    "zinnia_recognizer_classify": (c_void_p, [c_void_p, c_void_p, c_size_t]),
    "zinnia_character_new": (c_void_p, []),
    "zinnia_character_destroy": (None, [c_void_p]),
    "zinnia_character_set_width": (None, [c_void_p, c_size_t]),
    "zinnia_character_set_height": (None, [c_void_p, c_size_t]),
    "zinnia_character_add": (c_int, [c_void_p, c_size_t, c_int, c_int]),
    "zinnia_result_value": (c_char_p, [c_void_p, c_size_t]),
    "zinnia_result_size": (c_size_t, [c_void_p]),
    "zinnia_result_destroy": (None, [c_void_p]),
    "madvise": (c_int, [c_void_p, c_size_t, c_int]),  # of the C library, which comes along
}


class ZinniaMissingError(Exception):
    """The library or its model is not installed."""


class ZinniaEngine:
    """See kiosk.typing.contract.HandwritingEngine. Its model takes 25 MB only while it is asked."""

    def __init__(self, model: Path = MODEL) -> None:
        """Raises ZinniaMissingError."""
        try:
            self._zinnia = ctypes.CDLL(LIBRARY)
        except OSError as error:
            raise ZinniaMissingError(str(error)) from error
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(self._zinnia, name)
            function.restype, function.argtypes = result, arguments
        self._recognizer = self._zinnia.zinnia_recognizer_new()
        if not self._zinnia.zinnia_recognizer_open(self._recognizer, bytes(model)):
            self.close()
            raise ZinniaMissingError(f"{model} cannot be read")
        self._mappings = _mappings_of(model)
        self._let_go()

    def characters(self, strokes: tuple[Stroke, ...]) -> tuple[str, ...]:
        """The likely characters, best first."""
        if not any(strokes):
            return ()
        written = self._zinnia.zinnia_character_new()
        try:
            self._zinnia.zinnia_character_set_width(written, _PAD)
            self._zinnia.zinnia_character_set_height(written, _PAD)
            for at, stroke in enumerate(strokes[:_MOST_STROKES]):
                for point in stroke[:_MOST_POINTS]:
                    x, y = (round(min(1.0, max(0.0, each)) * _PAD) for each in (point.x, point.y))
                    self._zinnia.zinnia_character_add(written, at, x, y)
            return self._classify(written)
        finally:
            self._zinnia.zinnia_character_destroy(written)
            self._let_go()

    def close(self) -> None:
        """Give back the model; may be called twice."""
        if self._recognizer:
            self._zinnia.zinnia_recognizer_destroy(self._recognizer)
            self._recognizer = None

    def _let_go(self) -> None:
        """The model is a mapped file: what was read of it goes, and is there again when it is asked for."""
        for address, length in self._mappings:
            self._zinnia.madvise(address, length, _NOT_NEEDED)

    def _classify(self, written: int) -> tuple[str, ...]:
        result = self._zinnia.zinnia_recognizer_classify(self._recognizer, written, MAX_CANDIDATES)
        if not result:
            return ()
        try:
            count = self._zinnia.zinnia_result_size(result)
            return tuple(self._zinnia.zinnia_result_value(result, at).decode() for at in range(count))
        finally:
            self._zinnia.zinnia_result_destroy(result)


def _mappings_of(model: Path) -> tuple[tuple[int, int], ...]:
    """Where in memory the file lies: address and length."""
    lines = _OWN_MAPPINGS.read_text(encoding="utf-8", errors="replace").splitlines()
    spans = (line.split()[0].split("-") for line in lines if line.endswith(f" {model.resolve()}"))
    return tuple((int(start, 16), int(end, 16) - int(start, 16)) for start, end in spans)
