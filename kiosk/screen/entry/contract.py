"""How an entry stands on the page: the node of the core with these nodes for its keys."""

from __future__ import annotations

from enum import StrEnum

PREFIX = "entry-"
CANDIDATE = "entry-candidate-"  # and its place in the list
KEY = "entry-key-"  # and its sign
MODE = "entry-mode-"  # and the mode
MORE = "entry-more"
ERASE = "entry-erase"
CLEAR = "entry-clear"
PAD = "entry-pad"
ACTION = "entry"  # of all of them: the screen answers them itself
SHOWN = 7  # candidates at once, beside the way to more


class Mode(StrEnum):
    """What stands below the candidates."""

    PINYIN = "pinyin"
    HAND = "hand"
    DIGITS = "digits"
