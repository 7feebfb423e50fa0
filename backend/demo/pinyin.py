"""How names are read, so that kiosks find them by syllables and by initials."""

from __future__ import annotations

from pypinyin import lazy_pinyin

# Characters that are read in another way where they are a surname or stand in the name of a place.
_SURNAMES = {
    "曾": "zeng",
    "任": "ren",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "盖": "ge",
}
_WORDS = {"乐楼": ("le", "lou"), "古徵": ("gu", "zhi")}


def pinyin_of(name: str) -> str:
    """Syllables without tones between blanks; what is no Chinese character stands as it is."""
    for word, syllables in _WORDS.items():
        if word in name:
            before, after = name.split(word, 1)
            return " ".join(part for part in (pinyin_of(before), *syllables, pinyin_of(after)) if part)
    read = lazy_pinyin(name, v_to_u=False)
    if name and name[0] in _SURNAMES:
        read = [_SURNAMES[name[0]], *read[1:]]
    return " ".join(read)
