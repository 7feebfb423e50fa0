"""How kiosks are: now, each change, each five minutes."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, Integer

from backend.db.migrations.parts import MOMENT, keys, texts

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables more; nothing that is there changes."""
    op.create_table(
        "kiosk_states",
        *keys(kiosk=40),
        *texts(boot=24),
        Column("seq", BigInteger, nullable=False),
        Column("heard_at", MOMENT, nullable=False),
        Column("next_s", Integer, nullable=False),
        Column("beat", JSON, nullable=False),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_table(
        "state_changes",
        *keys(kiosk=40, change_id=32),
        *texts(component=24, state=12, code=24),
        Column("at", MOMENT, nullable=False),
    )
    op.create_index("state_changes_by_time", "state_changes", ["county", "kiosk", "at"])
    op.create_table(
        "health_rollups",
        *keys(kiosk=40),
        Column("bucket", MOMENT, primary_key=True),
        *(Column(name, Integer, nullable=False) for name in ("beats", "bad_beats", "owed_most")),
        Column("oldest_s_most", Integer),
        Column("pages_last", Integer, nullable=False),
        *(Column(name, Integer) for name in ("sheets_least", "temp_c_most", "disk_mb_least")),
        Column("offset_ms_most", BigInteger),
    )
    op.create_index("health_rollups_by_time", "health_rollups", ["bucket"])
