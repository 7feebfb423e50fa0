"""What residents come for, as happenings and as words to look for; and staff, at their door and desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend_client.contract import PlatformCode
from devices.contract import DeviceCode, NotPrinted, Printed
from kiosk.domain.offline import OfflineCode
from kiosk.flow import events as e
from kiosk.flow import states as s
from tests.flow.content import SLIP_NUMBER, make_pickups
from tests.flow.people import NOW
from tests.flow.situations import FULL_WORLD, PLAN, PNG, VERIFY_URL
from tests.flow.staff_story import ADMITTED, LOADED
from tests.flow.story import FOUND, ID, PREPARED, READ
from tests.robust.ways import Say

if TYPE_CHECKING:
    from tests.robust.ways import Deed

MET = (e.CardLaid(), READ, FOUND)
PRINTED = e.PrintSettled(ID, Printed(1))
JAM = e.PrintSettled(ID, NotPrinted(DeviceCode.PRINTER_JAM))
TO_PREVIEW = (*MET, Say("是我"), Say("居住证明"), Say("子女入学"), PREPARED)
TWO = replace(PREPARED, copies=2)
GOODBYE = (Say("取好了"), e.CardLifted(), Say("不评价"))
OUT_OF_REACH = e.HouseholdOutOfReach(ID, PlatformCode.UNREACHABLE, OfflineCode.NOT_HELD)
SLIP_PREPARED = e.PaperPrepared(ID, "issuance-3", SLIP_NUMBER, "school", 1, (PNG,))
CERTIFICATE = f"{VERIFY_URL}/610525001003-JZ-2026-000123-4?c=8F2K-71QD"

# Name -> what happens and what is done, and the page where it ends.
ERRANDS: dict[str, tuple[tuple[Deed, ...], str]] = {
    "certificate": ((*TO_PREVIEW, Say("打印"), PRINTED, *GOODBYE), "attract"),
    "certificate from the first page": (
        (Say("开始办理"), Say("我的服务"), *TO_PREVIEW, Say("打印"), PRINTED, *GOODBYE),
        "attract",
    ),
    "two copies": ((*TO_PREVIEW, Say("增加一份"), TWO, Say("打印"), PRINTED, *GOODBYE), "attract"),
    "printed again after a jam": (
        (*TO_PREVIEW, Say("打印"), JAM, Say("再打印一次"), PREPARED, Say("打印"), PRINTED, *GOODBYE),
        "attract",
    ),
    "rated well": (
        (*TO_PREVIEW, Say("打印"), PRINTED, Say("取好了"), e.CardLifted(), Say("非常满意"), Say("回首页")),
        "attract",
    ),
    "rated badly": (
        (
            *(*TO_PREVIEW, Say("打印"), PRINTED, Say("取好了"), e.CardLifted()),
            *(Say("不满意"), Say("办得太慢"), Say("提交"), Say("回首页")),
        ),
        "attract",
    ),
    "slip without a line": (
        (
            *(e.LineChanged(PlatformCode.UNREACHABLE), e.CardLaid(), READ, OUT_OF_REACH),
            *(Say("登记，领取件号"), Say("子女入学"), SLIP_PREPARED, Say("打印取件单"), PRINTED, *GOODBYE),
        ),
        "attract",
    ),
    "picked up": (
        (
            *(e.CardLaid(), READ, replace(FOUND, pickups=make_pickups(2))),
            *(Say("是我"), Say("子女入学"), PREPARED, Say("打印"), PRINTED, *GOODBYE),
        ),
        "attract",
    ),
    "guide to an allowance": (
        (*MET, Say("是我"), Say("生活补贴申请"), Say("返回"), Say("返回"), Say("返回")),
        "take_card",
    ),
    "proof that no community issues": (
        (*MET, Say("是我"), Say("其他证明去哪里办"), Say("亲属关系证明"), Say("返回"), Say("返回")),
        "services",
    ),
    "refused": (
        (*MET, Say("是我"), Say("返回"), Say("返回"), e.CardLifted()),
        "attract",
    ),
    "somebody unknown": ((e.CardLaid(), READ, e.PersonUnknown(ID), Say("知道了")), "take_card"),
    "news": (
        (Say("开始办理"), Say("党建动态"), Say("基层党建"), Say("第0号"), Say("下一页"), Say("返回")),
        "notices",
    ),
    "whom to ask": (
        (Say("开始办理"), Say("组织查询"), Say("城关街道"), Say("返回")),
        "organisations",
    ),
    "somebody by initials": (
        (Say("开始办理"), Say("组织查询"), Say("找人或单位"), Say("JKL"), Say("MNO"), Say("看结果")),
        "found",
    ),
    "code for the telephone": ((Say("开始办理"), Say("手机上办"), Say("乐楼社区应用"), Say("返回")), "links"),
    "code under the scanner": ((e.CodeScanned(CERTIFICATE), Say("返回")), "home"),
    "help": ((Say("求助"), e.StaffCalled(e.StaffCallState.RECORDED), Say("继续办理")), "attract"),
    "more time": ((*MET, e.TimeNearlyUp(3), Say("我还在"), Say("是我")), "services"),
    "staff at their desk": (
        (
            *(Say("开始办理"), Say("工作人员"), Say("7"), Say("7"), Say("0"), Say("1"), Say("下一步")),
            *(Say("8"), Say("6"), Say("4"), Say("2"), Say("0"), Say("9"), Say("进入"), ADMITTED, LOADED),
        ),
        "staff_desk",
    ),
}


def at_rest() -> s.Kiosk:
    """Nobody is there, and everything works."""
    return replace(s.initial(PLAN, NOW), world=FULL_WORLD)
