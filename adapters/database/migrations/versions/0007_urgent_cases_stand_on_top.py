"""Urgent cases stand on top: a case and its tasks know that they cannot wait. Mails are found by what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Go forward. What makes a case urgent stands in its process: a case that is open already is told when it is next
    saved, by a press or a timer."""
    for table in ("case", "task"):
        op.add_column(table, sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))
    list_by("process", "urgent", "due_key", "id")
    op.create_index("ix_outbox_state", "outbox", ["state", "created_at", "id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_outbox_state", "outbox")
    list_by("process", "due_key", "id")
    for table in ("task", "case"):
        op.drop_column(table, "urgent")
    op.execute("UPDATE candidate SET who = replace(who, 'urgent|', '')")


def list_by(*columns: str) -> None:
    """The open tasks of a process, in the order in which they are shown."""
    op.drop_index("ix_task_open_process", "task")
    op.create_index("ix_task_open_process", "task", [*columns], sqlite_where=OPEN, postgresql_where=OPEN)
