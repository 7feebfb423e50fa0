"""Invented people with their cards and households. Region 610590 belongs to no county."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from backend_client.contract import (
    Address,
    Grid,
    Household,
    HukouType,
    Member,
    MemberStatus,
    Residence,
    ResidenceMode,
)
from devices.citizen_number import check_character
from devices.contract import CardKind, Identity
from kiosk.domain.eligibility import Applied

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001 - the flow works in the kiosk's local time
LELOU = "610525001003"


@dataclass(frozen=True)
class Person:
    """One invented resident: what the card says and what the register knows."""

    name: str
    number: str
    address: str
    identity: Identity
    household: Household
    applicant: Member

    def secrets(self) -> tuple[str, ...]:
        """What must not be left anywhere when the session is over."""
        return (self.name, self.number, self.address, self.applicant.citizen_key, self.applicant.name_key)


def number_of(birth: date, sequence: str) -> str:
    """A citizen number with the right check character."""
    first17 = f"610590{birth:%Y%m%d}{sequence}"
    return first17 + check_character(first17)


def make_identity(name: str = "王秀梅", birth: date = date(1990, 6, 7), sequence: str = "452") -> Identity:
    """A valid resident's card."""
    return Identity(
        CardKind.RESIDENT,
        name=name,
        number=number_of(birth, sequence),
        sex="2",
        birth=birth,
        nation="汉",
        address="陕西省澄城县冯原镇样板村二组12号",
        authority="澄城县公安局",
        valid_from=date(2016, 3, 1),
        valid_until=date(2036, 3, 1),
    )


def make_member(
    relation: str = "02", status: MemberStatus = MemberStatus.PRESENT, birth: date = date(1990, 6, 7)
) -> Member:
    """A member of the register, names masked."""
    return Member(
        person_id=f"person-{relation}",
        citizen_key=f"{relation}c1" * 16,
        name_key=f"{relation}d2" * 16,
        masked_name="王××",
        sex="2",
        birth=birth,
        relation_code=relation,
        status=status,
        since=date(2025, 3, 5),
    )


def make_residence(
    mode: ResidenceMode = ResidenceMode.RENTED,
    until: date | None = date(2027, 8, 31),
    verified: date | None = date(2026, 10, 12),
    community_code: str = LELOU,
) -> Residence:
    """A registered residence."""
    address = Address(
        county="澄城县",
        street="城关街道",
        community="乐楼社区",
        compound="古徵花园",
        building="3栋",
        unit="2单元",
        room="501室",
        code=community_code + "0007",
    )
    return Residence(
        mode=mode,
        address=address,
        period_from=date(2025, 3, 1),
        period_until=until,
        landlord="李××",
        registered_on=date(2025, 3, 5),
        verified_on=verified,
        grid=Grid(number=7, name="第07网格", officer="周某", phone="0913-0000207"),
    )


def make_household(residence: Residence | None = None, *members: Member) -> Household:
    """A household; without members given, head and child."""
    return Household(
        household_id="household-1",
        hukou_type=HukouType.FAMILY,
        members=members or (make_member(), make_member("30")),
        residence=residence or make_residence(),
        record_version=3,
        as_of=datetime(2026, 11, 23, 1, 41, tzinfo=UTC),
    )


def make_applied(residence: Residence | None = None) -> Applied:
    """The tenant's case, which is eligible as it stands."""
    household = make_household(residence)
    return Applied(make_identity(), household, household.members[0], name_matches=True)


def make_person(name: str, sequence: str, village: str) -> Person:
    """A tenant who may have a certificate."""
    identity = replace(make_identity(name, sequence=sequence), address=f"陕西省澄城县冯原镇{village}")
    household = make_household()
    return Person(name, identity.number, identity.address, identity, household, household.members[0])


TENANT = make_person("王秀梅", "452", "样板村二组12号")
NEXT_PERSON = make_person("冯素珍", "688", "北村一组3号")
