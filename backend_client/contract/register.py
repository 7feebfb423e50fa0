"""The kiosk's register for times without a line: records that only the card itself can open."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from backend_client.contract.household import Household, Member
from backend_client.contract.wire import PersonalWire, Wire

MOST_ENTRIES = 500


class RegisterEntry(Wire):
    """One person's record, sealed; see backend_client.contract.sealed. `removed` = forget this entry."""

    entry: str = Field(pattern=r"^[0-9a-f]{32}$")  # stable for one person at one kiosk, and says nothing
    tag: str = Field(default="", pattern=r"^([0-9a-f]{32})?$")  # how the card finds it
    sealed: str = ""  # base64: an OfflineRecord
    removed: bool = False


class RegisterPage(Wire):
    """GET /v1/register?cursor=C&limit=N: what changed after the cursor, oldest change first.

    Another `epoch` than before (a new salt or cost) means: drop everything and begin with cursor "".
    """

    kiosk: str
    epoch: str = Field(min_length=1, max_length=64)
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    cost: int = Field(ge=10, le=20)  # scrypt N = 2 ** cost
    entries: Annotated[tuple[RegisterEntry, ...], Field(max_length=MOST_ENTRIES)]
    cursor: str  # go on from here; opaque
    complete: bool  # nothing changed after this cursor, as of `as_of`
    as_of: datetime


class OfflineRecord(PersonalWire):
    """What is sealed: the person and where the person lives. Nobody else of the household."""

    applicant: Member
    household: Household  # its members are the applicant alone
