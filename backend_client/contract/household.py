"""A household as the kiosk may see it. Sensitive categories have no field here, so they cannot leak."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from backend_client.contract.numbers import PICKUP_FORM
from backend_client.contract.wire import PersonalWire

KEY = r"^[0-9a-f]{64}$"


class HukouType(StrEnum):
    """户别."""

    FAMILY = "family"  # 家庭户
    COLLECTIVE = "collective"  # 集体户


class ResidenceMode(StrEnum):
    """居住方式 and the states around it (register of the community, not of the police)."""

    OWN = "own"  # 自有
    RENTED = "rented"  # 租住
    BORROWED = "borrowed"  # 借住
    DORMITORY = "dormitory"  # 单位宿舍
    COLLECTIVE = "collective"  # 集体户
    REGISTERED_ONLY = "registered_only"  # 空挂户（人户分离）
    MOVED_OUT = "moved_out"  # 已迁出
    PENDING = "pending"  # 待核实


class MemberStatus(StrEnum):
    """Whether a member belongs to the household today."""

    PRESENT = "present"  # 在册
    MOVED_OUT = "moved_out"  # 迁出
    DECEASED = "deceased"  # 死亡


class Address(PersonalWire):
    """A structured address; `code` is the standard address code, the first 12 digits name the community."""

    county: str
    street: str
    community: str
    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    code: str


class Grid(PersonalWire):
    """The grid (网格) that looks after the household, and whom to ask there."""

    number: int = Field(ge=1, le=999)
    name: str  # 第07网格
    officer: str  # masked: 李某
    phone: str


class Residence(PersonalWire):
    """Where and how the household lives, as the community registered it."""

    mode: ResidenceMode
    address: Address
    period_from: date | None = None  # lease or stay
    period_until: date | None = None  # None = open
    landlord: str = ""  # masked: 李××
    registered_on: date
    verified_on: date | None = None  # last check by the grid officer
    grid: Grid


class Member(PersonalWire):
    """One member. No name in clear: `masked_name` for the eye, `name_key` for comparison with the card."""

    person_id: str = Field(min_length=1, max_length=40)  # the platform's opaque id
    citizen_key: str = Field(pattern=KEY)
    name_key: str = Field(pattern=KEY)
    masked_name: str  # 王××
    sex: str = Field(pattern=r"^[0129]$")
    birth: date
    relation_code: str = Field(pattern=r"^\d{2}$")  # GB/T 4761, two digits; 02 = head
    status: MemberStatus
    since: date


class Household(PersonalWire):
    """One household. `members` may be empty: a register has gaps, and the kiosk says so."""

    household_id: str = Field(min_length=1, max_length=40)
    hukou_type: HukouType
    members: tuple[Member, ...]
    residence: Residence
    record_version: int = Field(ge=1)
    as_of: datetime  # when the platform read it, with time zone


class LookupRequest(PersonalWire):
    """POST /v1/households/lookup."""

    request_id: str = Field(min_length=8, max_length=64)
    citizen_key: str = Field(pattern=KEY)


class Pickup(PersonalWire):
    """A certificate that this person asked for while a line was down, and that waits to be printed."""

    number: str = Field(pattern=PICKUP_FORM)
    kind: str
    purpose: str
    copies: int = Field(ge=1, le=9)
    requested_at: datetime


class LookupReply(PersonalWire):
    """Echoes who asked for whom, so that a mixed-up reply is found out. `household` None = unknown person."""

    request_id: str
    kiosk: str
    citizen_key: str = Field(pattern=KEY)
    household: Household | None = None
    pickups: tuple[Pickup, ...] = ()  # oldest first
