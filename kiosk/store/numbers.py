from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from backend_client.contract import NumberBlock, NumberBlockRequest, certificate_number, check_code
from kiosk.domain.issuance import CERTIFICATE, ReservedNumber
from kiosk.domain.journal import BlockVerdict
from kiosk.store.ledger_pen import Entry, EntryKind
from kiosk.store.sealing import Place
from kiosk.store.tables import issuance, meta, number_block

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Row

    from kiosk.domain.issuance import Moment
    from kiosk.store.database import Database
    from kiosk.store.ledger_pen import LedgerPen
    from kiosk.store.session import Session

_PENDING = "block_request"  # so that a crash between asking and storing wastes no block
_PENDING_SINCE = "block_request_on"  # local date


class Numbers:
    """The blocks of certificate numbers; see kiosk.domain.journal.NumberStock."""

    def __init__(self, database: Database, moment: Callable[[], Moment], pen: LedgerPen) -> None:
        self._database = database
        self._moment = moment
        self._pen = pen

    def remaining(self) -> int:
        """Numbers left in blocks that have not expired."""
        today = self._moment().wall.date()
        left = number_block.c.first + number_block.c.size - number_block.c.next
        query = select(func.coalesce(func.sum(left), 0)).where(_usable(today))
        return self._database.run_urgent(lambda session: int(session.sql.execute(query).scalar_one()))

    def block_request(self, count: int) -> NumberBlockRequest:
        """The request for a new block; the same one until its block is added or refused for good."""

        def work(session: Session) -> str:
            today = self._moment().wall.date().isoformat()
            for key, value in ((_PENDING, str(uuid.uuid4())), (_PENDING_SINCE, today)):
                row = insert(meta).values(key=key, value=value)
                session.sql.execute(row.on_conflict_do_nothing())
            query = select(meta.c.value).where(meta.c.key == _PENDING)
            return str(session.sql.execute(query).scalar_one())

        return NumberBlockRequest(request_id=self._database.run(work), kind=CERTIFICATE, count=count)

    def add_block(self, block: NumberBlock) -> BlockVerdict:
        """Keep the block if its numbers can be given out; adding it twice changes nothing.

        The request of an expired block is given up at the next day only: under a clock that is wrong every
        new block would have expired too, and each would cost the community its serials.
        """

        def work(session: Session) -> BlockVerdict:
            today = self._moment().wall.date()
            if block.expires_on < today:
                _forget_request_before(session, today)
                return BlockVerdict.EXPIRED
            _forget_request(session)
            if _overlaps(session, block):
                return BlockVerdict.OVERLAPS
            if _is_inserted(session, block):
                self._pen.append(session, self._moment(), _told(block))
            return BlockVerdict.KEPT

        return self._database.run(work)


def take_number(session: Session, today: date) -> tuple[str, ReservedNumber] | None:
    """Take the next number of the oldest usable block, with the block's id; None = there is none left."""
    oldest_first = (number_block.c.expires_on, number_block.c.first)
    query = select(number_block).where(_usable(today)).order_by(*oldest_first).limit(1)
    while row := session.sql.execute(query).first():
        used = update(number_block).where(number_block.c.block_id == row.block_id).values(next=row.next + 1)
        session.sql.execute(used)
        block = _block(session, row)
        number = certificate_number(block, row.next)
        # A platform that was set back may have given out serials a second time.
        if not session.sql.execute(select(issuance.c.id).where(issuance.c.number == number)).first():
            return row.block_id, ReservedNumber(number, check_code(block.code_key, number))
    return None


def check_code_of(session: Session, block_id: str, number: str, attempt: int) -> str:
    """The check code of an attempt at a number that was taken from this block."""
    row = session.sql.execute(select(number_block).where(number_block.c.block_id == block_id)).one()
    return check_code(_block(session, row).code_key, number, attempt)


def _told(block: NumberBlock) -> Entry:
    fields: dict[str, str | int] = {"block": block.block_id, "community": block.community, "year": block.year}
    fields |= {"first": block.first, "count": block.count}
    return Entry(EntryKind.BLOCK, fields)


def _is_inserted(session: Session, block: NumberBlock) -> bool:
    """False where the very block is here already."""
    row = insert(number_block).values(
        **block.model_dump(include={"block_id", "community", "kind", "year", "first"}),
        size=block.count,
        next=block.first,
        expires_on=block.expires_on.isoformat(),
        sealed=session.sealer.seal(_place(block.block_id), block.code_key.encode()),
    )
    return session.sql.execute(row.on_conflict_do_nothing()).rowcount == 1


def _overlaps(session: Session, block: NumberBlock) -> bool:
    """True where another block of the same series holds some of these serials."""
    query = select(number_block.c.block_id).where(
        number_block.c.block_id != block.block_id,
        number_block.c.community == block.community,
        number_block.c.kind == block.kind,
        number_block.c.year == block.year,
        number_block.c.first < block.first + block.count,
        number_block.c.first + number_block.c.size > block.first,
    )
    return session.sql.execute(query.limit(1)).first() is not None


def _forget_request(session: Session) -> None:
    session.sql.execute(delete(meta).where(meta.c.key.in_((_PENDING, _PENDING_SINCE))))


def _forget_request_before(session: Session, today: date) -> None:
    since = session.sql.execute(select(meta.c.value).where(meta.c.key == _PENDING_SINCE)).scalar()
    if since != today.isoformat():
        _forget_request(session)


def _usable(today: date) -> Any:
    has_left = number_block.c.next < number_block.c.first + number_block.c.size
    return has_left & (number_block.c.expires_on >= today.isoformat())


def _block(session: Session, row: Row[Any]) -> NumberBlock:
    return NumberBlock(
        request_id="",
        kiosk="",
        block_id=row.block_id,
        community=row.community,
        kind=row.kind,
        year=row.year,
        first=row.first,
        count=row.size,
        code_key=session.sealer.unseal(_place(row.block_id), row.sealed).decode(),
        expires_on=row.expires_on,
    )


def _place(block_id: str) -> Place:
    return Place("number_block", block_id)
