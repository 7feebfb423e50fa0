"""The codes of the way to the platform, of working without it, of papers, and of its own replies."""

from __future__ import annotations

from backend_client.contract import PlatformCode
from devices.contract import Rank, Severity, fault_row
from kiosk.domain.offline import OfflineCode
from printer_templates.contract import PaperCode

_LINE = (Severity.TECHNICIAN, Rank.LINE)
_OFFLINE = (Severity.NOTE, Rank.EFFECT)
_REPLY = (Severity.TECHNICIAN, Rank.LINE)
_REPORT = ("把时间和代码报给平台管理员。", "Report time and code to the platform's administrators.")
_VERSIONS = (
    "把本机程序和平台升级到互相认得的版本。",
    "Bring kiosk and platform to versions that know each other.",
)

PLATFORM_FAULTS = (
    fault_row(
        PlatformCode.UNREACHABLE,
        _LINE,
        (
            "连不上平台：网线、路由器、宽带或平台停了。",
            "The platform cannot be reached: cable, router, provider or platform.",
        ),
        (
            "插紧网线，重启路由器；别的设备也不通就报宽带故障。",
            "Push the cable in, restart the router; if others are down too, call the provider.",
        ),
    ),
    fault_row(
        PlatformCode.TOO_SLOW,
        _LINE,
        ("平台没有按时答完，多为线路太慢。", "No whole answer came in time: mostly a slow line."),
        ("测一下网速，查看是否有别的设备占用带宽。", "Measure the line and see whether others use it up."),
    ),
    fault_row(
        PlatformCode.CREDENTIAL,
        _LINE,
        ("平台不认本机的凭据（401 或 403）。", "The platform does not accept this kiosk (401 or 403)."),
        (
            "请平台管理员核对登记，必要时重新登记本机。",
            "Ask the platform's administrators; enrol the kiosk anew if need be.",
        ),
    ),
    fault_row(
        PlatformCode.SERVER_ERROR,
        _LINE,
        ("平台自己出了错（5xx）。", "The platform itself failed (5xx)."),
        ("等平台恢复，记录不会丢失；持续不恢复就报告。", "Wait; no record is lost. Report it if it lasts."),
    ),
    fault_row(
        PlatformCode.HALF_REPLY,
        _LINE,
        ("回答没有收全，线路中途断开。", "Fewer bytes came than were announced: the line broke."),
        (
            "检查网线和路由器；反复出现就报宽带故障。",
            "Check cable and router; if it returns, call the provider.",
        ),
    ),
    fault_row(
        PlatformCode.NOT_THE_CONTRACT,
        _LINE,
        (
            "回答不合约定：被网关改写，或版本不一致。",
            "The answer keeps no contract: a gateway changed it, or versions differ.",
        ),
        (
            "确认上网不需要网页登录，再核对两边的版本。",
            "See that the line needs no login page; then compare versions.",
        ),
    ),
    fault_row(
        PlatformCode.NOT_OURS,
        _LINE,
        (
            "收到的是别的机器或别人的数据，已经丢弃。",
            "Another kiosk's or another person's data came and were thrown away.",
        ),
        (
            "立即报告平台管理员；核对本机编号是否重复。",
            "Report it at once; see whether two kiosks have the same id.",
        ),
    ),
    fault_row(
        PlatformCode.BAD_SIGNATURE,
        _LINE,
        ("平台回执的签名核对不上。", "A receipt was not signed by the platform."),
        (
            "核对平台公钥和平台地址，并报告平台管理员。",
            "Check the platform's public key and address, and report it.",
        ),
    ),
    fault_row(
        PlatformCode.REFUSED,
        _LINE,
        ("平台拒绝了这个请求（其他 4xx）。", "The platform refuses this request (other 4xx)."),
        (
            "查看日志中的平台代码（PLT），按其说明处理。",
            "Find the platform's own code (PLT) in the log and follow it.",
        ),
    ),
    fault_row(
        OfflineCode.NOT_HELD,
        _OFFLINE,
        (
            "线路不通，本机的离线资料里没有这个人。",
            "No line, and this kiosk's register holds no record of the person.",
        ),
        (
            "打印取件单，恢复线路后领取；不是设备故障。",
            "Print a pick-up slip; it is collected once the line is back.",
        ),
    ),
    fault_row(
        OfflineCode.NOT_FRESH,
        _OFFLINE,
        (
            "线路不通，离线资料太久没有同步。",
            "No line, and the register was not synchronised recently enough.",
        ),
        ("恢复线路，资料会自动同步。", "Restore the line; the register is then synchronised by itself."),
    ),
    fault_row(
        OfflineCode.NOT_CHECKED,
        _OFFLINE,
        ("线路不通，这户上次核实的时间太久。", "No line, and the grid officer's last check is too long ago."),
        ("打印取件单，请网格员核实。", "Print a pick-up slip and ask the grid officer to check the home."),
    ),
    fault_row(
        OfflineCode.NO_REGISTER,
        (Severity.TECHNICIAN, Rank.EFFECT),
        ("本机还从来没有同步过离线资料。", "Nothing was ever synchronised to this kiosk."),
        (
            "恢复线路，等第一次同步完成再投入使用。",
            "Restore the line and wait for the first synchronisation.",
        ),
    ),
    fault_row(
        OfflineCode.CLOCK,
        (Severity.TECHNICIAN, Rank.MACHINE),
        (
            "本机时钟倒退过，不能判断资料有多新。",
            "The clock went backwards: nobody can say how old the register is.",
        ),
        (
            "校准时间并恢复线路，检查主板电池。",
            "Set the clock and restore the line; check the board's battery.",
        ),
    ),
    fault_row(
        PaperCode.MISSING_GLYPH,
        (Severity.STAFF, Rank.CASE),
        ("有一个字，本机的字体里没有。", "No font of the paper has one of the characters."),
        (
            "由窗口手工开具，并把这个字报告升级字体。",
            "Issue it by hand at the counter and report the character.",
        ),
    ),
    fault_row(
        PaperCode.READ_BACK_DIFFERS,
        (Severity.TECHNICIAN, Rank.CASE),
        (
            "生成的纸张读回来与应有内容不一致，已作废。",
            "The finished paper does not say what it should and is void.",
        ),
        ("再办一次；反复出现就停止出证并报告。", "Try again; if it returns, stop issuing and report it."),
    ),
    fault_row(
        PaperCode.DOES_NOT_FIT,
        (Severity.STAFF, Rank.CASE),
        ("有一项内容太长，纸上放不下。", "One text is longer than its place on the paper."),
        (
            "由窗口开具，或请工作人员缩短该项登记内容。",
            "Issue it at the counter, or have the entry shortened.",
        ),
    ),
    fault_row(
        "PLT-01",
        _REPLY,
        ("平台没有这个地址。", "There is nothing at this address of the platform."),
        (
            "核对设置里的平台地址和两边的版本。",
            "Check the platform's address in the settings, and both versions.",
        ),
    ),
    fault_row(
        "PLT-02", _REPLY, ("平台的这个地址不接受这种请求。", "This address takes no such request."), _VERSIONS
    ),
    fault_row(
        "PLT-03",
        _REPLY,
        ("凭据缺失、不认识或已吊销。", "The credential is missing, unknown or revoked."),
        (
            "请平台管理员核对登记，必要时重新登记本机。",
            "Ask the platform's administrators; enrol the kiosk anew if need be.",
        ),
    ),
    fault_row("PLT-04", _REPLY, ("请求不合约定。", "The request does not keep the contract."), _VERSIONS),
    fault_row("PLT-05", _REPLY, ("请求太大。", "The request is too large."), _REPORT),
    fault_row(
        "PLT-06",
        (Severity.NOTE, Rank.LINE),
        ("短时间内请求太多。", "There were too many requests."),
        ("等一分钟会自动再试。", "It is tried again by itself after a minute."),
    ),
    fault_row(
        "PLT-07",
        _REPLY,
        ("请求编号已用于别的请求。", "The request id was used for another request."),
        _REPORT,
    ),
    fault_row(
        "PLT-08",
        _REPLY,
        ("今年这类证明的编号已全部用完。", "No certificate numbers of this kind are left this year."),
        ("请平台管理员增加号段。", "Ask the platform's administrators for more numbers."),
    ),
    fault_row(
        "PLT-09", _REPLY, ("平台内部出错，可以再发。", "The platform failed; it may be sent again."), _REPORT
    ),
    fault_row(
        "PLT-10", _REPLY, ("平台无法回答这个请求。", "The platform cannot answer this request."), _REPORT
    ),
    fault_row(
        "PLT-11",
        _REPLY,
        ("本机缺少新版登记才有的密钥。", "The kiosk lacks a key that newer enrolments give."),
        ("重新登记本机。", "Enrol the kiosk anew."),
    ),
)
