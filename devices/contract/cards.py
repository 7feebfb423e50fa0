"""Card readers: what a card says of its holder, and the port."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from devices.contract.codes import DeviceCode, DeviceFault

if TYPE_CHECKING:
    from datetime import date, timedelta


class CardKind(StrEnum):
    """The letter at offset 248 of the text block decides (card-reader protocol, GA/T 490 and successors)."""

    RESIDENT = "resident"
    PERMIT_HMT = "permit_hmt"  # J: residence permit for Hong Kong, Macao, Taiwan
    FOREIGNER_2017 = "foreigner_2017"  # I
    FOREIGNER_2023 = "foreigner_2023"  # Y
    SOCIAL_SECURITY = "social_security"  # a social security card, over PC/SC


class IdentityDoubt(StrEnum):
    """Cross-checks that failed: a reason to ask staff, never a reason to reject by machine."""

    NUMBER_CHECK = "number_check"  # check character wrong
    NUMBER_PROVINCE = "number_province"  # first two digits name no province
    BIRTH_DIFFERS = "birth_differs"  # birth in the number differs from the birth field
    SEX_DIFFERS = "sex_differs"  # parity of the sequence differs from the sex field
    UNKNOWN_TYPE = "unknown_type"  # unknown type letter: only number and name are trusted


@dataclass(frozen=True, slots=True)
class Identity:
    """What one card says of its holder. Lives in memory for one session; its repr shows no person."""

    kind: CardKind
    name: str = field(repr=False)  # Chinese name where there is one, else the Latin name
    number: str = field(repr=False)  # 18 characters, or 15 for FOREIGNER_2017
    sex: str = field(repr=False)  # GB/T 2261.1: "0" unknown, "1" male, "2" female, "9" not stated
    birth: date | None = field(repr=False)
    nation: str = field(default="", repr=False)  # "汉", "回"; the bare code where it is not in GB/T 3304
    address: str = field(default="", repr=False)
    appended_address: str = field(default="", repr=False)  # newest appended address, "" = none
    authority: str = field(default="", repr=False)
    valid_from: date | None = field(default=None, repr=False)
    valid_until: date | None = field(default=None, repr=False)  # None with long_term, or unreadable
    long_term: bool = field(default=False, repr=False)  # 长期
    latin_name: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)  # ISO 3166 alpha-3, foreigner cards
    permit_number: str = field(default="", repr=False)  # travel-permit number, J cards
    social_card_number: str = field(default="", repr=False)  # of the card, SOCIAL_SECURITY only
    doubts: tuple[IdentityDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class CardFound:
    """A card that was not there before lies on the reader, selected and ready to be read."""


@dataclass(frozen=True, slots=True)
class NoNewCard:
    """No new card. It does not mean that the last one was taken away (SW3 80)."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """The card was read whole and every checksum held."""

    identity: Identity


@dataclass(frozen=True, slots=True)
class CardRejected:
    """This card gave no identity: CARD_*, SOCIAL_CARD_* or SOCIAL_NOT_THIS_CARD."""

    code: DeviceCode


class Presence(StrEnum):
    """Whether the card that was read still lies there."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReaderReady:
    """The reader answers; `serial` is the device's serial number, or its name in PC/SC."""

    serial: str
    baud: int = 0  # 0 = no serial line


FindOutcome = CardFound | NoNewCard | CardRejected | DeviceFault
ReadOutcome = CardRead | CardRejected | DeviceFault
ReaderStatus = ReaderReady | DeviceFault


class CardReader(Protocol):
    """A reader of identity cards. One thread calls it; each call returns within its deadline plus 100 ms."""

    def status(self, deadline: timedelta) -> ReaderStatus:
        """Open if need be, detect the baud rate, ask for the SAM status and id."""
        ...

    def find(self, deadline: timedelta) -> FindOutcome:
        """Look once for a new card. The caller keeps 300 ms or more between calls."""
        ...

    def read(self, deadline: timedelta) -> ReadOutcome:
        """Read text (30 01) and appended address (30 03) of the card just found; never fingerprints."""
        ...

    def presence(self, deadline: timedelta) -> Presence:
        """Say whether the card last read still lies there, by whichever means this model offers.

        Poll this and not `find` while the card should lie there: a find in between makes many readers
        forget it, and then the answer is UNKNOWN.
        """
        ...

    def close(self) -> None:
        """Let go of the port. Calling it twice is harmless."""
        ...
