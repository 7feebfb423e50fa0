"""What the core sends and the screen draws: plain data, no pixels, no colours, no wording.

One tree, five readers: painter, hit test, speech, keypad, lint. Sizes are roles; texts are keys of the
catalogues in kiosk/texts with values, or literals for content of the platform.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a node is; how large, where and in which colour follows from it."""

    # the page, top to bottom
    BAND = "band"  # place, date and time, line state; nothing to touch
    STEPS = "steps"  # where you are; children are STEP
    STEP = "step"  # `chosen` = the present one
    TITLE = "title"
    HELP = "help"
    CONTENT = "content"  # children are shown below each other, or in two columns where words are short
    FOOT = "foot"  # children are BUTTON, PRIMARY and PREFERENCE; always at the same place
    DIALOG = "dialog"  # above all else; children are TITLE, HELP, BUTTON, PRIMARY
    # inside CONTENT
    CHOICE = "choice"  # touchable card: icon, label, detail
    FIELDS = "fields"  # card of label/value lines; children are FIELD
    FIELD = "field"  # label and detail (the value)
    TEXT = "text"  # a paragraph
    NOTICE = "notice"  # a band that says what is different now: notice colours, icon and words
    PICTURE = "picture"  # a line figure drawn by code; `icon` names it
    PAPER = "paper"  # raster of the very paper; `raster` holds it
    PROGRESS = "progress"  # bar and words; `fraction` 0..1, or -1 for "working"
    STEPPER = "stepper"  # a number with a button on each side; children are BUTTON, TEXT, BUTTON
    NUMBER = (
        "number"  # something to write down, as large as there is room for: label, and the number as detail
    )
    SPOTS = "spots"  # label above; BUTTON children at the corners and in the middle, in reading order
    KEYPAD = "keypad"  # what was typed (detail) above rows of three keys; children are BUTTON
    ENTRY = (
        "entry"  # a text to be typed: label (what), detail (what stands there now); the screen has the keys
    )
    # touchable, in FOOT or DIALOG
    BUTTON = "button"
    PRIMARY = "primary"
    PREFERENCE = "preference"  # large text, contrast, voice, language, help: icon and word


class Language(StrEnum):
    """Languages of the catalogues (BCP 47)."""

    ZH = "zh-Hans"
    EN = "en"


class TextSize(StrEnum):
    """Capital heights 4.8, 7.3, 9 and 12 mm for body text; titles and help grow with it."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Theme(StrEnum):
    """Colour themes; every one keeps 7:1 for text and 3:1 for borders."""

    STANDARD = "standard"
    CONTRAST_LIGHT = "contrast_light"
    CONTRAST_DARK = "contrast_dark"
    YELLOW_ON_BLACK = "yellow_on_black"


@dataclass(frozen=True, slots=True)
class Text:
    """A catalogue key with values, or a literal. Exactly one of `key` and `literal` is set.

    In the catalogue a text holds its values as {name}. A value may itself be a Text.
    """

    key: str = ""
    values: tuple[tuple[str, str | Text], ...] = field(default=(), repr=False)
    literal: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `action` names what touching does ("" = not touchable); the core alone understands it."""

    id: str
    role: Role
    label: Text | None = None
    detail: Text | None = None
    icon: str = ""
    action: str = ""
    speech: Text | None = None  # said in place of label and detail; None = these are said
    private: bool = False  # a person's data: never logged, never spoken aloud without a headset
    enabled: bool = True  # False: shown with the reason in `detail`, and not touchable
    chosen: bool = False
    fraction: float = -1.0
    raster: bytes = field(default=b"", repr=False)  # PNG
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One whole page. `seq` grows with every scene sent; a tap names the seq it was made on."""

    name: str
    seq: int
    language: Language
    text_size: TextSize
    theme: Theme
    nodes: tuple[Node, ...]
    low_reach: bool = False  # everything touchable stands in the lower half
    speech: bool = False  # the page is read out
    anywhere: str = (
        ""  # id of the node that a touch beside all controls means; "" = such a touch means nothing
    )
