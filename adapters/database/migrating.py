"""Bringing the schema of a database up to date, or back. Each migration is restartable: it happens as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from adapters.database.engines import is_postgres, postgres_engine, sqlite_engine, sqlite_file
from adapters.database.file_lock import FileLock

FOLDER = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 5_320_417
"""The number of the advisory lock on PostgreSQL, so that two programs starting together do not migrate together."""


def upgrade(url: str, to: str = "head") -> None:
    """Bring the schema up to date."""
    _on(url, lambda config: command.upgrade(config, to))


def downgrade(url: str, to: str) -> None:
    """Bring the schema back to an older revision ("base": nothing is left)."""
    _on(url, lambda config: command.downgrade(config, to))


def check(url: str) -> None:
    """Raises when the tables in the code and the migrations disagree."""
    _on(url, command.check)


def draft(url: str, message: str) -> None:
    """Write a new migration for what changed in the tables; read it before it is kept."""
    _on(url, lambda config: command.revision(config, message, autogenerate=True))


def _on(url: str, act: Callable[[Config], object]) -> None:
    engine = postgres_engine(url, connections=1) if is_postgres(url) else sqlite_engine(url, writing=True)
    try:
        with _alone(url), engine.begin() as connection:
            if is_postgres(url):
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": ONE_AT_A_TIME})
            act(_config(connection))
    finally:
        engine.dispose()


def _alone(url: str) -> AbstractContextManager[None]:
    if is_postgres(url):
        return nullcontext()
    file = sqlite_file(url)
    return FileLock(file.with_name(file.name + ".lock")).held()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
