"""What a technician reads: a remedy for each code, and a card without giving its holder away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import DeviceCode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from devices.contract import Identity

REMEDIES: Mapping[DeviceCode, str] = {
    DeviceCode.READER_NOT_FOUND: "the port cannot be opened; check cable, power and address",
    DeviceCode.READER_NO_PERMISSION: "this user may not open the port; add it to the group dialout",
    DeviceCode.READER_SILENT: "the reader does not answer; check its power, then its model",
    DeviceCode.READER_GARBLED: "the reader's answers are damaged; check cable and shielding",
    DeviceCode.READER_SELF_TEST: "the reader failed its self-test; unplug it for 10 seconds, or replace it",
    DeviceCode.READER_UNLICENSED: "the reader's security module is not licensed; call the vendor",
    DeviceCode.CARD_UNREADABLE: "the card could not be read; lift it and lay it down again",
    DeviceCode.CARD_NOT_ID: "this is not an ID card",
    DeviceCode.CARD_NOT_GENUINE: "the reader does not accept this card; ask staff",
    DeviceCode.CARD_TAKEN_AWAY: "the card was lifted while it was read; lay it down and leave it there",
    DeviceCode.CARD_DAMAGED_TEXT: "the card's text makes no sense; ask staff",
    DeviceCode.PRINTER_UNREACHABLE: "the printer cannot be reached; check power, network and address",
    DeviceCode.PRINTER_STOPPED: "the printer accepts no jobs; look at its panel",
    DeviceCode.PRINTER_PAPER_OUT: "the printer has no paper; refill it",
    DeviceCode.PRINTER_JAM: "paper is jammed; open the printer and remove it",
    DeviceCode.PRINTER_COVER_OPEN: "a cover is open; close it",
    DeviceCode.PRINTER_TONER_OUT: "toner or ink is used up; replace it",
    DeviceCode.JOB_ABORTED: "the printer gave the job up",
    DeviceCode.JOB_CANCELLED: "the job was cancelled",
    DeviceCode.JOB_ANSWER_LOST: "the line broke while the document was sent",
    DeviceCode.JOB_VANISHED: "the printer no longer knows the job",
    DeviceCode.JOB_TOO_SLOW: "the job did not settle in time",
    DeviceCode.PRINTER_PROTOCOL: "what answers there does not speak IPP",
    DeviceCode.PRINTER_REFUSED: "the printer refuses the request or the format",
    DeviceCode.JOB_COUNT_SHORT: "fewer sheets came out than the document has",
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
