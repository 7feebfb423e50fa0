"""One scene of each name as the flow sends them, with the texts of invented people, in both languages."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[[str, str], Text]

_STEPS = (
    ("刷卡", "Card"),
    ("确认", "Confirm"),
    ("选择", "Choose"),
    ("预览", "Preview"),
    ("打印", "Print"),
    ("取件", "Take"),
)


def sample_scenes(language: Language) -> tuple[Scene, ...]:
    """Every sample in one language, normal size, standard theme."""

    def say(chinese: str, english: str) -> Text:
        return Text(literal=chinese if language is Language.ZH else english)

    makers = (
        *(
            _attract,
            _home,
            _notices,
            _notice,
            _organisations,
            _organisation,
            _lay_card,
            _reading,
            _looking_up,
        ),
        *(_who_you_are, _services, _purpose, _preparing, _preview, _printing, _printer_waits, _came_out),
        *(_take_paper, _take_card, _refusal, _trouble, _staff_called, _out_of_service, _warning),
    )
    return tuple(
        Scene(maker.__name__.strip("_"), number, language, TextSize.NORMAL, Theme.STANDARD, maker(say))
        for number, maker in enumerate(makers, 1)
    )


def sample(name: str, language: Language = Language.ZH) -> Scene:
    """One sample by name."""
    return next(scene for scene in sample_scenes(language) if scene.name == name)


def dressed(scene: Scene, size: TextSize, theme: Theme) -> Scene:
    """The same scene in another size of text and another theme."""
    return replace(scene, text_size=size, theme=theme)


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


def _band(say: Say, *, online: bool = True) -> Node:
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


def _steps(say: Say, present: int) -> Node:
    children = tuple(
        Node(f"step-{number}", Role.STEP, say(*words), chosen=number == present)
        for number, words in enumerate(_STEPS)
    )
    return Node("steps", Role.STEPS, children=children)


def _title(say: Say, chinese: str, english: str) -> Node:
    return Node("title", Role.TITLE, say(chinese, english))


def _help(say: Say, chinese: str, english: str) -> Node:
    return Node("help", Role.HELP, say(chinese, english))


def _content(*children: Node) -> Node:
    return Node("content", Role.CONTENT, children=children)


def _choice(name: str, icon: str, label: Text, detail: Text | None = None) -> Node:
    return Node(name, Role.CHOICE, label, detail, icon, action=name)


def _back(say: Say) -> Node:
    return Node("back", Role.BUTTON, say("返回", "Back"), icon="back", action="back")


def _primary(action: str, label: Text, icon: str = "") -> Node:
    return Node("primary", Role.PRIMARY, label, icon=icon, action=action)


def _foot(say: Say, *acts: Node) -> Node:
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
        Node("staff", Role.PREFERENCE, say("求助", "Help"), icon="staff", action="call_staff"),
    )
    return Node("foot", Role.FOOT, children=(*acts, *preferences))


def _attract(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _title(say, "社区自助服务", "Community self-service"),
        _help(
            say,
            "放上身份证，几分钟就能开好居住证明，全程免费。",
            "Lay down your ID card and take a residence certificate with you. Free of charge.",
        ),
        _content(Node("welcome", Role.PICTURE, icon="welcome")),
        _foot(say, _primary("start", say("开始办理", "Start"))),
    )


def _home(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _title(say, "您想办什么？", "What would you like to do?"),
        _content(
            _choice(
                "party",
                "party",
                say("党建动态", "Party news"),
                say("通知、活动和学习安排", "Notices and activities"),
            ),
            _choice(
                "organisations",
                "organisations",
                say("组织查询", "Find an office"),
                say("社区工作人员和网格员的电话", "Staff and grid officers with their phone numbers"),
            ),
            _choice(
                "services",
                "services",
                say("我的服务", "My services"),
                say("用身份证开具居住证明", "Residence certificate with your ID card"),
            ),
        ),
        _foot(say, Node("exit", Role.BUTTON, say("退出", "Leave"), icon="exit", action="finish")),
    )


def _notices(say: Say) -> tuple[Node, ...]:
    rows = (
        ("关于 2026 年度居民医保缴费的通知", "Medical insurance contributions for 2026", "2026年11月20日"),
        ("周六上午在文化广场开展义诊活动", "Free medical check on Saturday morning", "2026年11月18日"),
        ("冬季取暖安全提示", "Heating safely in winter", "2026年11月12日"),
        ("西河路供水管道更换，停水时间安排", "Water supply works in Xihe Road", "2026年11月9日"),
    )
    choices = (
        _choice(f"notice:{number}", "notices", say(chinese, english), Text(literal=day))
        for number, (chinese, english, day) in enumerate(rows)
    )
    return (
        _band(say),
        _title(say, "党建动态", "Party news"),
        _content(*choices),
        _foot(
            say,
            _back(say),
            Node("previous", Role.BUTTON, say("上一页", "Previous"), enabled=False),
            Node("next", Role.BUTTON, say("下一页", "Next"), action="page:next"),
        ),
    )


def _notice(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _title(say, "关于 2026 年度居民医保缴费的通知", "Medical insurance contributions for 2026"),
        _help(say, "城关街道办事处 2026年11月20日", "Chengguan Subdistrict Office, 20 November 2026"),
        _content(
            Node(
                "text-1",
                Role.TEXT,
                say(
                    "2026 年度城乡居民基本医疗保险缴费已经开始，缴费时间到 12 月 31 日为止。",
                    "Contributions to the medical insurance of residents for 2026 can be paid until "
                    "31 December.",
                ),
            ),
            Node(
                "text-2",
                Role.TEXT,
                say(
                    "可以在手机上缴费，也可以带身份证到社区便民服务大厅办理。行动不便的老人，请与网格员联系，我们上门服务。",
                    "You can pay by phone, or at the community service hall with your ID card. "
                    "For those who cannot come, the grid officer will visit at home.",
                ),
            ),
        ),
        _foot(say, _back(say)),
    )


def _organisations(say: Say) -> tuple[Node, ...]:
    rows = (
        ("乐楼社区党支部", "Party branch of Lelou Community", "organisation"),
        ("乐楼社区居民委员会", "Residents' committee of Lelou Community", "organisations"),
        ("便民服务大厅", "Service hall", "services"),
        ("第 07 网格", "Grid 07", "place"),
        ("第 08 网格", "Grid 08", "place"),
    )
    choices = (
        _choice(
            f"organisation:{number}",
            icon,
            say(chinese, english),
            say("查看人员和电话", "People and phone numbers"),
        )
        for number, (chinese, english, icon) in enumerate(rows)
    )
    return (
        _band(say),
        _title(say, "您要找哪个组织？", "Which office?"),
        _content(*choices),
        _foot(say, _back(say)),
    )


def _field(name: str, label: Text, value: Text, *, private: bool = False) -> Node:
    return Node(name, Role.FIELD, label, value, private=private)


def _organisation(say: Say) -> tuple[Node, ...]:
    fields = (
        _field("head", say("负责人", "Head"), Text(literal="李明远")),
        _field("phone", say("电话", "Phone"), Text(literal="0913-0000107")),
        _field("hours", say("办公时间", "Hours"), say("周一至周五 8:30–18:00", "Mon to Fri 8:30–18:00")),
        _field(
            "address",
            say("地址", "Address"),
            say("澄城县乐楼社区万泉街 18 号", "18 Wanquan Street, Lelou, Chengcheng"),
        ),
    )
    return (
        _band(say),
        _title(say, "第 07 网格", "Grid 07"),
        _help(
            say,
            "网格员会帮您登记居住、反映问题。",
            "The grid officer registers residence and passes on problems.",
        ),
        _content(Node("facts", Role.FIELDS, children=fields)),
        _foot(say, _back(say)),
    )


def _lay_card(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 0),
        _title(say, "请把身份证平放在读卡区", "Please lay your ID card on the reader"),
        _help(
            say,
            "读卡区在屏幕右下方，有发光标志。请不要拿开，直到画面变化。",
            "The reader is below the screen at the right. Leave the card there until this page changes.",
        ),
        _content(Node("picture", Role.PICTURE, icon="lay_card")),
        _foot(say, _back(say)),
    )


def _reading(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 0),
        _title(say, "正在读取，请不要拿开身份证", "Reading. Please leave the card where it is"),
        _content(
            Node("picture", Role.PICTURE, icon="reading"),
            Node("progress", Role.PROGRESS, say("正在读取证件……", "Reading the card…")),
        ),
        _foot(say),
    )


def _looking_up(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 0),
        _title(say, "正在查询您的居住登记", "Looking up your residence record"),
        _content(
            Node("picture", Role.PICTURE, icon="looking_up"),
            Node("progress", Role.PROGRESS, say("通常只需要几秒", "This takes a few seconds")),
        ),
        _foot(say),
    )


def _who_you_are(say: Say) -> tuple[Node, ...]:
    person = (
        _field("name", say("姓名", "Name"), Text(literal="王*芳"), private=True),
        _field("number", say("身份号码", "ID number"), Text(literal="6105 9019 **** **** 2X"), private=True),
        _field(
            "address",
            say("现住址", "Address"),
            Text(literal="乐楼社区古徵花园 3 号楼 2 单元 501 室"),
            private=True,
        ),
        _field(
            "way",
            say("居住方式", "Residing"),
            say("租住，至 2027年8月31日", "Rented, until 31 August 2027"),
            private=True,
        ),
    )
    household = (
        _field("m-1", say("户主", "Head"), Text(literal="赵*军"), private=True),
        _field("m-2", say("子女", "Child"), Text(literal="王*宁"), private=True),
    )
    return (
        _band(say),
        _steps(say, 1),
        _title(say, "请确认这是您本人", "Is this you?"),
        _content(
            Node("person", Role.FIELDS, children=person),
            Node("household", Role.FIELDS, say("同住人员", "Living with you"), children=household),
            Node(
                "age",
                Role.NOTICE,
                say("登记信息核对于 2026年11月2日。", "The record was last checked on 2 November 2026."),
                icon="notice",
            ),
        ),
        _foot(say, _back(say), _primary("confirm", say("是我，继续", "Yes, go on"), "check")),
    )


def _services(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 2),
        _title(say, "您要办理什么？", "Which service?"),
        _content(
            _choice(
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
        _foot(say, _back(say)),
    )


def _purpose(say: Say) -> tuple[Node, ...]:
    rows = (
        ("school", "子女入学", "School"),
        ("employment", "就业", "Employment"),
        ("housing", "住房", "Housing"),
        ("welfare", "生活补贴", "Allowance"),
        ("vehicle", "车辆登记", "Vehicle"),
        ("other", "其他", "Other"),
    )
    return (
        _band(say),
        _steps(say, 2),
        _title(say, "居住证明用来办什么？", "What is the certificate for?"),
        _help(say, "用途会印在证明上。", "The purpose is printed on the certificate."),
        _content(*(_choice(f"purpose:{key}", key, say(zh, en)) for key, zh, en in rows)),
        _foot(say, _back(say)),
    )


def _preparing(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 3),
        _title(say, "正在生成居住证明", "Preparing the certificate"),
        _content(
            Node("picture", Role.PICTURE, icon="preparing"),
            Node("progress", Role.PROGRESS, say("马上就好", "Nearly there")),
        ),
        _foot(say),
    )


def _preview(say: Say) -> tuple[Node, ...]:
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
        _band(say),
        _steps(say, 3),
        _title(say, "请核对，没有问题就打印", "Please check, then print"),
        _content(Node("paper", Role.PAPER, raster=paper_png(), private=True), copies),
        _foot(say, _back(say), _primary("print", say("打印", "Print"), "print")),
    )


def _printing(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 4),
        _title(say, "正在打印，请稍候", "Printing, please wait"),
        _content(
            Node("picture", Role.PICTURE, icon="printing"),
            Node("progress", Role.PROGRESS, say("第 1 张，共 2 张", "Sheet 1 of 2"), fraction=0.5),
        ),
        _foot(say),
    )


def _printer_waits(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 4),
        _title(say, "打印机缺纸，证明还没有打出来", "The printer has no paper; nothing was printed yet"),
        _help(
            say,
            "工作人员已收到通知。加纸后会自动继续，您可以等一等，也可以取消。（PRN-03）",
            "Staff have been told. Printing goes on by itself once there is paper. (PRN-03)",
        ),
        _content(Node("picture", Role.PICTURE, icon="paper_out")),
        _foot(
            say,
            Node("cancel", Role.BUTTON, say("取消打印", "Cancel"), icon="close", action="cancel_print"),
            _primary("call_staff", say("请工作人员来", "Call staff"), "staff"),
        ),
    )


def _came_out(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 4),
        _title(say, "纸出来了吗？", "Did the paper come out?"),
        _help(
            say,
            "打印机没有回答，我们不能确定。请看一下出纸口，如实回答就好。",
            "The printer did not answer. Please look at the tray and tell us.",
        ),
        _content(
            _choice("came_out:yes", "check", say("出来了，是完整的一张", "Yes, one whole sheet")),
            _choice("came_out:no", "close", say("没有，或者不完整", "No, or not a whole one")),
        ),
        _foot(say),
    )


def _take_paper(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _steps(say, 5),
        _title(say, "证明已打印，请取走纸张和身份证", "Printed. Please take the paper and your ID card"),
        _help(say, "纸张在屏幕下方的出纸口。", "The paper lies in the tray below the screen."),
        _content(
            Node("picture", Role.PICTURE, icon="take_paper"),
            Node(
                "facts",
                Role.FIELDS,
                children=(
                    _field("number", say("证明编号", "Number"), Text(literal="CG-JZ-2026-000318-7")),
                    _field(
                        "until", say("有效期至", "Valid until"), say("2026年12月23日", "23 December 2026")
                    ),
                ),
            ),
        ),
        _foot(say, _primary("finish", say("完成并退出", "Finish"), "check")),
    )


def _take_card(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _title(say, "请取走身份证", "Please take your ID card"),
        _help(say, "您的信息已从本机清除。", "Your data has been cleared from this machine."),
        _content(Node("picture", Role.PICTURE, icon="take_card")),
        _foot(say),
    )


def _refusal(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _title(say, "现在不能开具居住证明", "The certificate cannot be issued now"),
        _help(
            say,
            "您的租住登记已于 8 月 31 日到期。（ELG-05）",
            "Your tenancy record ended on 31 August. (ELG-05)",
        ),
        _content(
            Node(
                "where",
                Role.FIELDS,
                children=(
                    _field(
                        "who",
                        say("请联系", "Please contact"),
                        say("第 07 网格 网格员李明远", "Li Mingyuan, officer of grid 07"),
                    ),
                    _field("phone", say("电话", "Phone"), Text(literal="0913-0000107")),
                    _field(
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
        _foot(say, _back(say), _primary("finish", say("知道了，退出", "Done, leave"))),
    )


def _trouble(say: Say) -> tuple[Node, ...]:
    return (
        _band(say, online=False),
        _title(say, "没有读清您的证件", "Your card could not be read"),
        _help(
            say,
            "请拿起后再放一次，放平、不要移动。（IDR-07）",
            "Please lift it and lay it down flat again. (IDR-07)",
        ),
        _content(Node("picture", Role.PICTURE, icon="lay_card")),
        _foot(say, _back(say), _primary("retry", say("再试一次", "Try again"), "retry")),
    )


def _staff_called(say: Say) -> tuple[Node, ...]:
    return (
        _band(say),
        _title(say, "已通知工作人员，请稍等", "Staff have been told, please wait"),
        _help(say, "也可以拨打服务电话 0913-0000103。", "You can also call 0913-0000103."),
        _content(Node("picture", Role.PICTURE, icon="ask_staff")),
        _foot(say, _primary("home", say("好的", "All right"))),
    )


def _out_of_service(say: Say) -> tuple[Node, ...]:
    return (
        _band(say, online=False),
        _title(say, "本机暂停服务", "Out of service"),
        _help(
            say,
            "给您带来不便，请谅解。工作人员已收到通知，请到服务台办理。（IDR-01）",
            "We are sorry. Staff have been told; please go to the counter. (IDR-01)",
        ),
        _content(Node("picture", Role.PICTURE, icon="out_of_service")),
        _foot(say),
    )


def _warning(say: Say) -> tuple[Node, ...]:
    dialog = Node(
        "warning",
        Role.DIALOG,
        children=(
            _title_in_dialog(say),
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
    return (*_purpose(say), dialog)


def _title_in_dialog(say: Say) -> Node:
    return Node("warning-title", Role.TITLE, say("还在吗？", "Are you still there?"))
