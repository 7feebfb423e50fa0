"""Attempts at a number, keys per number, the ledger, and the register for times without a line."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep every row; what was one paper becomes attempt 1 at its number."""
    _copy_issuance()
    for name in ("owed_at", "parked_at", "issuance"):
        op.add_column("outbox", _words(name))
    _create_new_tables()
    _note_what_is_owed(op.get_bind(), op.get_context().config.attributes["unseal"])  # type: ignore[union-attr]


def _copy_issuance() -> None:
    """SQLite cannot take a constraint away: the table is copied, without its UNIQUE(number)."""
    with op.batch_alter_table(
        "issuance",
        copy_from=_issuance_without_unique(),
        recreate="always",
        table_args=(UniqueConstraint("number", "attempt"),),
    ) as batch:
        batch.alter_column("block_id", existing_type=Text(), nullable=True)
        batch.add_column(_words("attempt", Integer, "1"), insert_after="number")
        batch.add_column(_words("superseded_by"), insert_after="state")
        batch.add_column(_words("offline_as_of"), insert_after="superseded_by")
        batch.add_column(_words("pickup"), insert_after="offline_as_of")
        batch.add_column(_words("prepared_clock", default="unknown"), insert_after="prepared_boot")
        batch.add_column(_words("settled_clock", default="unknown"))
        batch.add_column(_words("settled_by"))
        batch.add_column(_words("acknowledged_at"))
    op.create_index("issuance_by_state", "issuance", ["state"])
    op.create_index("issuance_by_age", "issuance", ["prepared_at"])
    valid = text("state = 'printed' AND superseded_by = ''")
    op.create_index("issuance_one_paper", "issuance", ["number"], unique=True, sqlite_where=valid)


def _words(name: str, kind: type[Text | Integer] = Text, default: str = "") -> Column[Any]:
    return Column(name, kind, nullable=False, server_default=default)


def _issuance_without_unique() -> Table:
    names = ("session", "card_read", "sealed", "purpose", "copies", "state", "document_sha256", "valid_until")
    more = ("job_name", "job_uuid", "job_id", "code", "prepared_at", "prepared_ms", "prepared_boot")
    last = ("settled_at", "settled_ms", "settled_boot")
    kinds = {"sealed": LargeBinary, "copies": Integer, "job_id": Integer}
    kinds |= {"prepared_ms": Integer, "settled_ms": Integer}
    return Table(
        "issuance",
        MetaData(),
        Column("id", Text, primary_key=True),
        Column("number", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("block_id", Text, ForeignKey("number_block.block_id"), nullable=False),
        *(Column(name, kinds.get(name, Text), nullable=False) for name in (*names, *more, *last)),
    )


def _create_new_tables() -> None:
    op.create_table(
        "record_key",
        Column("number", Text, primary_key=True),
        Column("sealed", LargeBinary, nullable=False),
    )
    op.create_table(
        "ledger_entry",
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("entry", Text, nullable=False),
    )
    op.create_table(
        "ledger_node",
        Column("level", Integer, primary_key=True, autoincrement=False),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("hash", LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_entry",
        Column("entry", Text, primary_key=True),
        Column("tag", LargeBinary, nullable=False),
        Column("sealed", LargeBinary, nullable=False),
    )
    op.create_index("register_entry_by_tag", "register_entry", ["tag"])


def _note_what_is_owed(sql: Connection, unseal: Callable[[str, bytes], bytes | None]) -> None:
    """Tie each owed record to its number; a settled number that owes nothing is acknowledged.

    A row that does not open may owe anything: then no number is taken for acknowledged.
    """
    is_sure = True
    for row in sql.execute(text("SELECT id, sealed FROM outbox")).all():
        content = unseal(row.id, row.sealed)
        if content is None:
            is_sure = False
        else:
            _tie(sql, row.id, json.loads(content)["body"])
    if is_sure:
        sql.execute(
            text(
                "UPDATE issuance SET acknowledged_at = settled_at"
                " WHERE settled_at <> '' AND id NOT IN (SELECT issuance FROM outbox)"
            )
        )


def _tie(sql: Connection, outbox_id: str, body: dict[str, Any]) -> None:
    owed_at = datetime.fromisoformat(body["settled_at"]).isoformat()
    change = (
        "UPDATE outbox SET owed_at = :owed_at,"
        " issuance = coalesce((SELECT id FROM issuance WHERE number = :number), '') WHERE id = :id"
    )
    sql.execute(text(change), {"owed_at": owed_at, "number": body["number"], "id": outbox_id})
