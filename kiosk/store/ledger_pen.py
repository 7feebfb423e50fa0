"""Entries of the ledger are written here, always inside the transaction of what they tell."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, select

from backend_client.contract.ledger import completed, leaf_hash
from kiosk.store.tables import ledger_entry, ledger_node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.issuance import Moment
    from kiosk.store.session import Session

# Built once: every step of a paper needs them.
_LAST = select(func.max(ledger_entry.c.seq))
_NODE = select(ledger_node.c.hash).where(
    ledger_node.c.level == bindparam("level"), ledger_node.c.position == bindparam("position")
)
_ADD_ENTRY = insert(ledger_entry)
_ADD_NODE = insert(ledger_node)


class EntryKind(StrEnum):
    """What an entry tells."""

    RESERVED = "reserved"
    REVISED = "revised"
    DOCUMENT = "document"
    CREATING = "creating"
    CREATED = "created"
    SENDING = "sending"
    ACCEPTED = "accepted"
    SETTLED = "settled"
    WORD = "word"
    SUPERSEDED = "superseded"
    ACKNOWLEDGED = "acknowledged"
    PICKUP = "pickup"
    BLOCK = "block"
    SHREDDED = "shredded"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is told: hashes, ids and codes, never a person. A field that is "" is left out."""

    kind: EntryKind
    fields: Mapping[str, str | int] = field(default_factory=dict)


class LedgerPen:
    """Appends entries; see backend_client.contract.ledger for the tree above them."""

    def __init__(self, kiosk: str) -> None:
        self._kiosk = kiosk

    def append(self, session: Session, now: Moment, *entries: Entry) -> None:
        """Add the entries at the end, in this order, as part of the transaction that made them true."""
        if not entries:
            return
        size = size_of(session)
        made: dict[tuple[int, int], bytes] = {}

        def node(level: int, position: int) -> bytes:
            known = made.get((level, position))
            return read_node(session, level, position) if known is None else known

        texts = [self._text(size + at, now, entry) for at, entry in enumerate(entries)]
        for seq, text in enumerate(texts, start=size):
            for level, position, value in completed(seq, leaf_hash(text.encode()), node):
                made[level, position] = value
        rows = [{"seq": seq, "entry": text} for seq, text in enumerate(texts, start=size)]
        session.sql.execute(_ADD_ENTRY, rows)
        nodes = [{"level": at[0], "position": at[1], "hash": value} for at, value in made.items()]
        session.sql.execute(_ADD_NODE, nodes)

    def _text(self, seq: int, now: Moment, entry: Entry) -> str:
        """Canonical JSON: one way only to write it."""
        content: dict[str, str | int] = {name: value for name, value in entry.fields.items() if value != ""}
        content |= {"seq": seq, "kiosk": self._kiosk, "kind": entry.kind}
        content |= {"wall": now.wall.isoformat(), "mono_ms": now.monotonic_ms}
        content |= {"boot": now.boot_id, "clock": now.clock}
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def size_of(session: Session) -> int:
    """How many entries there are."""
    last = session.sql.execute(_LAST).scalar()
    return 0 if last is None else int(last) + 1


def read_node(session: Session, level: int, position: int) -> bytes:
    """The hash of one complete subtree."""
    return bytes(session.sql.execute(_NODE, {"level": level, "position": position}).scalar_one())


def read_entries(session: Session, begin: int, end: int) -> list[str]:
    """The entries from `begin` to before `end`, as they are hashed."""
    query = select(ledger_entry.c.entry).where(ledger_entry.c.seq >= begin, ledger_entry.c.seq < end)
    return [str(text) for text in session.sql.execute(query.order_by(ledger_entry.c.seq)).scalars()]
