"""IPP messages for a trace: every attribute, and nothing of the paper."""

from __future__ import annotations

from dataclasses import replace

from devices.page.errors import NotIppError
from devices.page.frames import decode, encode
from devices.trace.entries import Way
from devices.trace.mask import Piece, noise


class PageMask:
    """Implements `Mask`. One whole message at a time; of a document its beginning is written, as zeros."""

    def sent(self, data: bytes) -> tuple[Piece, ...]:
        """The request with an empty paper."""
        return (_without_document(data, Way.OUT),)

    def came(self, data: bytes) -> tuple[Piece, ...]:
        """Answers carry no paper; what is no IPP is told by its length."""
        return (_without_document(data, Way.IN),)

    def rest(self) -> tuple[Piece, ...]:
        """Nothing is held back."""
        return ()


def _without_document(data: bytes, way: Way) -> Piece:
    try:
        message = decode(data)
    except NotIppError:
        return noise(data)._replace(way=way)
    hidden = min(len(message.document), _MOST_ZEROS)
    return Piece(way, encode(replace(message, document=bytes(hidden))), hidden)


_MOST_ZEROS = 16
