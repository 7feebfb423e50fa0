from __future__ import annotations

import base64
import secrets
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, insert, select, update

from backend.db.tables import number_blocks, number_series
from backend.local_time import local_date
from backend_client.contract import NumberBlock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from backend.db.kiosks import Kiosk
    from backend_client.contract import NumberBlockRequest

USABLE = timedelta(days=30)
LAST_SERIAL = 999_999
_CODE_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class OtherRequest:
    """This request id was used before, for another kind or another count."""


@dataclass(frozen=True, slots=True)
class SerialsUsedUp:
    """The community has no serials of this kind left in this year."""


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A certificate number taken apart."""

    community: str
    kind: str
    year: int
    serial: int


def split_number(number: str) -> NumberParts:
    """The parts of a well-formed certificate number."""
    community, kind, year, serial, _ = number.split("-")
    return NumberParts(community, kind, int(year), int(serial))


def reserve_block(
    connection: Connection, kiosk: Kiosk, request: NumberBlockRequest, moment: datetime
) -> NumberBlock | OtherRequest | SerialsUsedUp:
    """A block that no other kiosk has or will have; the same request id gives the same block again."""
    known = _known_block(connection, kiosk, request.request_id)
    if known is not None:
        is_same = known.kind == request.kind and known.serials == request.count
        return _block(known) if is_same else OtherRequest()
    year = local_date(moment).year
    first = _take_serials(connection, kiosk, request, year)
    if first is None:
        return SerialsUsedUp()
    row = {
        "county": kiosk.county,
        "kiosk": kiosk.id,
        "block_id": uuid.uuid4().hex,
        "request_id": request.request_id,
        "community": kiosk.community,
        "kind": request.kind,
        "year": year,
        "first_serial": first,
        "serials": request.count,
        "code_key": base64.b64encode(secrets.token_bytes(_CODE_KEY_BYTES)).decode(),
        "issued_at": moment,
        "expires_on": local_date(moment) + USABLE,
    }
    return _block(connection.execute(insert(number_blocks).values(row).returning(number_blocks)).one())


def find_block(connection: Connection, number: NumberParts) -> Row[Any] | None:
    """The row of the block that this number belongs to, whoever has it, expired or not."""
    query = (
        select(number_blocks)
        .where(
            number_blocks.c.county == number.community[:6],
            number_blocks.c.community == number.community,
            number_blocks.c.kind == number.kind,
            number_blocks.c.year == number.year,
            number_blocks.c.first_serial <= number.serial,
        )
        .order_by(number_blocks.c.first_serial.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return row if row is not None and number.serial < row.first_serial + row.serials else None


@dataclass(frozen=True, slots=True)
class OwnBlocks:
    """The blocks of one kiosk that may hold some numbers."""

    _spans: dict[tuple[str, str, int], tuple[range, ...]]  # serials, by community, kind and year

    def hold(self, number: NumberParts) -> bool:
        """True where the number belongs to one of the blocks, expired or not."""
        spans = self._spans.get((number.community, number.kind, number.year), ())
        return any(number.serial in span for span in spans)


def find_own_blocks(connection: Connection, kiosk: Kiosk, numbers: Iterable[NumberParts]) -> OwnBlocks:
    """The blocks of this kiosk for these numbers, with one statement for each community, kind and year."""
    serials: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    for number in numbers:
        serials[number.community, number.kind, number.year].append(number.serial)
    return OwnBlocks(
        {series: _spans(connection, kiosk, series, wanted) for series, wanted in serials.items()}
    )


def _spans(
    connection: Connection, kiosk: Kiosk, series: tuple[str, str, int], serials: list[int]
) -> tuple[range, ...]:
    community, kind, year = series
    query = select(number_blocks.c.first_serial, number_blocks.c.serials).where(
        number_blocks.c.county == kiosk.county,
        number_blocks.c.kiosk == kiosk.id,
        number_blocks.c.community == community,
        number_blocks.c.kind == kind,
        number_blocks.c.year == year,
        number_blocks.c.first_serial <= max(serials),
        number_blocks.c.first_serial + number_blocks.c.serials > min(serials),
    )
    return tuple(range(row.first_serial, row.first_serial + row.serials) for row in connection.execute(query))


def _known_block(connection: Connection, kiosk: Kiosk, request_id: str) -> Row[Any] | None:
    query = select(number_blocks).where(
        number_blocks.c.county == kiosk.county,
        number_blocks.c.kiosk == kiosk.id,
        number_blocks.c.request_id == request_id,
    )
    return connection.execute(query).first()


def _take_serials(connection: Connection, kiosk: Kiosk, request: NumberBlockRequest, year: int) -> int | None:
    """The first of as many serials in a row as requested, taken for good; None where too few are left."""
    series = {"county": kiosk.county, "community": kiosk.community, "kind": request.kind, "year": year}
    of_series = and_(*(number_series.c[name] == value for name, value in series.items()))
    after = number_series.c.next_serial + request.count
    # One statement reads and moves the counter, so that two kiosks never get the same serials.
    take = (
        update(number_series)
        .where(of_series, after - 1 <= LAST_SERIAL)
        .values(next_serial=after)
        .returning(number_series.c.next_serial)
    )
    next_serial: int | None = connection.execute(take).scalar()
    if next_serial is not None:
        return next_serial - request.count
    if connection.execute(select(number_series.c.year).where(of_series)).first() is not None:
        return None
    connection.execute(insert(number_series).values(**series, next_serial=1 + request.count))
    return 1


def _block(row: Row[Any]) -> NumberBlock:
    return NumberBlock(
        request_id=row.request_id,
        kiosk=row.kiosk,
        block_id=row.block_id,
        community=row.community,
        kind=row.kind,
        year=row.year,
        first=row.first_serial,
        count=row.serials,
        code_key=row.code_key,
        expires_on=row.expires_on,
    )
