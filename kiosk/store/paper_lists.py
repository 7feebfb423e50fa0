"""Which papers are open, and which wait for a person's word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal_column, select

from devices.contract import JobRef
from kiosk.domain.issuance import OPEN_STATES, PAGE_PRINTER, IssuanceState, OpenIssuance, UncertainPaper
from kiosk.store.tables import issuance as table

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row

    from kiosk.store.session import Session

_OLDEST_FIRST: ColumnElement[int] = literal_column("issuance.rowid")  # wall clocks jump


def open_issuances(session: Session) -> tuple[OpenIssuance, ...]:
    """All attempts that are not settled, oldest first."""
    query = select(table).where(table.c.state.in_(OPEN_STATES)).order_by(_OLDEST_FIRST)
    return tuple(_open_issuance(row) for row in session.sql.execute(query))


def uncertain_papers(session: Session) -> tuple[UncertainPaper, ...]:
    """All attempts that wait for a person's word, oldest first."""
    query = select(table).where(_waits_for_word()).order_by(_OLDEST_FIRST)
    return tuple(_uncertain_paper(row) for row in session.sql.execute(query))


def count_uncertain(session: Session) -> int:
    """How many wait for a person's word."""
    query = select(func.count()).select_from(table).where(_waits_for_word())
    return int(session.sql.execute(query).scalar_one())


def _waits_for_word() -> ColumnElement[bool]:
    return (table.c.state == IssuanceState.UNCERTAIN) & (table.c.superseded_by == "")


def _open_issuance(row: Row[Any]) -> OpenIssuance:
    is_findable = row.job_uuid or row.printer != PAGE_PRINTER  # a receipt printer knows no uuids
    job = JobRef(row.job_name, row.job_uuid, row.job_id) if is_findable else None
    state = IssuanceState(row.state)
    return OpenIssuance(
        row.id, row.number, state, row.copies, row.job_name, job, row.attempt, printer=row.printer
    )


def _uncertain_paper(row: Row[Any]) -> UncertainPaper:
    return UncertainPaper(
        issuance=row.id,
        number=row.number,
        attempt=row.attempt,
        kind=row.kind,
        copies=row.copies,
        code=row.code,
        job_id=row.job_id,
        prepared_at=datetime.fromisoformat(row.prepared_at),
        printer=row.printer,
    )
