"""Single attribute values as bytes and back (RFC 8010 section 3.9); collections are up to `ipp`."""

from __future__ import annotations

from devices.page.cursor import Cursor
from devices.page.errors import NotIppError
from devices.page.message import Content, Localized, Range, Resolution, Value
from devices.page.tags import ValueTag

_MAX_FIELD_BYTES = 0x7FFF
_OUT_OF_BAND = range(0x10, 0x20)
_TEXT_LIKE = range(0x41, 0x4A)
_LOCALIZED = (ValueTag.TEXT_WITH_LANGUAGE, ValueTag.NAME_WITH_LANGUAGE)


def encode_field(payload: bytes) -> bytes:
    """A length and its bytes; ValueError where the format has no room for so many."""
    if len(payload) > _MAX_FIELD_BYTES:
        raise ValueError(f"{len(payload)} bytes do not fit into one IPP field")
    return len(payload).to_bytes(2, "big") + payload


def encode_content(content: Content) -> bytes:
    """The bytes of one value; ValueError or OverflowError where it cannot be said in IPP."""
    match content:
        case None:
            return b""
        case bool():
            return bytes([content])
        case int():
            return content.to_bytes(4, "big", signed=True)
        case str():
            return content.encode()
        case bytes():
            return content
        case Range(lower, upper):
            return encode_content(lower) + encode_content(upper)
        case Resolution(across, along, unit):
            return encode_content(across) + encode_content(along) + bytes([unit])
        case Localized(language, text):
            return encode_field(language.encode()) + encode_field(text.encode())
        case _:
            raise ValueError("a collection is not a single value")


def decode_value(tag: int, payload: bytes) -> Value:
    """One value of any syntax but a collection; NotIppError where its length contradicts its syntax."""
    if tag in _OUT_OF_BAND:
        return Value(tag, None)
    if tag in _TEXT_LIKE:
        return Value(tag, _decode_text(payload))
    cursor = Cursor(payload)
    content = _decode_structured(tag, cursor)
    cursor.finish()
    return Value(tag, content)


def _decode_structured(tag: int, cursor: Cursor) -> Content:
    match tag:
        case ValueTag.INTEGER | ValueTag.ENUM:
            return cursor.signed(4)
        case ValueTag.BOOLEAN:
            return _decode_boolean(cursor.unsigned(1))
        case ValueTag.RANGE:
            return Range(cursor.signed(4), cursor.signed(4))
        case ValueTag.RESOLUTION:
            return Resolution(cursor.signed(4), cursor.signed(4), cursor.unsigned(1))
        case _ if tag in _LOCALIZED:
            return Localized(_decode_text(cursor.field()), _decode_text(cursor.field()))
        case _:
            return cursor.rest()


def _decode_boolean(octet: int) -> bool:
    if octet not in {0, 1}:
        raise NotIppError(f"{octet} is no boolean")
    return octet == 1


def _decode_text(payload: bytes) -> str:
    # Printers sold in China are seen to put GBK into messages that they declare as UTF-8; what we decide
    # upon is ASCII, so a wrong character must not cost us the whole answer.
    return payload.decode(errors="replace")
