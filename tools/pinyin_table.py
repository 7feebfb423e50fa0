"""Writes the table of characters by syllable that typing falls back on: python -m tools.pinyin_table.

The readings are pypinyin's. The characters are those of GB 2312; the ones that stand in more of pypinyin's
phrases come first, for want of a better measure of how common they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.phrases_dict import phrases_dict

TABLE = Path(__file__).resolve().parent.parent / "kiosk" / "typing" / "pinyin.txt"
_FIRST_ROW, _LAST_ROW, _CELLS = 0xB0, 0xF7, range(0xA1, 0xFF)  # of the characters in GB 2312
_HEADER = "# Characters of GB 2312 by syllable, the most common first. Made by tools/pinyin_table.py.\n"


def main() -> None:
    """Write the table anew."""
    TABLE.write_text(make_table(), encoding="utf-8")


def make_table() -> str:
    """The text of the table."""
    common = Counter(character for phrase in phrases_dict for character in phrase)
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for character in _characters():
        for read in dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]):
            by_syllable[read].append(character)
    lines = [
        f"{read} {''.join(sorted(characters, key=lambda each: -common[each]))}\n"
        for read, characters in sorted(by_syllable.items())
        if read.isascii() and read.isalpha()
    ]
    return _HEADER + "".join(lines)


def _characters() -> list[str]:
    codes = (bytes((row, cell)) for row in range(_FIRST_ROW, _LAST_ROW + 1) for cell in _CELLS)
    return [code.decode("gb2312") for code in codes if code.decode("gb2312", "ignore")]


if __name__ == "__main__":
    main()
