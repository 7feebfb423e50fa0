"""The kinds of columns that the platform's tables are made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, DateTime, Integer, MetaData, String, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

METADATA = MetaData()  # of all tables of the platform


class Moment(TypeDecorator[datetime]):
    """A point in time: goes in with any zone, is kept and comes back as UTC."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """SQLite keeps no zone, so it gets none."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=UTC)


def county() -> Column[str]:
    """The first column of every table and every key: six digits."""
    return Column("county", String(6), primary_key=True)


def key(name: str, length: int = 40) -> Column[str]:
    """A text that is part of the primary key."""
    return Column(name, String(length), primary_key=True)


def text(name: str, length: int = 100) -> Column[str]:
    """A text, "" where there is none."""
    return Column(name, String(length), nullable=False, default="")


def number(name: str) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=False)


def stamp(name: str) -> Column[Any]:
    """When something happened by a kiosk's clocks (a Stamp of the contract), None where it was not said."""
    return Column(name, JSON(none_as_null=True))
