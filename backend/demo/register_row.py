"""From invented households to rows of the register: masked names and keyed hashes only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backend.db.register import HouseholdRows
from backend.demo.names import mask
from backend.demo.places import COUNTY
from backend_client.contract import MemberStatus, citizen_key, name_key

if TYPE_CHECKING:
    from datetime import date

    from backend.demo.persons import Person
    from backend.demo.places import GridPlace
    from backend_client.contract import HukouType, ResidenceMode


@dataclass(frozen=True, slots=True)
class Home:
    """Where a household lives: a door in a grid."""

    grid: GridPlace
    compound: str
    building: int
    unit: int
    room: int


@dataclass(frozen=True, slots=True)
class Stay:
    """How it lives there, and when the grid officer last looked."""

    mode: ResidenceMode
    registered_on: date
    verified_on: date | None
    period_from: date | None = None
    period_until: date | None = None
    landlord: str = ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """One person's place in a household; `relation` is a GB/T 4761 code."""

    person: Person
    relation: str
    since: date
    status: MemberStatus = MemberStatus.PRESENT


@dataclass(frozen=True, slots=True)
class InventedHousehold:
    """A household before its names are masked and hashed."""

    id: str
    hukou_type: HukouType
    home: Home
    stay: Stay
    members: tuple[Belonging, ...] = field(repr=False)
    head: Person | None = field(default=None, repr=False)  # for a household whose members are missing
    version: int = 1


def rows_of(household: InventedHousehold, lookup_key: bytes) -> HouseholdRows:
    """The rows of one household under this register's key."""
    return HouseholdRows(
        household=_household_row(household, lookup_key),
        members=[
            _member_row(household.id, place, belonging, lookup_key)
            for place, belonging in enumerate(household.members)
        ],
    )


def _household_row(household: InventedHousehold, lookup_key: bytes) -> dict[str, Any]:
    home, stay = household.home, household.stay
    head = household.head or household.members[0].person
    return {
        "county": COUNTY,
        "household_id": household.id,
        "hukou_type": household.hukou_type.value,
        "head_key": citizen_key(lookup_key, head.number),
        "community": home.grid.community.code,
        "grid": home.grid.number,
        "compound": home.compound,
        "building": f"{home.building}号楼",
        "unit": f"{home.unit}单元",
        "room": f"{home.room}室",
        "address_code": f"{home.grid.community.code}{_building_code(home):06d}",
        "mode": stay.mode.value,
        "period_from": stay.period_from,
        "period_until": stay.period_until,
        "landlord": stay.landlord,
        "registered_on": stay.registered_on,
        "verified_on": stay.verified_on,
        "record_version": household.version,
    }


def _building_code(home: Home) -> int:
    compound = home.grid.compounds.index(home.compound)
    return home.grid.number * 1000 + compound * 100 + home.building


def _member_row(household_id: str, place: int, belonging: Belonging, lookup_key: bytes) -> dict[str, Any]:
    person = belonging.person
    return {
        "county": COUNTY,
        "household_id": household_id,
        "person_id": f"{household_id}-{place + 1:02d}",
        "position": place,
        "citizen_key": citizen_key(lookup_key, person.number),
        "name_key": name_key(lookup_key, person.name),
        "masked_name": mask(person.name),
        "sex": person.sex,
        "birth": person.birth,
        "relation_code": belonging.relation,
        "status": belonging.status.value,
        "since": belonging.since,
    }
