from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a certificate is for; `on_paper` is printed, the key names it in records and catalogues."""

    key: str
    on_paper: str


PURPOSES = (
    Purpose("school", "子女入学"),
    Purpose("employment", "求职就业"),
    Purpose("housing", "住房办理"),
    Purpose("welfare", "生活补贴申请"),
    Purpose("vehicle", "车辆登记"),
    Purpose("other", "其他事项"),
)


def find_purpose(key: str) -> Purpose:
    """The purpose of this key. KeyError where there is none."""
    return {purpose.key: purpose for purpose in PURPOSES}[key]
