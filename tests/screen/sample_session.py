"""Sample pages from the card to the preview."""

from __future__ import annotations

from kiosk.scene.contract import Node, Role, Text
from tests.screen.sample_parts import (
    Say,
    back,
    band,
    choice,
    content,
    field,
    foot,
    help_line,
    paper_png,
    primary,
    steps,
    title,
)


def draw_lay_card(say: Say) -> tuple[Node, ...]:
    """The page lay_card."""
    return (
        band(say),
        steps(say, 0),
        title(say, "请把身份证平放在读卡区", "Please lay your ID card on the reader"),
        help_line(
            say,
            "读卡区在屏幕右下方，有发光标志。请不要拿开，直到画面变化。",
            "The reader is below the screen at the right. Leave the card there until this page changes.",
        ),
        content(Node("picture", Role.PICTURE, icon="lay_card")),
        foot(say, back(say)),
    )


def draw_reading(say: Say) -> tuple[Node, ...]:
    """The page reading."""
    return (
        band(say),
        steps(say, 0),
        title(say, "正在读取，请不要拿开身份证", "Reading. Please leave the card where it is"),
        content(
            Node("picture", Role.PICTURE, icon="reading"),
            Node("progress", Role.PROGRESS, say("正在读取证件……", "Reading the card…")),
        ),
        foot(say),
    )


def draw_looking_up(say: Say) -> tuple[Node, ...]:
    """The page looking_up."""
    return (
        band(say),
        steps(say, 0),
        title(say, "正在查询您的居住登记", "Looking up your residence record"),
        content(
            Node("picture", Role.PICTURE, icon="looking_up"),
            Node("progress", Role.PROGRESS, say("通常只需要几秒", "This takes a few seconds")),
        ),
        foot(say),
    )


def draw_who_you_are(say: Say) -> tuple[Node, ...]:
    """The page who_you_are."""
    person = (
        field("name", say("姓名", "Name"), Text(literal="王*芳"), private=True),
        field("number", say("身份号码", "ID number"), Text(literal="6105 9019 **** **** 2X"), private=True),
        field(
            "address",
            say("现住址", "Address"),
            Text(literal="乐楼社区古徵花园 3 号楼 2 单元 501 室"),
            private=True,
        ),
        field(
            "way",
            say("居住方式", "Residing"),
            say("租住，至 2027年8月31日", "Rented, until 31 August 2027"),
            private=True,
        ),
    )
    household = (
        field("m-1", say("户主", "Head"), Text(literal="赵*军"), private=True),
        field("m-2", say("子女", "Child"), Text(literal="王*宁"), private=True),
    )
    return (
        band(say),
        steps(say, 1),
        title(say, "请确认这是您本人", "Is this you?"),
        content(
            Node("person", Role.FIELDS, children=person),
            Node("household", Role.FIELDS, say("同住人员", "Living with you"), children=household),
            Node(
                "age",
                Role.NOTICE,
                say("登记信息核对于 2026年11月2日。", "The record was last checked on 2 November 2026."),
                icon="notice",
            ),
        ),
        foot(say, back(say), primary("confirm", say("是我，继续", "Yes, go on"), "check")),
    )


def draw_services(say: Say) -> tuple[Node, ...]:
    """The page services."""
    return (
        band(say),
        steps(say, 2),
        title(say, "您要办理什么？", "Which service?"),
        content(
            choice(
                "service:residence",
                "residence",
                say("居住证明", "Residence certificate"),
                say(
                    "证明您在本社区的居住登记，当场打印",
                    "Certifies your registered residence, printed at once",
                ),
            ),
            Node(
                "household_copy",
                Role.CHOICE,
                say("生活补贴申请", "Living allowance"),
                say("暂不能在本机办理，请到便民服务大厅", "Not on this kiosk; please go to the service hall"),
                icon="welfare",
                action="service:welfare",
                enabled=False,
            ),
        ),
        foot(say, back(say)),
    )


def draw_purpose(say: Say) -> tuple[Node, ...]:
    """The page purpose."""
    rows = (
        ("school", "子女入学", "School"),
        ("employment", "就业", "Employment"),
        ("housing", "住房", "Housing"),
        ("welfare", "生活补贴", "Allowance"),
        ("vehicle", "车辆登记", "Vehicle"),
        ("other", "其他", "Other"),
    )
    return (
        band(say),
        steps(say, 2),
        title(say, "居住证明用来办什么？", "What is the certificate for?"),
        help_line(say, "用途会印在证明上。", "The purpose is printed on the certificate."),
        content(*(choice(f"purpose:{key}", key, say(zh, en)) for key, zh, en in rows)),
        foot(say, back(say)),
    )


def draw_preparing(say: Say) -> tuple[Node, ...]:
    """The page preparing."""
    return (
        band(say),
        steps(say, 3),
        title(say, "正在生成居住证明", "Preparing the certificate"),
        content(
            Node("picture", Role.PICTURE, icon="preparing"),
            Node("progress", Role.PROGRESS, say("马上就好", "Nearly there")),
        ),
        foot(say),
    )


def draw_preview(say: Say) -> tuple[Node, ...]:
    """The page preview."""
    copies = Node(
        "copies",
        Role.STEPPER,
        say("打印份数", "Copies"),
        children=(
            Node("fewer", Role.BUTTON, say("减少", "Fewer"), icon="minus", enabled=False),
            Node("count", Role.TEXT, say("1 份", "1")),
            Node("more", Role.BUTTON, say("增加", "More"), icon="plus", action="copies:2"),
        ),
    )
    return (
        band(say),
        steps(say, 3),
        title(say, "请核对，没有问题就打印", "Please check, then print"),
        content(Node("paper", Role.PAPER, raster=paper_png(), private=True), copies),
        foot(say, back(say), primary("print", say("打印", "Print"), "print")),
    )
