"""The platform's tables. Every key starts with the county, so that they can be sharded by it.

The register holds no name and no citizen number in clear, only masked names and keyed hashes; sensitive
categories have no column. Numbers and records are in record_tables, what everybody may see in
content_tables; importing this module knows all tables.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from backend.db import health_tables
from backend.db.columns import METADATA, Moment, county, key, number, text
from backend.db.content_tables import links, notices, organisations, pictures, staff
from backend.db.record_tables import (
    certificates,
    gaps,
    number_blocks,
    number_series,
    pickups,
    record_items,
)

__all__ = [
    "METADATA",
    "certificates",
    "communities",
    "gaps",
    "grids",
    "health_tables",
    "households",
    "kiosks",
    "links",
    "lookups",
    "members",
    "notices",
    "number_blocks",
    "number_series",
    "organisations",
    "pickups",
    "pictures",
    "record_items",
    "staff",
]

kiosks = Table(
    "kiosks",
    METADATA,
    county(),
    key("kiosk"),
    text("community", 12),
    text("secret_sha256", 64),
    text("register_key", 64),  # seals the register of this kiosk's area for this kiosk alone
    Column("enrolled_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    UniqueConstraint("kiosk"),  # a credential names the kiosk alone
)

# With what a kiosk signs. Older keys stay: what they signed is still to be verified.
kiosk_keys = Table(
    "kiosk_keys",
    METADATA,
    county(),
    key("kiosk"),
    key("public_key", 64),  # Ed25519, hexadecimal
    Column("since", Moment, nullable=False),
)

# The last checkpoint that was countersigned, of every ledger that a kiosk ever began.
ledgers = Table(
    "ledgers",
    METADATA,
    county(),
    key("kiosk"),
    key("ledger_id", 16),
    Column("size", BigInteger, nullable=False),
    text("root", 64),
    Column("note", Text, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

# What somebody must look at. The same trouble of the same kiosk is one alarm that goes on.
alarms = Table(
    "alarms",
    METADATA,
    county(),
    key("alarm_id"),
    text("kiosk", 40),
    text("kind", 40),
    text("detail", 400),
    number("times"),
    Column("raised_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Index("alarms_by_kiosk", "county", "kiosk"),
)

communities = Table(
    "communities",
    METADATA,
    county(),
    key("community", 12),
    text("county_name"),
    text("street_name"),
    text("name"),
)

grids = Table(
    "grids",
    METADATA,
    county(),
    key("community", 12),
    Column("number", Integer, primary_key=True, autoincrement=False),
    text("name"),
    text("officer"),  # masked
    text("phone"),
)

households = Table(
    "households",
    METADATA,
    county(),
    key("household_id"),
    text("hukou_type", 16),
    # The head as written on the first page: a household whose members are missing is still found by it.
    text("head_key", 64),
    text("community", 12),
    number("grid"),
    text("compound"),
    text("building"),
    text("unit"),
    text("room"),
    text("address_code", 24),
    text("mode", 16),
    Column("period_from", Date),
    Column("period_until", Date),
    text("landlord"),  # masked
    Column("registered_on", Date, nullable=False),
    Column("verified_on", Date),
    number("record_version"),
    Column("changed_seq", BigInteger, nullable=False, default=0),  # the last change of it, see register_state
    Index("households_by_head", "county", "head_key"),
    Index("households_by_change", "county", "changed_seq", "household_id"),
)

members = Table(
    "members",
    METADATA,
    county(),
    key("household_id"),
    key("person_id"),
    number("position"),
    text("citizen_key", 64),
    text("name_key", 64),
    text("masked_name"),
    text("sex", 1),
    Column("birth", Date, nullable=False),
    text("relation_code", 2),
    text("status", 16),
    Column("since", Date, nullable=False),
    Index("members_by_citizen", "county", "citizen_key"),
)

# Who was taken out of a household: kiosks that follow the register are told to forget them.
departures = Table(
    "departures",
    METADATA,
    county(),
    key("household_id"),
    Column("place", Integer, primary_key=True, autoincrement=False),
    text("citizen_key", 64),
)

# The register as kiosks follow it: a new generation is another register, `seq` counts its changes.
register_state = Table(
    "register_state",
    METADATA,
    county(),
    text("generation", 32),
    Column("seq", BigInteger, nullable=False),
)

# What the memory-hard derivation gave: the same for every kiosk, and too dear to do it twice.
card_hardness = Table(
    "card_hardness",
    METADATA,
    county(),
    key("citizen_key", 64),
    key("name_key", 64),
    Column("cost", Integer, primary_key=True, autoincrement=False),
    text("hard", 64),
)

# Who looked at which household when; no names, no keys of persons.
lookups = Table(
    "lookups",
    METADATA,
    county(),
    key("kiosk"),
    key("lookup_id"),
    Column("household_id", String(40)),  # None: nobody was found
    Column("looked_up_at", Moment, nullable=False),
    Index("lookups_by_household", "county", "household_id"),
)
