"""The codes of the code scanner, and of the box: power, door, lights, the machine itself."""

from __future__ import annotations

from devices.contract.codes import DeviceCode
from devices.contract.faults import Rank, Severity, fault_row

_LINK = (Severity.TECHNICIAN, Rank.CONNECTION)
_MACHINE = (Severity.TECHNICIAN, Rank.MACHINE)

_CARD = (Severity.RESIDENT, Rank.CASE)
_RIGHTS = (
    "重新运行安装程序，恢复设备权限，再重启。",
    "Run the installer again to restore the rights, then restart.",
)

BOX_FAULTS = (
    fault_row(
        DeviceCode.SCANNER_NOT_FOUND,
        _LINK,
        ("扫码器的端口不存在或打不开。", "The scanner's port does not exist or cannot be opened."),
        (
            "插紧扫码器；确认它在 USB 串口模式，核对设置里的地址。",
            "Push its plug in, set it to USB serial mode, check its address.",
        ),
    ),
    fault_row(
        DeviceCode.SCANNER_NO_PERMISSION,
        _MACHINE,
        ("程序没有权限打开扫码器的端口。", "The program may not open the scanner's port."),
        _RIGHTS,
    ),
    fault_row(
        DeviceCode.SCANNER_GONE,
        _LINK,
        ("使用中扫码器断开了。", "The scanner vanished while it was in use."),
        (
            "插紧插头；反复断开就换线或换一个 USB 口。",
            "Push the plug in; if it happens again, change the cable or port.",
        ),
    ),
    fault_row(
        DeviceCode.CODE_TOO_LONG,
        _CARD,
        (
            "扫到的码超过 700 个字符，不是本机的码。",
            "The code has more than 700 characters and is none of ours.",
        ),
        (
            "请居民出示取件单或证明上的码；不是设备故障。",
            "Ask for the code on the slip or certificate; nothing is broken.",
        ),
    ),
    fault_row(
        DeviceCode.CODE_NO_TEXT,
        _CARD,
        (
            "扫到的内容不是文字，多为码损坏或扫码器模式不对。",
            "What was scanned is no text: a damaged code, or the wrong mode.",
        ),
        (
            "换一个码再扫；多个都不行，用说明书恢复扫码器设置。",
            "Scan another code; if many fail, reset the scanner by its manual.",
        ),
    ),
    fault_row(
        DeviceCode.UPS_UNREACHABLE,
        (Severity.TECHNICIAN, Rank.SERVICE),
        ("不间断电源的监测服务 upsd 没有回应。", "The service upsd, which watches the UPS, does not answer."),
        ("启动 upsd 服务，核对设置里的地址。", "Start upsd and check the address in the settings."),
    ),
    fault_row(
        DeviceCode.UPS_PROTOCOL,
        _LINK,
        (
            "这个地址的回答不是 upsd 协议。",
            "What answers at this address does not speak the protocol of upsd.",
        ),
        ("核对设置里的不间断电源地址和端口。", "Check address and port of the UPS in the settings."),
    ),
    fault_row(
        DeviceCode.UPS_NOT_KNOWN,
        _LINK,
        (
            "upsd 在运行，但没有这台不间断电源的新数据。",
            "upsd runs, but has no such UPS, or no fresh data of it.",
        ),
        (
            "插紧数据线，核对 ups.conf 里的名称，重启驱动。",
            "Push its data cable in, check its name in ups.conf, restart its driver.",
        ),
    ),
    fault_row(
        DeviceCode.UPS_ON_BATTERY,
        (Severity.STAFF, Rank.POWER),
        ("市电停了，正在用电池供电。", "The mains are off; the battery feeds the kiosk."),
        ("查看空气开关和插头，等待来电。", "Look at the breaker and the plug, and wait for power."),
    ),
    fault_row(
        DeviceCode.UPS_BATTERY_LOW,
        (Severity.STAFF, Rank.POWER),
        (
            "市电停了，电池快用完，本机即将关机。",
            "The mains are off and the battery is nearly empty; the kiosk will shut down.",
        ),
        ("尽快恢复市电；来电后检查电池容量。", "Restore the mains soon; then check the battery."),
    ),
    fault_row(
        DeviceCode.UPS_REPLACE_BATTERY,
        (Severity.TECHNICIAN, Rank.DEVICE),
        ("不间断电源的电池老化，需要更换。", "The battery of the UPS is worn out."),
        (
            "更换同型号电池，再做一次断电检测。",
            "Replace it by one of the same type and repeat the mains test.",
        ),
    ),
    fault_row(
        DeviceCode.BOARD_NOT_FOUND,
        _LINK,
        ("控制板的端口不存在或打不开。", "The port of the I/O board does not exist or cannot be opened."),
        (
            "插紧控制板的数据线，核对设置里的地址。",
            "Push its cable in and check its address in the settings.",
        ),
    ),
    fault_row(
        DeviceCode.BOARD_NO_PERMISSION,
        _MACHINE,
        ("程序没有权限打开控制板的端口。", "The program may not open the port of the I/O board."),
        (
            "重新运行安装程序，恢复设备权限，再重启。",
            "Run the installer again to restore the rights, then restart.",
        ),
    ),
    fault_row(
        DeviceCode.BOARD_SILENT,
        _LINK,
        ("控制板没有回应。", "The I/O board does not answer."),
        (
            "检查控制板供电，拔插数据线；仍不行就更换。",
            "Check its power and replug its cable; else replace it.",
        ),
    ),
    fault_row(
        DeviceCode.BOARD_GARBLED,
        _LINK,
        ("控制板的回答校验不对。", "The answers of the I/O board fail their checksum."),
        ("换数据线；仍不对就重写控制板程序。", "Change the cable; else load the board's program again."),
    ),
    fault_row(
        DeviceCode.DOOR_OPEN,
        (Severity.STAFF, Rank.DEVICE),
        ("柜门开着，或门磁没有对准。", "The door is open, or its contact is out of place."),
        ("关紧并锁好柜门；仍提示就调正门磁。", "Shut and lock the door; else set its contact straight."),
    ),
    fault_row(
        DeviceCode.TAMPERED,
        (Severity.TECHNICIAN, Rank.DEVICE),
        ("防拆开关断开，机壳可能被撬动。", "The tamper contact opened; somebody may have pried the case."),
        (
            "保持原样，拍照并报告负责人，检查后才恢复使用。",
            "Leave all as it is, take pictures, report it; use it only after an inspection.",
        ),
    ),
    fault_row(
        DeviceCode.MACHINE_HOT,
        _MACHINE,
        ("机内温度超过上限。", "It is too hot inside the machine."),
        ("清理风扇和滤网，避开阳光和暖气。", "Clean fan and filter; keep it away from sun and heating."),
    ),
    fault_row(
        DeviceCode.MACHINE_DISK_LOW,
        _MACHINE,
        ("磁盘剩余空间低于下限。", "The disk has less free space than it should."),
        (
            "清理日志和旧备份；不要动本机数据库。",
            "Remove old logs and backups; do not touch the kiosk's store.",
        ),
    ),
    fault_row(
        DeviceCode.MACHINE_MEMORY_LOW,
        _MACHINE,
        ("可用内存低于下限。", "There is less free memory than there should be."),
        (
            "关掉无关程序，重启本机；反复出现就报告。",
            "End programs that do not belong there and restart; report it if it returns.",
        ),
    ),
    fault_row(
        DeviceCode.MACHINE_CLOCK_OFF,
        _MACHINE,
        (
            "本机时钟与平台或时间服务器相差太多。",
            "The clock differs too much from the platform or the time server.",
        ),
        (
            "校准时间，检查时间同步服务和主板电池。",
            "Set the time; check the time service and the board's battery.",
        ),
    ),
)
