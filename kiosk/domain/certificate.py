"""From card, household and number to what stands on the paper. A pure function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend_client.contract import VALIDITY, ResidenceMode
from kiosk.domain.purposes import find_purpose
from printer_templates.contract import PaperAddress, ResidenceCertificate, Residing

if TYPE_CHECKING:
    from datetime import datetime

    from backend_client.contract import Address, Residence
    from devices.contract import Identity
    from kiosk.domain.issuance import ReservedNumber

_SEX_ON_PAPER = {"1": "男", "2": "女"}
_RESIDING = {
    ResidenceMode.OWN: Residing.OWN,
    ResidenceMode.RENTED: Residing.RENTED,
    ResidenceMode.BORROWED: Residing.BORROWED,
    ResidenceMode.DORMITORY: Residing.DORMITORY,
    ResidenceMode.COLLECTIVE: Residing.COLLECTIVE,
}


@dataclass(frozen=True, slots=True)
class IssuingPlace:
    """Who issues, and where: what every paper of this kiosk has in common."""

    kiosk: str
    community: str  # 12 digits
    issuer: str  # the committee of this community, as it signs
    phone: str
    verify_url: str

    def issuer_for(self, address: Address) -> str:
        """Who certifies this address: the committee of its own community, wherever it is printed."""
        if address.code.startswith(self.community):
            return self.issuer
        return f"{address.county}{address.street}{address.community}居民委员会"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the resident chose."""

    purpose: str
    copies: int


@dataclass(frozen=True, slots=True)
class Issue:
    """The number that was reserved, when, in which transaction, and from how old a record."""

    reserved: ReservedNumber
    issued_at: datetime  # local time
    place: IssuingPlace
    session: str = ""
    offline_as_of: datetime | None = None  # where the line was down: the register was like this then


def build_certificate(
    identity: Identity, residence: Residence, wish: Wish, issue: Issue
) -> ResidenceCertificate:
    """All that is printed. ValueError where the residence was never verified or cannot be certified."""
    residing = _RESIDING.get(residence.mode)
    if residing is None or residence.verified_on is None:
        raise ValueError("this residence cannot be certified")
    reserved, place = issue.reserved, issue.place
    return ResidenceCertificate(
        number=reserved.number,
        check_code=reserved.check_code,
        qr=f"{place.verify_url}/{reserved.number}?c={reserved.check_code}",
        issuer=place.issuer_for(residence.address),
        issuer_phone=place.phone,
        kiosk=place.kiosk,
        name=identity.name,
        sex=_SEX_ON_PAPER.get(identity.sex, "未说明"),
        citizen_number=identity.number,
        address=_address(residence.address),
        residing=residing,
        landlord=residence.landlord,
        period_from=residence.period_from,
        period_until=residence.period_until,
        registered_on=residence.registered_on,
        verified_on=residence.verified_on,
        grid=residence.grid.name,
        purpose=find_purpose(wish.purpose).on_paper,
        receiver="",
        issued_at=issue.issued_at,
        valid_until=issue.issued_at.date() + VALIDITY,
        copies=wish.copies,
        session=issue.session,
        attempt=reserved.attempt,
        offline_as_of=issue.offline_as_of,
    )


def _address(address: Address) -> PaperAddress:
    return PaperAddress(
        county=address.county,
        street=address.street,
        community=address.community,
        compound=address.compound,
        building=address.building,
        unit=address.unit,
        room=address.room,
        code=address.code,
    )
