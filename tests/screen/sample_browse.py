"""Sample pages for everyone."""

from __future__ import annotations

from kiosk.scene.contract import Node, Role, Text
from tests.screen.sample_parts import Say, back, band, choice, content, field, foot, help_line, primary, title


def draw_attract(say: Say) -> tuple[Node, ...]:
    """The page attract."""
    return (
        band(say),
        title(say, "社区自助服务", "Community self-service"),
        help_line(
            say,
            "放上身份证，几分钟就能开好居住证明，全程免费。",
            "Lay down your ID card and take a residence certificate with you. Free of charge.",
        ),
        content(Node("welcome", Role.PICTURE, icon="welcome")),
        foot(say, primary("start", say("开始办理", "Start"))),
    )


def draw_home(say: Say) -> tuple[Node, ...]:
    """The page home."""
    return (
        band(say),
        title(say, "您想办什么？", "What would you like to do?"),
        content(
            choice(
                "party",
                "party",
                say("党建动态", "Party news"),
                say("通知、活动和学习安排", "Notices and activities"),
            ),
            choice(
                "organisations",
                "organisations",
                say("组织查询", "Find an office"),
                say("社区工作人员和网格员的电话", "Staff and grid officers with their phone numbers"),
            ),
            choice(
                "services",
                "services",
                say("我的服务", "My services"),
                say("用身份证开具居住证明", "Residence certificate with your ID card"),
            ),
        ),
        foot(say, Node("exit", Role.BUTTON, say("退出", "Leave"), icon="exit", action="finish")),
    )


def draw_notices(say: Say) -> tuple[Node, ...]:
    """The page notices."""
    rows = (
        ("关于 2026 年度居民医保缴费的通知", "Medical insurance contributions for 2026", "2026年11月20日"),
        ("周六上午在文化广场开展义诊活动", "Free medical check on Saturday morning", "2026年11月18日"),
        ("冬季取暖安全提示", "Heating safely in winter", "2026年11月12日"),
        ("西河路供水管道更换，停水时间安排", "Water supply works in Xihe Road", "2026年11月9日"),
    )
    choices = (
        choice(f"notice:{number}", "notices", say(chinese, english), Text(literal=day))
        for number, (chinese, english, day) in enumerate(rows)
    )
    return (
        band(say),
        title(say, "党建动态", "Party news"),
        content(*choices),
        foot(
            say,
            back(say),
            Node("previous", Role.BUTTON, say("上一页", "Previous"), enabled=False),
            Node("next", Role.BUTTON, say("下一页", "Next"), action="page:next"),
        ),
    )


def draw_notice(say: Say) -> tuple[Node, ...]:
    """The page notice."""
    return (
        band(say),
        title(say, "关于 2026 年度居民医保缴费的通知", "Medical insurance contributions for 2026"),
        help_line(say, "城关街道办事处 2026年11月20日", "Chengguan Subdistrict Office, 20 November 2026"),
        content(
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
        foot(say, back(say)),
    )


def draw_organisations(say: Say) -> tuple[Node, ...]:
    """The page organisations."""
    rows = (
        ("乐楼社区党支部", "Party branch of Lelou Community", "organisation"),
        ("乐楼社区居民委员会", "Residents' committee of Lelou Community", "organisations"),
        ("便民服务大厅", "Service hall", "services"),
        ("第 07 网格", "Grid 07", "place"),
        ("第 08 网格", "Grid 08", "place"),
    )
    choices = (
        choice(
            f"organisation:{number}",
            icon,
            say(chinese, english),
            say("查看人员和电话", "People and phone numbers"),
        )
        for number, (chinese, english, icon) in enumerate(rows)
    )
    return (
        band(say),
        title(say, "您要找哪个组织？", "Which office?"),
        content(*choices),
        foot(say, back(say)),
    )


def draw_organisation(say: Say) -> tuple[Node, ...]:
    """The page organisation."""
    fields = (
        field("head", say("负责人", "Head"), Text(literal="李明远")),
        field("phone", say("电话", "Phone"), Text(literal="0913-0000107")),
        field("hours", say("办公时间", "Hours"), say("周一至周五 8:30–18:00", "Mon to Fri 8:30–18:00")),
        field(
            "address",
            say("地址", "Address"),
            say("澄城县乐楼社区万泉街 18 号", "18 Wanquan Street, Lelou, Chengcheng"),
        ),
    )
    return (
        band(say),
        title(say, "第 07 网格", "Grid 07"),
        help_line(
            say,
            "网格员会帮您登记居住、反映问题。",
            "The grid officer registers residence and passes on problems.",
        ),
        content(Node("facts", Role.FIELDS, children=fields)),
        foot(say, back(say)),
    )


def draw_staff_called(say: Say) -> tuple[Node, ...]:
    """The page staff_called."""
    return (
        band(say),
        title(say, "已通知工作人员，请稍等", "Staff have been told, please wait"),
        help_line(say, "也可以拨打服务电话 0913-0000103。", "You can also call 0913-0000103."),
        content(Node("picture", Role.PICTURE, icon="ask_staff")),
        foot(say, primary("home", say("好的", "All right"))),
    )


def draw_out_of_service(say: Say) -> tuple[Node, ...]:
    """The page out_of_service."""
    return (
        band(say, online=False),
        title(say, "本机暂停服务", "Out of service"),
        help_line(
            say,
            "给您带来不便，请谅解。工作人员已收到通知，请到服务台办理。（IDR-01）",
            "We are sorry. Staff have been told; please go to the counter. (IDR-01)",
        ),
        content(Node("picture", Role.PICTURE, icon="out_of_service")),
        foot(say),
    )
