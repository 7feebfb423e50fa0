"""Stores that break after a copy was made, and what the platform says of them then."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from backend_client.contract import KnownPaper, KnownPapers, MissingSerials, PaperState, certificate_number
from kiosk.store.tables import issuance
from tests.store.builders import Bench, block, print_one

if TYPE_CHECKING:
    from sqlalchemy import Row

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def damage(bench: Bench) -> None:
    """The disk gave way under the file."""
    bench.store.close()
    path = bench.state_dir / "kiosk.db"
    path.write_bytes(b"\xee" * path.stat().st_size)
    bench.reopen()


def number(serial: int) -> str:
    return certificate_number(block(count=900), serial)


def rows(bench: Bench) -> list[Row[tuple[object, ...]]]:
    query = issuance.select().order_by(issuance.c.number, issuance.c.attempt)
    return bench.store._database.run(lambda session: list(session.sql.execute(query).all()))


def known(serial: int, state: PaperState = PaperState.PRINTED, attempt: int = 1) -> KnownPaper:
    return KnownPaper(number=number(serial), kind="JZ", attempt=attempt, state=state, settled_at=AT)


def page(*papers: KnownPaper, blocks: tuple[MissingSerials, ...] = (), following: str = "") -> KnownPapers:
    return KnownPapers(kiosk="CG-KSK-03", items=papers, blocks=blocks, next=following)


def entries(bench: Bench) -> list[dict[str, object]]:
    query = "SELECT entry FROM ledger_entry ORDER BY seq"
    return bench.store._database.run(
        lambda session: [json.loads(row[0]) for row in session.sql.exec_driver_sql(query)]
    )


def damaged_after_backup(bench: Bench, printed_after: int) -> None:
    """One paper before the nightly copy, some after it, and then the file breaks."""
    bench.store.numbers.add_block(block(count=10))
    print_one(bench.store)
    bench.store.night.back_up()
    for _ in range(printed_after):
        print_one(bench.store)
    damage(bench)
