"""The tables of the numbers that kiosks get, and of what they report: certificates, pick-ups, gaps."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, Table, UniqueConstraint

from backend.db.columns import METADATA, Moment, county, key, number, stamp, text

number_series = Table(
    "number_series",
    METADATA,
    county(),
    key("community", 12),
    key("kind", 2),
    Column("year", Integer, primary_key=True, autoincrement=False),
    number("next_serial"),
)

number_blocks = Table(
    "number_blocks",
    METADATA,
    county(),
    key("kiosk"),
    key("block_id"),
    text("request_id", 64),
    text("community", 12),
    text("kind", 2),
    number("year"),
    number("first_serial"),
    number("serials"),
    text("code_key", 44),
    Column("issued_at", Moment, nullable=False),
    Column("expires_on", Date, nullable=False),
    UniqueConstraint("county", "kiosk", "request_id"),
    UniqueConstraint("county", "community", "kind", "year", "first_serial"),
)

# What was taken from kiosks, for ever: an item id never expires.
record_items = Table(
    "record_items",
    METADATA,
    county(),
    key("kiosk"),
    key("item_id"),
    text("content_sha256", 64),
    Column("body", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
)

# One row is one attempt to print one number; only the latest attempt of a number counts.
certificates = Table(
    "certificates",
    METADATA,
    county(),
    key("kiosk"),
    key("number"),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    text("body_sha256", 64),
    text("kind", 2),
    text("state", 16),
    text("reason", 64),
    text("household_id", 40),
    text("person_id", 40),
    text("citizen_key", 64),  # "" in rows from before schema 3
    text("masked_name"),  # as registered when the record arrived
    text("purpose", 64),
    number("copies"),
    text("document_sha256", 64),
    Column("valid_until", Date),  # None: the record says nothing
    Column("offline_as_of", Moment),  # None: issued online
    text("pickup", 64),  # the pick-up number that this paper answers, "" = none
    Column("prepared_at", Moment, nullable=False),
    Column("settled_at", Moment, nullable=False),
    text("settled_by", 64),  # "" = by the kiosk itself
    stamp("prepared_stamp"),
    stamp("settled_stamp"),
    Column("received_at", Moment),  # None in rows from before schema 3
    UniqueConstraint("county", "number", "attempt"),
    Index("certificates_by_pickup", "county", "pickup"),
)

# Certificates that were asked for while a line was down. A pick-up number is never used again.
pickups = Table(
    "pickups",
    METADATA,
    county(),
    key("number", 16),
    text("kiosk", 40),
    text("body_sha256", 64),
    text("kind", 2),
    text("session", 64),
    text("citizen_key", 64),
    text("purpose", 64),
    number("copies"),
    text("reason", 64),
    Column("requested_at", Moment, nullable=False),
    stamp("requested_stamp"),
    Column("received_at", Moment, nullable=False),
    text("collected_by", 40),  # the certificate's number, "" = it waits
    Column("collected_at", Moment),
    Index("pickups_of_citizen", "county", "citizen_key"),
)

# 好差评. One row a number: who was served twice under one number has said the last word.
ratings = Table(
    "ratings",
    METADATA,
    county(),
    key("number"),
    text("kiosk", 40),
    number("grade"),  # 5 = 非常满意 to 1 = 非常不满意
    Column("reasons", JSON, nullable=False),
    Column("rated_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("due_on", Date),  # by when staff are to have looked into a bad one; None: it is none
    Column("answered_on", Date),  # None: nobody has yet
    Index("ratings_by_due", "county", "due_on"),
)

# Kiosks whose store was damaged: what they wrote meanwhile is known only here, or to nobody.
gaps = Table(
    "gaps",
    METADATA,
    county(),
    key("kiosk"),
    key("item_id"),
    Column("since", Moment),  # None: there was no backup
    text("ended_ledger", 200),  # origin, "" = unknown
    Column("missing", JSON, nullable=False),
    stamp("noticed_stamp"),
    Column("received_at", Moment, nullable=False),
)
