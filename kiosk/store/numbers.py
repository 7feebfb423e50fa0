from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert

from backend_client.contract import NumberBlock, NumberBlockRequest, certificate_number, check_code
from kiosk.domain.issuance import ReservedNumber
from kiosk.store.sealing import Place
from kiosk.store.tables import meta, number_block

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Row

    from kiosk.domain.issuance import Moment
    from kiosk.store.database import Database, Session

KIND = "JZ"  # residence certificate
_PENDING = "block_request"  # so that a crash between asking and storing wastes no block


class Numbers:
    """The blocks of certificate numbers; see kiosk.domain.journal.NumberStock."""

    def __init__(self, database: Database, moment: Callable[[], Moment]) -> None:
        self._database = database
        self._moment = moment

    def remaining(self) -> int:
        """Numbers left in blocks that have not expired."""
        today = self._moment().wall.date()
        left = number_block.c.first + number_block.c.size - number_block.c.next
        query = select(func.coalesce(func.sum(left), 0)).where(_usable(today))
        return self._database.run_urgent(lambda session: int(session.sql.execute(query).scalar_one()))

    def block_request(self, count: int) -> NumberBlockRequest:
        """The request for a new block; the same one until its block is added."""

        def work(session: Session) -> str:
            row = insert(meta).values(key=_PENDING, value=str(uuid.uuid4()))
            session.sql.execute(row.on_conflict_do_nothing())
            query = select(meta.c.value).where(meta.c.key == _PENDING)
            return str(session.sql.execute(query).scalar_one())

        return NumberBlockRequest(request_id=self._database.run(work), kind=KIND, count=count)

    def add_block(self, block: NumberBlock) -> None:
        """Keep the block; adding it twice changes nothing."""

        def work(session: Session) -> None:
            sealed = session.sealer.seal(_place(block.block_id), block.code_key.encode())
            row = insert(number_block).values(
                **block.model_dump(include={"block_id", "community", "kind", "year", "first"}),
                size=block.count,
                next=block.first,
                expires_on=block.expires_on.isoformat(),
                sealed=sealed,
            )
            session.sql.execute(row.on_conflict_do_nothing())
            session.sql.execute(meta.delete().where(meta.c.key == _PENDING))

        self._database.run(work)


def take_number(session: Session, today: date) -> tuple[str, ReservedNumber] | None:
    """Take the next number of the oldest usable block, with the block's id; None = there is none left."""
    oldest_first = (number_block.c.expires_on, number_block.c.first)
    query = select(number_block).where(_usable(today)).order_by(*oldest_first).limit(1)
    row = session.sql.execute(query).first()
    if row is None:
        return None
    used = update(number_block).where(number_block.c.block_id == row.block_id).values(next=row.next + 1)
    session.sql.execute(used)
    block = _block(session, row)
    number = certificate_number(block, row.next)
    return row.block_id, ReservedNumber(number, check_code(block.code_key, number))


def check_code_of(session: Session, block_id: str, number: str) -> str:
    """The check code of a number that was taken from this block."""
    row = session.sql.execute(select(number_block).where(number_block.c.block_id == block_id)).one()
    return check_code(_block(session, row).code_key, number)


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
