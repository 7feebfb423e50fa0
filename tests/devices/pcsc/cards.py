"""Invented chip cards; the region 610590 belongs to no county."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from devices.simulators.pcsc.card import Card

HOLDER = Card(
    kind="social_security",
    title="租户",
    name="王小测",
    sex="2",
    nation="03",
    number="610590199001020027",
    birth=date(1990, 1, 2),
    card_number="A00000001",
    issued=date(2020, 1, 1),
    expires=date(2040, 1, 1),
)
OTHER = replace(
    HOLDER, title="户主", name="李大测", sex="1", number="610590199001020019", card_number="A00000002"
)
BANK = Card(kind="bank", title="银行卡")
ID_CARD = Card(kind="id_card", title="身份证")
MUTE = Card(kind="mute", title="坏卡")


def as_toml(card: Card) -> str:
    """The card as its file."""
    lines = []
    for name in card.__slots__:
        value = getattr(card, name)
        if isinstance(value, date):
            lines.append(f"{name} = {value.isoformat()}")
        elif isinstance(value, bool):
            lines.append(f"{name} = {str(value).lower()}")
        elif value is not None:
            lines.append(f'{name} = "{value}"')
    return "\n".join(lines)
