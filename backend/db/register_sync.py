"""The register as one kiosk may keep it: its service area, one sealed record for each person."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.db.hardening import keep_secrets, known_secrets
from backend.db.households import households_of_persons, read_homes
from backend.db.kiosks import register_key_of
from backend.db.register_changes import state_of
from backend.db.register_rows import changed_persons, read_cursor, write_cursor
from backend_client.contract import OfflineRecord, RegisterEntry, RegisterPage
from backend_client.contract.sealed import Hardness, bind, harden, seal_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from backend.db.database import Database
    from backend.db.hardening import Pair
    from backend.db.kiosks import Kiosk
    from backend.db.register_rows import ChangedPerson
    from backend_client.contract import Household, Member

_ENTRY_DIGITS = 32
_EPOCH_DIGITS = 32


class NoRegisterKeyError(Exception):
    """The kiosk was enrolled before there were keys for a register: it must be enrolled anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page: what changed after `cursor`, at most `limit` entries, in about `seconds` of derivations."""

    cursor: str
    limit: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the entries of one page are made of."""

    register_key: bytes
    hardness: Hardness
    until: float  # monotonic
    homes: dict[str, Household]
    told_by: dict[str, str]  # the household that speaks for a person
    known: dict[Pair, bytes]
    derived: dict[Pair, bytes] = field(default_factory=dict)

    def entries_of(self, person: ChangedPerson) -> tuple[RegisterEntry, ...] | None:
        """What is to be told of one person; None where there is no time left to make it."""
        entry = _entry_of(self.register_key, person.citizen_key)
        forget = (RegisterEntry(entry=entry, removed=True),)
        teller = self.told_by.get(person.citizen_key)
        if teller is None:
            return forget
        if teller != person.position.household_id:
            return ()
        home = self.homes.get(teller)
        if person.member is None or not person.inside or home is None:
            return forget if person.member else ()
        hard = self._secret_of(person.member)
        return None if hard is None else (self._seal(entry, hard, person.member, home),)

    def _secret_of(self, member: Member) -> bytes | None:
        pair = (member.citizen_key, member.name_key)
        if pair not in self.known:
            # One at least, so that a slow machine comes to an end, too.
            if self.derived and time.monotonic() > self.until:
                return None
            self.derived[pair] = self.known[pair] = harden(*pair, self.hardness)
        return self.known[pair]

    def _seal(self, entry: str, hard: bytes, member: Member, home: Household) -> RegisterEntry:
        secret = bind(hard, self.register_key)
        alone = home.model_copy(update={"members": (member,)})  # one card tells nobody of the others
        plain = OfflineRecord(applicant=member, household=alone).model_dump_json().encode()
        sealed = base64.b64encode(seal_record(secret, entry, plain)).decode()
        return RegisterEntry(entry=entry, tag=secret.tag.hex(), sealed=sealed)


def make_page(
    database: Database, kiosk: Kiosk, wanted: Wanted, hardness: Hardness, now: Callable[[], datetime]
) -> RegisterPage:
    """One page. Raises NoRegisterKeyError."""
    # Read before anything else: whatever changes later is not in what this page says it holds.
    moment = now()
    page, derived = database.read(lambda connection: _make(connection, kiosk, wanted, hardness, moment))
    if derived:
        database.write(lambda connection: keep_secrets(connection, kiosk.county, hardness.cost, derived))
    return page


def _make(
    connection: Connection, kiosk: Kiosk, wanted: Wanted, hardness: Hardness, moment: datetime
) -> tuple[RegisterPage, dict[Pair, bytes]]:
    register_key = register_key_of(connection, kiosk)
    if register_key is None:
        raise NoRegisterKeyError
    position = read_cursor(wanted.cursor)
    persons = changed_persons(connection, kiosk, position, wanted.limit + 1)
    is_complete = len(persons) <= wanted.limit
    persons = persons[: wanted.limit]
    sheet = _prepare(connection, kiosk, persons, (register_key, hardness, wanted.seconds), moment)
    entries: list[RegisterEntry] = []
    for person in persons:
        made = sheet.entries_of(person)
        if made is None:
            is_complete = False
            break
        entries += made
        position = person.position
    page = RegisterPage(
        kiosk=kiosk.id,
        epoch=_epoch_of(state_of(connection, kiosk.county).generation, hardness, register_key),
        salt=hardness.salt.hex(),
        cost=hardness.cost,
        entries=tuple(entries),
        cursor=write_cursor(position),
        complete=is_complete,
        as_of=moment,
    )
    return page, sheet.derived


def _prepare(
    connection: Connection,
    kiosk: Kiosk,
    persons: list[ChangedPerson],
    means: tuple[bytes, Hardness, float],
    moment: datetime,
) -> _Sheet:
    register_key, hardness, seconds = means
    household_ids = {person.position.household_id for person in persons}
    pairs = {(each.member.citizen_key, each.member.name_key) for each in persons if each.member}
    return _Sheet(
        register_key,
        hardness,
        time.monotonic() + seconds,
        read_homes(connection, kiosk.county, household_ids, moment),
        households_of_persons(connection, kiosk.county, {person.citizen_key for person in persons}),
        known_secrets(connection, kiosk.county, hardness.cost, pairs),
    )


def _epoch_of(generation: str, hardness: Hardness, register_key: bytes) -> str:
    """Another one means: nothing that a kiosk has of before can be used."""
    content = f"epoch:{generation}/{hardness.salt.hex()}/{hardness.cost}"
    return hmac.new(register_key, content.encode(), hashlib.sha256).hexdigest()[:_EPOCH_DIGITS]


def _entry_of(register_key: bytes, citizen_key: str) -> str:
    """Stable for one person at one kiosk, and says nothing to anybody."""
    digest = hmac.new(register_key, b"entry:" + citizen_key.encode(), hashlib.sha256)
    return digest.hexdigest()[:_ENTRY_DIGITS]
