"""好差评: what people said of a service, and the bad ones that staff owe an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from backend.db.record_tables import ratings
from backend.local_time import local_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

    from backend.db.kiosks import Kiosk
    from backend_client.contract import RatingRecord

WORST_GOOD_GRADE = 3  # 基本满意; what is below is looked into
WORKING_DAYS = 10  # public holidays are not known here, so that it is due early rather than late
_FRIDAY = 4


def rating_row(kiosk: Kiosk, record: RatingRecord, moment: datetime) -> dict[str, Any]:
    """One rating, and by when it is to be answered if it is a bad one."""
    is_bad = record.grade < WORST_GOOD_GRADE
    return {
        "county": kiosk.county,
        "number": record.number,
        "kiosk": kiosk.id,
        "grade": record.grade,
        "reasons": list(record.reasons),
        "rated_at": record.rated_at,
        "received_at": moment,
        "due_on": working_days_after(local_date(moment), WORKING_DAYS) if is_bad else None,
        "answered_on": None,
    }


def working_days_after(day: date, count: int) -> date:
    """The last of so many days from Monday to Friday after `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() <= _FRIDAY
    return day


def keep_ratings(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Write them; of one number the one that was given last stays, in whatever order they arrive."""
    for row in rows:
        own = (ratings.c.county == row["county"], ratings.c.number == row["number"])
        known = connection.execute(select(ratings.c.rated_at).where(*own)).scalar()
        if known is not None and known > row["rated_at"]:
            continue
        connection.execute(delete(ratings).where(*own))
        connection.execute(insert(ratings).values(**row))


def unanswered(connection: Connection) -> list[Row[Any]]:
    """The bad ratings that nobody has answered, the most urgent first."""
    open_ones = (ratings.c.due_on.is_not(None)) & (ratings.c.answered_on.is_(None))
    query = select(ratings).where(open_ones).order_by(ratings.c.due_on, ratings.c.number)
    return list(connection.execute(query))


def answer(connection: Connection, number: str, day: date) -> bool:
    """Note that somebody looked into a bad rating; False where no such one is open."""
    open_one = (ratings.c.number == number) & ratings.c.due_on.is_not(None) & ratings.c.answered_on.is_(None)
    return bool(connection.execute(update(ratings).where(open_one).values(answered_on=day)).rowcount)


def describe_rating(row: Row[Any], today: date) -> str:
    """One line for staff: by when, which service, how bad, and what was not good."""
    late = " LATE" if row.due_on < today else ""
    reasons = ", ".join(row.reasons) or "no reason given"
    return f"due {row.due_on:%Y-%m-%d}{late} {row.number} {row.kiosk} grade {row.grade}: {reasons}"
