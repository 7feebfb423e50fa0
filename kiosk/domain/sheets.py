"""From what the kiosk knows to sheets that name nobody: receipts, guides, the technician's report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.bench import Refilled
from kiosk.domain.health import Component, Health
from kiosk.domain.trials import TRIALS
from printer_templates.contract import (
    AcceptanceReceipt,
    GuideSlip,
    ReadinessReport,
    ReadinessRow,
    ReadinessSection,
    TrialPage,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.domain.bench import Bench, DeviceTest, Refill
    from kiosk.domain.health import Board, Finding

    Say = Callable[[str], str]  # the words of a catalogue key in the resident's language, "" = none

NAMES: dict[Component, str] = {
    Component.ID_READER: "身份证读卡器",
    Component.SOCIAL_READER: "社保卡读卡器",
    Component.PAGE_PRINTER: "A4打印机",
    Component.STANDBY_PRINTER: "备用打印机",
    Component.RECEIPT_PRINTER: "凭条打印机",
    Component.SCANNER: "扫码器",
    Component.STORE: "本机数据库",
    Component.NUMBERS: "证明编号",
    Component.LEDGER: "打印台账",
    Component.OUTBOX: "待上报记录",
    Component.LINE: "到平台的线路",
    Component.REGISTER: "离线登记资料",
    Component.SCREEN: "屏幕",
    Component.CLOCK: "时钟",
    Component.DISK: "存储空间",
    Component.MEMORY: "内存",
    Component.TEMPERATURE: "机内温度",
    Component.UPS: "不间断电源",
    Component.BOARD: "柜门和指示灯",
}
_REFILLED = {Refilled.PAPER: "A4纸", Refilled.TONER: "墨粉", Refilled.ROLL: "凭条纸"}
_MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Who stands on every sheet."""

    issuer: str
    phone: str
    kiosk: str
    place: str


def acceptance_receipt(place: SheetPlace, code: str, say: Say, now: datetime) -> AcceptanceReceipt:
    """A receipt for a call for staff; `code` is why somebody called, "" = they just did."""
    reason = say(f"code.{code}.say") if code else ""
    for bracketed in (f"（{code}）", f" ({code})"):  # the code has a line of its own
        reason = reason.replace(bracketed, "")
    return AcceptanceReceipt(
        issuer=place.issuer,
        issuer_phone=place.phone,
        kiosk=place.kiosk,
        place=place.place,
        subject=say("sheet.call.subject"),
        reason=reason,
        next_step=say("sheet.call.next"),
        accepted_at=now,
        code=code,
    )


def guide_slip(place: SheetPlace, service: str, say: Say, now: datetime) -> GuideSlip:
    """Where to go for one service, in the words that stand on the screen."""
    bring = say(f"service.{service}.bring")
    return GuideSlip(
        issuer=place.issuer,
        issuer_phone=place.phone,
        kiosk=place.kiosk,
        service=say(f"service.{service}.name"),
        where=say(f"service.{service}.where"),
        bring=(bring,) if bring else (),
        printed_at=now,
    )


def trial_page(place: SheetPlace, component: Component, now: datetime) -> TrialPage:
    """A test page that says which printer it came from."""
    return TrialPage(place.kiosk, now, NAMES[component])


def readiness_report(
    place: SheetPlace, board: Board, bench: Bench, made_by: str, now: datetime
) -> ReadinessReport:
    """All that a technician leaves behind. Ready: nothing is bad or unknown, and no last test failed."""
    last = _last_tests(bench)
    sections = (
        ReadinessSection("设备状态", tuple(_finding_row(finding) for finding in board.findings)),
        ReadinessSection("引导检测", tuple(_test_rows(board, last))),
        ReadinessSection("耗材与计数", (_count_row(bench), *(_refill_row(each) for each in bench.refills))),
        ReadinessSection("型号与序列号", tuple(_fact_row(*each) for each in bench.serials)),
        ReadinessSection("软件版本", tuple(_fact_row(*each) for each in bench.versions)),
    )
    return ReadinessReport(
        kiosk=place.kiosk,
        place=place.place,
        made_at=now,
        made_by=made_by,
        sections=tuple(section for section in sections if section.rows),
        is_ready=_is_ready(board, last),
    )


def _is_ready(board: Board, last: dict[Component, DeviceTest]) -> bool | None:
    if board.bad() or any(not test.passed for test in last.values()):
        return False
    return None if board.unknown() or not board.findings else True


def _last_tests(bench: Bench) -> dict[Component, DeviceTest]:
    """The newest test of each component; they come newest first."""
    return {test.component: test for test in reversed(bench.tests)}


def _finding_row(finding: Finding) -> ReadinessRow:
    facts = (*finding.warnings, finding.detail, f"自{finding.since:{_MINUTE}}")
    return ReadinessRow(NAMES[finding.component], finding.health, str(finding.code or ""), _listed(facts))


def _test_rows(board: Board, last: dict[Component, DeviceTest]) -> list[ReadinessRow]:
    """What was never tried is unknown, not good."""
    fitted = {finding.component for finding in board.findings}
    rows = []
    for component in TRIALS:
        test = last.get(component)
        if test:
            state = Health.GOOD if test.passed else Health.BAD
            facts = _listed((f"{test.at:{_MINUTE}}", f"检测人 {test.staff}", test.note))
            rows.append(ReadinessRow(NAMES[component], state, test.code, facts))
        elif component in fitted:
            rows.append(ReadinessRow(NAMES[component], Health.UNKNOWN, facts="还没有检测过"))
    return rows


def _count_row(bench: Bench) -> ReadinessRow:
    count = bench.count
    facts = f"已打印 {count.pages} 页，凭条 {count.slips} 张"
    if count.left is None:
        return ReadinessRow("纸张", Health.UNKNOWN, facts=f"{facts}；余纸未知")
    assumed = "，按满盒推算" if _is_assumed(bench) else ""
    state = Health.GOOD if count.left else Health.BAD
    return ReadinessRow("纸张", state, facts=f"{facts}；估计余纸 {count.left} 张{assumed}")


def _is_assumed(bench: Bench) -> bool:
    """Whether the last paper refill was seen by the kiosk alone, which takes the tray for full."""
    return next((not each.staff for each in bench.refills if each.what is Refilled.PAPER), False)


def _refill_row(refill: Refill) -> ReadinessRow:
    sheets = "" if refill.sheets is None else f"{refill.sheets} 张"
    by = f"操作人 {refill.staff}" if refill.staff else "本机发现，张数为推算"
    facts = _listed((f"{refill.at:{_MINUTE}}", sheets, by))
    return ReadinessRow(f"补充{_REFILLED[refill.what]}", Health.GOOD, facts=facts)


def _fact_row(name: str, value: str) -> ReadinessRow:
    """A name is a component's where it is one, else that of a program."""
    shown = NAMES[Component(name)] if name in set(Component) else name
    return ReadinessRow(shown, Health.GOOD if value else Health.UNKNOWN, facts=value or "未知")


def _listed(facts: tuple[str, ...]) -> str:
    return "，".join(fact for fact in facts if fact)
