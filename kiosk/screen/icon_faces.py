"""The five faces of the rating: they differ in form, not in colour."""

from __future__ import annotations

_HEAD = "O12 12 8.8 "
_EYES = "D9 10 1.1 D15 10 1.1 "

FACES: dict[str, str] = {
    "grade_5": _HEAD + "A9 10.6 1.5 180 360 A15 10.6 1.5 180 360 M7.2 13.6 C8 18.6 16 18.6 16.8 13.6 Z",
    "grade_4": _HEAD + _EYES + "M8 14 C9.4 17.2 14.6 17.2 16 14",
    "grade_3": _HEAD + _EYES + "M8.4 15 H15.6",
    "grade_2": _HEAD + _EYES + "M8 16.4 C9.4 13.4 14.6 13.4 16 16.4",
    "grade_1": _HEAD + _EYES + "M7.4 7 L10.2 8.4 M16.6 7 L13.8 8.4 M7.6 17.4 C9.2 12.6 14.8 12.6 16.4 17.4 Z",
}
