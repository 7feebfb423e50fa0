from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from printer_templates.contract import (
    AcceptanceReceipt,
    GuideSlip,
    PaperAddress,
    PickupSlip,
    ReadinessReport,
    ReadinessRow,
    ReadinessSection,
    ResidenceCertificate,
    Residing,
    TrialPage,
)

_FONTS = Path("/usr/share/fonts/truetype/lxgw-wenkai")  # Debian and Ubuntu: package fonts-lxgw-wenkai
FONT_REGULAR = _FONTS / "LXGWWenKai-Regular.ttf"
_ISSUER, _PHONE, _KIOSK = "澄城县城关街道乐楼社区居民委员会", "0913-0000103", "CG-KSK-03"
_MOMENT = datetime(2026, 11, 22, 9, 41, tzinfo=timezone(timedelta(hours=8)))
FONT_BOLD = _FONTS / "LXGWWenKai-Bold.ttf"


def specimen(copies: int = 1) -> ResidenceCertificate:
    """A residence certificate of an invented person; region 610590 does not exist."""
    return ResidenceCertificate(
        number="610525001003-JZ-2026-000123-4",
        check_code="8F2K-71QD",
        qr="https://platform.example/v/610525001003-JZ-2026-000123-4?c=8F2K-71QD",
        issuer=_ISSUER,
        issuer_phone=_PHONE,
        kiosk=_KIOSK,
        name="王样本",
        sex="女",
        citizen_number="610590199003070028",
        address=PaperAddress(
            county="澄城县",
            street="城关街道",
            community="乐楼社区",
            compound="九路新村",
            building="12号楼",
            unit="2单元",
            room="1501室",
            code="610525001003000012",
        ),
        residing=Residing.RENTED,
        landlord="李××",
        period_from=date(2025, 3, 1),
        period_until=date(2027, 8, 31),
        registered_on=date(2025, 3, 5),
        verified_on=date(2026, 10, 12),
        grid="第07网格",
        purpose="子女入学",
        receiver="",
        issued_at=_MOMENT,
        valid_until=date(2026, 12, 22),
        copies=copies,
    )


def slip_specimen() -> PickupSlip:
    """A slip with a pick-up number for the same invented person."""
    return PickupSlip(
        number="Q-8F2K-71QD",
        issuer=_ISSUER,
        issuer_phone=_PHONE,
        kiosk=_KIOSK,
        masked_name="王××",
        masked_number="6105 90** **** **** 28",
        service="居住证明",
        purpose="子女入学",
        reason="到平台的线路中断，本机没有能离线使用的登记资料。（OFF-01）",
        requested_at=_MOMENT,
    )


def acceptance_specimen() -> AcceptanceReceipt:
    """A receipt for a call for staff."""
    return AcceptanceReceipt(
        issuer=_ISSUER,
        issuer_phone=_PHONE,
        kiosk=_KIOSK,
        place="乐楼社区党群服务中心一楼大厅",
        subject="请工作人员协助",
        reason="没有读清您的证件，请拿起后再放一次。",
        next_step="已通知社区，工作人员会来帮您。请在附近稍候，也可以拨打本单上的电话。",
        accepted_at=_MOMENT,
        code="IDR-07",
    )


def guide_specimen() -> GuideSlip:
    """A guide to a service that is not had at a kiosk."""
    return GuideSlip(
        issuer=_ISSUER,
        issuer_phone=_PHONE,
        kiosk=_KIOSK,
        service="高龄津贴",
        where="街道便民服务大厅综合窗口，或请网格员上门",
        bring=("身份证、户口簿、收入和支出的凭据；家人代办时带上双方的身份证",),
        printed_at=_MOMENT,
        reasons=("这项业务要由工作人员核对原件。",),
    )


def trial_specimen(component: str = "A4打印机") -> TrialPage:
    """The test page of one printer."""
    return TrialPage(_KIOSK, _MOMENT, component)


def report_specimen(tests: int = 6) -> ReadinessReport:
    """A report with all three results; `tests` rows of past tests."""
    devices = (
        ReadinessRow("身份证读卡器", "good", facts="自2026-11-22 08:00"),
        ReadinessRow("社保卡读卡器", "bad", "SSC-03", "读卡器没有接好，自2026-11-22 09:12"),
        ReadinessRow("A4打印机", "good", facts="墨粉 64%，纸盒有纸，自2026-11-22 08:00"),
        ReadinessRow("凭条打印机", "unknown", facts="还没有回答"),
    )
    trials = tuple(
        ReadinessRow("A4打印机", "good", facts=f"2026-11-{1 + day % 28:02} 09:30，检测人 JS-0012")
        for day in range(tests)
    )
    serials = (ReadinessRow("A4打印机", "good", facts="HL-5590DN，序列号 E78098K1N000123"),)
    return ReadinessReport(
        kiosk=_KIOSK,
        place="乐楼社区党群服务中心一楼大厅",
        made_at=_MOMENT,
        made_by="JS-0012",
        sections=(
            ReadinessSection("设备状态", devices),
            ReadinessSection("引导检测", trials),
            ReadinessSection("型号与序列号", serials),
        ),
        is_ready=False,
    )
