"""Figures of a period: what was measured is found by its process and its moment."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.drop_index("ix_kpi_fact_process", table_name="kpi_fact")
    op.create_index("ix_kpi_fact_process", "kpi_fact", ["process", "at"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_kpi_fact_process", table_name="kpi_fact")
    op.create_index("ix_kpi_fact_process", "kpi_fact", ["process", "kpi", "per"])
