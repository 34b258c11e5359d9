"""Reads what stands in a database past the program, on SQLite and on PostgreSQL alike. Must not write."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

import psycopg

from adapters.settings import Settings
from tests.servers.postgres import plain


@dataclass
class PastTheProgram:
    """A connection of its own, so that nothing is believed because the program says so. `?` stands for a value."""

    settings: Settings

    def __post_init__(self) -> None:
        self._file: sqlite3.Connection | None = None
        self._server: psycopg.Connection | None = None
        if self.settings.database_url.startswith("postgresql"):
            self._server = psycopg.connect(plain(self.settings.database_url), autocommit=True)
            self._server.read_only = True
        else:
            self._file = sqlite3.connect(f"file:{self.settings.data}/aftercare.db?mode=ro", uri=True)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands there now."""
        if self._server is not None:
            return self._server.execute(sql.replace("?", "%s").encode(), values).fetchall()
        assert self._file is not None
        return self._file.execute(sql, values).fetchall()

    def close(self) -> None:
        """Give it back."""
        for each in (self._file, self._server):
            if each is not None:
                each.close()
