"""The platform as witness of a kiosk's ledger: it countersigns growth, and nothing else."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend.db.alarms import AlarmKind, list_alarms
from backend.db.database import Database
from backend.db.kiosks import Kiosk, enrol
from backend.db.ledgers import Witness, witness
from backend_client.contract import LedgerAnswer, LedgerGrowth, LedgerVerdict
from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    Checkpoint,
    completed,
    consistency_proof,
    kiosk_key_name,
    leaf_hash,
    ledger_origin,
    read_checkpoint,
    read_countersignature,
    root,
    sign_checkpoint,
)
from backend_client.keys import load_keys
from tests.backend.platform_calls import DEADLINE, call

if TYPE_CHECKING:
    from pathlib import Path

    from tests.backend.platform_fixtures import Town

KIOSK = Kiosk("610525", "CG-KSK-03", "610525001003")
OTHER = Kiosk("610525", "CG-KSK-04", "610525001003")
PLATFORM_SEED = bytes(range(7, 39))
NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
LEDGER = "0123456789abcdef"


@dataclass
class Log:
    """A kiosk's ledger in memory."""

    seed: bytes
    kiosk: str = KIOSK.id
    ledger_id: str = LEDGER
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    size: int = 0

    def grow(self, count: int, what: str = "entry") -> Log:
        for _ in range(count):
            leaf = leaf_hash(f"{what} {self.size}".encode())
            for level, position, value in completed(self.size, leaf, self.node):
                self.nodes[level, position] = value
            self.size += 1
        return self

    def node(self, level: int, position: int) -> bytes:
        return self.nodes[level, position]

    def growth(self, from_size: int = 0, size: int | None = None) -> LedgerGrowth:
        size = self.size if size is None else size
        origin = ledger_origin(self.kiosk, self.ledger_id)
        checkpoint = Checkpoint(origin, size, root(size, self.node))
        note = sign_checkpoint(checkpoint, kiosk_key_name(self.kiosk), self.seed)
        proof = consistency_proof(from_size, size, self.node)
        parts = tuple(base64.b64encode(part).decode() for part in proof)
        return LedgerGrowth(checkpoint=note, from_size=from_size, proof=parts)


@dataclass
class Office:
    """The platform's side, on a database of its own."""

    database: Database
    seeds: dict[str, bytes]

    def log(self, kiosk: Kiosk = KIOSK, ledger_id: str = LEDGER) -> Log:
        return Log(self.seeds[kiosk.id], kiosk.id, ledger_id)

    def show(self, growth: LedgerGrowth, kiosk: Kiosk = KIOSK) -> LedgerAnswer:
        by = Witness(PLATFORM_SEED, NOW)
        return self.database.write(lambda connection: witness(connection, kiosk, growth, by))

    def alarms(self) -> list[tuple[str, str]]:
        return [(alarm.kiosk, alarm.kind) for alarm in self.database.read(list_alarms)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    database = Database(f"sqlite:///{tmp_path / 'platform.sqlite'}")
    seeds = {
        kiosk.id: database.write(
            lambda connection, kiosk=kiosk: enrol(connection, kiosk.id, kiosk.community, NOW)  # type: ignore[misc]
        ).signing_seed
        for kiosk in (KIOSK, OTHER)
    }
    return Office(database, seeds)


def public_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def test_growth_is_countersigned_and_both_signatures_hold(office: Office) -> None:
    log = office.log().grow(5)
    first = office.show(log.growth())
    second = office.show(log.grow(8).growth(from_size=5))

    assert (first.verdict, second.verdict) == (LedgerVerdict.COUNTERSIGNED,) * 2
    assert read_countersignature(second.checkpoint, PLATFORM_KEY_NAME, public_key(PLATFORM_SEED)) == NOW
    name = kiosk_key_name(KIOSK.id)
    assert read_checkpoint(second.checkpoint, name, public_key(log.seed)).size == 13
    assert office.alarms() == []


def test_the_same_checkpoint_again_gets_the_same_note(office: Office) -> None:
    """The answer was lost on its way."""
    growth = office.log().grow(5).growth()

    assert office.show(growth) == office.show(growth)
    assert office.alarms() == []


def test_a_proof_from_elsewhere_is_told_where_to_start(office: Office) -> None:
    log = office.log().grow(5)
    kept = office.show(log.growth())

    answer = office.show(log.grow(3).growth())

    assert (answer.verdict, answer.checkpoint) == (LedgerVerdict.PROVE_FROM, kept.checkpoint)
    assert office.show(log.growth(from_size=5)).verdict is LedgerVerdict.COUNTERSIGNED
    assert office.alarms() == []


def test_a_fork_is_not_countersigned(office: Office) -> None:
    kept = office.show(office.log().grow(5).growth())
    other = office.log().grow(5, "another entry")

    for growth in (other.growth(), other.grow(4).growth(from_size=5)):
        answer = office.show(growth)
        assert (answer.verdict, answer.checkpoint) == (LedgerVerdict.FORK, kept.checkpoint)
    assert {kind for _, kind in office.alarms()} == {AlarmKind.LEDGER_FORK}


def test_a_shorter_ledger_is_not_countersigned(office: Office) -> None:
    log = office.log().grow(5)
    office.show(log.growth())

    assert office.show(log.growth(size=4)).verdict is LedgerVerdict.SHORTER
    assert office.alarms() == [(KIOSK.id, AlarmKind.LEDGER_SHORTER)]


def test_another_kiosks_ledger_is_refused(office: Office) -> None:
    theirs = office.log(OTHER).grow(3).growth()
    forged = Log(office.seeds[KIOSK.id], OTHER.id).grow(3).growth()

    assert office.show(theirs).verdict is LedgerVerdict.UNREADABLE
    assert office.show(forged).verdict is LedgerVerdict.UNREADABLE
    assert office.show(theirs, OTHER).verdict is LedgerVerdict.COUNTERSIGNED


@pytest.mark.parametrize("origin", [ledger_origin(OTHER.id, LEDGER), "community-kiosk/CG-KSK-03", "x"])
def test_a_kiosk_cannot_sign_for_another_ones_ledger(office: Office, origin: str) -> None:
    """Its own key and its own name, under another origin."""
    log = office.log().grow(3)
    checkpoint = Checkpoint(origin, 3, root(3, log.node))
    note = sign_checkpoint(checkpoint, kiosk_key_name(KIOSK.id), log.seed)

    answer = office.show(LedgerGrowth(checkpoint=note, from_size=0))

    assert answer.verdict is LedgerVerdict.UNREADABLE
    assert office.alarms() == [(KIOSK.id, AlarmKind.LEDGER_UNREADABLE)]


@pytest.mark.parametrize("note", ["", "hello", "a\n1\nAAAA\n\n", "\x00"])
def test_what_is_no_note_changes_nothing(office: Office, note: str) -> None:
    answer = office.show(LedgerGrowth(checkpoint=note, from_size=0))

    assert (answer.verdict, answer.checkpoint) == (LedgerVerdict.UNREADABLE, "")
    assert office.alarms() == [(KIOSK.id, AlarmKind.LEDGER_UNREADABLE)]


def test_a_second_ledger_is_taken_and_told(office: Office) -> None:
    """A kiosk that lost its store begins a new one: not refused, but somebody must know."""
    office.show(office.log().grow(5).growth())

    answer = office.show(office.log(ledger_id="fedcba9876543210").grow(2).growth())

    assert answer.verdict is LedgerVerdict.COUNTERSIGNED
    assert office.alarms() == [(KIOSK.id, AlarmKind.LEDGER_NEW)]


def test_an_older_key_still_verifies_what_it_signed(office: Office) -> None:
    log = office.log().grow(5)
    later = NOW + timedelta(days=1)
    office.database.write(lambda connection: enrol(connection, KIOSK.id, KIOSK.community, later))

    assert office.show(log.growth()).verdict is LedgerVerdict.COUNTERSIGNED


def test_a_fork_that_goes_on_growing_is_one_alarm(office: Office) -> None:
    office.show(office.log().grow(5).growth())
    other = office.log().grow(5, "another entry")

    for _ in range(3):
        office.show(other.grow(1).growth(from_size=5))

    assert [alarm.times for alarm in office.database.read(list_alarms)] == [3]


def test_a_checkpoint_goes_the_way_of_the_line(town: Town) -> None:
    keys = load_keys(town.keys["CG-KSK-03"])
    log = Log(keys.signing_key, ledger_id=secrets.token_hex(8)).grow(3)
    client = town.client()

    first, again = (client.witness(log.growth(), DEADLINE) for _ in range(2))

    assert isinstance(first, LedgerAnswer)
    assert first.verdict is LedgerVerdict.COUNTERSIGNED
    assert first == again
    assert read_countersignature(first.checkpoint, PLATFORM_KEY_NAME, keys.receipt_public_key)


@pytest.mark.parametrize(
    "growth",
    [
        {"checkpoint": "x" * 5000, "from_size": 0},
        {"checkpoint": "x" * 1_500_000, "from_size": 0},
        {"checkpoint": "x", "from_size": -1},
        {"checkpoint": "x", "from_size": 0, "proof": ["A" * 43 + "="] * 129},
        {"checkpoint": "x", "from_size": 0, "proof": ["?"]},
    ],
)
def test_what_is_beyond_all_measure_is_refused_at_the_door(town: Town, growth: dict[str, object]) -> None:
    body = json.dumps(growth).encode()

    reply = call(town.url, "POST", "/v1/ledger", body, town.credential())

    assert reply.status == 422
    assert b"xxx" not in reply.body
