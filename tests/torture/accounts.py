"""Paper, journal, ledger and platform compared, when everything is over: nothing lost, nothing twice."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from backend_client.contract import citizen_key
from kiosk.domain.issuance import CERTIFICATE, IssuanceState
from kiosk.store.database import DATABASE
from tests.torture.promises import faults_of, read_contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.journeys.hall import Hall
    from tests.torture.promises import Contents

_NUMBER = re.compile(r"\d{12}-[A-Z]{2}-\d{4}-\d{6}-\d")
_AGAIN = re.compile(r"第(\d)次打印")
_CITIZEN = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")
_PLATFORM_STATE = {
    IssuanceState.PRINTED: "printed",
    IssuanceState.VOIDED: "voided",
    IssuanceState.UNCERTAIN: "uncertain",
}

Attempt = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper in the tray, as anybody can read it."""

    attempt: Attempt
    citizen_key: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the kiosk, the platform and the tray say of the same papers. The core must be stopped."""

    kiosk: Contents
    platform: dict[Attempt, sqlite3.Row]
    platform_rows: int
    tray: tuple[Sheet, ...]
    acknowledged: frozenset[str]

    @classmethod
    def of(cls, hall: Hall) -> Self:
        """Read everything."""
        secret = bytes.fromhex((hall.appliance.plan.dataset.keys / "lookup.key").read_text().strip())
        rows = _platform_rows(hall)
        return cls(
            kiosk=read_contents(hall.appliance.state),
            platform={(row["number"], row["attempt"]): row for row in rows},
            platform_rows=len(rows),
            tray=tuple(sheet for paper in hall.papers() if (sheet := _read(paper, secret))),
            acknowledged=frozenset(str(line["number"]) for line in hall.log_events("record_acknowledged")),
        )

    @staticmethod
    def owed(hall: Hall) -> int:
        """How many rows the outbox holds."""
        with closing(sqlite3.connect(hall.appliance.state / DATABASE)) as sql:
            return int(sql.execute("SELECT count(*) FROM outbox").fetchone()[0])

    def counts(self) -> dict[str, int]:
        """How much there was to compare."""
        return {
            "attempts": len(self.kiosk.issuances),
            "papers": len(self.tray),
            "records at the platform": self.platform_rows,
            "acknowledgements": len(self.acknowledged),
        }

    def faults(self) -> Iterator[str]:
        """One sentence for everything that does not agree."""
        yield from faults_of(self.kiosk, ())
        yield from self._delivery_faults()
        yield from self._paper_faults()

    def _delivery_faults(self) -> Iterator[str]:
        if self.platform_rows != len(self.platform):
            yield "twice: one attempt has two records at the platform"
        at_platform = {number for number, _ in self.platform}
        for row in self._certificates():
            attempt = (row["number"], row["attempt"])
            record = self.platform.get(attempt)
            if record is None:
                yield f"lost: an attempt that is {row['state']} is not known to the platform"
            elif record["state"] != _PLATFORM_STATE[IssuanceState(row["state"])]:
                yield f"lost: {row['state']} here, {record['state']} at the platform"
        for number in self.acknowledged - at_platform:
            if _NUMBER.fullmatch(number):
                yield "lost: an acknowledged record"

    def _paper_faults(self) -> Iterator[str]:
        copies = Counter(sheet.attempt for sheet in self.tray)
        by_attempt = {(row["number"], row["attempt"]): row for row in self._certificates()}
        for attempt, count in copies.items():
            row = by_attempt.get(attempt)
            if row is None:
                yield "lost: a paper that no journal knows"
            elif count > 1:
                yield "twice: one attempt was printed more than once"
            elif row["state"] == IssuanceState.VOIDED and not row["settled_by"]:
                yield "half: the kiosk voided by itself what came out"
        for attempt, row in by_attempt.items():
            if row["state"] == IssuanceState.PRINTED and not row["settled_by"] and not copies[attempt]:
                yield "wrong PRINTED: nothing came out"
        for sheet in self.tray:
            record = self.platform.get(sheet.attempt)
            if record is not None and record["citizen_key"] != sheet.citizen_key:
                yield "mixed: the paper names another person than its record"

    def _certificates(self) -> list[sqlite3.Row]:
        return [row for row in self.kiosk.issuances.values() if row["kind"] == CERTIFICATE]


def _platform_rows(hall: Hall) -> list[sqlite3.Row]:
    database = next(hall.appliance.plan.dataset.state.glob("*.sqlite"))
    query = (
        "SELECT c.number, c.attempt, c.state, m.citizen_key FROM certificates c "
        "LEFT JOIN members m ON m.county = c.county AND m.person_id = c.person_id"
    )
    with closing(sqlite3.connect(database)) as sql:
        sql.row_factory = sqlite3.Row
        return sql.execute(query).fetchall()


def _read(paper: Path, secret: bytes) -> Sheet | None:
    """What the paper says of itself; None for a slip."""
    words = ["pdftotext", "-raw", str(paper), "-"]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    text = "".join(printed.split())
    number, citizen, again = _NUMBER.search(text), _CITIZEN.search(printed), _AGAIN.search(text)
    if number is None or citizen is None:
        return None
    return Sheet((number[0], int(again[1]) if again else 1), citizen_key(secret, citizen[0]))
