"""Earlier cases about the same: by which texts a case is found."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. Cases that are stored already get their texts when they are next saved."""
    op.create_table(
        "case_likeness",
        sa.Column("process", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("case_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("process", "key", "case_id", name=op.f("pk_case_likeness")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("case_likeness")
