"""A trigger: whenever a change of a record is told, the cases listed under it are marked to look at their records again.

In the database, because then nobody who writes records can forget it, and a press that writes one costs no statement more.
"""

from __future__ import annotations

from alembic import op

MARK = """
UPDATE "case" SET records_changed = {true} WHERE records_changed = {false} AND id IN
(SELECT case_id FROM case_record WHERE case_record.type = NEW.type AND case_record.record_id = NEW.id)
"""


def begin() -> None:
    """From now on cases are told."""
    if op.get_bind().dialect.name == "postgresql":
        mark = MARK.format(true="true", false="false")
        op.execute(
            "CREATE OR REPLACE FUNCTION look_again() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {mark}; RETURN NULL; END $$"
        )
        op.execute(
            "CREATE TRIGGER record_change_tells_cases AFTER INSERT ON record_change "
            "FOR EACH ROW EXECUTE FUNCTION look_again()"
        )
        return
    mark = MARK.format(true="1", false="0")
    op.execute(f"CREATE TRIGGER record_change_tells_cases AFTER INSERT ON record_change BEGIN {mark}; END")


def end() -> None:
    """Take away what PostgreSQL keeps beside the tables."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS look_again()")
