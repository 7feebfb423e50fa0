"""Relations to the head of a household after GB/T 4761-2008."""

from __future__ import annotations

_NAMED = (
    "01 02 10 11 12 20 21 22 23 24 27 28 29 30 31 32 33 34 37 38 39 40 41 42 43 44 "
    "50 51 52 53 54 55 56 60 61 62 63 64 70 71 73 75 77 97 99"
)
NAMED_CODES = frozenset(_NAMED[at : at + 2] for at in range(0, len(_NAMED), 3))

# One-digit groups of the standard, for codes that have no text of their own.
GROUPS = {
    "0": "02",
    "1": "10",
    "2": "20",
    "3": "30",
    "4": "40",
    "5": "50",
    "6": "60",
    "7": "70",
    "8": "97",
    "9": "99",
}


def relation_key(code: str) -> str:
    """The catalogue key of a two-digit code; an unknown code is shown as its group."""
    named = code if code in NAMED_CODES else GROUPS.get(code[:1], "99")
    return f"relation.{named}"
