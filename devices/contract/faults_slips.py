"""The codes of the receipt printer."""

from __future__ import annotations

from devices.contract.codes import DeviceCode
from devices.contract.faults import Rank, Severity, fault_row

_LINK = (Severity.TECHNICIAN, Rank.CONNECTION)
_RIGHTS = (Severity.TECHNICIAN, Rank.MACHINE)
_BROKEN = (Severity.TECHNICIAN, Rank.DEVICE)
_REFILL = (Severity.STAFF, Rank.DEVICE)
_PAPER = (Severity.STAFF, Rank.CASE)

SLIP_FAULTS = (
    fault_row(
        DeviceCode.RECEIPT_UNREACHABLE,
        _LINK,
        (
            "凭条打印机连不上，或设备文件不存在。",
            "The receipt printer cannot be reached, or its device file does not exist.",
        ),
        (
            "检查电源和数据线，核对设置里的地址。",
            "Check its power, its cable and the address in the settings.",
        ),
    ),
    fault_row(
        DeviceCode.RECEIPT_NO_PERMISSION,
        _RIGHTS,
        ("程序没有权限使用凭条打印机。", "The program may not use the receipt printer."),
        (
            "重新运行安装程序，恢复设备权限，再重启。",
            "Run the installer again to restore the rights, then restart.",
        ),
    ),
    fault_row(
        DeviceCode.RECEIPT_PAPER_OUT,
        _REFILL,
        ("凭条纸卷用完。", "The receipt roll is used up."),
        (
            "换纸卷，热敏面朝打印头，在维护页面记下更换。",
            "Change the roll, coated side to the head, and record it.",
        ),
    ),
    fault_row(
        DeviceCode.RECEIPT_COVER_OPEN,
        _REFILL,
        ("凭条打印机的盖子没有合紧。", "The cover of the receipt printer is open."),
        ("按下盖子，到有响声为止。", "Press the cover until it clicks."),
    ),
    fault_row(
        DeviceCode.RECEIPT_CUTTER,
        _BROKEN,
        ("凭条打印机的切刀卡住。", "The cutter of the receipt printer is stuck."),
        (
            "断电，转动切刀旋钮复位，清掉碎纸。",
            "Switch it off, turn the cutter's knob back and remove scraps.",
        ),
    ),
    fault_row(
        DeviceCode.RECEIPT_OFFLINE,
        _REFILL,
        (
            "凭条打印机处于离线状态，例如有人按着走纸键。",
            "The receipt printer is offline, for example while its feed key is held.",
        ),
        ("松开按键，断电重启一次。", "Let its key go, then switch it off and on."),
    ),
    fault_row(
        DeviceCode.RECEIPT_SILENT,
        _LINK,
        (
            "凭条打印机连上了，但没有回应，状态不明。",
            "The receipt printer is connected, but does not answer: nothing is known.",
        ),
        (
            "断电重启；核对波特率，换一根数据线。",
            "Switch it off and on; check the baud rate, change the cable.",
        ),
    ),
    fault_row(
        DeviceCode.RECEIPT_GARBLED,
        _LINK,
        ("凭条打印机的状态字节固定位不对。", "A status byte of the receipt printer has wrong fixed bits."),
        (
            "核对波特率和型号；串口线远离电源线。",
            "Check baud rate and model; keep the serial cable away from power lines.",
        ),
    ),
    fault_row(
        DeviceCode.RECEIPT_LINE_BROKE,
        _PAPER,
        (
            "发送凭条时连接断开，不知道有没有打出来。",
            "The connection broke while the slip was sent; nobody knows what came out.",
        ),
        (
            "看凭条口有没有出纸；插紧数据线后再打。",
            "Look at the slip outlet; push the cable in before printing again.",
        ),
    ),
    fault_row(
        DeviceCode.RECEIPT_NOT_CONFIRMED,
        _PAPER,
        (
            "凭条已全部发出，但没有出纸的回执。",
            "The whole slip was sent, but nothing proves that it came out.",
        ),
        ("看凭条口有没有出纸，请居民确认。", "Look at the slip outlet and ask the resident."),
    ),
    fault_row(
        DeviceCode.RECEIPT_ERROR,
        _BROKEN,
        (
            "凭条打印机报告故障，多为打印头过热或部件损坏。",
            "The receipt printer reports an error: a hot head or a broken part.",
        ),
        (
            "停用 10 分钟后断电重启；仍报错就报修。",
            "Leave it for 10 minutes, switch it off and on; else call service.",
        ),
    ),
    fault_row(
        DeviceCode.RECEIPT_NO_BITMAP,
        (Severity.TECHNICIAN, Rank.CASE),
        (
            "要打的凭条没有宽度合适的点阵图，多为纸宽设置不对。",
            "The slip has no picture of the right width: a wrong setting of the roll.",
        ),
        (
            "核对设置里的纸宽（80 或 58 毫米）和点数。",
            "Check the width of the roll (80 or 58 mm) and its dots in the settings.",
        ),
    ),
)
