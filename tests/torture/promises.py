"""What the store promised, read back from its files: nothing less may be there, and no half of anything."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend_client.contract.ledger import Accumulator, leaf_hash, root
from kiosk.domain.issuance import SLIP, IssuanceState
from kiosk.store.database import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_ORDER = tuple(IssuanceState)
_SETTLED = (IssuanceState.PRINTED, IssuanceState.VOIDED, IssuanceState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Reached:
    """The attempt is at this state, or further on its way."""

    issuance: str
    state: IssuanceState


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The platform has the record of this attempt: its row left the outbox."""

    number: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Requested:
    """A pick-up was asked for: it is owed, or the platform has it."""

    issuance: str


@dataclass(frozen=True, slots=True)
class Logged:
    """The ledger has at least so many entries."""

    size: int


Promise = Reached | Acknowledged | Requested | Logged


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in the database file."""

    issuances: dict[str, sqlite3.Row]
    owed: dict[str, int]  # how many rows of the outbox report each attempt
    entries: tuple[str, ...]
    nodes: dict[tuple[int, int], bytes]
    is_sound: bool

    @property
    def acknowledged(self) -> set[tuple[str, int]]:
        """Number and attempt of all that the platform has."""
        rows = self.issuances.values()
        return {(row["number"], row["attempt"]) for row in rows if row["acknowledged_at"]}


def read_contents(state_dir: Path) -> Contents:
    """All that a check needs; no store may have the file open."""
    with closing(sqlite3.connect(state_dir / DATABASE)) as sql:
        sql.row_factory = sqlite3.Row
        owed: dict[str, int] = {}
        for row in sql.execute("SELECT issuance FROM outbox"):
            owed[row["issuance"]] = owed.get(row["issuance"], 0) + 1
        return Contents(
            issuances={row["id"]: row for row in sql.execute("SELECT * FROM issuance")},
            owed=owed,
            entries=tuple(row[0] for row in sql.execute("SELECT entry FROM ledger_entry ORDER BY seq")),
            nodes={(row[0], row[1]): row[2] for row in sql.execute("SELECT * FROM ledger_node")},
            is_sound=sql.execute("PRAGMA integrity_check").fetchone()[0] == "ok",
        )


def faults_of(contents: Contents, promises: Iterable[object]) -> Iterator[str]:
    """One sentence for everything that was lost, doubled, or is only half there."""
    if not contents.is_sound:
        yield "corrupt: the file fails its check"
    acknowledged = contents.acknowledged
    for promise in promises:
        yield from _broken(contents, acknowledged, promise)
    yield from _halves(contents)
    yield from _ledger_faults(contents)


def _broken(contents: Contents, acknowledged: set[tuple[str, int]], promise: object) -> Iterator[str]:
    match promise:
        case Reached(issuance, state):
            row = contents.issuances.get(issuance)
            if row is None:
                yield f"lost: an attempt that was {state}"
            elif not _is_kept(state, IssuanceState(row["state"])):
                yield f"lost: {state}, only {row['state']} is there"
        case Acknowledged(number, attempt):
            if (number, attempt) not in acknowledged:
                yield "lost: an acknowledgement"
        case Requested(issuance):
            row = contents.issuances.get(issuance)
            if row is None or not (contents.owed.get(issuance) or row["acknowledged_at"]):
                yield "lost: a request"
        case Logged(size):
            if len(contents.entries) < size:
                yield f"lost: {size - len(contents.entries)} entries of the ledger"
        case _:
            raise TypeError(promise)


def _is_kept(promised: IssuanceState, found: IssuanceState) -> bool:
    """A way only goes on; what was printed or voided stays so, and a person may settle what is in doubt."""
    if promised in {IssuanceState.PRINTED, IssuanceState.VOIDED}:
        return found is promised
    if promised is IssuanceState.UNCERTAIN:
        return found in _SETTLED
    return _ORDER.index(found) >= _ORDER.index(promised)


def _halves(contents: Contents) -> Iterator[str]:
    """The row, its record and its entry in the ledger were one transaction."""
    numbers = [(row["number"], row["attempt"]) for row in contents.issuances.values()]
    if len(numbers) != len(set(numbers)):
        yield "twice: one attempt of one number"
    printed = [
        row["number"]
        for row in contents.issuances.values()
        if row["state"] == IssuanceState.PRINTED and not row["superseded_by"]
    ]
    if len(printed) != len(set(printed)):
        yield "twice: two valid papers of one number"
    logged = {json.loads(entry).get("number") for entry in contents.entries}
    for issuance, row in contents.issuances.items():
        is_settled = row["state"] in _SETTLED
        is_told = bool(contents.owed.get(issuance) or row["acknowledged_at"])
        if row["kind"] != SLIP and is_settled != is_told:
            yield f"half: {row['state']}, and {'told' if is_told else 'not told'} to the platform"
        if row["number"] not in logged:
            yield "half: an attempt that the ledger does not know"


def _ledger_faults(contents: Contents) -> Iterator[str]:
    tree = Accumulator()
    for seq, entry in enumerate(contents.entries):
        tree.append(leaf_hash(entry.encode()))
        if f'"seq":{seq},' not in entry and f'"seq":{seq}}}' not in entry:
            yield f"corrupt: entry {seq} has another number"
    size = len(contents.entries)
    if sum(level == 0 for level, _ in contents.nodes) != size:
        yield "half: entries and hashes of the ledger differ in number"
    elif size and tree.root() != root(size, lambda level, position: contents.nodes[level, position]):
        yield "corrupt: the ledger's hashes are not those of its entries"
