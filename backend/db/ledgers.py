"""The platform's witness of every kiosk's ledger: it only ever grows, and nobody can take an entry back."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from backend.db.alarms import AlarmKind, raise_alarm
from backend.db.kiosks import public_keys
from backend.db.tables import ledgers
from backend_client.contract import LedgerAnswer, LedgerVerdict
from backend_client.contract.ledger import (
    EMPTY_ROOT,
    PLATFORM_KEY_NAME,
    Checkpoint,
    NoteError,
    countersign,
    is_consistent,
    kiosk_key_name,
    parse_origin,
    read_checkpoint,
)

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection, Row

    from backend.db.kiosks import Kiosk
    from backend_client.contract import LedgerGrowth


@dataclass(frozen=True, slots=True)
class Witness:
    """Who countersigns, and when. `seed` is the Ed25519 private key of the platform."""

    seed: bytes
    moment: datetime


def witness(connection: Connection, kiosk: Kiosk, growth: LedgerGrowth, by: Witness) -> LedgerAnswer:
    """Countersign the checkpoint if it continues the last one; whatever else it is changes nothing here.

    The countersigned note is in the database before anybody hears of it.
    """
    try:
        checkpoint = _read(connection, kiosk, growth.checkpoint)
        _, ledger_id = parse_origin(checkpoint.origin)
    except (NoteError, ValueError) as error:
        _alarm(connection, kiosk, AlarmKind.LEDGER_UNREADABLE, str(error), by)
        return LedgerAnswer(kiosk=kiosk.id, verdict=LedgerVerdict.UNREADABLE, checkpoint="")
    known = _last(connection, kiosk, ledger_id)
    verdict = _judge(known, checkpoint, growth)
    if verdict is LedgerVerdict.COUNTERSIGNED:
        if known is not None and known.size == checkpoint.size:
            return LedgerAnswer(kiosk=kiosk.id, verdict=verdict, checkpoint=known.note)  # told before
        return LedgerAnswer(
            kiosk=kiosk.id, verdict=verdict, checkpoint=_keep(connection, kiosk, checkpoint, growth, by)
        )
    if verdict is not LedgerVerdict.PROVE_FROM:
        kind = AlarmKind.LEDGER_FORK if verdict is LedgerVerdict.FORK else AlarmKind.LEDGER_SHORTER
        # Without what the kiosk says now: as long as it goes on, it is the same alarm.
        detail = f"ledger {ledger_id}, which was countersigned with {known.size if known else 0} entries"
        _alarm(connection, kiosk, kind, detail, by)
    return LedgerAnswer(kiosk=kiosk.id, verdict=verdict, checkpoint=known.note if known else "")


def _read(connection: Connection, kiosk: Kiosk, note: str) -> Checkpoint:
    """The checkpoint that one of this kiosk's keys signed. Raises NoteError."""
    name = kiosk_key_name(kiosk.id)
    for public_key in public_keys(connection, kiosk):
        try:
            checkpoint = read_checkpoint(note, name, public_key)
        except NoteError:
            continue
        if parse_origin(checkpoint.origin)[0] != kiosk.id:
            raise NoteError("the ledger of another kiosk")
        return checkpoint
    raise NoteError("no checkpoint that this kiosk signed")


def _judge(known: Row[Any] | None, checkpoint: Checkpoint, growth: LedgerGrowth) -> LedgerVerdict:
    size, root = (known.size, bytes.fromhex(known.root)) if known is not None else (0, EMPTY_ROOT)
    if checkpoint.size < size:
        return LedgerVerdict.SHORTER
    if checkpoint.size == size and known is not None:
        return LedgerVerdict.COUNTERSIGNED if checkpoint.root == root else LedgerVerdict.FORK
    if growth.from_size != size:
        return LedgerVerdict.PROVE_FROM
    proof = tuple(base64.b64decode(part) for part in growth.proof)
    continues = is_consistent(size, checkpoint.size, root, checkpoint.root, proof)
    return LedgerVerdict.COUNTERSIGNED if continues else LedgerVerdict.FORK


def _keep(
    connection: Connection, kiosk: Kiosk, checkpoint: Checkpoint, growth: LedgerGrowth, by: Witness
) -> str:
    _, ledger_id = parse_origin(checkpoint.origin)
    note = countersign(growth.checkpoint, PLATFORM_KEY_NAME, by.seed, by.moment)
    row = {"size": checkpoint.size, "root": checkpoint.root.hex(), "note": note, "seen_at": by.moment}
    this = (ledgers.c.county == kiosk.county) & (ledgers.c.kiosk == kiosk.id)
    if connection.execute(update(ledgers).where(this, ledgers.c.ledger_id == ledger_id).values(row)).rowcount:
        return note
    if connection.execute(select(ledgers.c.ledger_id).where(this).limit(1)).first():
        _alarm(connection, kiosk, AlarmKind.LEDGER_NEW, f"began ledger {ledger_id}", by)
    whose = {"county": kiosk.county, "kiosk": kiosk.id, "ledger_id": ledger_id, "began_at": by.moment}
    connection.execute(insert(ledgers).values({**whose, **row}))
    return note


def _last(connection: Connection, kiosk: Kiosk, ledger_id: str) -> Row[Any] | None:
    query = select(ledgers).where(
        ledgers.c.county == kiosk.county, ledgers.c.kiosk == kiosk.id, ledgers.c.ledger_id == ledger_id
    )
    # Held until this checkpoint is kept: of two that grow from the same one, the second must see the first.
    return connection.execute(query.with_for_update()).first()


def _alarm(connection: Connection, kiosk: Kiosk, kind: AlarmKind, detail: str, by: Witness) -> None:
    raise_alarm(connection, (kiosk.county, kiosk.id), kind, detail, by.moment)
