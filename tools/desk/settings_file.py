"""The kiosk's settings file as the desk writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KIOSK_ID = "CG-KSK-03"
COMMUNITY = "610525001003"
CARD_COST = 10  # invented persons need no costly derivation, and a desk is to have its register soon

Section = dict[str, object]

KIOSK: Mapping[str, object] = {
    "id": KIOSK_ID,
    "place": "乐楼社区便民服务点",
    "community": COMMUNITY,
    "community_name": "乐楼社区",
    "issuer": "澄城县城关街道乐楼社区居民委员会",
    "issuer_phone": "0913-0000103",
}


def as_toml(sections: Mapping[str, Mapping[str, object]]) -> str:
    """Sections of strings, numbers and booleans as TOML; JSON writes these scalars as TOML does."""
    blocks = []
    for name, values in sections.items():
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
        blocks.append("\n".join([f"[{name}]", *lines]))
    return "\n\n".join(blocks) + "\n"


def merge(
    sections: Mapping[str, Mapping[str, object]], changes: Mapping[str, Mapping[str, object]]
) -> dict[str, Section]:
    """The sections with some values changed or added."""
    names = dict.fromkeys((*sections, *changes))
    return {name: {**sections.get(name, {}), **changes.get(name, {})} for name in names}
