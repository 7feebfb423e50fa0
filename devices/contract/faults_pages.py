"""The codes of the page printer."""

from __future__ import annotations

from devices.contract.codes import DeviceCode
from devices.contract.faults import Rank, Severity, fault_row

_LINK = (Severity.TECHNICIAN, Rank.CONNECTION)
_BROKEN = (Severity.TECHNICIAN, Rank.DEVICE)
_REFILL = (Severity.STAFF, Rank.DEVICE)
_PAPER = (Severity.STAFF, Rank.CASE)
_LOOK = (
    "先看出纸口有没有纸，在“等待确认的纸”中登记结果，再决定是否重打。",
    "Look at the outlet first and settle the paper in doubt; only then print again.",
)

PAGE_FAULTS = (
    fault_row(
        DeviceCode.PRINTER_UNREACHABLE,
        _LINK,
        (
            "打印机没有通电、断网，或地址不对。",
            "The printer has no power or no network, or the address is wrong.",
        ),
        (
            "检查打印机的电源、数据线和设置里的地址。",
            "Check its power, its cable and the address in the settings.",
        ),
    ),
    fault_row(
        DeviceCode.PRINTER_STOPPED,
        _REFILL,
        (
            "打印机停着，或不接受新任务，没有说明原因。",
            "The printer is stopped or takes no jobs, and does not say why.",
        ),
        (
            "看打印机面板，按提示恢复；没有提示就断电重启。",
            "Follow its panel; if it says nothing, switch it off and on.",
        ),
    ),
    fault_row(
        DeviceCode.PRINTER_PAPER_OUT,
        _REFILL,
        ("A4 纸用完，或纸盒没有推到底。", "There is no A4 paper, or the tray is not pushed in."),
        (
            "加纸，把纸盒推到底，在维护页面记下张数。",
            "Fill up, push the tray in and record the number of sheets.",
        ),
    ),
    fault_row(
        DeviceCode.PRINTER_JAM,
        _REFILL,
        ("打印机里卡了纸。", "Paper is jammed in the printer."),
        (
            "打开盖子，顺着走纸方向慢慢拉出，合上盖子。",
            "Open it, pull the sheet out slowly the way it runs, and close it.",
        ),
    ),
    fault_row(
        DeviceCode.PRINTER_COVER_OPEN,
        _REFILL,
        ("打印机有盖子没有合上。", "A cover of the printer is open."),
        ("逐个按紧每个盖子，到有响声为止。", "Press each cover until it clicks."),
    ),
    fault_row(
        DeviceCode.PRINTER_TONER_OUT,
        _REFILL,
        ("墨粉或墨水用完。", "Toner or ink is used up."),
        ("更换墨粉盒，在维护页面记下更换。", "Change the cartridge and record it."),
    ),
    fault_row(
        DeviceCode.JOB_ABORTED,
        _PAPER,
        ("打印机自己放弃了这次打印。", "The printer gave the job up."),
        (
            "可以再打一次；反复出现就打自检页并报修。",
            "Print again; if it goes on, print a self-test page and call service.",
        ),
    ),
    fault_row(
        DeviceCode.JOB_CANCELLED,
        (Severity.NOTE, Rank.CASE),
        (
            "打印被取消：居民取消、有人在打印机上取消，或等纸太久。",
            "Printing was cancelled: by the resident, at the printer, or after waiting for paper.",
        ),
        (
            "没有出纸，可以重新办理；检查纸是否够用。",
            "Nothing came out; it can be asked for again. Check the paper.",
        ),
    ),
    fault_row(
        DeviceCode.JOB_ANSWER_LOST,
        _PAPER,
        (
            "发送证明时与打印机的连接断开，不知道有没有打出来。",
            "The connection broke while the paper was sent; nobody knows what came out.",
        ),
        _LOOK,
    ),
    fault_row(
        DeviceCode.JOB_VANISHED,
        _PAPER,
        (
            "打印机没有留下这次任务的记录，多为打印机重启过。",
            "The printer no longer knows the job; it was probably restarted.",
        ),
        _LOOK,
    ),
    fault_row(
        DeviceCode.JOB_TOO_SLOW,
        _PAPER,
        ("打印机接了任务，但没有按时打完。", "The printer took the job, but did not finish in time."),
        _LOOK,
    ),
    fault_row(
        DeviceCode.PRINTER_PROTOCOL,
        _LINK,
        ("这个地址的回答不是 IPP 协议。", "What answers at this address does not speak IPP."),
        (
            "核对设置里的打印机地址和打印机的 IPP 功能。",
            "Check the printer's address and that IPP is switched on.",
        ),
    ),
    fault_row(
        DeviceCode.PRINTER_REFUSED,
        _BROKEN,
        ("打印机拒绝这个请求，或不支持 PDF。", "The printer refuses the request, or does not take PDF."),
        (
            "通过 CUPS 队列连接，或换用支持 PDF 的打印机。",
            "Connect it through a CUPS queue, or use a printer that takes PDF.",
        ),
    ),
    fault_row(
        DeviceCode.JOB_COUNT_SHORT,
        _PAPER,
        (
            "打印机说打完了，但张数不够，或中途报过错。",
            "The printer says completed, but reports fewer sheets or a fault on the way.",
        ),
        _LOOK,
    ),
)
