"""Pieces of sample pages."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from kiosk.scene.contract import Node, Role, Text

Say = Callable[[str, str], Text]  # a text by its Chinese and its English words

_STEPS = (
    ("刷卡", "Card"),
    ("确认", "Confirm"),
    ("选择", "Choose"),
    ("预览", "Preview"),
    ("打印", "Print"),
    ("取件", "Take"),
)


def band(say: Say, *, online: bool = True) -> Node:
    """The band of the page."""
    state = say("在线", "Online") if online else say("离线可用", "Offline, usable")
    return Node(
        "band",
        Role.BAND,
        say("乐楼社区便民服务点", "Lelou Community Service Point"),
        children=(
            Node("now", Role.TEXT, say("11月23日 星期一 09:41", "Mon 23 Nov 09:41")),
            Node("line", Role.TEXT, state, icon="online" if online else "offline"),
        ),
    )


def steps(say: Say, present: int) -> Node:
    """The steps, the present one marked."""
    children = tuple(
        Node(f"step-{number}", Role.STEP, say(*words), chosen=number == present)
        for number, words in enumerate(_STEPS)
    )
    return Node("steps", Role.STEPS, children=children)


def title(say: Say, chinese: str, english: str) -> Node:
    """The question."""
    return Node("title", Role.TITLE, say(chinese, english))


def help_line(say: Say, chinese: str, english: str) -> Node:
    """The help below it."""
    return Node("help", Role.HELP, say(chinese, english))


def content(*children: Node) -> Node:
    """What the page is about."""
    return Node("content", Role.CONTENT, children=children)


def choice(name: str, icon: str, label: Text, detail: Text | None = None) -> Node:
    """A choice; its action names it."""
    return Node(name, Role.CHOICE, label, detail, icon, action=name)


def back(say: Say) -> Node:
    """返回."""
    return Node("back", Role.BUTTON, say("返回", "Back"), icon="back", action="back")


def primary(action: str, label: Text, icon: str = "") -> Node:
    """The primary act."""
    return Node("primary", Role.PRIMARY, label, icon=icon, action=action)


def foot(say: Say, *acts: Node) -> Node:
    """The acts and the preferences."""
    preferences = (
        Node(
            "large", Role.PREFERENCE, say("大字", "Larger text"), icon="text_size", action="text_size:large"
        ),
        Node(
            "contrast",
            Role.PREFERENCE,
            say("高对比", "Contrast"),
            icon="contrast",
            action="theme:contrast_dark",
        ),
        Node("language", Role.PREFERENCE, say("English", "中文"), icon="language", action="language:en"),
        Node("reach", Role.PREFERENCE, say("按钮放低", "Low buttons"), icon="reach", action="low_reach:on"),
        Node("voice", Role.PREFERENCE, say("朗读", "Read aloud"), icon="voice", action="speech:on"),
        Node("staff", Role.PREFERENCE, say("求助", "Help"), icon="staff", action="call_staff"),
    )
    return Node("foot", Role.FOOT, children=(*acts, *preferences))


def field(name: str, label: Text, value: Text, *, private: bool = False) -> Node:
    """One line of a card."""
    return Node(name, Role.FIELD, label, value, private=private)


def paper_png(width: int = 630, height: int = 891) -> bytes:
    """A plain sheet with grey lines where the text of a certificate would be."""
    row_plain = b"\0" + b"\xff" * (width * 3)
    ink = b"\xff" * (90 * 3) + b"\x50" * ((width - 180) * 3) + b"\xff" * (90 * 3)
    rows = b"".join(b"\0" + ink if 90 < y < 700 and y % 44 < 12 else row_plain for y in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
