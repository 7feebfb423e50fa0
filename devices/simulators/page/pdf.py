"""How many sheets a document makes: just enough PDF to count pages (ISO 32000-1, 7.5 and 7.7.3)."""

from __future__ import annotations

import re
import zlib

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_STREAM = re.compile(rb"/Type\s*/ObjStm.*?stream\r?\n(.*?)endstream", re.DOTALL)


def count_pages(document: bytes) -> int:
    """The number of pages, in plain objects and in compressed object streams; 0 if this is no PDF."""
    if not document.startswith(b"%PDF-"):
        return 0
    packed = (_inflate(found.group(1)) for found in _STREAM.finditer(document))
    return sum(len(_PAGE.findall(part)) for part in (document, *packed))


def _inflate(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""  # another filter, or damaged: its pages do not count, as for a real interpreter
