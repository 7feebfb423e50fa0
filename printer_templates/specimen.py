from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from printer_templates.contract import PaperAddress, PickupSlip, ResidenceCertificate, Residing

_FONTS = Path("/usr/share/fonts/truetype/lxgw-wenkai")  # Debian and Ubuntu: package fonts-lxgw-wenkai
FONT_REGULAR = _FONTS / "LXGWWenKai-Regular.ttf"
FONT_BOLD = _FONTS / "LXGWWenKai-Bold.ttf"


def specimen(copies: int = 1) -> ResidenceCertificate:
    """A residence certificate of an invented person; region 610590 does not exist."""
    return ResidenceCertificate(
        number="610525001003-JZ-2026-000123-4",
        check_code="8F2K-71QD",
        qr="https://platform.example/v/610525001003-JZ-2026-000123-4?c=8F2K-71QD",
        issuer="澄城县城关街道乐楼社区居民委员会",
        issuer_phone="0913-0000103",
        kiosk="CG-KSK-03",
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
        issued_at=datetime(2026, 11, 22, 9, 41, tzinfo=timezone(timedelta(hours=8))),
        valid_until=date(2026, 12, 22),
        copies=copies,
    )


def slip_specimen() -> PickupSlip:
    """A slip with a pick-up number for the same invented person."""
    return PickupSlip(
        number="Q-8F2K-71QD",
        issuer="澄城县城关街道乐楼社区居民委员会",
        issuer_phone="0913-0000103",
        kiosk="CG-KSK-03",
        masked_name="王××",
        masked_number="6105 90** **** **** 28",
        service="居住证明",
        purpose="子女入学",
        reason="到平台的线路中断，本机没有能离线使用的登记资料。（OFF-01）",
        requested_at=datetime(2026, 11, 22, 9, 41, tzinfo=timezone(timedelta(hours=8))),
    )
