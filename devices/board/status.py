"""What the board's answers mean. Pure; what is not told is None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import BoardReading, Light

if TYPE_CHECKING:
    from collections.abc import Iterable

_BITS = {Light.CARD: 1, Light.PAPER: 2, Light.RECEIPT: 4, Light.STATUS: 8}
_YES_NO = {"0": False, "1": True}


def mask_of(lit: Iterable[Light]) -> str:
    """The argument of LIGHTS."""
    return f"{sum(_BITS[light] for light in lit):02X}"


def read_facts(words: Iterable[str]) -> dict[str, str]:
    """NAME=VALUE words as a mapping; other words are passed over."""
    return dict(word.split("=", 1) for word in words if "=" in word)


def read_board(state: dict[str, str], ident: dict[str, str]) -> BoardReading:
    """The reading in the answers to STATE and IDENT."""
    return BoardReading(
        door_open=_YES_NO.get(state.get("door", "")),
        tampered=_YES_NO.get(state.get("tamper", "")),
        lit=_lights(state.get("lights", "")),
        serial=ident.get("serial", ""),
        firmware=ident.get("firmware", ""),
    )


def _lights(text: str) -> frozenset[Light]:
    try:
        mask = int(text, 16)
    except ValueError:
        return frozenset()
    return frozenset(light for light, bit in _BITS.items() if mask & bit)
