"""Invented cards; the region 610590 belongs to no county."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from devices.simulators.idcard.card import Card

RESIDENT = Card(
    title="租户",
    kind="resident",
    name="王小测",
    sex="2",
    nation="01",
    birth=date(1990, 1, 2),
    address="陕西省渭南市澄城县城关镇测试路1号",
    number="610590199001020027",
    authority="澄城县公安局",
    valid_from=date(2020, 1, 1),
    valid_until=date(2040, 1, 1),
    appended_address="陕西省渭南市澄城县城关镇新测试路9号",
)
OTHER = replace(RESIDENT, name="李大测", sex="1", number="610590199001020019", appended_address="")
PERMIT = Card(
    kind="permit_hmt",
    name="陈测试",
    sex="2",
    birth=date(1900, 1, 1),
    address="陕西省渭南市澄城县城关镇测试路2号",
    number="810000190001010026",
    authority="澄城县公安局",
    valid_from=date(2019, 1, 1),
    valid_until=date(2039, 1, 1),
    permit_number="H00000000",
)
FOREIGNER_2017 = Card(
    kind="foreigner_2017",
    name="测试人",
    latin_name="TEST, PERSON OF NOWHERE",
    sex="1",
    birth=date(1990, 12, 31),
    number="KAZ110090123105",
    nationality="KAZ",
    authority="1100",
    valid_from=date(2018, 1, 1),
    valid_until=date(2028, 1, 1),
)
FOREIGNER_2023 = replace(
    FOREIGNER_2017,
    kind="foreigner_2023",
    latin_name="TESTPERSON, WITH A RATHER LONG NAM E BEHIND",
    sex="2",
    number="911398199012310021",
    valid_from=date(2024, 1, 1),
    valid_until=date(2034, 1, 1),
)


def numbered(card: Card, **changes: Any) -> Card:
    """The card with other contents."""
    return replace(card, **changes)


def as_toml(card: Card) -> str:
    """The card as its file."""
    lines = []
    for name in card.__slots__:
        value = getattr(card, name)
        lines.append(f"{name} = {value.isoformat()}" if isinstance(value, date) else f'{name} = "{value}"')
    return "\n".join(lines)
