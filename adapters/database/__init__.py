"""The database, SQLite or PostgreSQL: one schema, one set of promises. Rows never leave this folder.

`store.open_store(url, clock, ids)` gives the store; `migrating.upgrade(url)` brings the schema up to date;
`counting.counting(store)` counts statements for tests and benchmarks.
"""
