"""Who is away, from when until when, and who stands in."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. Nobody is away."""
    op.add_column("account", sa.Column("away_since", Instant(), nullable=True))
    op.add_column("account", sa.Column("away_until", Instant(), nullable=True))
    op.add_column(
        "account", sa.Column("deputy", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True)
    )


def downgrade() -> None:
    """Go back."""
    for name in ("deputy", "away_until", "away_since"):
        op.drop_column("account", name)
