"""What a technician reads: a remedy for each code, and a card without giving its holder away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import DEVICE_FAULTS, DeviceCode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from devices.contract import Identity

REMEDIES: Mapping[DeviceCode, str] = {
    DeviceCode(each.code): f"{each.cause.en} {each.remedy.en}" for each in DEVICE_FAULTS
}
SHOWN_OF_NUMBER = 4  # characters at each end
SHOWN_OF_ADDRESS = 6


def describe_identity(identity: Identity) -> dict[str, str]:
    """The fields of a card that hold something, in full."""
    facts = {
        "kind": identity.kind.value,
        "name": identity.name,
        "number": identity.number,
        "sex": identity.sex,
        "birth": str(identity.birth or ""),
        "nation": identity.nation,
        "address": identity.address,
        "appended_address": identity.appended_address,
        "authority": identity.authority,
        "valid_from": str(identity.valid_from or ""),
        "valid_until": "长期" if identity.long_term else str(identity.valid_until or ""),
        "latin_name": identity.latin_name,
        "nationality": identity.nationality,
        "permit_number": identity.permit_number,
        "doubts": ", ".join(identity.doubts),
    }
    return {name: fact for name, fact in facts.items() if fact}


def mask_facts(facts: Mapping[str, str]) -> dict[str, str]:
    """The same, so that no person can be told from it."""
    return {name: MASKS[name](fact) if name in MASKS else fact for name, fact in facts.items()}


def mask_name(name: str) -> str:
    """The first character, and a cross for each further one."""
    return name[:1] + "×" * (len(name) - 1)


def mask_number(number: str) -> str:
    """Four characters at each end."""
    hidden = len(number) - 2 * SHOWN_OF_NUMBER
    return number[:SHOWN_OF_NUMBER] + "*" * hidden + number[-SHOWN_OF_NUMBER:]


def mask_day(day: str) -> str:
    """The year only."""
    return day[:4]


def cut_address(address: str) -> str:
    """The beginning, which names no house."""
    is_long = len(address) > SHOWN_OF_ADDRESS
    return address[:SHOWN_OF_ADDRESS] + "…" if is_long else address


MASKS: Mapping[str, Callable[[str], str]] = {
    "name": mask_name,
    "number": mask_number,
    "birth": mask_day,
    "address": cut_address,
    "appended_address": cut_address,
    "latin_name": mask_name,
    "permit_number": mask_name,
}
