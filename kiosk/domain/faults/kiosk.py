"""The codes of the kiosk itself: settings, screen, store, flow, health."""

from __future__ import annotations

from devices.contract import Rank, Severity, fault_row
from kiosk.domain.codes import FlowCode, HealthCode, ScreenCode, StoreCode

_SETTINGS = (Severity.TECHNICIAN, Rank.SETTINGS)
_SERVICE = (Severity.TECHNICIAN, Rank.SERVICE)
_EFFECT = (Severity.TECHNICIAN, Rank.EFFECT)


KIOSK_FAULTS = (
    fault_row(
        ScreenCode.SETTINGS,
        _SETTINGS,
        (
            "设置文件有错，或设置里的文件不存在。",
            "The settings have a mistake, or a file that they name is missing.",
        ),
        (
            "运行 python -m kiosk check-settings，逐条改正。",
            "Run python -m kiosk check-settings and mend each mistake.",
        ),
    ),
    fault_row(
        ScreenCode.NO_CORE,
        (Severity.TECHNICIAN, Rank.EFFECT),
        (
            "屏幕程序连不上主程序，主程序没有运行或正在重启。",
            "The screen has no core to talk to: it is not running, or restarting.",
        ),
        (
            "等 10 秒；不恢复就重启主程序服务并查看日志。",
            "Wait for 10 seconds; then restart the core's service and read its log.",
        ),
    ),
    fault_row(
        ScreenCode.TEXT_MISSING,
        _SETTINGS,
        (
            "页面缺少一条文字，多为两个程序版本不一致。",
            "A text of the page is missing: the two programs differ in version.",
        ),
        (
            "把主程序和屏幕程序装成同一版本，并报告页面名称。",
            "Install the same version of both programs and report the page.",
        ),
    ),
    fault_row(
        ScreenCode.OVERFULL,
        _SETTINGS,
        (
            "页面内容超出屏幕，多为屏幕尺寸设置不对。",
            "A page holds more than its panel: a wrong size in the settings.",
        ),
        (
            "核对设置里的屏幕尺寸，并报告页面名称。",
            "Check the size of the screen in the settings and report the page.",
        ),
    ),
    fault_row(
        ScreenCode.BAD_FRAME,
        _SETTINGS,
        (
            "屏幕收到不合约定的数据，多为两个程序版本不一致。",
            "What came over the screen's socket keeps no contract: versions differ.",
        ),
        (
            "把主程序和屏幕程序装成同一版本，再重启。",
            "Install the same version of both programs and restart.",
        ),
    ),
    fault_row(
        ScreenCode.SOUND_MISSING,
        _SETTINGS,
        ("声音设备打不开，不能朗读页面。", "The sound device does not open; no page is read out."),
        ("检查声卡和耳机插孔的接线，再重启。", "Check sound card and headset jack, then restart."),
    ),
    fault_row(
        StoreCode.DISK_FULL,
        (Severity.TECHNICIAN, Rank.MACHINE),
        ("磁盘已满，本机数据库不能写入。", "The disk is full; the store cannot be written."),
        ("清理日志和旧备份；不要动本机数据库。", "Remove old logs and backups; do not touch the store."),
    ),
    fault_row(
        StoreCode.DAMAGED,
        _SERVICE,
        ("本机数据库没有通过检查，已移到一边保存。", "The store fails its check; it was moved aside."),
        (
            "检查磁盘，用备份恢复；保留损坏的文件并报告。",
            "Check the disk and restore the backup; keep the damaged file and report it.",
        ),
    ),
    fault_row(
        StoreCode.NO_NUMBERS,
        _EFFECT,
        ("证明编号用完，平台没有再给。", "No certificate number is left, and the platform gives none."),
        (
            "先恢复线路；线路正常就请平台管理员核对号段。",
            "Restore the line first; if it is up, ask the platform's administrators.",
        ),
    ),
    fault_row(
        StoreCode.IO_ERROR,
        _SERVICE,
        ("读写本机数据库时出错。", "The store could not be read or written."),
        (
            "查看系统日志里的磁盘错误，必要时更换磁盘。",
            "Read the system log for errors of the disk; replace it if need be.",
        ),
    ),
    fault_row(
        StoreCode.NEWER_SCHEMA,
        _SETTINGS,
        (
            "本机数据库由更新的程序写成，旧程序不去动它。",
            "The store was written by a newer program; this one does not touch it.",
        ),
        ("安装新版本的程序；不要删除数据库。", "Install the newer program; do not delete the store."),
    ),
    fault_row(
        StoreCode.REPRINT_REFUSED,
        (Severity.STAFF, Rank.CASE),
        (
            "要重打的证明已经出纸、还存疑，或不是本人的。",
            "The paper came out, is in doubt, or is not this person's.",
        ),
        (
            "在“等待确认的纸”中登记结果，再由本人重新办理。",
            "Settle the paper in doubt first; then the person asks again.",
        ),
    ),
    fault_row(
        FlowCode.NO_ANSWER,
        (Severity.STAFF, Rank.EFFECT),
        ("本机的一个部分没有按时回答。", "A part of the kiosk did not answer in time."),
        (
            "再试一次；反复出现就重启本机并报告时间。",
            "Try again; if it returns, restart the kiosk and report the time.",
        ),
    ),
    fault_row(
        HealthCode.OUTBOX_STUCK,
        _EFFECT,
        (
            "线路正常，但最早的记录一小时还没有上传。",
            "The line is up, and the oldest record has waited for over an hour.",
        ),
        (
            "运行 python -m kiosk outbox list 查看原因，再 retry。",
            "See python -m kiosk outbox list, then retry.",
        ),
    ),
    fault_row(
        HealthCode.RECORDS_PARKED,
        _EFFECT,
        ("平台不收其中一些记录，已放到一边。", "The platform does not take some records; they are parked."),
        (
            "运行 python -m kiosk outbox list，把原因报给平台管理员。",
            "See python -m kiosk outbox list and tell the platform's administrators.",
        ),
    ),
    fault_row(
        HealthCode.LEDGER_ALARM,
        (Severity.TECHNICIAN, Rank.CASE),
        ("平台与本机的打印台账不一致。", "Platform and kiosk disagree on what the ledger was."),
        (
            "停止出证，导出台账交平台核对；不要重装。",
            "Stop issuing, export the ledger for the platform; do not reinstall.",
        ),
    ),
    fault_row(
        HealthCode.NUMBERS_LOW,
        _EFFECT,
        ("证明编号快用完，线路又不通。", "Few certificate numbers are left, and no line to get more."),
        ("尽快恢复线路，编号会自动补充。", "Restore the line soon; numbers then come by themselves."),
    ),
    fault_row(
        HealthCode.REGISTER_OLD,
        _EFFECT,
        (
            "离线登记资料太旧，断线时不能开具证明。",
            "The offline register is too old for certificates without a line.",
        ),
        (
            "恢复线路，资料会自动更新；线路正常就查看日志。",
            "Restore the line; it is then renewed by itself. Else read the log.",
        ),
    ),
    fault_row(
        HealthCode.SCREEN_STILL,
        _EFFECT,
        ("有新画面，但屏幕没有更新。", "There was a page to paint, and the screen painted none."),
        ("重启屏幕程序；仍不动就检查屏幕连线。", "Restart the screen's program; else check its cables."),
    ),
    fault_row(
        HealthCode.INTEGRITY,
        _SERVICE,
        ("夜间检查发现本机数据库有问题。", "The nightly check of the store failed."),
        (
            "检查磁盘，准备用备份恢复，并报告。",
            "Check the disk, be ready to restore the backup, and report it.",
        ),
    ),
    fault_row(
        HealthCode.BACKUP_OLD,
        _EFFECT,
        ("本机数据库已超过两天没有备份。", "There has been no copy of the store for over two days."),
        (
            "检查备份目录能否写入、空间是否够用。",
            "Check that the folder of the copies can be written and has room.",
        ),
    ),
    fault_row(
        HealthCode.CORE_DOWN,
        _SERVICE,
        ("主程序没有运行，或没有回答。", "The core is not running, or does not answer."),
        ("重启主程序服务，查看它的日志。", "Restart the core's service and read its log."),
    ),
)
