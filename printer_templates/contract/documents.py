"""Papers that concern a person: what is printed on each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


class Residing(StrEnum):
    """Way of residing (居住方式)."""

    OWN = "own"  # 自有
    RENTED = "rented"  # 租住
    BORROWED = "borrowed"  # 借住
    DORMITORY = "dormitory"  # 单位宿舍
    COLLECTIVE = "collective"  # 集体户


@dataclass(frozen=True, slots=True)
class PaperAddress:
    """A structured address; empty parts are left out. `code` is the standard address code."""

    county: str
    street: str
    community: str
    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    code: str = ""

    def __str__(self) -> str:
        """The address in one line, as written on paper."""
        parts = (self.county, self.street, self.community, self.compound, self.building, self.unit, self.room)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class ResidenceCertificate:
    """A residence certificate (居住证明), all that is printed on it. Dates are local (UTC+8)."""

    number: str  # with its check character
    check_code: str  # such as "8F2K-71QD"
    qr: str  # text of the QR code: the verification address with number and check code
    issuer: str  # 澄城县城关街道乐楼社区居民委员会
    issuer_phone: str
    kiosk: str  # CG-KSK-03
    name: str = field(repr=False)
    sex: str = field(repr=False)  # "男", "女", "未说明"
    citizen_number: str = field(repr=False)
    address: PaperAddress = field(repr=False)
    residing: Residing
    landlord: str = field(repr=False)  # masked; "" = not stated
    period_from: date | None
    period_until: date | None  # None = open
    registered_on: date
    verified_on: date
    grid: str  # 第07网格
    purpose: str  # 子女入学
    receiver: str  # receiving body, "" = left to be filled in
    issued_at: datetime
    valid_until: date
    copies: int = 1  # one page each: 第 n 份 / 共 m 份
    session: str = ""  # the transaction, in the PDF's own metadata: number, paper and job share it
    attempt: int = 1  # from 2 on the paper says 第2次打印 and that earlier prints are void
    offline_as_of: datetime | None = None  # issued while the line was down, from the register of then


@dataclass(frozen=True, slots=True)
class PickupSlip:
    """A slip with a pick-up number (取件单): what was asked for, why not now, how to get it."""

    number: str  # Q-8F2K-71QD
    issuer: str
    issuer_phone: str
    kiosk: str
    masked_name: str = field(repr=False)  # 王××
    masked_number: str = field(repr=False)  # 6105**********1234
    service: str  # 居住证明
    purpose: str
    reason: str  # one sentence
    requested_at: datetime
    copies: int = 1  # of the slip itself: always one page
    session: str = ""
    attempt: int = 1

    @property
    def qr(self) -> str:
        """What its code says: the pick-up number."""
        return self.number


Document = ResidenceCertificate | PickupSlip
