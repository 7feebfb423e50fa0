"""IPP messages for a trace: every attribute, and nothing of the paper or of other people's jobs."""

from __future__ import annotations

from dataclasses import replace

from devices.page.errors import NotIppError
from devices.page.frames import decode, encode
from devices.page.message import Attribute, Message, Value
from devices.page.tags import GroupTag, ValueTag
from devices.trace.entries import Way
from devices.trace.mask import Piece, noise

_MOST_ZEROS = 16
_NAME = "job-name"
# What people may have written: in the groups of jobs, which may be anybody's.
_WRITTEN = frozenset((ValueTag.NAME, ValueTag.TEXT, ValueTag.NAME_WITH_LANGUAGE, ValueTag.TEXT_WITH_LANGUAGE))


class PageMask:
    """Implements `Mask`. One whole message at a time; of a document its beginning is written, as zeros.

    Names of jobs that this kiosk created are told; of others as many letters as they have.
    """

    def __init__(self) -> None:
        self._own: set[str] = set()

    def sent(self, data: bytes) -> tuple[Piece, ...]:
        """The request with an empty paper."""
        return (self._masked(data, Way.OUT),)

    def came(self, data: bytes) -> tuple[Piece, ...]:
        """Answers carry no paper; what is no IPP is told by its length."""
        return (self._masked(data, Way.IN),)

    def rest(self) -> tuple[Piece, ...]:
        """Nothing is held back."""
        return ()

    def _masked(self, data: bytes, way: Way) -> Piece:
        try:
            message = decode(data)
        except NotIppError:
            return noise(data)._replace(way=way)
        if way is Way.OUT:
            self._own |= {value.text() for value in message.group(GroupTag.OPERATION).values(_NAME)}
        shown = encode(self._without_people(message))
        hidden = min(len(message.document), _MOST_ZEROS)
        return Piece(way, shown, min(hidden, len(shown)))

    def _without_people(self, message: Message) -> Message:
        groups = tuple(
            replace(group, attributes=tuple(map(self._blank, group.attributes)))
            if group.tag == GroupTag.JOB
            else group
            for group in message.groups
        )
        document = bytes(min(len(message.document), _MOST_ZEROS))
        return replace(message, groups=groups, document=document)

    def _blank(self, attribute: Attribute) -> Attribute:
        return replace(attribute, values=tuple(map(self._blank_value, attribute.values)))

    def _blank_value(self, value: Value) -> Value:
        text = value.text()
        if value.tag not in _WRITTEN or text in self._own:
            return value
        return Value(ValueTag.NAME if _is_name(value) else ValueTag.TEXT, "x" * len(text))


def _is_name(value: Value) -> bool:
    return value.tag in {ValueTag.NAME, ValueTag.NAME_WITH_LANGUAGE}
