"""What came out of each printer, counted in the transaction that says so: a kill loses no sheet."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from kiosk.domain.issuance import CERTIFICATE, PAGE_PRINTER, IssuanceState
from kiosk.store.tables import paper_count

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Row

    from kiosk.store.session import Session


class Counted(StrEnum):
    """The two counters."""

    PAGES = "pages"  # of the page printer
    SLIPS = "slips"  # of the receipt printer


# A sheet that is in doubt may be gone: the estimate must not promise paper that is not there.
_GONE = (IssuanceState.PRINTED, IssuanceState.UNCERTAIN)


def count_up(session: Session, what: Counted, by: int) -> None:
    """Add to a counter."""
    row = insert(paper_count).values(what=what, count=by)
    added = {"count": paper_count.c.count + row.excluded.count}
    session.sql.execute(row.on_conflict_do_update(index_elements=[paper_count.c.what], set_=added))


def counted(session: Session, what: Counted) -> int:
    """What a counter says."""
    query = select(paper_count.c.count).where(paper_count.c.what == what)
    return int(session.sql.execute(query).scalar() or 0)


def count_settled(session: Session, row: Row[Any], state: IssuanceState) -> None:
    """Count the sheets of an attempt that is settled now; a slip is one sheet, whatever it promises."""
    if state not in _GONE:
        return
    if row.printer == PAGE_PRINTER:
        count_up(session, Counted.PAGES, row.copies if row.kind == CERTIFICATE else 1)
    else:
        count_up(session, Counted.SLIPS, 1)
