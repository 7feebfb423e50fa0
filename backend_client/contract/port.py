"""The platform as callers see it: outcomes with a deadline, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import timedelta

    from backend_client.contract.codes import PlatformCode
    from backend_client.contract.content import Links, Notices, Organisations
    from backend_client.contract.growth import LedgerAnswer, LedgerGrowth
    from backend_client.contract.health import Heartbeat, HeartbeatReply
    from backend_client.contract.household import Household, Member, Pickup
    from backend_client.contract.numbers import NumberBlock, NumberBlockRequest
    from backend_client.contract.records import KnownPapers, Receipt, RecordItem
    from backend_client.contract.register import RegisterPage


@dataclass(frozen=True, slots=True)
class PlatformFault:
    """No usable answer. `detail` is for the technician and never holds a person's data."""

    code: PlatformCode
    detail: str = ""


@dataclass(frozen=True, slots=True)
class UnknownPerson:
    """The platform answered: nobody with this citizen number is registered."""


@dataclass(frozen=True, slots=True)
class Found:
    """The household; `applicant` is the member with the number that was asked for, None where it is missing.

    `name_matches` says whether the name on the card is the registered one.
    """

    household: Household = field(repr=False)
    applicant: Member | None = field(repr=False)
    name_matches: bool
    pickups: tuple[Pickup, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class NumbersReserved:
    """A fresh block of numbers."""

    block: NumberBlock = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A complete receipt for this very batch of this very kiosk, its signature verified."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform answers (GET /healthz)."""

    version: str


LookupOutcome = Found | UnknownPerson | PlatformFault


class Platform(Protocol):
    """The way to the platform. Thread-safe; every call returns within its deadline plus 200 ms."""

    def look_up(self, citizen_number: str, name: str, deadline: timedelta) -> LookupOutcome:
        """The household of the person on the card. Number and name leave only as keyed hashes."""
        ...

    def citizen_key(self, citizen_number: str) -> str:
        """The keyed hash under which records name this person."""
        ...

    def name_key(self, name: str) -> str:
        """The keyed hash of a name, as the register has it."""
        ...

    def reserve_numbers(
        self, request: NumberBlockRequest, deadline: timedelta
    ) -> NumbersReserved | PlatformFault:
        """A block of certificate numbers; the same request id gives the same block."""
        ...

    def deliver(
        self, batch_id: str, items: tuple[RecordItem, ...], deadline: timedelta
    ) -> Delivered | PlatformFault:
        """Hand over records. Delivered only with a whole, verified receipt."""
        ...

    def witness(self, growth: LedgerGrowth, deadline: timedelta) -> LedgerAnswer | PlatformFault:
        """Show how the ledger grew."""
        ...

    def register_page(self, cursor: str, limit: int, deadline: timedelta) -> RegisterPage | PlatformFault:
        """What changed in the register of the service area after `cursor` ("" = from the beginning)."""
        ...

    def known_papers(self, after: str, deadline: timedelta) -> KnownPapers | PlatformFault:
        """What the platform knows of this kiosk's numbers, page by page; for a kiosk that lost its store."""
        ...

    def notices(self, deadline: timedelta) -> Notices | PlatformFault:
        """All notices, newest first."""
        ...

    def organisations(self, deadline: timedelta) -> Organisations | PlatformFault:
        """The organisation tree."""
        ...

    def links(self, deadline: timedelta) -> Links | PlatformFault:
        """What people may take home on their own telephones."""
        ...

    def picture(self, name: str, deadline: timedelta) -> bytes | PlatformFault:
        """The very bytes that the name stands for, at most MAX_PICTURE_BYTES of them."""
        ...

    def health(self, deadline: timedelta) -> Accepted | PlatformFault:
        """Whether the platform answers at all."""
        ...


class HealthDesk(Protocol):
    """Where the platform takes heartbeats. Thread-safe; returns within the deadline plus 200 ms."""

    def beat(self, heartbeat: Heartbeat, deadline: timedelta) -> HeartbeatReply | PlatformFault:
        """Tell how this kiosk is."""
        ...
