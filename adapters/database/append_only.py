"""Triggers that refuse to change or delete rows of a table, so that no program can rewrite what happened.

A later migration that rebuilds such a table on SQLite (batch mode) loses its triggers and has to `protect` it again.
"""

from __future__ import annotations

from alembic import op

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is only ever appended to', TG_TABLE_NAME; END $$
"""


def protect(table: str) -> None:
    """From now on rows of this table stay as they are."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(REFUSE)
        op.execute(
            f"CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is only ever appended to'); END"
        )


def give_up_protection() -> None:
    """Take away what PostgreSQL keeps beside the tables; triggers go with their tables."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_rewriting()")
