"""Pictures and links; when a notice expires; kinds and pinyin of whom to ask."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, Text

from backend.db.migrations.parts import keys, rebuild, texts

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep every row. What is there says nothing of what is new until the register is loaded anew."""
    rebuild(
        "notices",
        (
            *keys(notice_id=40),
            *texts(column=16, title=100),
            Column("paragraphs", JSON, nullable=False),
            *texts(source=100),
            Column("published_on", Date, nullable=False),
            Column("urgent", Boolean, nullable=False),
            Column("expires_on", Date),
            *texts(picture=64),
        ),
        {"expires_on": "NULL", "picture": "''"},
    )
    rebuild(
        "organisations",
        (
            *keys(organisation_id=40),
            Column("position", Integer, nullable=False),
            *texts(parent=40, kind=24, name=100, pinyin=100, address=100, hours=100, phone=100),
        ),
        {"kind": "''", "pinyin": "''"},
    )
    rebuild(
        "staff",
        (
            *keys(organisation_id=40),
            Column("position", Integer, primary_key=True, autoincrement=False),
            *texts(name=100, pinyin=100, title=100),
            Column("duties", Text, nullable=False),
            *texts(phone=100),
        ),
        {"pinyin": "''"},
    )
    op.create_table("pictures", *keys(name=64), Column("content", LargeBinary, nullable=False))
    op.create_table(
        "links",
        *keys(link_id=40),
        Column("position", Integer, nullable=False),
        *texts(title=100, meaning=100, url=200),
    )
