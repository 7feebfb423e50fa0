from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from kiosk.domain.bench import DeviceTest, PaperCount, Refill, Refilled
from kiosk.domain.health import Component
from kiosk.store.counters import Counted, count_up, counted
from kiosk.store.tables import device_test, refill

if TYPE_CHECKING:
    from sqlalchemy import Row

    from kiosk.store.database import Database
    from kiosk.store.session import Session

_LAST_PAPER = (
    select(refill.c.sheets, refill.c.pages_before)
    .where(refill.c.what == Refilled.PAPER)
    .order_by(refill.c.seq.desc())
    .limit(1)
)


class BenchRows:
    """The technician's bench; see kiosk.domain.bench.BenchBook.

    A refill that the kiosk saw itself (`staff` "") holds what a full tray is said to hold: an assumption.
    Papers with a number count themselves when they are settled, see counters.py.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_test(self, test: DeviceTest) -> None:
        """Keep one test."""
        row = insert(device_test).values(
            component=test.component,
            passed=int(test.passed),
            at=test.at.isoformat(),
            staff=test.staff,
            code=test.code,
            note=test.note,
        )
        self._database.run(lambda session: session.sql.execute(row) and None)

    def note_refill(self, refilled: Refill) -> None:
        """Keep one refill; the paper estimate begins anew with it."""

        def work(session: Session) -> None:
            row = insert(refill).values(
                what=refilled.what,
                sheets=refilled.sheets,
                pages_before=counted(session, Counted.PAGES),
                at=refilled.at.isoformat(),
                staff=refilled.staff,
            )
            session.sql.execute(row)

        self._database.run(work)

    def note_pages(self, pages: int) -> None:
        """Pages without a number came out of the page printer, or may have."""
        self._database.run(lambda session: count_up(session, Counted.PAGES, pages))

    def note_slip(self) -> None:
        """A slip without a number came out of the receipt printer, or may have."""
        self._database.run(lambda session: count_up(session, Counted.SLIPS, 1))

    def tests(self, limit: int) -> tuple[DeviceTest, ...]:
        """The newest tests."""
        query = select(device_test).order_by(device_test.c.seq.desc()).limit(limit)
        return self._database.run_urgent(
            lambda session: tuple(_test(row) for row in session.sql.execute(query))
        )

    def refills(self, limit: int) -> tuple[Refill, ...]:
        """The newest refills."""
        query = select(refill).order_by(refill.c.seq.desc()).limit(limit)
        return self._database.run_urgent(
            lambda session: tuple(_refill(row) for row in session.sql.execute(query))
        )

    def count(self) -> PaperCount:
        """The counters; what is left is never below 0, and unknown before a first refill with a number."""
        return self._database.run_urgent(_count)


def _count(session: Session) -> PaperCount:
    pages, slips = counted(session, Counted.PAGES), counted(session, Counted.SLIPS)
    last = session.sql.execute(_LAST_PAPER).first()
    if last is None or last.sheets is None:
        return PaperCount(pages, None, slips)
    return PaperCount(pages, max(0, last.sheets - (pages - last.pages_before)), slips)


def _test(row: Row[Any]) -> DeviceTest:
    return DeviceTest(
        component=Component(row.component),
        passed=bool(row.passed),
        at=datetime.fromisoformat(row.at),
        staff=row.staff,
        code=row.code,
        note=row.note,
    )


def _refill(row: Row[Any]) -> Refill:
    return Refill(Refilled(row.what), row.sheets, datetime.fromisoformat(row.at), row.staff)
