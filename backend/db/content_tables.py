"""The tables of what kiosks show to everyone: notices, pictures, whom to ask, links."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, Table, Text

from backend.db.columns import METADATA, county, key, number, text

notices = Table(
    "notices",
    METADATA,
    county(),
    key("notice_id"),
    text("column", 16),
    text("title"),
    Column("paragraphs", JSON, nullable=False),
    text("source"),
    Column("published_on", Date, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("expires_on", Date),  # None: it does not expire
    text("picture", 64),  # name of a picture, "" = none
)

# Named by the SHA-256 of their bytes, so that a picture never changes.
pictures = Table(
    "pictures",
    METADATA,
    county(),
    key("name", 64),
    Column("content", LargeBinary, nullable=False),
)

organisations = Table(
    "organisations",
    METADATA,
    county(),
    key("organisation_id"),
    number("position"),  # parents before children
    text("parent", 40),
    text("kind", 24),
    text("name"),
    text("pinyin"),
    text("address"),
    text("hours"),
    text("phone"),
)

staff = Table(
    "staff",
    METADATA,
    county(),
    key("organisation_id"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    text("name"),
    text("pinyin"),
    text("title"),
    Column("duties", Text, nullable=False),
    text("phone"),
)

links = Table(
    "links",
    METADATA,
    county(),
    key("link_id"),
    number("position"),
    text("title"),
    text("meaning"),
    text("url", 200),
)
