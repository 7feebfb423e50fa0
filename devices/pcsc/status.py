"""Result codes of the PC/SC service (winscard, pcsc-lite) and the state of a reader: what they mean here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from devices.contract import DeviceCode
from devices.errors import DeviceError, LinkError, PortError

if TYPE_CHECKING:
    from collections.abc import Mapping

UNSIGNED = 0xFFFFFFFF  # the binding gives some codes with a sign
STATE_EMPTY = 0x0010
STATE_PRESENT = 0x0020
STATE_MUTE = 0x0200
STATE_UNKNOWN = 0x0004
STATE_UNAVAILABLE = 0x0008
COUNTER_SHIFT = 16  # above the flags: how often a card came or went


class Result(IntEnum):
    """The result codes that this service is known to give."""

    SUCCESS = 0x00000000
    INTERNAL_ERROR = 0x80100001
    INVALID_HANDLE = 0x80100003
    INVALID_PARAMETER = 0x80100004
    UNKNOWN_READER = 0x80100009
    TIMEOUT = 0x8010000A
    SHARING_VIOLATION = 0x8010000B
    NO_SMARTCARD = 0x8010000C
    PROTO_MISMATCH = 0x8010000F
    NOT_READY = 0x80100010
    SYSTEM_CANCELLED = 0x80100012
    COMM_ERROR = 0x80100013  # between us and the service
    INVALID_ATR = 0x80100015
    NOT_TRANSACTED = 0x80100016
    READER_UNAVAILABLE = 0x80100017
    SHUTDOWN = 0x80100018
    CARD_UNSUPPORTED = 0x8010001C
    NO_SERVICE = 0x8010001D
    SERVICE_STOPPED = 0x8010001E
    NO_ACCESS = 0x80100027
    NO_READERS = 0x8010002E
    COMM_DATA_LOST = 0x8010002F
    SERVER_TOO_BUSY = 0x80100031
    UNSUPPORTED_CARD = 0x80100065
    UNRESPONSIVE_CARD = 0x80100066
    UNPOWERED_CARD = 0x80100067
    RESET_CARD = 0x80100068
    REMOVED_CARD = 0x80100069
    SECURITY_VIOLATION = 0x8010006A


class CardError(DeviceError):
    """The card ends the exchange, not the reader: mute, taken away, or its chip failed."""


class CardResetError(CardError):
    """Another program has reset the card meanwhile: what was selected no longer is, all else is well."""


class CardSilentError(CardError):
    """The reader got no answer from the chip: it failed, or it is being pulled out just now."""


# The context is dead; the service may be there again, and then a new one works.
CONTEXT_LOST: Mapping[Result, DeviceCode] = {
    Result.NO_SERVICE: DeviceCode.SOCIAL_SERVICE_DOWN,
    Result.SERVICE_STOPPED: DeviceCode.SOCIAL_SERVICE_DOWN,
    Result.SHUTDOWN: DeviceCode.SOCIAL_SERVICE_DOWN,
    Result.COMM_ERROR: DeviceCode.SOCIAL_SERVICE_DOWN,
    Result.SYSTEM_CANCELLED: DeviceCode.SOCIAL_SERVICE_DOWN,
    Result.INVALID_HANDLE: DeviceCode.SOCIAL_READER_FAULT,
    Result.UNKNOWN_READER: DeviceCode.SOCIAL_NO_READER,
    Result.READER_UNAVAILABLE: DeviceCode.SOCIAL_NO_READER,
}
# Nothing is lost; it cannot be done at present.
NOT_NOW: Mapping[Result, DeviceCode] = {
    Result.NO_READERS: DeviceCode.SOCIAL_NO_READER,
    Result.SECURITY_VIOLATION: DeviceCode.SOCIAL_NO_PERMISSION,
    Result.NO_ACCESS: DeviceCode.SOCIAL_NO_PERMISSION,
    Result.SHARING_VIOLATION: DeviceCode.SOCIAL_READER_BUSY,
}
CARD_ENDS: Mapping[Result, DeviceCode] = {
    Result.NO_SMARTCARD: DeviceCode.SOCIAL_CARD_TAKEN_AWAY,
    Result.REMOVED_CARD: DeviceCode.SOCIAL_CARD_TAKEN_AWAY,
    Result.UNRESPONSIVE_CARD: DeviceCode.SOCIAL_CARD_MUTE,
    Result.UNPOWERED_CARD: DeviceCode.SOCIAL_CARD_MUTE,
    Result.UNSUPPORTED_CARD: DeviceCode.SOCIAL_CARD_MUTE,
    Result.CARD_UNSUPPORTED: DeviceCode.SOCIAL_CARD_MUTE,
    Result.INVALID_ATR: DeviceCode.SOCIAL_CARD_MUTE,
    # An answer to reset that cannot be understood offers no protocol at all.
    Result.PROTO_MISMATCH: DeviceCode.SOCIAL_CARD_MUTE,
}
CHIP_SILENT = frozenset({Result.NOT_TRANSACTED, Result.COMM_DATA_LOST})


@dataclass(frozen=True, slots=True)
class ReaderState:
    """What the service knows of one reader; it looks at its readers about twice a second."""

    name: str
    flags: int

    @property
    def is_there(self) -> bool:
        """False for a reader that was unplugged after it was listed."""
        return not self.flags & (STATE_UNKNOWN | STATE_UNAVAILABLE)

    @property
    def has_card(self) -> bool:
        """True while something lies there, be it mute."""
        return bool(self.flags & STATE_PRESENT)

    @property
    def is_mute(self) -> bool:
        """True if what lies there gave no answer to reset."""
        return bool(self.flags & STATE_MUTE)

    @property
    def counter(self) -> int:
        """How often a card came or went: another number, another card, however quickly it was swapped."""
        return self.flags >> COUNTER_SHIFT


def error_of(code: int, act: str) -> DeviceError:
    """What a result other than success means, when `act` was tried."""
    detail = f"{act}: {code & UNSIGNED:08X}"
    try:
        result = Result(code & UNSIGNED)
    except ValueError:
        return PortError(DeviceCode.SOCIAL_READER_FAULT, detail)
    if result is Result.RESET_CARD:
        return CardResetError(DeviceCode.SOCIAL_CARD_UNREADABLE, detail)
    if result in CHIP_SILENT:
        return CardSilentError(DeviceCode.SOCIAL_CARD_UNREADABLE, detail)
    if result in CONTEXT_LOST:
        return LinkError(CONTEXT_LOST[result], detail)
    if result in CARD_ENDS:
        return CardError(CARD_ENDS[result], detail)
    return PortError(NOT_NOW.get(result, DeviceCode.SOCIAL_READER_FAULT), detail)
