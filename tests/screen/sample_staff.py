"""Sample pages with what is copied by hand, and with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scene.contract import Node, Role, Text
from tests.screen.sample_parts import back, band, content, field, foot, help_line, primary, steps, title

if TYPE_CHECKING:
    from tests.screen.sample_parts import Say


def draw_slip(say: Say) -> tuple[Node, ...]:
    """The page slip."""
    facts = (
        field("where", say("到哪里领", "Where"), say("任何一台社区自助机", "At any kiosk")),
        field("bring", say("请带上", "Please bring"), say("身份证", "ID card")),
    )
    return (
        band(say, online=False),
        steps(say, 4),
        title(say, "已登记，这是您的取件号", "Registered. This is your pick-up number"),
        help_line(say, "可以打印一张取件单，也可以自己记下。", "Print a slip, or note it yourself."),
        content(
            Node("number", Role.NUMBER, say("取件号", "Pick-up number"), Text(literal="Q-8F2K-71QD")),
            Node("facts", Role.FIELDS, children=facts),
        ),
        foot(say, back(say), primary("print", say("打印取件单", "Print the slip"), "print")),
    )


def draw_staff_door(say: Say) -> tuple[Node, ...]:
    """The page staff_door."""
    digits = tuple(
        Node(f"key-{digit}", Role.BUTTON, Text(literal=digit), action=f"key:{digit}") for digit in "123456789"
    )
    low = (
        Node("clear", Role.BUTTON, say("清空", "Clear"), icon="close", action="clear", enabled=False),
        Node("key-0", Role.BUTTON, Text(literal="0"), action="key:0"),
        Node("erase", Role.BUTTON, say("退一格", "Erase"), icon="back", action="erase"),
    )
    pad = Node(
        "keypad",
        Role.KEYPAD,
        say("请输入密码", "PIN"),
        Text(literal="●" * 12),
        children=(*digits, *low),
    )
    return (
        band(say),
        title(say, "请输入密码", "PIN"),
        help_line(say, "这里只供工作人员使用。", "For staff only."),
        content(
            Node("note", Role.NOTICE, say("密码不对，请再试。", "Wrong PIN. Try again."), icon="warning"), pad
        ),
        foot(say, back(say), primary("enter", say("进入", "Enter"), "forward")),
    )
