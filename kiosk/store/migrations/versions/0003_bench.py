"""Which printer has a job, and the technician's bench: tests, refills, counters."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep every row; all jobs until now were the page printer's."""
    op.add_column("issuance", Column("printer", Text, nullable=False, server_default=""))
    op.create_table(
        "device_test",
        Column("seq", Integer, primary_key=True),
        Column("component", Text, nullable=False),
        Column("passed", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("staff", Text, nullable=False),
        Column("code", Text, nullable=False),
        Column("note", Text, nullable=False),
    )
    op.create_table(
        "refill",
        Column("seq", Integer, primary_key=True),
        Column("what", Text, nullable=False),
        Column("sheets", Integer),
        Column("pages_before", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("staff", Text, nullable=False),
    )
    op.create_index("refill_by_kind", "refill", ["what"])
    op.create_table(
        "paper_count",
        Column("what", Text, primary_key=True),
        Column("count", Integer, nullable=False),
    )
