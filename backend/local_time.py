from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # one zone for the whole country, without daylight saving


def now() -> datetime:
    """The present moment, with the zone of China."""
    return datetime.now(UTC).astimezone(CHINA)


def local_date(moment: datetime) -> date:
    """The day in China at this moment, which is the day that papers bear."""
    return moment.astimezone(CHINA).date()
