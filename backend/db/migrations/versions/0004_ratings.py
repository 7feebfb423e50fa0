"""What people said of the services."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, Date, Integer

from backend.db.migrations.parts import MOMENT, keys, texts

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table more; nothing that is there changes."""
    op.create_table(
        "ratings",
        *keys(number=40),
        *texts(kiosk=40),
        Column("grade", Integer, nullable=False),
        Column("reasons", JSON, nullable=False),
        Column("rated_at", MOMENT, nullable=False),
        Column("received_at", MOMENT, nullable=False),
        Column("due_on", Date),
        Column("answered_on", Date),
    )
    op.create_index("ratings_by_due", "ratings", ["county", "due_on"])
