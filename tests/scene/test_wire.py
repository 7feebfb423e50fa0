"""Scenes and messages survive the wire unchanged; anything else is a WireError, never another exception."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme
from kiosk.scene.wire import (
    MAX_PAYLOAD_BYTES,
    FrameReader,
    Hello,
    Painted,
    Tap,
    Typed,
    WireError,
    decode_message,
    decode_scene,
    encode_message,
    encode_scene,
    frame,
)

_PLAIN = Scene("home", 7, Language.ZH, TextSize.NORMAL, Theme.STANDARD, ())
_WORDS = st.text(max_size=12)
_TEXTS = st.recursive(
    st.builds(Text, literal=_WORDS),
    lambda inner: st.builds(
        Text,
        key=st.text("abc.", min_size=1, max_size=8),
        values=st.lists(st.tuples(_WORDS, _WORDS | inner), max_size=2).map(tuple),
    ),
    max_leaves=3,
)
_LEAVES = st.builds(
    Node,
    id=_WORDS,
    role=st.sampled_from(Role),
    label=st.none() | _TEXTS,
    detail=st.none() | _TEXTS,
    icon=_WORDS,
    action=_WORDS,
    private=st.booleans(),
    enabled=st.booleans(),
    chosen=st.booleans(),
    fraction=st.floats(-1.0, 1.0),
    raster=st.binary(max_size=20),
)
_NODES = st.builds(
    Node, id=_WORDS, role=st.sampled_from(Role), children=st.lists(_LEAVES, max_size=3).map(tuple)
)
_SCENES = st.builds(
    Scene,
    name=_WORDS,
    seq=st.integers(0, 2**40),
    language=st.sampled_from(Language),
    text_size=st.sampled_from(TextSize),
    theme=st.sampled_from(Theme),
    nodes=st.lists(_LEAVES | _NODES, max_size=3).map(tuple),
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(_SCENES)
def test_a_scene_comes_back_as_it_was_sent(scene: Scene) -> None:
    assert decode_scene(encode_scene(scene)) == scene


@pytest.mark.parametrize(
    "message", [Hello(1080, 1920), Tap(3, "print"), Typed(3, "search", "城关"), Painted(9)]
)
def test_a_message_comes_back_as_it_was_sent(message: Hello | Tap | Painted) -> None:
    assert decode_message(encode_message(message)) == message


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_garbage_is_a_wire_error(payload: bytes) -> None:
    for decode in (decode_scene, decode_message):
        with pytest.raises(WireError):
            decode(payload)


@settings(max_examples=150, deadline=None)
@given(_SCENES, st.data())
def test_a_damaged_scene_is_a_wire_error_or_another_scene(scene: Scene, data: st.DataObject) -> None:
    payload = bytearray(encode_scene(scene))
    place = data.draw(st.integers(0, len(payload) - 1))
    payload[place] = data.draw(st.integers(0, 255))

    with contextlib.suppress(WireError):
        assert isinstance(decode_scene(bytes(payload)), Scene)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": 5}, "scene.name"),
        ({"seq": -1}, "scene.seq"),
        ({"seq": True}, "scene.seq"),
        ({"language": "fr"}, "scene.language"),
        ({"colour": "red"}, "scene"),
        ({"nodes": {}}, "scene.nodes"),
        ({"nodes": [{"id": "a", "role": "button", "fraction": 7}]}, "scene.nodes[0].fraction"),
        ({"nodes": [{"id": "a", "role": "button", "raster": "%%"}]}, "scene.nodes[0].raster"),
        ({"nodes": [{"id": "a", "role": "button", "label": {"key": "k", "literal": "l"}}]}, "label"),
        ({"nodes": [{"id": "a", "role": "button", "children": [{"id": "b"}]}]}, "children[0].role"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], field: str) -> None:
    message = json.loads(encode_scene(_PLAIN))
    message["scene"].update(change)

    with pytest.raises(WireError, match=field.replace("[", r"\[")):
        decode_scene(json.dumps(message).encode())


def test_another_schema_version_is_refused() -> None:
    with pytest.raises(WireError, match="v: expected 1"):
        decode_message(b'{"v":2,"type":"painted","seq":1}')


def test_an_error_never_quotes_what_was_sent() -> None:
    """Frames carry persons; their errors are logged."""
    payload = '{"v":1,"type":"scene","scene":"王芳芳"'.encode()

    with pytest.raises(WireError) as caught:
        decode_scene(payload)

    assert "王" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_endless_nesting_is_refused() -> None:
    inner: dict[str, Any] = {"id": "a", "role": "content"}
    for _ in range(20):
        inner = {"id": "a", "role": "content", "children": [inner]}
    message = json.loads(encode_scene(_PLAIN))
    message["scene"]["nodes"] = [inner]

    with pytest.raises(WireError, match="nested too deep"):
        decode_scene(json.dumps(message).encode())
    with pytest.raises(WireError):
        decode_scene(b"[" * 100_000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=30), max_size=5), st.integers(1, 9))
def test_frames_survive_any_chopping(payloads: list[bytes], step: int) -> None:
    stream = b"".join(frame(payload) for payload in payloads)
    reader = FrameReader()

    received = [
        got for start in range(0, len(stream), step) for got in reader.feed(stream[start : start + step])
    ]

    assert received == payloads


@pytest.mark.parametrize(
    "head", [b"\0\0\0\0", b"\xff\xff\xff\xff", (MAX_PAYLOAD_BYTES + 1).to_bytes(4, "big")]
)
def test_an_impossible_length_is_refused_before_its_payload_comes(head: bytes) -> None:
    with pytest.raises(WireError, match="frame of"):
        FrameReader().feed(head)


def test_nothing_beyond_the_limit_is_sent() -> None:
    with pytest.raises(WireError, match="frame of"):
        frame(bytes(MAX_PAYLOAD_BYTES + 1))


def test_repr_of_a_text_shows_no_person() -> None:
    text = Text(key="who.name", values=(("name", "王芳芳"),))

    assert "王" not in repr(
        Scene("who", 1, Language.ZH, TextSize.NORMAL, Theme.STANDARD, (Node("n", Role.TEXT, text),))
    )
