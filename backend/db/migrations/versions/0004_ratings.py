"""What people said of the services."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, Date, DateTime, Integer, String

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = DateTime().with_variant(DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """One table more; nothing that is there changes."""
    op.create_table(
        "ratings",
        Column("county", String(6), primary_key=True),
        Column("number", String(40), primary_key=True),
        Column("kiosk", String(40), nullable=False),
        Column("grade", Integer, nullable=False),
        Column("reasons", JSON, nullable=False),
        Column("rated_at", _MOMENT, nullable=False),
        Column("received_at", _MOMENT, nullable=False),
        Column("due_on", Date),
        Column("answered_on", Date),
    )
    op.create_index("ratings_by_due", "ratings", ["county", "due_on"])
