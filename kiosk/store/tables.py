"""The tables of the kiosk's one database. Columns named `sealed` hold AES-256-GCM, see sealing.py."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

SCHEMA_VERSION = 3
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

# One row is one attempt to print one number.
issuance = Table(
    "issuance",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("attempt", Integer, nullable=False, server_default="1"),
    Column("kind", Text, nullable=False),  # JZ a certificate, QJ a slip with a pick-up number
    Column("block_id", Text, ForeignKey("number_block.block_id")),  # None: not from a block
    Column("session", Text, nullable=False),
    Column("card_read", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the applicant, with the key of this number
    Column("purpose", Text, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("superseded_by", Text, nullable=False, server_default=""),  # the attempt that counts instead
    Column("offline_as_of", Text, nullable=False, server_default=""),
    Column("pickup", Text, nullable=False, server_default=""),
    Column("document_sha256", Text, nullable=False, default=""),
    Column("valid_until", Text, nullable=False, default=""),  # the last day, as that document says
    Column("job_name", Text, nullable=False, default=""),
    Column("job_uuid", Text, nullable=False, default=""),
    Column("job_id", Integer, nullable=False, default=0),
    Column("code", Text, nullable=False, default=""),
    Column("prepared_at", Text, nullable=False),
    Column("prepared_ms", Integer, nullable=False),
    Column("prepared_boot", Text, nullable=False),
    Column("prepared_clock", Text, nullable=False, server_default="unknown"),
    Column("settled_at", Text, nullable=False, default=""),
    Column("settled_ms", Integer, nullable=False, default=0),
    Column("settled_boot", Text, nullable=False, default=""),
    Column("settled_clock", Text, nullable=False, server_default="unknown"),
    Column("settled_by", Text, nullable=False, server_default=""),  # whose word it was, "" = the machine's
    Column("acknowledged_at", Text, nullable=False, server_default=""),  # the platform has its record
    Column(
        "printer", Text, nullable=False, server_default=""
    ),  # which one has its job, "" = the page printer
    UniqueConstraint("number", "attempt"),
    Index("issuance_by_state", "state"),
    Index("issuance_by_age", "prepared_at"),
    # Never two valid papers of one number, whatever the code above believes.
    Index(
        "issuance_one_paper",
        "number",
        unique=True,
        sqlite_where=text("state = 'printed' AND superseded_by = ''"),
    ),
)

# The key of each number's personal fields; without it they are gone, and the ledger stays whole.
record_key = Table(
    "record_key",
    metadata,
    Column("number", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
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
    Column("owed_at", Text, nullable=False, server_default=""),
    Column("parked_at", Text, nullable=False, server_default=""),
    Column("issuance", Text, nullable=False, server_default=""),  # the attempt that it reports, "" = none
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

# The ledger: entries as they are hashed, and every complete subtree above them (RFC 6962).
ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),  # from 0
    Column("entry", Text, nullable=False),  # canonical JSON
)

ledger_node = Table(
    "ledger_node",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),  # 0 = the hash of one entry
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# The register for times without a line: nobody reads it without the card, see contract.sealed.
# With a rowid: records are over 1 kB, and without one each would take an overflow page of its own.
register_entry = Table(
    "register_entry",
    metadata,
    Column("entry", Text, primary_key=True),
    Column("tag", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("register_entry_by_tag", "tag"),
)

# The technician's bench: guided tests, refills, and what the kiosk counts by itself.
device_test = Table(
    "device_test",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("component", Text, nullable=False),
    Column("passed", Integer, nullable=False),  # 0 or 1
    Column("at", Text, nullable=False),
    Column("staff", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("note", Text, nullable=False),
)

refill = Table(
    "refill",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("sheets", Integer),  # in the tray after it; None: nobody told
    Column("pages_before", Integer, nullable=False),  # what the page counter said then
    Column("at", Text, nullable=False),
    Column("staff", Text, nullable=False),  # "" = seen by the kiosk itself
    Index("refill_by_kind", "what"),
)

paper_count = Table(
    "paper_count",
    metadata,
    Column("what", Text, primary_key=True),  # pages or slips
    Column("count", Integer, nullable=False),
)
