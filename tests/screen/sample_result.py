"""Sample pages from the print to the goodbye, with refusals and troubles."""

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
    primary,
    steps,
    title,
)
from tests.screen.sample_session import draw_purpose


def draw_printing(say: Say) -> tuple[Node, ...]:
    """The page printing."""
    return (
        band(say),
        steps(say, 4),
        title(say, "正在打印，请稍候", "Printing, please wait"),
        content(
            Node("picture", Role.PICTURE, icon="printing"),
            Node("progress", Role.PROGRESS, say("第 1 张，共 2 张", "Sheet 1 of 2"), fraction=0.5),
        ),
        foot(say),
    )


def draw_printer_waits(say: Say) -> tuple[Node, ...]:
    """The page printer_waits."""
    return (
        band(say),
        steps(say, 4),
        title(say, "打印机缺纸，证明还没有打出来", "The printer has no paper; nothing was printed yet"),
        help_line(
            say,
            "工作人员已收到通知。加纸后会自动继续，您可以等一等，也可以取消。（PRN-03）",
            "Staff have been told. Printing goes on by itself once there is paper. (PRN-03)",
        ),
        content(Node("picture", Role.PICTURE, icon="paper_out")),
        foot(
            say,
            Node("cancel", Role.BUTTON, say("取消打印", "Cancel"), icon="close", action="cancel_print"),
            primary("call_staff", say("请工作人员来", "Call staff"), "staff"),
        ),
    )


def draw_came_out(say: Say) -> tuple[Node, ...]:
    """The page came_out."""
    return (
        band(say),
        steps(say, 4),
        title(say, "纸出来了吗？", "Did the paper come out?"),
        help_line(
            say,
            "打印机没有回答，我们不能确定。请看一下出纸口，如实回答就好。",
            "The printer did not answer. Please look at the tray and tell us.",
        ),
        content(
            choice("came_out:yes", "check", say("出来了，是完整的一张", "Yes, one whole sheet")),
            choice("came_out:no", "close", say("没有，或者不完整", "No, or not a whole one")),
        ),
        foot(say),
    )


def draw_take_paper(say: Say) -> tuple[Node, ...]:
    """The page take_paper."""
    return (
        band(say),
        steps(say, 5),
        title(say, "证明已打印，请取走纸张和身份证", "Printed. Please take the paper and your ID card"),
        help_line(say, "纸张在屏幕下方的出纸口。", "The paper lies in the tray below the screen."),
        content(
            Node("picture", Role.PICTURE, icon="take_paper"),
            Node(
                "facts",
                Role.FIELDS,
                children=(
                    field("number", say("证明编号", "Number"), Text(literal="CG-JZ-2026-000318-7")),
                    field("until", say("有效期至", "Valid until"), say("2026年12月23日", "23 December 2026")),
                ),
            ),
        ),
        foot(say, primary("finish", say("完成并退出", "Finish"), "check")),
    )


def draw_take_card(say: Say) -> tuple[Node, ...]:
    """The page take_card."""
    return (
        band(say),
        title(say, "请取走身份证", "Please take your ID card"),
        help_line(say, "您的信息已从本机清除。", "Your data has been cleared from this machine."),
        content(Node("picture", Role.PICTURE, icon="take_card")),
        foot(say),
    )


def draw_refusal(say: Say) -> tuple[Node, ...]:
    """The page refusal."""
    return (
        band(say),
        title(say, "现在不能开具居住证明", "The certificate cannot be issued now"),
        help_line(
            say,
            "您的租住登记已于 8 月 31 日到期。（ELG-05）",
            "Your tenancy record ended on 31 August. (ELG-05)",
        ),
        content(
            Node(
                "where",
                Role.FIELDS,
                children=(
                    field(
                        "who",
                        say("请联系", "Please contact"),
                        say("第 07 网格 网格员李明远", "Li Mingyuan, officer of grid 07"),
                    ),
                    field("phone", say("电话", "Phone"), Text(literal="0913-0000107")),
                    field(
                        "bring",
                        say("请带上", "Please bring"),
                        say("新的租房合同、身份证", "The new lease and your ID card"),
                    ),
                ),
            ),
            Node(
                "hint",
                Role.NOTICE,
                say("续登后马上就能在本机开具。", "Once renewed, this kiosk can issue it at once."),
                icon="information",
            ),
        ),
        foot(say, back(say), primary("finish", say("知道了，退出", "Done, leave"))),
    )


def draw_trouble(say: Say) -> tuple[Node, ...]:
    """The page trouble."""
    return (
        band(say, online=False),
        title(say, "没有读清您的证件", "Your card could not be read"),
        help_line(
            say,
            "请拿起后再放一次，放平、不要移动。（IDR-07）",
            "Please lift it and lay it down flat again. (IDR-07)",
        ),
        content(Node("picture", Role.PICTURE, icon="lay_card")),
        foot(say, back(say), primary("retry", say("再试一次", "Try again"), "retry")),
    )


def draw_warning(say: Say) -> tuple[Node, ...]:
    """The page warning."""
    dialog = Node(
        "warning",
        Role.DIALOG,
        children=(
            draw_title_in_dialog(say),
            Node(
                "warning-help",
                Role.HELP,
                say(
                    "20 秒后将退出并清除您的信息。",
                    "In 20 seconds this session ends and your data is cleared.",
                ),
            ),
            Node("leave", Role.BUTTON, say("退出", "Leave"), icon="exit", action="finish"),
            Node("stay", Role.PRIMARY, say("我还在", "I am here"), icon="check", action="more_time"),
        ),
    )
    return (*draw_purpose(say), dialog)


def draw_title_in_dialog(say: Say) -> Node:
    """The page title_in_dialog."""
    return Node("warning-title", Role.TITLE, say("还在吗？", "Are you still there?"))
