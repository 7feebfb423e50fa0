"""What the public page says about a paper, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from backend.local_time import CHINA
from backend_client.contract import VerificationState

if TYPE_CHECKING:
    from datetime import datetime

    from backend_client.contract import Verification

_KINDS = {"JZ": "居住证明"}
_PURPOSES = {
    "school": "子女入学",
    "employment": "求职就业",
    "housing": "住房租赁或购房",
    "welfare": "社会保障",
    "vehicle": "车辆登记",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class _Finding:
    tone: str  # "good", "bad", "wait": colours the headline, which says the same in words
    headline: str
    advice: str


_FINDINGS = {
    VerificationState.VALID: _Finding(
        "good", "这份证明有效", "请与手中的纸质证明逐项核对；有一项不一致，就不是同一份证明。"
    ),
    VerificationState.EXPIRED: _Finding(
        "bad", "这份证明已过有效期", "证明确由社区出具，但已超过有效期。如仍需要，请本人重新办理。"
    ),
    VerificationState.VOIDED: _Finding(
        "bad", "这份证明已作废", "该编号没有有效的纸质证明，请不要采用。如有疑问，请联系出具单位。"
    ),
    VerificationState.SUPERSEDED: _Finding(
        "bad",
        "这份证明已被后来的打印代替",
        "该编号后来重新打印过，只有最后一次打印的证明才有效，请不要采用这一张。请向持有人索取重新打印的证明，"
        "或联系出具单位。",
    ),
    VerificationState.NOT_YET_REPORTED: _Finding(
        "wait",
        "编号真实，出具记录尚未上报",
        "该编号已发放给社区自助服务机，服务机还没有上报出具情况，可能是网络暂时不通。请稍后再查，或联系出具单位。",
    ),
    VerificationState.UNCERTAIN: _Finding(
        "wait",
        "出具情况待工作人员确认",
        "打印时设备出现异常，社区正在核实这张纸是否完整打出。请联系出具单位。",
    ),
    VerificationState.UNKNOWN: _Finding(
        "bad",
        "没有查到这份证明",
        "编号与校验码不相符，或编号不存在。请对照纸面重新输入；仍查不到的，请不要采用。",
    ),
}


class VerificationPage:
    """Renders the page; every value is escaped."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("backend.web"), autoescape=True, undefined=StrictUndefined
        )
        self._template = self._environment.get_template("verification.html.j2")

    def show(self, verification: Verification) -> str:
        """The page on one paper."""
        finding = _FINDINGS[verification.state]
        return self._template.render(number=verification.number, finding=finding, facts=_facts(verification))

    def ask_for_code(self, number: str) -> str:
        """The page that asks for the check code, for people who typed the number by hand."""
        return self._template.render(number=number, finding=None, facts=())


def _facts(verification: Verification) -> tuple[tuple[str, str], ...]:
    facts = (
        ("证明名称", _KINDS.get(verification.kind, "")),
        ("持有人", verification.masked_name),
        ("用途", _PURPOSES.get(verification.purpose, "其他" if verification.purpose else "")),
        ("出具单位", verification.issuer),
        ("出具时间", _moment(verification.issued_at)),
        ("有效期至", _day(verification.valid_until)),
    )
    return tuple((label, value) for label, value in facts if value)


def _moment(moment: datetime | None) -> str:
    return f"{_day(moment)} {moment.astimezone(CHINA):%H:%M}" if moment else ""


def _day(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日"
