"""Single values that the store remembers, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from kiosk.store.tables import meta

if TYPE_CHECKING:
    from kiosk.store.session import Session


def read_value(session: Session, key: str) -> str:
    """The value, "" where there is none."""
    return str(session.sql.execute(select(meta.c.value).where(meta.c.key == key)).scalar() or "")


def write_value(session: Session, key: str, value: str) -> None:
    """Keep the value in place of what was there."""
    row = insert(meta).values(key=key, value=value)
    row = row.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": row.excluded.value})
    session.sql.execute(row)


def forget_values(session: Session, *keys: str) -> None:
    """As if they had never been there."""
    session.sql.execute(delete(meta).where(meta.c.key.in_(keys)))
