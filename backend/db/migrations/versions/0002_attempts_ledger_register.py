"""Attempts at a number, pick-ups, gaps; ledgers and alarms; the register as kiosks follow it."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, Date, Integer, Text, UniqueConstraint

from backend.db.migrations.parts import MOMENT, keys, rebuild, texts

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A register from before there were generations; whatever replaces it gets a random one.
_FIRST_GENERATION = "0" * 32


def upgrade() -> None:
    """Keep every row: what was one paper of a number is attempt 1 at it."""
    _widen_kiosks()
    _widen_households()
    _widen_certificates()
    _create_reports()
    _create_witness()
    _create_register()


def _widen_kiosks() -> None:
    columns = (
        *keys(kiosk=40),
        *texts(community=12, secret_sha256=64, register_key=64),
        Column("enrolled_at", MOMENT, nullable=False),
        Column("revoked_at", MOMENT),
    )
    rebuild("kiosks", columns, {"register_key": "''"}, UniqueConstraint("kiosk"))


def _widen_households() -> None:
    columns = (
        *keys(household_id=40),
        *texts(hukou_type=16, head_key=64, community=12),
        Column("grid", Integer, nullable=False),
        *texts(compound=100, building=100, unit=100, room=100, address_code=24, mode=16),
        Column("period_from", Date),
        Column("period_until", Date),
        *texts(landlord=100),
        Column("registered_on", Date, nullable=False),
        Column("verified_on", Date),
        Column("record_version", Integer, nullable=False),
        Column("changed_seq", BigInteger, nullable=False),
    )
    rebuild("households", columns, {"changed_seq": "0"})
    op.create_index("households_by_head", "households", ["county", "head_key"])
    op.create_index("households_by_change", "households", ["county", "changed_seq", "household_id"])


def _widen_certificates() -> None:
    columns = (
        *keys(kiosk=40, number=40),
        Column("attempt", Integer, primary_key=True, autoincrement=False),
        *texts(body_sha256=64, kind=2, state=16, reason=64, household_id=40, person_id=40, citizen_key=64),
        *texts(masked_name=100, purpose=64),
        Column("copies", Integer, nullable=False),
        *texts(document_sha256=64),
        Column("valid_until", Date),
        Column("offline_as_of", MOMENT),
        *texts(pickup=64),
        Column("prepared_at", MOMENT, nullable=False),
        Column("settled_at", MOMENT, nullable=False),
        *texts(settled_by=64),
        Column("prepared_stamp", JSON),
        Column("settled_stamp", JSON),
        Column("received_at", MOMENT),
    )
    said = {"attempt": "1", "citizen_key": "''", "pickup": "''"}
    unsaid = dict.fromkeys(("offline_as_of", "prepared_stamp", "settled_stamp", "received_at"), "NULL")
    rebuild("certificates", columns, said | unsaid, UniqueConstraint("county", "number", "attempt"))
    op.create_index("certificates_by_pickup", "certificates", ["county", "pickup"])


def _create_reports() -> None:
    op.create_table(
        "pickups",
        *keys(number=16),
        *texts(kiosk=40, body_sha256=64, kind=2, session=64, citizen_key=64, purpose=64),
        Column("copies", Integer, nullable=False),
        *texts(reason=64),
        Column("requested_at", MOMENT, nullable=False),
        Column("requested_stamp", JSON),
        Column("received_at", MOMENT, nullable=False),
        *texts(collected_by=40),
        Column("collected_at", MOMENT),
    )
    op.create_index("pickups_of_citizen", "pickups", ["county", "citizen_key"])
    op.create_table(
        "gaps",
        *keys(kiosk=40, item_id=40),
        Column("since", MOMENT),
        *texts(ended_ledger=200),
        Column("missing", JSON, nullable=False),
        Column("noticed_stamp", JSON),
        Column("received_at", MOMENT, nullable=False),
    )


def _create_witness() -> None:
    op.create_table("kiosk_keys", *keys(kiosk=40, public_key=64), Column("since", MOMENT, nullable=False))
    op.create_table(
        "ledgers",
        *keys(kiosk=40, ledger_id=16),
        Column("size", BigInteger, nullable=False),
        *texts(root=64),
        Column("note", Text, nullable=False),
        Column("began_at", MOMENT, nullable=False),
        Column("seen_at", MOMENT, nullable=False),
    )
    op.create_table(
        "alarms",
        *keys(alarm_id=40),
        *texts(kiosk=40, kind=40, detail=400),
        Column("times", Integer, nullable=False),
        Column("raised_at", MOMENT, nullable=False),
        Column("last_at", MOMENT, nullable=False),
    )
    op.create_index("alarms_by_kiosk", "alarms", ["county", "kiosk"])


def _create_register() -> None:
    op.create_table(
        "departures",
        *keys(household_id=40),
        Column("place", Integer, primary_key=True, autoincrement=False),
        *texts(citizen_key=64),
    )
    op.create_table(
        "register_state",
        *keys(),
        *texts(generation=32),
        Column("seq", BigInteger, nullable=False),
    )
    op.execute(
        "INSERT INTO register_state (county, generation, seq)"  # noqa: S608 - a constant of this file
        f" SELECT DISTINCT county, '{_FIRST_GENERATION}', 0 FROM households"
    )
    op.create_table(
        "card_hardness",
        *keys(citizen_key=64, name_key=64),
        Column("cost", Integer, primary_key=True, autoincrement=False),
        *texts(hard=64),
    )
