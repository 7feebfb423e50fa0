"""What the kiosk may do while the line is down, and how old its knowledge is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from backend_client.contract import PlatformCode

if TYPE_CHECKING:
    from datetime import date, datetime

    from backend_client.contract import Household, Member, RegisterPage
    from kiosk.domain.issuance import Moment

# The line or the platform is down. Any other fault (a refused credential, a reply that is not ours or not the
# contract) is something that a person must look at: working on from old records would only hide it.
OUT_OF_REACH = frozenset(
    {
        PlatformCode.UNREACHABLE,
        PlatformCode.TOO_SLOW,
        PlatformCode.SERVER_ERROR,
        PlatformCode.HALF_REPLY,
    }
)


class OfflineCode(StrEnum):
    """Why no certificate is issued while the line is down. Each leads to a slip with a pick-up number."""

    NOT_HELD = "OFF-01"  # this kiosk's register has no record that this card opens
    NOT_FRESH = "OFF-02"  # the register was not synchronised recently enough
    NOT_CHECKED = "OFF-03"  # the grid officer's last check is too long ago
    NO_REGISTER = "OFF-04"  # nothing was ever synchronised here
    CLOCK = "OFF-05"  # the clock went backwards: nobody can say how old the record is


@dataclass(frozen=True, slots=True)
class OfflinePolicy:
    """What the county decided about certificates without a line."""

    synchronised_within: timedelta = timedelta(hours=72)
    checked_within: timedelta = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the register can be believed. `age` None = the clock went backwards since."""

    as_of: datetime  # the platform's register was like this at that moment, by the platform's clock
    age: timedelta | None


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """What a card opened."""

    household: Household = field(repr=False)
    applicant: Member = field(repr=False)


class OfflineRegister(Protocol):
    """The register of the service area. Nobody can read it, the kiosk included, without the card.

    See kiosk.domain.journal for what is raised.
    """

    def cursor(self) -> str:
        """Where the next page begins."""
        ...

    def take(self, page: RegisterPage, after: str) -> None:
        """Keep one page and its cursor, in one transaction; a new epoch drops what was there before.

        `after` is the cursor that the page was asked with; where it is not the present one any more, the
        page is not kept.
        """
        ...

    def find(self, citizen_key: str, name_key: str) -> HeldRecord | None:
        """Open the record of this card; takes as long as the derivation of its key."""
        ...

    def freshness(self, now: Moment) -> Freshness | None:
        """How old the register is; None before the first complete pass."""
        ...


def why_not_offline(
    freshness: Freshness | None, record: HeldRecord | None, today: date, policy: OfflinePolicy
) -> OfflineCode | None:
    """Why this record may not be used without a line; None = it may."""
    if freshness is None:
        return OfflineCode.NO_REGISTER
    if freshness.age is None:
        return OfflineCode.CLOCK
    if freshness.age > policy.synchronised_within:
        return OfflineCode.NOT_FRESH
    if record is None:
        return OfflineCode.NOT_HELD
    checked = record.household.residence.verified_on
    if checked is None or today - checked > policy.checked_within:
        return OfflineCode.NOT_CHECKED
    return None
