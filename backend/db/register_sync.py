"""The register as one kiosk may keep it: its service area, one sealed record for each person."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, tuple_

from backend.db.households import household_of_person, read_household
from backend.db.kiosks import register_key_of
from backend.db.register_changes import state_of
from backend.db.tables import card_hardness, households, members
from backend_client.contract import OfflineRecord, RegisterEntry, RegisterPage
from backend_client.contract.sealed import Hardness, bind, harden, seal_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection, Row

    from backend.db.database import Database
    from backend.db.kiosks import Kiosk
    from backend_client.contract import Household, Member

_AREA_DIGITS = 9  # the street: all of its communities are served, as the kiosk's own rules have it
_ENTRY_DIGITS = 32
_CURSOR = re.compile(r"(\d{1,18}):([A-Za-z0-9-]{1,40})")


class WrongCursorError(Exception):
    """Not a cursor that this platform gave."""


class NoRegisterKeyError(Exception):
    """The kiosk was enrolled before there were keys for a register: it must be enrolled anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page: what changed after `cursor`, about `limit` entries, in about `seconds` of derivations."""

    cursor: str
    limit: int
    seconds: float


@dataclass
class _Page:
    """What is being written for one kiosk."""

    register_key: bytes
    hardness: Hardness
    until: float
    known: dict[tuple[str, str], bytes] = field(default_factory=dict)
    derived: list[tuple[str, str, bytes]] = field(default_factory=list)

    def secret_of(self, member: Member) -> bytes | None:
        """The derivation of one person; None where there is no time left for it."""
        pair = (member.citizen_key, member.name_key)
        if pair not in self.known:
            if self.derived and time.monotonic() > self.until:
                return None
            self.known[pair] = harden(*pair, self.hardness)
            self.derived.append((*pair, self.known[pair]))
        return self.known[pair]


def make_page(
    database: Database, kiosk: Kiosk, wanted: Wanted, hardness: Hardness, now: Callable[[], datetime]
) -> RegisterPage:
    """One page. Raises WrongCursorError, NoRegisterKeyError."""
    after = _parse(wanted.cursor)

    def read(connection: Connection) -> tuple[RegisterPage, _Page]:
        return _read_page(connection, kiosk, (after, wanted), hardness, now())

    made, page = database.read(read)
    if page.derived:
        database.write(lambda connection: _keep(connection, kiosk.county, hardness.cost, page.derived))
    return made


def epoch_of(generation: str, hardness: Hardness) -> str:
    """Another one means: nothing that a kiosk has of before can be used."""
    content = f"{generation}/{hardness.salt.hex()}/{hardness.cost}"
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _read_page(
    connection: Connection,
    kiosk: Kiosk,
    asked: tuple[tuple[int, str], Wanted],
    hardness: Hardness,
    moment: datetime,
) -> tuple[RegisterPage, _Page]:
    after, wanted = asked
    register_key = register_key_of(connection, kiosk)
    if register_key is None:
        raise NoRegisterKeyError
    page = _Page(register_key, hardness, time.monotonic() + wanted.seconds)
    rows = _changed(connection, kiosk, after, wanted.limit)
    page.known = _known(connection, kiosk.county, hardness.cost, rows)
    entries: list[RegisterEntry] = []
    cursor, is_complete = wanted.cursor, len(rows) < wanted.limit
    for row in rows:
        made = _entries(connection, kiosk, row, page, moment)
        if made is None or (entries and len(entries) + len(made) > wanted.limit):
            is_complete = False
            break
        entries += made
        cursor = f"{row.changed_seq}:{row.household_id}"
    state = state_of(connection, kiosk.county)
    return (
        RegisterPage(
            kiosk=kiosk.id,
            epoch=epoch_of(state.generation, hardness),
            salt=hardness.salt.hex(),
            cost=hardness.cost,
            entries=tuple(entries),
            cursor=cursor,
            complete=is_complete,
            as_of=moment,
        ),
        page,
    )


def _changed(connection: Connection, kiosk: Kiosk, after: tuple[int, str], limit: int) -> list[Row[Any]]:
    """Households that changed after the cursor: all of the area at first, later also those that left it."""
    area = households.c.address_code.startswith(kiosk.community[:_AREA_DIGITS])
    query = (
        select(households.c.household_id, households.c.changed_seq, area.label("inside"))
        .where(
            households.c.county == kiosk.county,
            tuple_(households.c.changed_seq, households.c.household_id) > tuple_(*after),
            area | (households.c.changed_seq > 0),
        )
        .order_by(households.c.changed_seq, households.c.household_id)
        .limit(limit)
    )
    return list(connection.execute(query))


def _entries(
    connection: Connection, kiosk: Kiosk, row: Row[Any], page: _Page, moment: datetime
) -> list[RegisterEntry] | None:
    """The entries of one household; None where there is no time left to make them."""
    household = read_household(connection, kiosk.county, row.household_id, moment)
    made = []
    for member in household.members:
        if household_of_person(connection, kiosk.county, member.citizen_key) != row.household_id:
            continue  # this person is registered elsewhere now, and that household tells
        entry = _entry_of(page.register_key, member)
        if not row.inside:
            made.append(RegisterEntry(entry=entry, removed=True))
            continue
        hard = page.secret_of(member)
        if hard is None:
            return None
        made.append(_sealed(entry, hard, page.register_key, (household, member)))
    return made


def _sealed(entry: str, hard: bytes, register_key: bytes, person: tuple[Household, Member]) -> RegisterEntry:
    household, member = person
    secret = bind(hard, register_key)
    alone = household.model_copy(update={"members": (member,)})  # nobody learns of the others by one card
    plain = OfflineRecord(applicant=member, household=alone).model_dump_json().encode()
    sealed = base64.b64encode(seal_record(secret, entry, plain)).decode()
    return RegisterEntry(entry=entry, tag=secret.tag.hex(), sealed=sealed)


def _entry_of(register_key: bytes, member: Member) -> str:
    return hmac.new(register_key, b"entry:" + member.citizen_key.encode(), hashlib.sha256).hexdigest()[
        :_ENTRY_DIGITS
    ]


def _known(
    connection: Connection, county: str, cost: int, rows: list[Row[Any]]
) -> dict[tuple[str, str], bytes]:
    """The derivations of these households' members that were done before."""
    same_person = (card_hardness.c.citizen_key == members.c.citizen_key) & (
        card_hardness.c.name_key == members.c.name_key
    )
    query = (
        select(card_hardness)
        .join(members, same_person & (card_hardness.c.county == members.c.county))
        .where(
            members.c.county == county,
            members.c.household_id.in_([row.household_id for row in rows]),
            card_hardness.c.cost == cost,
        )
    )
    return {(row.citizen_key, row.name_key): bytes.fromhex(row.hard) for row in connection.execute(query)}


def _keep(connection: Connection, county: str, cost: int, derived: list[tuple[str, str, bytes]]) -> None:
    """Keep what was derived; another request may have derived the same meanwhile."""
    known = select(card_hardness.c.citizen_key, card_hardness.c.name_key).where(
        card_hardness.c.county == county,
        card_hardness.c.cost == cost,
        card_hardness.c.citizen_key.in_([citizen for citizen, _, _ in derived]),
    )
    there = {(row.citizen_key, row.name_key) for row in connection.execute(known)}
    rows = [
        {"county": county, "citizen_key": citizen, "name_key": name, "cost": cost, "hard": hard.hex()}
        for citizen, name, hard in derived
        if (citizen, name) not in there
    ]
    if rows:
        connection.execute(insert(card_hardness), rows)


def _parse(cursor: str) -> tuple[int, str]:
    if not cursor:
        return -1, ""
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise WrongCursorError
    return int(found[1]), found[2]
