"""Run by Alembic: all steps on the connection that backend.db.schema hands over, within its transaction.

Without a connection they are written down for a database of the kind `dialect`.
"""

from __future__ import annotations

from alembic import context

_given = context.config.attributes
context.configure(
    connection=_given["connection"],
    dialect_name=_given.get("dialect"),
    transactional_ddl=True,  # SQLite can; Alembic does not count on it by itself
)
with context.begin_transaction():
    context.run_migrations()
