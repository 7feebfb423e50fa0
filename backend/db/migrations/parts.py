"""What steps are made of: columns in the forms that all tables share, and a table made anew with its rows.

Steps that were run somewhere are never changed, and so neither is what they call: another form gets
another function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import op
from sqlalchemy import Column, DateTime, String

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import UniqueConstraint

MOMENT = DateTime().with_variant(DateTime(timezone=True), "postgresql")


def keys(**lengths: int) -> list[Column[Any]]:
    """The county and further texts that make up the key."""
    return [
        Column(name, String(length), primary_key=True) for name, length in {"county": 6, **lengths}.items()
    ]


def texts(**lengths: int) -> list[Column[Any]]:
    """Texts that are always there, each with its greatest length in characters."""
    return [Column(name, String(length), nullable=False) for name, length in lengths.items()]


def rebuild(
    name: str, columns: Sequence[Column[Any]], new: Mapping[str, str], *constraints: UniqueConstraint
) -> None:
    """The table with these columns and all its rows; `new` says in SQL what a new column holds in them.

    Copied, because no SQL that all databases share can change a key or add a column between others.
    """
    kept = [f'"{column.name}"' for column in columns if column.name not in new]
    names = ", ".join([*kept, *(f'"{column}"' for column in new)])
    values = ", ".join([*kept, *new.values()])
    op.create_table(f"{name}_next", *columns, *constraints)
    op.execute(f"INSERT INTO {name}_next ({names}) SELECT {values} FROM {name}")  # noqa: S608 - names of a step
    op.drop_table(name)
    op.rename_table(f"{name}_next", name)
