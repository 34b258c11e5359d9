"""Mails to one member of staff leave as one letter; what speaks of a moment to come does not leave after it."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. What waits already leaves as it would have."""
    op.add_column("outbox", sa.Column("until", Instant(), nullable=True))
    op.add_column("outbox", sa.Column("left_in", sa.String(), nullable=True))


def downgrade() -> None:
    """Go back."""
    for name in ("left_in", "until"):
        op.drop_column("outbox", name)
