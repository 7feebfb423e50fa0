"""The platform's tables. Every key starts with the county, so that they can be sharded by county.

The register holds no name and no citizen number in clear, only masked names and keyed hashes; sensitive
categories have no column.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class Moment(TypeDecorator[datetime]):
    """A point in time: goes in with any zone, is kept and comes back as UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """SQLite keeps no zone, so it gets none."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=UTC)


def _county() -> Column[str]:
    return Column("county", String(6), primary_key=True)


def _key(name: str, length: int = 40) -> Column[str]:
    return Column(name, String(length), primary_key=True)


def _text(name: str, length: int = 100) -> Column[str]:
    return Column(name, String(length), nullable=False, default="")


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


METADATA = MetaData()

kiosks = Table(
    "kiosks",
    METADATA,
    _county(),
    _key("kiosk"),
    _text("community", 12),
    _text("secret_sha256", 64),
    Column("enrolled_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    UniqueConstraint("kiosk"),  # a credential names the kiosk alone
)

communities = Table(
    "communities",
    METADATA,
    _county(),
    _key("community", 12),
    _text("county_name"),
    _text("street_name"),
    _text("name"),
)

grids = Table(
    "grids",
    METADATA,
    _county(),
    _key("community", 12),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("name"),
    _text("officer"),  # masked
    _text("phone"),
)

households = Table(
    "households",
    METADATA,
    _county(),
    _key("household_id"),
    _text("hukou_type", 16),
    # The head as written on the first page: a household whose members are missing is still found by it.
    _text("head_key", 64),
    _text("community", 12),
    _number("grid"),
    _text("compound"),
    _text("building"),
    _text("unit"),
    _text("room"),
    _text("address_code", 24),
    _text("mode", 16),
    Column("period_from", Date),
    Column("period_until", Date),
    _text("landlord"),  # masked
    Column("registered_on", Date, nullable=False),
    Column("verified_on", Date),
    _number("record_version"),
    Index("households_by_head", "county", "head_key"),
)

members = Table(
    "members",
    METADATA,
    _county(),
    _key("household_id"),
    _key("person_id"),
    _number("position"),
    _text("citizen_key", 64),
    _text("name_key", 64),
    _text("masked_name"),
    _text("sex", 1),
    Column("birth", Date, nullable=False),
    _text("relation_code", 2),
    _text("status", 16),
    Column("since", Date, nullable=False),
    Index("members_by_citizen", "county", "citizen_key"),
)

# Who looked at which household when; no names, no keys of persons.
lookups = Table(
    "lookups",
    METADATA,
    _county(),
    _key("kiosk"),
    _key("lookup_id"),
    Column("household_id", String(40)),  # None: nobody was found
    Column("looked_up_at", Moment, nullable=False),
    Index("lookups_by_household", "county", "household_id"),
)

number_series = Table(
    "number_series",
    METADATA,
    _county(),
    _key("community", 12),
    _key("kind", 2),
    Column("year", Integer, primary_key=True, autoincrement=False),
    _number("next_serial"),
)

number_blocks = Table(
    "number_blocks",
    METADATA,
    _county(),
    _key("kiosk"),
    _key("block_id"),
    _text("request_id", 64),
    _text("community", 12),
    _text("kind", 2),
    _number("year"),
    _number("first_serial"),
    _number("serials"),
    _text("code_key", 44),
    Column("issued_at", Moment, nullable=False),
    Column("expires_on", Date, nullable=False),
    UniqueConstraint("county", "kiosk", "request_id"),
    UniqueConstraint("county", "community", "kind", "year", "first_serial"),
)

# What was taken from kiosks, for ever: an item id never expires.
record_items = Table(
    "record_items",
    METADATA,
    _county(),
    _key("kiosk"),
    _key("item_id"),
    _text("content_sha256", 64),
    Column("body", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
)

certificates = Table(
    "certificates",
    METADATA,
    _county(),
    _key("kiosk"),
    _key("number"),
    _text("body_sha256", 64),
    _text("kind", 2),
    _text("state", 16),
    _text("reason", 64),
    _text("household_id", 40),
    _text("person_id", 40),
    _text("masked_name"),  # as registered when the record arrived
    _text("purpose", 64),
    _number("copies"),
    _text("document_sha256", 64),
    Column("prepared_at", Moment, nullable=False),
    Column("settled_at", Moment, nullable=False),
    _text("settled_by", 64),  # "" = by the kiosk itself
    UniqueConstraint("county", "number"),
)

notices = Table(
    "notices",
    METADATA,
    _county(),
    _key("notice_id"),
    _text("column", 16),
    _text("title"),
    Column("paragraphs", JSON, nullable=False),
    _text("source"),
    Column("published_on", Date, nullable=False),
    Column("urgent", Boolean, nullable=False),
)

organisations = Table(
    "organisations",
    METADATA,
    _county(),
    _key("organisation_id"),
    _number("position"),  # parents before children
    _text("parent", 40),
    _text("name"),
    _text("address"),
    _text("hours"),
    _text("phone"),
)

staff = Table(
    "staff",
    METADATA,
    _county(),
    _key("organisation_id"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("name"),
    _text("title"),
    Column("duties", Text, nullable=False),
    _text("phone"),
)
