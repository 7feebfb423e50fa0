"""Pages of a register for times without a line, as a platform seals them. Everybody here is invented."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from backend_client.contract import OfflineRecord, RegisterEntry, RegisterPage, citizen_key, name_key
from backend_client.contract.sealed import Hardness, bind, harden, seal_record
from tests.backend_client.forged_platform import LOOKUP_KEY, household, member

if TYPE_CHECKING:
    from backend_client.contract import Household, Member
    from backend_client.contract.sealed import CardSecret

REGISTER_KEY = b"r" * 32
HARDNESS = Hardness(bytes([7]) * 16, 10)
AS_OF = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
CHECKED = date(2026, 10, 12)


@dataclass(frozen=True)
class Card:
    """What lies on the reader."""

    number: str = "610590199003070021"
    name: str = "王样本"

    @property
    def keys(self) -> tuple[str, str]:
        """The keyed hashes of number and name."""
        return citizen_key(LOOKUP_KEY, self.number), name_key(LOOKUP_KEY, self.name)

    @property
    def entry(self) -> str:
        """Under which id the register has this person."""
        return hashlib.sha256(self.number.encode()).hexdigest()[:32]

    def secret(self, hardness: Hardness = HARDNESS, register_key: bytes = REGISTER_KEY) -> CardSecret:
        """What opens the record of this card at one kiosk."""
        return bind(harden(*self.keys, hardness), register_key)

    def member(self) -> Member:
        """The person."""
        return member(self.number, self.name)

    def household(self, verified_on: date | None = CHECKED) -> Household:
        """Where the person lives, alone as far as the register says."""
        whole = household(self.member())
        residence = whole.residence.model_copy(update={"verified_on": verified_on})
        return whole.model_copy(update={"residence": residence})


CARD = Card()
OTHER = Card("610590198404122346", "李样本")


def entry(card: Card, plain: bytes | None = None, secret: CardSecret | None = None) -> RegisterEntry:
    """The sealed record of this card; `plain` is what a platform that errs would seal instead."""
    content = plain if plain is not None else record(card).model_dump_json().encode()
    secret = secret or card.secret()
    sealed = base64.b64encode(seal_record(secret, card.entry, content)).decode()
    return RegisterEntry(entry=card.entry, tag=secret.tag.hex(), sealed=sealed)


def record(card: Card, verified_on: date | None = CHECKED) -> OfflineRecord:
    """What is sealed."""
    return OfflineRecord(applicant=card.member(), household=card.household(verified_on))


def removed(card: Card) -> RegisterEntry:
    """The word that this person left."""
    return RegisterEntry(entry=card.entry, removed=True)


def page(
    *entries: RegisterEntry,
    cursor: str = "c1",
    complete: bool = True,
    epoch: str = "epoch-1",
    as_of: datetime = AS_OF,
    hardness: Hardness = HARDNESS,
) -> RegisterPage:
    """A page as it arrives."""
    return RegisterPage(
        kiosk="CG-KSK-03",
        epoch=epoch,
        salt=hardness.salt.hex(),
        cost=hardness.cost,
        entries=entries,
        cursor=cursor,
        complete=complete,
        as_of=as_of,
    )
