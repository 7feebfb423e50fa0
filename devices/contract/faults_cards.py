"""The codes of the readers of cards: ID cards and social security cards."""

from __future__ import annotations

from devices.contract.codes import DeviceCode
from devices.contract.faults import Rank, Severity, fault_row

_LINK = (Severity.TECHNICIAN, Rank.CONNECTION)
_RIGHTS = (Severity.TECHNICIAN, Rank.MACHINE)
_BROKEN = (Severity.TECHNICIAN, Rank.DEVICE)
_CARD = (Severity.RESIDENT, Rank.CASE)
_STAFF_CARD = (Severity.STAFF, Rank.CASE)
_RIGHTS_AGAIN = (
    "重新运行安装程序，恢复设备权限，再重启。",
    "Run the installer again to restore the rights, then restart.",
)

CARD_FAULTS = (
    fault_row(
        DeviceCode.READER_NOT_FOUND,
        _LINK,
        (
            "身份证读卡器的端口不存在或打不开。",
            "The port of the ID card reader does not exist or cannot be opened.",
        ),
        (
            "插紧读卡器两头的插头，检查供电，核对设置里的地址。",
            "Check cable, power and the address in the settings.",
        ),
    ),
    fault_row(
        DeviceCode.READER_NO_PERMISSION,
        _RIGHTS,
        ("程序没有权限打开身份证读卡器的端口。", "The program may not open the port of the ID card reader."),
        (
            "把运行程序的用户加入 dialout 组，再重启。",
            "Add the program's user to the group dialout, then restart.",
        ),
    ),
    fault_row(
        DeviceCode.READER_SILENT,
        _LINK,
        (
            "端口能打开，但各种波特率下读卡器都没有回应。",
            "The port opens, but the reader answers at no baud rate.",
        ),
        (
            "断电 10 秒再通电；仍不回应，核对型号和接线。",
            "Cut its power for 10 seconds; then check its model and wiring.",
        ),
    ),
    fault_row(
        DeviceCode.READER_GARBLED,
        _LINK,
        (
            "读卡器的回答校验不对，多为线路干扰或接触不良。",
            "The reader's answers fail their checksum: noise or a bad contact.",
        ),
        (
            "换一根短的屏蔽线，远离电源线，插紧插头。",
            "Use a short shielded cable away from power lines and push the plugs in.",
        ),
    ),
    fault_row(
        DeviceCode.READER_SELF_TEST,
        _BROKEN,
        (
            "读卡器的安全模块自检失败（状态 60）。",
            "The reader's security module failed its self-test (status 60).",
        ),
        (
            "断电 10 秒再通电；仍失败就更换读卡器。",
            "Unplug the reader for 10 seconds; if it fails again, replace it.",
        ),
    ),
    fault_row(
        DeviceCode.READER_UNLICENSED,
        _BROKEN,
        (
            "读卡器的安全模块没有授权（状态 66）。",
            "The reader's security module is not authorised (status 66).",
        ),
        ("联系读卡器厂家重新授权或更换。", "Ask the reader's maker to authorise or replace it."),
    ),
    fault_row(
        DeviceCode.CARD_UNREADABLE,
        _CARD,
        (
            "证件没有放平、放得太快，或有卡套遮挡。",
            "The card did not lie flat, was moved too fast, or was in a sleeve.",
        ),
        (
            "去掉卡套，平放不动再读一次；多张都读不出，擦净读卡区。",
            "Take it out of its sleeve and lay it flat again; if many fail, wipe the plate.",
        ),
    ),
    fault_row(
        DeviceCode.CARD_NOT_ID,
        _CARD,
        ("放上的不是身份证或居住证。", "What lies there is not an ID card or residence permit."),
        ("请居民换成身份证；不是设备故障。", "Ask for the ID card; nothing is broken."),
    ),
    fault_row(
        DeviceCode.CARD_NOT_GENUINE,
        _STAFF_CARD,
        (
            "读卡器没有通过对这张证件的认证，可能是卡片老化或不是真证。",
            "The reader does not authenticate this card: it is worn, or not genuine.",
        ),
        (
            "换一张证件试读；只有这一张读不出，请工作人员当面核对。",
            "Try another card; if only this one fails, staff look at it.",
        ),
    ),
    fault_row(
        DeviceCode.CARD_TAKEN_AWAY,
        _CARD,
        ("读的过程中证件被拿开。", "The card was lifted while it was read."),
        ("提醒居民把证件一直放到办完。", "Tell the resident to leave the card until all is done."),
    ),
    fault_row(
        DeviceCode.CARD_DAMAGED_TEXT,
        _STAFF_CARD,
        (
            "整帧收到，但证件里的文字解不出来。",
            "A whole frame came, but the text on the card makes no sense.",
        ),
        (
            "再读一次；仍不行由窗口办理，并把时间报给维护人员。",
            "Read it again; else serve at the counter and report the time.",
        ),
    ),
    fault_row(
        DeviceCode.SOCIAL_SERVICE_DOWN,
        (Severity.TECHNICIAN, Rank.SERVICE),
        ("智能卡服务 pcscd 没有运行。", "The smart card service pcscd is not running."),
        ("重启 pcscd 服务；反复停止就查看它的日志。", "Restart pcscd; if it stops again, read its log."),
    ),
    fault_row(
        DeviceCode.SOCIAL_NO_PERMISSION,
        _RIGHTS,
        ("pcscd 在运行，但不允许本程序的用户使用。", "pcscd runs, but does not let the program's user in."),
        _RIGHTS_AGAIN,
    ),
    fault_row(
        DeviceCode.SOCIAL_NO_READER,
        _LINK,
        ("智能卡服务找不到读卡器。", "The smart card service knows no reader."),
        (
            "插紧社保卡读卡器，换一个 USB 口；核对设置里的名称。",
            "Push the reader's plug in, try another USB port, check its name in the settings.",
        ),
    ),
    fault_row(
        DeviceCode.SOCIAL_READER_BUSY,
        (Severity.TECHNICIAN, Rank.SERVICE),
        ("别的程序独占着社保卡读卡器。", "Another program holds the social card reader for itself."),
        ("关闭占用读卡器的程序，再重启 pcscd。", "End the program that holds it, then restart pcscd."),
    ),
    fault_row(
        DeviceCode.SOCIAL_READER_FAULT,
        _BROKEN,
        ("智能卡服务或读卡器报告了其他故障。", "The smart card service or the reader reports another fault."),
        (
            "拔插读卡器；仍报错就更换，并记下回报的内容。",
            "Replug the reader; if it goes on, replace it and note what it reports.",
        ),
    ),
    fault_row(
        DeviceCode.SOCIAL_CARD_MUTE,
        _CARD,
        (
            "卡片插反、触点脏，或芯片没有回应。",
            "The card is the wrong way round, dirty, or its chip is silent.",
        ),
        (
            "芯片朝上重新插入；多张都不行就用清洁卡清洁触点。",
            "Put it in again, chip up; if many fail, clean the contacts.",
        ),
    ),
    fault_row(
        DeviceCode.SOCIAL_NOT_THIS_CARD,
        _CARD,
        ("插入的是别的芯片卡，不是社会保障卡。", "It is another chip card, no social security card."),
        ("请居民换成社会保障卡；不是设备故障。", "Ask for the social security card; nothing is broken."),
    ),
    fault_row(
        DeviceCode.SOCIAL_CARD_UNREADABLE,
        _STAFF_CARD,
        (
            "是社会保障卡，但里面的记录读不出来。",
            "It is a social security card, but its records cannot be read.",
        ),
        (
            "换一张社保卡试读；只有这一张不行，请居民到社保中心换卡。",
            "Try another card; if only this one fails, the resident needs a new one.",
        ),
    ),
    fault_row(
        DeviceCode.SOCIAL_CARD_TAKEN_AWAY,
        _CARD,
        ("读的过程中社保卡被拔出。", "The social security card was pulled out while it was read."),
        ("提醒居民等提示后再取卡。", "Tell the resident to wait until the screen says so."),
    ),
    fault_row(
        DeviceCode.SOCIAL_CARD_DAMAGED_TEXT,
        _STAFF_CARD,
        ("社保卡的记录读到了，但内容不合规范。", "The records were read, but do not keep the standard."),
        (
            "改用身份证办理；把发卡地区报给维护人员。",
            "Use the ID card instead; report where the card was issued.",
        ),
    ),
    fault_row(
        DeviceCode.SOCIAL_READER_SILENT,
        _LINK,
        ("社保卡读卡器没有按时回应。", "The social card reader did not answer in time."),
        (
            "拔下读卡器等 10 秒插回；仍不行重启 pcscd。",
            "Unplug the reader for 10 seconds; then restart pcscd.",
        ),
    ),
)
