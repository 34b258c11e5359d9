"""The database, SQLite or PostgreSQL: one schema, one set of promises. Rows never leave this folder.

`open_store(url, clock, ids)` gives the store; `upgrade(url)` brings the schema up to date; `counting(store)` counts
statements for tests and benchmarks.
"""

from adapters.database.counting import counting
from adapters.database.migrating import downgrade, upgrade
from adapters.database.store import open_store

__all__ = ["counting", "downgrade", "open_store", "upgrade"]
