"""The tables as they were when every number had one paper."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them in an empty file."""
    op.create_table("meta", Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
    _create_number_block()
    _create_issuance()
    op.create_table(
        "outbox",
        Column("seq", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("sealed", LargeBinary, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("next_try_ms", Integer, nullable=False),
        Column("state", Text, nullable=False),
        Column("reason", Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "staff_call",
        Column("id", Text, primary_key=True),
        Column("reason", Text, nullable=False),
        Column("called_at", Text, nullable=False),
        Column("called_ms", Integer, nullable=False),
        Column("called_boot", Text, nullable=False),
    )


def _create_number_block() -> None:
    op.create_table(
        "number_block",
        Column("block_id", Text, primary_key=True),
        Column("community", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("year", Integer, nullable=False),
        Column("first", Integer, nullable=False),
        Column("size", Integer, nullable=False),
        Column("next", Integer, nullable=False),
        Column("expires_on", Text, nullable=False),
        Column("sealed", LargeBinary, nullable=False),
    )


def _create_issuance() -> None:
    op.create_table(
        "issuance",
        Column("id", Text, primary_key=True),
        Column("number", Text, nullable=False, unique=True),
        Column("kind", Text, nullable=False),
        Column("block_id", Text, ForeignKey("number_block.block_id"), nullable=False),
        Column("session", Text, nullable=False),
        Column("card_read", Text, nullable=False),
        Column("sealed", LargeBinary, nullable=False),
        Column("purpose", Text, nullable=False),
        Column("copies", Integer, nullable=False),
        Column("state", Text, nullable=False),
        Column("document_sha256", Text, nullable=False),
        Column("valid_until", Text, nullable=False),
        Column("job_name", Text, nullable=False),
        Column("job_uuid", Text, nullable=False),
        Column("job_id", Integer, nullable=False),
        Column("code", Text, nullable=False),
        Column("prepared_at", Text, nullable=False),
        Column("prepared_ms", Integer, nullable=False),
        Column("prepared_boot", Text, nullable=False),
        Column("settled_at", Text, nullable=False),
        Column("settled_ms", Integer, nullable=False),
        Column("settled_boot", Text, nullable=False),
    )
    op.create_index("issuance_by_state", "issuance", ["state"])
