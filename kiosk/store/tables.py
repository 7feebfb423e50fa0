"""The tables of the kiosk's one database. Columns named `sealed` hold AES-256-GCM, see sealing.py."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

SCHEMA_VERSION = 1
metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

number_block = Table(
    "number_block",
    metadata,
    Column("block_id", Text, primary_key=True),
    Column("community", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("next", Integer, nullable=False),  # the serial that is given out next
    Column("expires_on", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the key of its check codes
)

issuance = Table(
    "issuance",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("block_id", Text, ForeignKey("number_block.block_id"), nullable=False),
    Column("session", Text, nullable=False),
    Column("card_read", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the applicant: household, person, citizen key
    Column("purpose", Text, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("document_sha256", Text, nullable=False, default=""),
    Column("valid_until", Text, nullable=False, default=""),  # the last day, as that document says
    Column("job_name", Text, nullable=False, default=""),
    Column("job_uuid", Text, nullable=False, default=""),
    Column("job_id", Integer, nullable=False, default=0),
    Column("code", Text, nullable=False, default=""),
    Column("prepared_at", Text, nullable=False),
    Column("prepared_ms", Integer, nullable=False),
    Column("prepared_boot", Text, nullable=False),
    Column("settled_at", Text, nullable=False, default=""),
    Column("settled_ms", Integer, nullable=False, default=0),
    Column("settled_boot", Text, nullable=False, default=""),
    Index("issuance_by_state", "state"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),  # the record as JSON
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try_ms", Integer, nullable=False, default=0),  # wall clock; see outbox.py for wrong clocks
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    sqlite_autoincrement=True,  # a seq is never used again
)

staff_call = Table(
    "staff_call",
    metadata,
    Column("id", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("called_at", Text, nullable=False),
    Column("called_ms", Integer, nullable=False),
    Column("called_boot", Text, nullable=False),
)
