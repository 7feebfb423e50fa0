from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_BLOCK = 100  # entries in one bfchar block (Adobe Technical Note 5014, CMap files)
_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange"""
_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def to_unicode_cmap(subset: Sequence[int]) -> str:
    """The ToUnicode CMap of a subset: code n means the character `subset[n]` (ISO 32000-1, 9.10.3).

    reportlab writes characters above U+FFFF as five hex digits, which every reader takes for another
    character; the standard asks for UTF-16BE. It also writes 256 entries into one block.
    """
    return "\n".join((_HEAD, *_blocks(subset), _FOOT))


def _blocks(subset: Sequence[int]) -> Iterator[str]:
    entries = [f"<{code:02X}> <{_utf16(character)}>" for code, character in enumerate(subset)]
    for start in range(0, len(entries), _LONGEST_BLOCK):
        block = entries[start : start + _LONGEST_BLOCK]
        yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))


def _utf16(character: int) -> str:
    return chr(character).encode("utf-16-be").hex().upper()
