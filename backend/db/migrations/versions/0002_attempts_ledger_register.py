"""Attempts at a number, pick-ups, gaps; ledgers and alarms; the register as kiosks follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, Date, DateTime, Integer, String, Text, UniqueConstraint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = DateTime().with_variant(DateTime(timezone=True), "postgresql")
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
        *_keys(kiosk=40),
        *_texts(community=12, secret_sha256=64, register_key=64),
        Column("enrolled_at", _MOMENT, nullable=False),
        Column("revoked_at", _MOMENT),
    )
    _rebuild("kiosks", columns, {"register_key": "''"}, UniqueConstraint("kiosk"))


def _widen_households() -> None:
    columns = (
        *_keys(household_id=40),
        *_texts(hukou_type=16, head_key=64, community=12),
        Column("grid", Integer, nullable=False),
        *_texts(compound=100, building=100, unit=100, room=100, address_code=24, mode=16),
        Column("period_from", Date),
        Column("period_until", Date),
        *_texts(landlord=100),
        Column("registered_on", Date, nullable=False),
        Column("verified_on", Date),
        Column("record_version", Integer, nullable=False),
        Column("changed_seq", BigInteger, nullable=False),
    )
    _rebuild("households", columns, {"changed_seq": "0"})
    op.create_index("households_by_head", "households", ["county", "head_key"])
    op.create_index("households_by_change", "households", ["county", "changed_seq", "household_id"])


def _widen_certificates() -> None:
    columns = (
        *_keys(kiosk=40, number=40),
        Column("attempt", Integer, primary_key=True, autoincrement=False),
        *_texts(body_sha256=64, kind=2, state=16, reason=64, household_id=40, person_id=40, citizen_key=64),
        *_texts(masked_name=100, purpose=64),
        Column("copies", Integer, nullable=False),
        *_texts(document_sha256=64),
        Column("valid_until", Date),
        Column("offline_as_of", _MOMENT),
        *_texts(pickup=64),
        Column("prepared_at", _MOMENT, nullable=False),
        Column("settled_at", _MOMENT, nullable=False),
        *_texts(settled_by=64),
        Column("prepared_stamp", JSON),
        Column("settled_stamp", JSON),
        Column("received_at", _MOMENT),
    )
    said = {"attempt": "1", "citizen_key": "''", "pickup": "''"}
    unsaid = dict.fromkeys(("offline_as_of", "prepared_stamp", "settled_stamp", "received_at"), "NULL")
    _rebuild("certificates", columns, said | unsaid, UniqueConstraint("county", "number", "attempt"))
    op.create_index("certificates_by_pickup", "certificates", ["county", "pickup"])


def _create_reports() -> None:
    op.create_table(
        "pickups",
        *_keys(number=16),
        *_texts(kiosk=40, body_sha256=64, kind=2, session=64, citizen_key=64, purpose=64),
        Column("copies", Integer, nullable=False),
        *_texts(reason=64),
        Column("requested_at", _MOMENT, nullable=False),
        Column("requested_stamp", JSON),
        Column("received_at", _MOMENT, nullable=False),
        *_texts(collected_by=40),
        Column("collected_at", _MOMENT),
    )
    op.create_index("pickups_of_citizen", "pickups", ["county", "citizen_key"])
    op.create_table(
        "gaps",
        *_keys(kiosk=40, item_id=40),
        Column("since", _MOMENT),
        *_texts(ended_ledger=200),
        Column("missing", JSON, nullable=False),
        Column("noticed_stamp", JSON),
        Column("received_at", _MOMENT, nullable=False),
    )


def _create_witness() -> None:
    op.create_table("kiosk_keys", *_keys(kiosk=40, public_key=64), Column("since", _MOMENT, nullable=False))
    op.create_table(
        "ledgers",
        *_keys(kiosk=40, ledger_id=16),
        Column("size", BigInteger, nullable=False),
        *_texts(root=64),
        Column("note", Text, nullable=False),
        Column("began_at", _MOMENT, nullable=False),
        Column("seen_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "alarms",
        *_keys(alarm_id=40),
        *_texts(kiosk=40, kind=40, detail=400),
        Column("times", Integer, nullable=False),
        Column("raised_at", _MOMENT, nullable=False),
        Column("last_at", _MOMENT, nullable=False),
    )
    op.create_index("alarms_by_kiosk", "alarms", ["county", "kiosk"])


def _create_register() -> None:
    op.create_table(
        "departures",
        *_keys(household_id=40),
        Column("place", Integer, primary_key=True, autoincrement=False),
        *_texts(citizen_key=64),
    )
    op.create_table(
        "register_state",
        *_keys(),
        *_texts(generation=32),
        Column("seq", BigInteger, nullable=False),
    )
    op.execute(
        "INSERT INTO register_state (county, generation, seq)"  # noqa: S608 - a constant of this file
        f" SELECT DISTINCT county, '{_FIRST_GENERATION}', 0 FROM households"
    )
    op.create_table(
        "card_hardness",
        *_keys(citizen_key=64, name_key=64),
        Column("cost", Integer, primary_key=True, autoincrement=False),
        *_texts(hard=64),
    )


def _rebuild(
    name: str, columns: Sequence[Column[Any]], new: Mapping[str, str], *constraints: UniqueConstraint
) -> None:
    """The table with these columns and all its rows; `new` says in SQL what a new column holds in them.

    Copied, because no SQL that all databases share can change a key or add a column between others.
    """
    kept = [f'"{column.name}"' for column in columns if column.name not in new]
    names = ", ".join([*kept, *(f'"{column}"' for column in new)])
    values = ", ".join([*kept, *new.values()])
    op.create_table(f"{name}_next", *columns, *constraints)
    op.execute(f"INSERT INTO {name}_next ({names}) SELECT {values} FROM {name}")  # noqa: S608 - names of this file
    op.drop_table(name)
    op.rename_table(f"{name}_next", name)


def _keys(**lengths: int) -> list[Column[Any]]:
    """The county and further texts that make up the key."""
    return [
        Column(name, String(length), primary_key=True) for name, length in {"county": 6, **lengths}.items()
    ]


def _texts(**lengths: int) -> list[Column[Any]]:
    return [Column(name, String(length), nullable=False) for name, length in lengths.items()]
