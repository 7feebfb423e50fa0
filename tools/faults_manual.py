"""Write the manual of all stable codes: python -m tools.faults_manual [--write]; without it, to stdout."""

from __future__ import annotations

import argparse
import sys
import tomllib
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.faults import FAULTS, Rank, Severity
from kiosk.scene.contract import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.domain.faults import Fault

_KIOSK = Path(__file__).resolve().parents[1] / "kiosk"
MANUAL = _KIOSK / "FAULTS.md"
FAMILIES = {
    "IDR": ("身份证读卡器", "ID card reader"),
    "SSC": ("社保卡读卡器", "Social card reader"),
    "PRN": ("A4 打印机", "Page printer"),
    "RCP": ("凭条打印机", "Slip printer"),
    "SCN": ("扫码器", "Code scanner"),
    "UPS": ("不间断电源", "Uninterruptible power supply"),
    "BRD": ("柜门和指示灯", "Door and lights"),
    "SYS": ("机器", "The machine"),
    "SET": ("设置", "Settings"),
    "SCR": ("屏幕程序", "Screen program"),
    "STO": ("本机数据库", "Store"),
    "KSK": ("办理流程", "Flow"),
    "HLT": ("整机状态", "Health of the kiosk"),
    "NET": ("到平台的线路", "Line to the platform"),
    "OFF": ("离线办理", "Working without a line"),
    "PAP": ("纸张", "Papers"),
    "PLT": ("平台的答复", "Replies of the platform"),
    "ELG": ("能否开具", "Eligibility"),
}
_SEVERITIES = {
    Severity.RESIDENT: ("居民自己", "the resident"),
    Severity.STAFF: ("工作人员", "staff"),
    Severity.TECHNICIAN: ("维护人员", "a technician"),
    Severity.NOTE: ("只需知道", "to be known only"),
}
_RANKS = {
    Rank.SETTINGS: ("设置和程序版本", "settings and versions"),
    Rank.POWER: ("供电", "power"),
    Rank.MACHINE: ("机器和权限", "the machine, and rights"),
    Rank.SERVICE: ("服务程序", "services that others go through"),
    Rank.CONNECTION: ("设备的连接", "the connection of a device"),
    Rank.DEVICE: ("设备本身", "the device itself"),
    Rank.LINE: ("到平台的线路", "the line to the platform"),
    Rank.EFFECT: ("由别的故障引起", "what follows from others"),
    Rank.CASE: ("一张卡、一份纸、一个人", "one card, one paper, one person"),
}
_INTRODUCTION = """\
# 代码手册 · Manual of codes

由程序生成，请勿手改：`python -m tools.faults_manual --write`。
Generated; do not edit: `python -m tools.faults_manual --write`.

同时出现几个代码时，先处理“层级”数字小的：它是其他代码的原因。
Where several codes stand at once, mend the lowest level first: it is the cause of the others.
"""
_HEADS = {
    Language.ZH: "| 代码 | 谁来处理 | 层级 | 居民看到 | 原因 | 怎么办 |",
    Language.EN: "| code | who can mend it | level | the resident reads | cause | remedy |",
}
_PARTS = {Language.ZH: "# 中文", Language.EN: "# English"}


def main() -> int:
    """Write the manual to its place, or to stdout."""
    parser = argparse.ArgumentParser(prog="python -m tools.faults_manual", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"to {MANUAL.name} in the folder of the kiosk")
    if parser.parse_args().write:
        MANUAL.write_text(manual(), encoding="utf-8")
    else:
        sys.stdout.write(manual())
    return 0


def manual() -> str:
    """The whole manual, in both languages."""
    return "\n".join((_INTRODUCTION, *(line for language in Language for line in _part(language)), ""))


def _part(language: Language) -> Iterator[str]:
    """All families in one language."""
    sentences = _sentences(language)
    yield from (_PARTS[language], "")
    yield from (f"{int(rank)}. {names[_column(language)]}" for rank, names in _RANKS.items())
    for family, rows in groupby(FAULTS, key=lambda each: each.code[:3]):
        yield from ("", f"## {family} {FAMILIES[family][_column(language)]}", "", _HEADS[language])
        yield "|" + "---|" * (_HEADS[language].count("|") - 1)
        for each in rows:
            yield _row(_cells(each, sentences, language))
    yield ""


def _cells(each: Fault, sentences: dict[str, str], language: Language) -> Sequence[str]:
    is_chinese = language is Language.ZH
    return (
        each.code,
        _SEVERITIES[each.severity][_column(language)],
        str(int(each.rank)),
        sentences.get(each.code, "—"),
        each.cause.zh if is_chinese else each.cause.en,
        each.remedy.zh if is_chinese else each.remedy.en,
    )


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _sentences(language: Language) -> dict[str, str]:
    """What residents read of each code, and what they can do."""
    text = (_KIOSK / "texts" / f"{language}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["code"]
    joint = "" if language is Language.ZH else " "
    return {code: joint.join(filter(None, (each["say"], each.get("todo")))) for code, each in told.items()}


def _column(language: Language) -> int:
    return 0 if language is Language.ZH else 1


if __name__ == "__main__":
    sys.exit(main())
