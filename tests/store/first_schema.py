"""A store as the first version of the program left it: before attempts, ledger and migrations."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import uuid
from typing import TYPE_CHECKING, Any

from kiosk.store.sealing import Place, Sealer
from tests.store.builders import CITIZEN_KEY, HOUSEHOLD, PERSON, SHA

if TYPE_CHECKING:
    from pathlib import Path

MASTER_KEY = b"m" * 32
AT = "2026-10-02T10:00:00+08:00"

# Word for word what SQLAlchemy wrote then.
TABLES = (
    'CREATE TABLE meta ("key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key"))',
    (
        "CREATE TABLE number_block (block_id TEXT NOT NULL, community TEXT NOT NULL, kind TEXT NOT NULL,"
        " year INTEGER NOT NULL, first INTEGER NOT NULL, size INTEGER NOT NULL, next INTEGER NOT NULL,"
        " expires_on TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (block_id))"
    ),
    (
        "CREATE TABLE outbox (seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,"
        " sealed BLOB NOT NULL, attempts INTEGER NOT NULL, next_try_ms INTEGER NOT NULL, state TEXT NOT NULL,"
        " reason TEXT NOT NULL, UNIQUE (id))"
    ),
    (
        "CREATE TABLE staff_call (id TEXT NOT NULL, reason TEXT NOT NULL, called_at TEXT NOT NULL,"
        " called_ms INTEGER NOT NULL, called_boot TEXT NOT NULL, PRIMARY KEY (id))"
    ),
    (
        "CREATE TABLE issuance (id TEXT NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL,"
        " block_id TEXT NOT NULL, session TEXT NOT NULL, card_read TEXT NOT NULL, sealed BLOB NOT NULL,"
        " purpose TEXT NOT NULL, copies INTEGER NOT NULL, state TEXT NOT NULL, document_sha256 TEXT NOT NULL,"
        " valid_until TEXT NOT NULL, job_name TEXT NOT NULL, job_uuid TEXT NOT NULL, job_id INTEGER NOT NULL,"
        " code TEXT NOT NULL, prepared_at TEXT NOT NULL, prepared_ms INTEGER NOT NULL,"
        " prepared_boot TEXT NOT NULL, settled_at TEXT NOT NULL, settled_ms INTEGER NOT NULL,"
        " settled_boot TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (number),"
        " FOREIGN KEY(block_id) REFERENCES number_block (block_id))"
    ),
    "CREATE INDEX issuance_by_state ON issuance (state)",
)
NAMES = ("meta", "number_block", "outbox", "staff_call", "issuance")


def write_first_store(state_dir: Path, numbers: int, owed: int) -> None:
    """A store with so many settled numbers, the last `owed` of them unreported, and one left open."""
    state_dir.mkdir(parents=True)
    (state_dir / "store.key").write_bytes(MASTER_KEY)
    sealer = Sealer(MASTER_KEY)
    with contextlib.closing(sqlite3.connect(state_dir / "kiosk.db", isolation_level=None)) as sql:
        sql.execute("PRAGMA journal_mode = WAL")
        for table in TABLES:
            sql.execute(table)
        sql.execute("INSERT INTO meta VALUES ('key_id', ?)", (sealer.key_id,))
        key = sealer.seal(Place("number_block", "block-1"), b"a" * 44)
        block = ("block-1", "610525001003", "JZ", 2026, 1, 900, numbers + 2, "2027-12-23", key)
        sql.execute("INSERT INTO number_block VALUES (?,?,?,?,?,?,?,?,?)", block)
        sql.execute("INSERT INTO staff_call VALUES ('call-1', 'help', ?, 1, 'boot-0')", (AT,))
        for serial in range(1, numbers + 1):
            _issue(sql, sealer, serial, is_owed=serial > numbers - owed)
        _insert_issuance(sql, sealer, numbers + 1, "prepared", "")
        sql.execute("PRAGMA user_version = 1")


def number_of(serial: int) -> str:
    """A number of that store; its check digit is nobody's business here."""
    return f"610525001003-JZ-2026-{serial:06d}-1"


def first_contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows in the columns that there were then, whatever the file has grown since."""
    with contextlib.closing(sqlite3.connect(path)) as sql, contextlib.closing(_memory()) as then:
        found = {}
        for name in NAMES:
            columns = [row[1] for row in then.execute(f"PRAGMA table_info({name})")]
            chosen = ", ".join(f'"{column}"' for column in columns)
            found[name] = sql.execute(f"SELECT {chosen} FROM {name} ORDER BY 1").fetchall()  # noqa: S608 - ours
        return found


def _memory() -> sqlite3.Connection:
    sql = sqlite3.connect(":memory:")
    for table in TABLES:
        sql.execute(table)
    return sql


def _issue(sql: sqlite3.Connection, sealer: Sealer, serial: int, *, is_owed: bool) -> None:
    _insert_issuance(sql, sealer, serial, "printed", AT)
    if not is_owed:
        return
    item = str(uuid.uuid5(uuid.NAMESPACE_OID, f"item-{serial}"))
    body = _APPLICANT | {
        "type": "certificate",
        "number": number_of(serial),
        "kind": "JZ",
        "state": "printed",
        "reason": "",
        "session": "session-1",
        "purpose": "school",
        "copies": 1,
        "document_sha256": SHA,
        "valid_until": "2026-12-02",
        "job_uuid": "",
        "prepared_at": AT,
        "settled_at": AT,
    }
    content = json.dumps({"id": item, "schema_version": 1, "body": body}).encode()
    row = (item, sealer.seal(Place("outbox", item), content))
    sql.execute("INSERT INTO outbox VALUES (NULL, ?, ?, 0, 0, 'waiting', '')", row)


def _insert_issuance(sql: sqlite3.Connection, sealer: Sealer, serial: int, state: str, settled: str) -> None:
    issuance = str(uuid.uuid5(uuid.NAMESPACE_OID, f"issuance-{serial}"))
    sealed = sealer.seal(Place("issuance", issuance), json.dumps(_APPLICANT).encode())
    paper = (state, SHA, "2026-12-02", "job", "", 7, "", AT, 1000, "boot-0", settled, 2000, "boot-0")
    row = (
        issuance,
        number_of(serial),
        "JZ",
        "block-1",
        "session-1",
        "session-1",
        sealed,
        "school",
        1,
        *paper,
    )
    sql.execute(f"INSERT INTO issuance VALUES ({','.join('?' * len(row))})", row)  # noqa: S608 - question marks


_APPLICANT = {
    "household_id": HOUSEHOLD,
    "person_id": PERSON,
    "citizen_key": CITIZEN_KEY,
    "record_version": 4,
}
