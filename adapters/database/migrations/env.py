"""How Alembic runs here: on the connection that `adapters.database.migrating` hands over, the same way on both databases."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from adapters.database.columns import Instant
from adapters.database.tables import METADATA


def render_item(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """How a new migration writes down our own column type."""
    if kind == "type" and isinstance(item, Instant):
        autogen.imports.add("from adapters.database.columns import Instant")
        return "Instant()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=render_item,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
