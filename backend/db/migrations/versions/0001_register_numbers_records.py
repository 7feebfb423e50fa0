"""The tables as they were when every number had one paper."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Boolean, Column, Date, Integer, String, Text, UniqueConstraint

from backend.db.migrations.parts import MOMENT, keys, texts

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them in an empty database."""
    _create_kiosks_and_places()
    _create_households()
    _create_numbers()
    _create_records()
    _create_content()


def _create_kiosks_and_places() -> None:
    op.create_table(
        "kiosks",
        *keys(kiosk=40),
        *texts(community=12, secret_sha256=64),
        Column("enrolled_at", MOMENT, nullable=False),
        Column("revoked_at", MOMENT),
        UniqueConstraint("kiosk"),
    )
    op.create_table("communities", *keys(community=12), *texts(county_name=100, street_name=100, name=100))
    op.create_table(
        "grids",
        *keys(community=12),
        Column("number", Integer, primary_key=True, autoincrement=False),
        *texts(name=100, officer=100, phone=100),
    )


def _create_households() -> None:
    op.create_table(
        "households",
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
    )
    op.create_index("households_by_head", "households", ["county", "head_key"])
    op.create_table(
        "members",
        *keys(household_id=40, person_id=40),
        Column("position", Integer, nullable=False),
        *texts(citizen_key=64, name_key=64, masked_name=100, sex=1),
        Column("birth", Date, nullable=False),
        *texts(relation_code=2, status=16),
        Column("since", Date, nullable=False),
    )
    op.create_index("members_by_citizen", "members", ["county", "citizen_key"])
    op.create_table(
        "lookups",
        *keys(kiosk=40, lookup_id=40),
        Column("household_id", String(40)),
        Column("looked_up_at", MOMENT, nullable=False),
    )
    op.create_index("lookups_by_household", "lookups", ["county", "household_id"])


def _create_numbers() -> None:
    op.create_table(
        "number_series",
        *keys(community=12, kind=2),
        Column("year", Integer, primary_key=True, autoincrement=False),
        Column("next_serial", Integer, nullable=False),
    )
    op.create_table(
        "number_blocks",
        *keys(kiosk=40, block_id=40),
        *texts(request_id=64, community=12, kind=2),
        *(Column(name, Integer, nullable=False) for name in ("year", "first_serial", "serials")),
        *texts(code_key=44),
        Column("issued_at", MOMENT, nullable=False),
        Column("expires_on", Date, nullable=False),
        UniqueConstraint("county", "kiosk", "request_id"),
        UniqueConstraint("county", "community", "kind", "year", "first_serial"),
    )


def _create_records() -> None:
    op.create_table(
        "record_items",
        *keys(kiosk=40, item_id=40),
        *texts(content_sha256=64),
        Column("body", JSON, nullable=False),
        Column("received_at", MOMENT, nullable=False),
    )
    op.create_table(
        "certificates",
        *keys(kiosk=40, number=40),
        *texts(body_sha256=64, kind=2, state=16, reason=64, household_id=40, person_id=40),
        *texts(masked_name=100, purpose=64),
        Column("copies", Integer, nullable=False),
        *texts(document_sha256=64),
        Column("valid_until", Date),
        Column("prepared_at", MOMENT, nullable=False),
        Column("settled_at", MOMENT, nullable=False),
        *texts(settled_by=64),
        UniqueConstraint("county", "number"),
    )


def _create_content() -> None:
    op.create_table(
        "notices",
        *keys(notice_id=40),
        *texts(column=16, title=100),
        Column("paragraphs", JSON, nullable=False),
        *texts(source=100),
        Column("published_on", Date, nullable=False),
        Column("urgent", Boolean, nullable=False),
    )
    op.create_table(
        "organisations",
        *keys(organisation_id=40),
        Column("position", Integer, nullable=False),
        *texts(parent=40, name=100, address=100, hours=100, phone=100),
    )
    op.create_table(
        "staff",
        *keys(organisation_id=40),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *texts(name=100, title=100),
        Column("duties", Text, nullable=False),
        *texts(phone=100),
    )
