"""Scenes and messages between core and screen as bytes: length-prefixed UTF-8 JSON, schema version 1.

core -> screen {"v":1,"type":"scene","scene":{...}}; screen -> core "hello", "tap", "typed", "painted".
Fields that hold their default are left out. What cannot be decoded is a WireError that names the field, not
its content.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, assert_never

from kiosk.scene.frames import MAX_PAYLOAD_BYTES, FrameReader, WireError, frame
from kiosk.scene.tree import scene_from_json, scene_to_json, whole_number, words

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene

__all__ = [
    "MAX_PAYLOAD_BYTES",
    "FrameReader",
    "Hello",
    "Painted",
    "ScreenMessage",
    "Tap",
    "Typed",
    "WireError",
    "decode_message",
    "decode_scene",
    "encode_message",
    "encode_scene",
    "frame",
]

SCHEMA_VERSION = 1
MAX_TYPED = 64


@dataclass(frozen=True, slots=True)
class Hello:
    """The screen is there, with a page of this size; the core answers with the present scene."""

    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Tap:
    """Somebody touched the node `node` of the scene `seq`."""

    seq: int
    node: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the ENTRY `node` of the scene `seq` now, at most MAX_TYPED characters."""

    seq: int
    node: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Painted:
    """The scene `seq` stands on the screen."""

    seq: int


ScreenMessage = Hello | Tap | Typed | Painted


def encode_scene(scene: Scene) -> bytes:
    """The payload of one frame that carries a scene."""
    return _dump({"v": SCHEMA_VERSION, "type": "scene", "scene": scene_to_json(scene)})


def decode_scene(payload: bytes) -> Scene:
    """The scene in the payload. Raises WireError."""
    message = _load(payload)
    if message.get("type") != "scene":
        raise WireError("type: expected scene")
    return scene_from_json(message.get("scene"))


def encode_message(message: ScreenMessage) -> bytes:
    """The payload of one frame that carries a message of the screen."""
    match message:
        case Hello(width_px, height_px):
            body = {"type": "hello", "width_px": width_px, "height_px": height_px}
        case Tap(seq, node):
            body = {"type": "tap", "seq": seq, "node": node}
        case Typed(seq, node, text):
            body = {"type": "typed", "seq": seq, "node": node, "text": text}
        case Painted(seq):
            body = {"type": "painted", "seq": seq}
        case _:
            assert_never(message)
    return _dump({"v": SCHEMA_VERSION, **body})


def decode_message(payload: bytes) -> ScreenMessage:
    """The message of the screen in the payload. Raises WireError."""
    message = _load(payload)
    match message.get("type"):
        case "hello":
            size = (whole_number(message.get(name), name) for name in ("width_px", "height_px"))
            return Hello(*size)
        case "tap":
            return Tap(whole_number(message.get("seq"), "seq"), words(message.get("node"), "node"))
        case "typed":
            text = words(message.get("text"), "text")
            if len(text) > MAX_TYPED:
                raise WireError("text: too long")
            return Typed(whole_number(message.get("seq"), "seq"), words(message.get("node"), "node"), text)
        case "painted":
            return Painted(whole_number(message.get("seq"), "seq"))
        case _:
            raise WireError("type: expected hello, tap, typed or painted")


def _dump(message: dict[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _load(payload: bytes) -> dict[str, Any]:
    try:
        message = json.loads(payload.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        # Without its cause: the messages of the JSON reader quote the document.
        raise WireError(f"not JSON in UTF-8 ({type(error).__name__})") from None
    if not isinstance(message, dict):
        raise WireError("expected an object")
    if message.get("v") != SCHEMA_VERSION:
        raise WireError(f"v: expected {SCHEMA_VERSION}")
    return message


def _refuse_constant(name: str) -> float:
    raise ValueError(name)
