"""IPP/1.1 and 2.x messages as bytes and back (RFC 8010 section 3), for driver and simulator alike.

Pure: no input or output. Whatever bytes come in, `decode` returns a message or raises NotIppError.
"""

from __future__ import annotations

from devices.page.cursor import Cursor
from devices.page.errors import NotIppError
from devices.page.message import Attribute, Group, Message, Value
from devices.page.tags import GroupTag, ValueTag
from devices.page.values import decode_value, encode_content, encode_field

_LAST_DELIMITER = 0x0F  # tags up to here open or end a group, the others are values
# media-col-database nests 3 deep; a limit keeps hostile bytes from exhausting the stack.
_MAX_DEPTH = 8


def encode(message: Message) -> bytes:
    """The bytes of a message; ValueError or OverflowError where a value cannot be said in IPP."""
    parts = [
        bytes(message.version),
        message.code.to_bytes(2, "big"),
        message.request_id.to_bytes(4, "big", signed=True),
    ]
    for group in message.groups:
        parts.append(bytes([group.tag]))
        parts.extend(_encode_attribute(each) for each in group.attributes)
    parts.append(bytes([GroupTag.END]))
    parts.append(message.document)
    return b"".join(parts)


def _encode_attribute(attribute: Attribute) -> bytes:
    if not attribute.values:
        raise ValueError(f"attribute {attribute.name} has no value")
    names = [attribute.name, *[""] * (len(attribute.values) - 1)]
    return b"".join(_encode_value(name, value) for name, value in zip(names, attribute.values, strict=True))


def _encode_value(name: str, value: Value) -> bytes:
    opening = bytes([value.tag]) + encode_field(name.encode())
    if not isinstance(value.content, tuple):
        return opening + encode_field(encode_content(value.content))
    members = b"".join(_encode_member(each) for each in value.content)
    return opening + encode_field(b"") + members + bytes([ValueTag.END_COLLECTION]) + bytes(4)


def _encode_member(member: Attribute) -> bytes:
    name = bytes([ValueTag.MEMBER_NAME]) + encode_field(b"") + encode_field(member.name.encode())
    return name + _encode_attribute(Attribute("", member.values))


def decode(data: bytes) -> Message:
    """The message in `data`, with what follows its attributes as `document`; NotIppError for all else."""
    cursor = Cursor(data)
    version = (cursor.unsigned(1), cursor.unsigned(1))
    code, request_id = cursor.unsigned(2), cursor.signed(4)
    groups: list[Group] = []
    tag = cursor.unsigned(1)
    while tag != GroupTag.END:
        if tag > _LAST_DELIMITER:
            raise NotIppError(f"value 0x{tag:02x} outside of a group")
        attributes, following = _decode_attributes(cursor)
        groups.append(Group(tag, attributes))
        tag = following
    return Message(code, request_id, tuple(groups), version, cursor.rest())


def _decode_attributes(cursor: Cursor) -> tuple[tuple[Attribute, ...], int]:
    """The attributes of one group, and the delimiter that ends it."""
    found: list[tuple[str, list[Value]]] = []
    while (tag := cursor.unsigned(1)) > _LAST_DELIMITER:
        name = _decode_name(cursor)
        value = _decode_value(cursor, tag, depth=0)
        _append(found, name, value)
    return _frozen(found), tag


def _append(found: list[tuple[str, list[Value]]], name: str, value: Value) -> None:
    if name:
        found.append((name, [value]))
    elif found:
        found[-1][1].append(value)
    else:
        raise NotIppError("a further value before the first attribute")


def _frozen(found: list[tuple[str, list[Value]]]) -> tuple[Attribute, ...]:
    if any(not values for _, values in found):
        raise NotIppError("a collection member without a value")
    return tuple(Attribute(name, tuple(values)) for name, values in found)


def _decode_name(cursor: Cursor) -> str:
    try:
        return cursor.field().decode("ascii")
    except UnicodeDecodeError:
        raise NotIppError("an attribute name that is not ASCII") from None


def _decode_value(cursor: Cursor, tag: int, depth: int) -> Value:
    if tag != ValueTag.COLLECTION:
        return decode_value(tag, cursor.field())
    if depth == _MAX_DEPTH:
        raise NotIppError(f"collections nested deeper than {_MAX_DEPTH}")
    cursor.field()  # RFC 8010 section 3.1.6: empty, and to be ignored
    return Value(tag, _decode_members(cursor, depth + 1))


def _decode_members(cursor: Cursor, depth: int) -> tuple[Attribute, ...]:
    found: list[tuple[str, list[Value]]] = []
    while (tag := cursor.unsigned(1)) != ValueTag.END_COLLECTION:
        if tag <= _LAST_DELIMITER:
            raise NotIppError("a group ends within a collection")
        if _decode_name(cursor):
            raise NotIppError("a member of a collection with an outer name")
        if tag == ValueTag.MEMBER_NAME:
            found.append((_member_name(cursor), []))
        else:
            _append(found, "", _decode_value(cursor, tag, depth))
    if cursor.field() or cursor.field():
        raise NotIppError("the end of a collection carries bytes")
    return _frozen(found)


def _member_name(cursor: Cursor) -> str:
    name = _decode_name(cursor)
    if not name:
        raise NotIppError("a nameless member of a collection")
    return name
