"""What a printer tells about itself beside its state: serial, supplies, impressions (PWG 5100.9, 5100.13)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from devices.contract import PrinterFacts, Supply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from devices.page.message import Group

ATTRIBUTES = (
    "marker-names",
    "marker-types",
    "marker-levels",
    "marker-low-levels",
    "marker-high-levels",
    "printer-supply",
    "printer-supply-description",
    "printer-impressions-completed",
    "printer-device-id",
    "printer-serial-number",
    "printer-uuid",
)
_WANTED = frozenset(ATTRIBUTES)
_MARKERS = frozenset(name for name in ATTRIBUTES if name.startswith("marker-"))
# IEEE 1284 leaves the length of its keys to the maker.
_SERIAL_KEYS = {"SN", "SERN", "SERIALNUMBER"}
_WHOLE_PERCENT = range(101)  # -1, -2 and -3 stand for other, unknown and "some is left"
_WASTE = "waste"
_UNKNOWN = -2
_FIELD = re.compile(r"(\w+)=([^;]*)")
_NUMBER = re.compile(r"-?[0-9]{1,10}", re.ASCII)
_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_Told = TypeVar("_Told")


def read_facts(group: Group) -> PrinterFacts:
    """The facts in a printer group; what a printer does not tell stays unknown, and is never zero."""
    group = group.pick(_WANTED)
    if not group.attributes:
        return PrinterFacts()
    impressions = group.integer("printer-impressions-completed")
    return PrinterFacts(
        serial=_serial(group),
        supplies=_markers(group) or _supplies(group),
        impressions=impressions if impressions is not None and impressions >= 0 else None,
    )


def level_stems(group: Group) -> tuple[str, ...]:
    """Warnings that only the levels tell: at or below the level that the printer itself calls low."""
    group = group.pick(_MARKERS)
    if not group.attributes:
        return ()
    lows, highs = _integers(group, "marker-low-levels"), _integers(group, "marker-high-levels")
    stems: dict[str, None] = {}
    for place, supply in enumerate(_markers(group)):
        low, high = _at(lows, place), _at(highs, place)
        if supply.percent is None:
            continue
        if supply.kind.startswith(_WASTE):
            if high is not None and 0 < high <= supply.percent:
                stems["marker-waste-almost-full"] = None
        elif low is not None and supply.percent <= low:
            stems["toner-low" if supply.kind.startswith("toner") else "marker-supply-low"] = None
    return tuple(stems)


def _serial(group: Group) -> str:
    for part in group.text("printer-device-id").split(";"):
        key, _, value = part.partition(":")
        if key.strip().upper() in _SERIAL_KEYS and value.strip():
            return value.strip()
    return group.text("printer-serial-number") or group.text("printer-uuid")


def _markers(group: Group) -> tuple[Supply, ...]:
    names, kinds = _texts(group, "marker-names"), _texts(group, "marker-types")
    levels = _integers(group, "marker-levels")
    return tuple(
        Supply(name, _at(kinds, place) or "", level if level in _WHOLE_PERCENT else None)
        for place, name in enumerate(names)
        for level in (_at(levels, place),)
    )


def _supplies(group: Group) -> tuple[Supply, ...]:
    """The same as "key=value;" in octets, as IPP Everywhere has it."""
    names = _texts(group, "printer-supply-description")
    return tuple(
        _supply(dict(_FIELD.findall(told)), _at(names, place) or "")
        for place, told in enumerate(_texts(group, "printer-supply"))
    )


def _supply(fields: dict[str, str], name: str) -> Supply:
    kind = _BORDER.sub("-", fields.get("type", "")).lower()  # wasteToner is waste-toner elsewhere
    level, most = _number(fields.get("level", "")), _number(fields.get("maxcapacity", ""))
    is_known = most > 0 and 0 <= level <= most
    return Supply(name or kind, kind, 100 * level // most if is_known else None)


def _texts(group: Group, name: str) -> tuple[str, ...]:
    """Place by place: an empty text must not let the next one slip into its place."""
    return tuple(
        each.content.decode("ascii", errors="replace") if isinstance(each.content, bytes) else each.text()
        for each in group.values(name)
    )


def _integers(group: Group, name: str) -> tuple[int | None, ...]:
    found = (value.content for value in group.values(name))
    return tuple(each if isinstance(each, int) and not isinstance(each, bool) else None for each in found)


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else _UNKNOWN


def _at(values: Sequence[_Told], place: int) -> _Told | None:
    return values[place] if place < len(values) else None
