"""What a residence certificate says, word for word. No place, no size."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from printer_templates.contract import Residing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from printer_templates.contract import PaperAddress, ResidenceCertificate

TITLE = "居住证明"
INTRODUCTION = "经核对本社区入户登记信息，现将下列居民的居住情况证明如下："
# Order of 民政部 and others, 民发〔2020〕20号: a community certifies none of these.
SCOPE = (
    "说明：本证明只反映社区登记的居住情况，不证明身份、亲属、婚姻、产权等事项。",
    "真伪以扫码核验结果为准；需要盖章的，请到社区服务台。",
)
SEAL_AREA = "（印章区）"

_BEFORE_COMMITTEE = re.compile(r"(?=居民委员会|村民委员会)")
_HOURS_SAID_AS_DAYS = 7 * 24
_CHINA = timezone(timedelta(hours=8))
_RESIDING = {
    Residing.OWN: "自有",
    Residing.RENTED: "租住",
    Residing.BORROWED: "借住",
    Residing.DORMITORY: "单位宿舍",
    Residing.COLLECTIVE: "集体户",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of a certificate that differs from paper to paper.

    A tuple is one text in parts: where it takes more than one line, it should break between them.
    """

    number: str
    name: str = field(repr=False)
    sex: str = field(repr=False)
    citizen_number: str = field(repr=False)
    address: tuple[str, ...] = field(repr=False)
    address_code: str = field(repr=False)
    residing: tuple[str, ...] = field(repr=False)
    registered: tuple[str, ...]
    basis: tuple[str, ...]
    purpose: str
    receiver: str
    validity: str
    issuer: tuple[str, ...]
    issued: str
    check_code: str
    verify: str
    kiosk: str
    notices: tuple[str, ...] = ()  # what is unusual about this very paper, each a line of its own

    def texts(self) -> tuple[str, ...]:
        """All of them, for the check of glyphs."""
        values = (getattr(self, name) for name in self.__slots__)
        return tuple("".join(value) for value in values)


def word(certificate: ResidenceCertificate) -> Wording:
    """Put a certificate into words."""
    issued = local(certificate.issued_at)
    address = certificate.address
    return Wording(
        number=f"编号：{certificate.number}",
        name=certificate.name,
        sex=certificate.sex,
        citizen_number=certificate.citizen_number,
        address=_address(address),
        address_code=f"标准地址编码 {address.code}" if address.code else "",
        residing=_residing(certificate),
        registered=(
            f"{day(certificate.registered_on)}，",
            f"截至出具日连续登记居住 {lasting(certificate.registered_on, issued.date())}",
        ),
        basis=(
            "本社区入户登记信息，",
            f"最近核实 {day(certificate.verified_on)}（{certificate.grid}）",
        ),
        purpose=f"{certificate.purpose}（仅限本用途）",
        receiver=certificate.receiver,
        validity=_validity(issued.date(), certificate.valid_until),
        issuer=split_issuer(certificate.issuer),
        issued=f"{day(issued)} {issued:%H:%M}",
        check_code=f"校验码 {certificate.check_code}",
        verify=f"扫码或致电 {certificate.issuer_phone} 核验",
        kiosk=f"设备 {certificate.kiosk}",
        notices=tuple(_notices(certificate)),
    )


def printed_again(attempt: int) -> str:
    """That a paper is not the first of its number."""
    return f"第{attempt}次打印"


def copy_of(number: int, copies: int) -> str:
    """Which copy a page is; the first is 1."""
    return f"第 {number} 份 / 共 {copies} 份"


def lasting(since: date, until: date) -> str:
    """The full years and months from one day to another, in words."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    years, rest = divmod(max(months, 0), 12)
    parts = [f"{years} 年"] * (years > 0) + [f"{rest} 个月"] * (rest > 0)
    return " ".join(parts) or "不满 1 个月"


def _notices(certificate: ResidenceCertificate) -> Iterator[str]:
    if certificate.attempt > 1:
        yield f"{printed_again(certificate.attempt)}，之前打印的同号证明作废"
    if certificate.offline_as_of:
        as_of = local(certificate.offline_as_of)
        age = _age(as_of, local(certificate.issued_at))
        moment = f"{day(as_of)} {as_of:%H:%M}"
        yield f"本证明于线路中断时离线出具，所依据的登记资料截至 {moment}{age}"


def _age(since: datetime, until: datetime) -> str:
    """How long before the print, in full hours or days; nothing where the clocks contradict each other."""
    hours = (until.replace(tzinfo=None) - since.replace(tzinfo=None)) // timedelta(hours=1)
    if hours < 0:
        return ""
    if hours == 0:
        return "（打印前不到 1 小时）"
    return f"（打印前 {hours} 小时）" if hours < _HOURS_SAID_AS_DAYS else f"（打印前 {hours // 24} 天）"


def _address(address: PaperAddress) -> tuple[str, ...]:
    area = address.county + address.street + address.community
    parts = (area, address.compound, address.building, address.unit, address.room)
    return tuple(part for part in parts if part)


def _residing(certificate: ResidenceCertificate) -> tuple[str, ...]:
    way = _RESIDING[certificate.residing]
    landlord = f"房屋所有人 {certificate.landlord}" if certificate.landlord else ""
    period = _period(certificate.period_from, certificate.period_until)
    term = "租期" if certificate.residing is Residing.RENTED else "居住期"
    match landlord, period:
        case "", "":
            return (way,)
        case _, "":
            return (f"{way}（{landlord}）",)
        case "", _:
            return (f"{way}（{term}{period}）",)
        case _:
            return (f"{way}（{landlord}，", f"{term}{period}）")


def _period(since: date | None, until: date | None) -> str:
    match since, until:
        case None, None:
            return ""
        case None, date() as end:
            return f"至 {day(end)}"
        case date() as start, None:
            return f"自 {day(start)} 起"
        case date() as start, date() as end:
            return f" {day(start)}至{day(end)}"
    raise AssertionError((since, until))


def _validity(issued: date, until: date) -> str:
    days = (until - issued).days
    return f"自出具之日起 {days} 日（至 {day(until)}）" if days > 0 else f"仅出具当日有效（{day(until)}）"


def day(moment: date) -> str:
    """A day as it is written on paper."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def split_issuer(issuer: str) -> tuple[str, ...]:
    """Who issues, in the parts between which a line may break."""
    return tuple(_BEFORE_COMMITTEE.split(issuer))


def local(moment: datetime) -> datetime:
    """The same moment on a Chinese clock; a moment without a zone is taken to be on one."""
    return moment if moment.tzinfo is None else moment.astimezone(_CHINA)
