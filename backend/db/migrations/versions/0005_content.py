"""Pictures and links; when a notice expires; kinds and pinyin of whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import op
from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, String, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep every row. What is there says nothing of what is new until the register is loaded anew."""
    _rebuild(
        "notices",
        (
            *_keys(notice_id=40),
            *_texts(column=16, title=100),
            Column("paragraphs", JSON, nullable=False),
            *_texts(source=100),
            Column("published_on", Date, nullable=False),
            Column("urgent", Boolean, nullable=False),
            Column("expires_on", Date),
            *_texts(picture=64),
        ),
        {"expires_on": "NULL", "picture": "''"},
    )
    _rebuild(
        "organisations",
        (
            *_keys(organisation_id=40),
            Column("position", Integer, nullable=False),
            *_texts(parent=40, kind=24, name=100, pinyin=100, address=100, hours=100, phone=100),
        ),
        {"kind": "''", "pinyin": "''"},
    )
    _rebuild(
        "staff",
        (
            *_keys(organisation_id=40),
            Column("position", Integer, primary_key=True, autoincrement=False),
            *_texts(name=100, pinyin=100, title=100),
            Column("duties", Text, nullable=False),
            *_texts(phone=100),
        ),
        {"pinyin": "''"},
    )
    op.create_table("pictures", *_keys(name=64), Column("content", LargeBinary, nullable=False))
    op.create_table(
        "links",
        *_keys(link_id=40),
        Column("position", Integer, nullable=False),
        *_texts(title=100, meaning=100, url=200),
    )


def _rebuild(name: str, columns: Sequence[Column[Any]], new: Mapping[str, str]) -> None:
    """The table with these columns and all its rows; `new` says in SQL what a new column holds in them."""
    kept = [f'"{column.name}"' for column in columns if column.name not in new]
    names = ", ".join([*kept, *(f'"{column}"' for column in new)])
    values = ", ".join([*kept, *new.values()])
    op.create_table(f"{name}_next", *columns)
    op.execute(f"INSERT INTO {name}_next ({names}) SELECT {values} FROM {name}")  # noqa: S608 - names of this file
    op.drop_table(name)
    op.rename_table(f"{name}_next", name)


def _keys(**lengths: int) -> list[Column[Any]]:
    return [
        Column(name, String(length), primary_key=True) for name, length in {"county": 6, **lengths}.items()
    ]


def _texts(**lengths: int) -> list[Column[Any]]:
    return [Column(name, String(length), nullable=False) for name, length in lengths.items()]
