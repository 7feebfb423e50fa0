"""The tree of a scene as JSON values and back. Every field is checked; unknown fields are errors."""

from __future__ import annotations

import base64
import binascii
from enum import StrEnum
from typing import Any, TypeVar

from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme
from kiosk.scene.frames import WireError

MAX_DEPTH = 8  # of nodes in nodes, and of texts in texts; the flow needs 3

_NODE_FIELDS = frozenset(Node.__dataclass_fields__)
_SCENE_FIELDS = frozenset(Scene.__dataclass_fields__)
_TEXT_FIELDS = frozenset(Text.__dataclass_fields__)
_Word = TypeVar("_Word", bound=StrEnum)


def scene_to_json(scene: Scene) -> dict[str, Any]:
    """The scene as JSON values."""
    switches = {name: True for name in ("low_reach", "speech") if getattr(scene, name)}
    return {
        "name": scene.name,
        "seq": scene.seq,
        "language": scene.language.value,
        "text_size": scene.text_size.value,
        "theme": scene.theme.value,
        "nodes": [_node_to_json(node) for node in scene.nodes],
        **switches,
        **({"anywhere": scene.anywhere} if scene.anywhere else {}),
    }


def scene_from_json(value: object) -> Scene:
    """The scene in the JSON values. Raises WireError that names the field."""
    fields = _mapping(value, "scene", _SCENE_FIELDS)
    return Scene(
        name=words(fields.get("name"), "scene.name"),
        seq=whole_number(fields.get("seq"), "scene.seq"),
        language=_word(fields.get("language"), "scene.language", Language),
        text_size=_word(fields.get("text_size"), "scene.text_size", TextSize),
        theme=_word(fields.get("theme"), "scene.theme", Theme),
        nodes=_nodes(fields.get("nodes"), "scene.nodes", 1),
        low_reach=_flag(fields.get("low_reach", False), "scene.low_reach"),
        speech=_flag(fields.get("speech", False), "scene.speech"),
        anywhere=words(fields.get("anywhere", ""), "scene.anywhere"),
    )


def words(value: object, where: str) -> str:
    """`value`, if it is a string of whole characters. Raises WireError."""
    if not isinstance(value, str) or any("\ud800" <= character <= "\udfff" for character in value):
        raise WireError(f"{where}: expected a string")
    return value


def whole_number(value: object, where: str) -> int:
    """`value`, if it is an integer from 0 on. Raises WireError."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise WireError(f"{where}: expected a whole number")
    return value


def _node_to_json(node: Node) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": node.id, "role": node.role.value}
    if node.label is not None:
        fields["label"] = _text_to_json(node.label)
    if node.detail is not None:
        fields["detail"] = _text_to_json(node.detail)
    if node.speech is not None:
        fields["speech"] = _text_to_json(node.speech)
    if node.raster:
        fields["raster"] = base64.b64encode(node.raster).decode("ascii")
    if node.children:
        fields["children"] = [_node_to_json(child) for child in node.children]
    plain = Node("", node.role)
    for name in ("icon", "action", "private", "enabled", "chosen", "fraction"):
        if getattr(node, name) != getattr(plain, name):
            fields[name] = getattr(node, name)
    return fields


def _text_to_json(text: Text) -> dict[str, Any]:
    if text.literal:
        return {"literal": text.literal}
    values = [
        [name, _text_to_json(value) if isinstance(value, Text) else value] for name, value in text.values
    ]
    return {"key": text.key, "values": values} if values else {"key": text.key}


def _nodes(value: object, where: str, depth: int) -> tuple[Node, ...]:
    if depth > MAX_DEPTH:
        raise WireError(f"{where}: nested too deep")
    return tuple(_node(item, f"{where}[{index}]", depth) for index, item in enumerate(_items(value, where)))


def _node(value: object, where: str, depth: int) -> Node:
    fields = _mapping(value, where, _NODE_FIELDS)
    return Node(
        id=words(fields.get("id"), f"{where}.id"),
        role=_word(fields.get("role"), f"{where}.role", Role),
        label=_text(fields["label"], f"{where}.label", 1) if "label" in fields else None,
        detail=_text(fields["detail"], f"{where}.detail", 1) if "detail" in fields else None,
        speech=_text(fields["speech"], f"{where}.speech", 1) if "speech" in fields else None,
        icon=words(fields.get("icon", ""), f"{where}.icon"),
        action=words(fields.get("action", ""), f"{where}.action"),
        private=_flag(fields.get("private", False), f"{where}.private"),
        enabled=_flag(fields.get("enabled", True), f"{where}.enabled"),
        chosen=_flag(fields.get("chosen", False), f"{where}.chosen"),
        fraction=_fraction(fields.get("fraction", -1.0), f"{where}.fraction"),
        raster=_raster(fields.get("raster", ""), f"{where}.raster"),
        children=_nodes(fields.get("children", []), f"{where}.children", depth + 1),
    )


def _text(value: object, where: str, depth: int) -> Text:
    if depth > MAX_DEPTH:
        raise WireError(f"{where}: nested too deep")
    fields = _mapping(value, where, _TEXT_FIELDS)
    pairs = [
        _pair(item, f"{where}.values[{index}]", depth)
        for index, item in enumerate(_items(fields.get("values", []), f"{where}.values"))
    ]
    key = words(fields.get("key", ""), f"{where}.key")
    literal = words(fields.get("literal", ""), f"{where}.literal")
    if key and literal:
        raise WireError(f"{where}: a key or a literal, not both")
    return Text(key, tuple(pairs), literal)


def _pair(value: object, where: str, depth: int) -> tuple[str, str | Text]:
    match value:
        case [name, str() as literal]:
            return words(name, where), words(literal, where)
        case [name, dict() as nested]:
            return words(name, where), _text(nested, where, depth + 1)
        case _:
            raise WireError(f"{where}: expected a name and a value")


def _mapping(value: object, where: str, allowed: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WireError(f"{where}: expected an object")
    if not value.keys() <= allowed:
        raise WireError(f"{where}: has a field that is not of this schema")
    return value


def _items(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise WireError(f"{where}: expected a list")
    return value


def _word(value: object, where: str, kind: type[_Word]) -> _Word:
    try:
        return kind(words(value, where))
    except ValueError:
        raise WireError(f"{where}: not a {kind.__name__}") from None


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise WireError(f"{where}: expected true or false")
    return value


def _fraction(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1.0 <= value <= 1.0:
        raise WireError(f"{where}: expected -1 to 1")
    return float(value)


def _raster(value: object, where: str) -> bytes:
    try:
        return base64.b64decode(words(value, where), validate=True)
    except (binascii.Error, ValueError):
        raise WireError(f"{where}: expected base64") from None
