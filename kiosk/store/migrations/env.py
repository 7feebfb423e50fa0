"""Run by Alembic: each step in one transaction of the connection that kiosk.store.schema hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import context
from sqlalchemy import text

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext, MigrationInfo


def _seal_step(ctx: MigrationContext, step: MigrationInfo, heads: Any, run_args: Any) -> None:  # noqa: ARG001 - Alembic calls it so
    """Close a step, still in its transaction: nothing may point nowhere, and the file tells its version."""
    sql = ctx.connection
    if sql is None or sql.execute(text("PRAGMA foreign_key_check")).first():
        raise RuntimeError(f"step {step.up_revision_id} breaks a foreign key")
    sql.execute(text(f"PRAGMA user_version = {int(str(step.up_revision_id))}"))


context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # SQLite can; Alembic does not count on it by itself
    transaction_per_migration=True,
    render_as_batch=True,
    on_version_apply=_seal_step,
)
with context.begin_transaction():
    context.run_migrations()
