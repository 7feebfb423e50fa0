"""How kiosks are: one row each for now, one for each change, one for each five minutes. No beat is kept."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Table

from backend.db.columns import METADATA, Moment, county, key, number, text

kiosk_states = Table(
    "kiosk_states",
    METADATA,
    county(),
    key("kiosk"),
    text("boot", 24),
    Column("seq", BigInteger, nullable=False),
    Column("heard_at", Moment, nullable=False),
    number("next_s"),  # when the kiosk was asked to come again
    Column("beat", JSON, nullable=False),  # the last one, whole
    # A page has room for the next version of a row: each beat then changes no index.
    postgresql_with={"fillfactor": "70"},
)

state_changes = Table(
    "state_changes",
    METADATA,
    county(),
    key("kiosk"),
    key("change_id", 32),
    text("component", 24),  # "kiosk" for the kiosk as a whole
    text("state", 12),
    text("code", 24),
    Column("at", Moment, nullable=False),
    Index("state_changes_by_time", "county", "kiosk", "at"),
)

health_rollups = Table(
    "health_rollups",
    METADATA,
    county(),
    key("kiosk"),
    Column("bucket", Moment, primary_key=True),  # where its five minutes begin
    number("beats"),
    number("bad_beats"),
    number("owed_most"),
    Column("oldest_s_most", Integer),
    number("pages_last"),
    Column("sheets_least", Integer),
    Column("temp_c_most", Integer),
    Column("disk_mb_least", Integer),
    Column("offset_ms_most", BigInteger),  # however it was off, fast or slow
    Index("health_rollups_by_time", "bucket"),
)
