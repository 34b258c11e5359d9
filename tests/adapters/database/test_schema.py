"""Migrations and what the schema itself promises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from adapters.database import downgrade, open_store, upgrade
from adapters.database.columns import Instant
from adapters.database.migrating import check
from adapters.database.store import DatabaseStore
from adapters.database.tables import APPEND_ONLY, METADATA
from engine.dates_told import Look, ToldDate
from engine.kept import PublishedVersion
from engine.records import Record
from engine.screens import Page, TaskFilter
from tests.contract.building import MONDAY, a_task, changed, open_case, paused, save, viewer


def test_the_migrations_build_exactly_the_tables_of_the_code(database_url: str) -> None:
    upgrade(database_url)
    check(database_url)
    upgrade(database_url)
    store = open_store(database_url)
    assert set(inspect(store.reading).get_table_names()) == {*METADATA.tables, "alembic_version"}
    store.close()


def test_the_way_back_leaves_nothing_and_leads_forward_again(database_url: str) -> None:
    upgrade(database_url)
    downgrade(database_url, "base")
    store = open_store(database_url, prepare=False)
    assert inspect(store.reading).get_table_names() == ["alembic_version"]
    store.close()
    store = open_store(database_url)
    open_case(store)
    store.close()


def test_a_database_of_the_first_schema_is_brought_up_to_date_with_what_it_holds(database_url: str) -> None:
    store = open_store(database_url)
    case = open_case(store, tasks=(a_task(), paused(a_task("c1.2"))))
    store.close()
    downgrade(database_url, "0001")
    store = open_store(database_url)
    open_case(store, "c2", listed={"alike": ("a",)})
    inbox = [row.id for row in store.read(lambda s: s.inbox(viewer("anna", "warehouse"), TaskFilter(), Page())).rows]
    assert inbox == ["c1.1"]
    save(store, changed(case, urgent=True))
    found = store.write(lambda u: u.earlier_alike("factory_return", ["a"], since=MONDAY, until=MONDAY))
    assert found is not None and found[0].id == "c2"
    store.close()
    downgrade(database_url, "0001")
    upgrade(database_url)
    check(database_url)
    store = open_store(database_url)
    with store.reading.connect() as connection:
        listed = connection.execute(text("SELECT who FROM candidate ORDER BY who")).scalars().all()
    assert listed == ["paused|warehouse", "warehouse"], "what an older release cannot read is listed as it knew it"
    store.close()


def test_the_dates_of_records_that_were_stored_before_are_found(database_url: str) -> None:
    upgrade(database_url, "0004")
    store = open_store(database_url, prepare=False)
    with store.reading.begin() as connection:
        connection.execute(text("INSERT INTO serial_number (id, key, label, folded, warranty_until, more) VALUES ('u1', 'u1', 'u1', 'u1', '2026-04-01', '{\"purchased_on\": \"2026-01-31\", \"note\": \"soon\", \"wrong\": \"2026-02-30\"}')"))  # fmt: skip
        connection.execute(text("INSERT INTO record (type, id, key, label, folded, more) VALUES ('contract', 'k1', 'k1', 'k1', 'k1', '{\"ends_on\": \"2026-04-01\"}')"))  # fmt: skip
    store.close()
    store = open_store(database_url)
    days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 12, 31), "untold": "e", "limit": 9}
    found = [
        store.read(lambda s, asked=asked: list(s.dated(*asked, **days)))  # type: ignore[misc]  # its own question
        for asked in (
            ("serial_number", "warranty_until"),
            ("serial_number", "purchased_on"),
            ("serial_number", "wrong"),
            ("contract", "ends_on"),
        )
    ]
    assert found == [[("2026-04-01", "u1")], [("2026-01-31", "u1")], [], [("2026-04-01", "k1")]]
    store.close()


def fill(store: DatabaseStore) -> None:
    """A row in every table that is only ever appended to."""
    open_case(store)
    unit = Record("serial_number", "u1", "SN-1", "SN-1", {"warranty_until": "2027-01-01"})

    def work(w: Any) -> None:
        w.save_record(unit, by=None, source="import")
        w.audit("imported", None, "u1", {})
        w.publish(PublishedVersion("p", 1, "text", "sum", MONDAY, None))
        w.note_told(ToldDate("ending", "serial_number", "u1", MONDAY.date()))
        w.note_look(Look("ending", "looked", MONDAY.date()))

    store.write(work)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_what_happened_cannot_be_rewritten(database: DatabaseStore, table: str, act: str) -> None:
    fill(database)
    column = METADATA.tables[table].columns.keys()[0]
    with (
        pytest.raises(DBAPIError, match="only ever appended"),
        database.reading.begin() as connection,
    ):
        connection.execute(text(act.format(table, column, column)))
    with database.reading.connect() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1


def test_a_time_without_a_zone_is_refused(database: DatabaseStore) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(dt.datetime(2026, 3, 2, 9), database.reading.dialect)


def test_an_instant_comes_back_in_utc_wherever_it_was_said(database: DatabaseStore) -> None:
    shanghai = dt.timezone(dt.timedelta(hours=8))
    open_case(database, opened_at=dt.datetime(2026, 3, 2, 17, 0, 0, 123456, tzinfo=shanghai))
    row = database.read(lambda s: s.family("c1"))
    assert row == (None, [])
    with database.reading.connect() as connection:
        from adapters.database.tables import CASE

        found = connection.execute(CASE.select()).mappings().one()
    assert found["opened_at"] == dt.datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=dt.UTC)
    assert found["opened_at"].utcoffset() == dt.timedelta(0)


def test_json_keeps_chinese_as_chinese(database: DatabaseStore) -> None:
    from engine.effects import WriteHistory

    open_case(database, listed={"history": [WriteHistory("started", None, "", 0, {"原因": "坏了"})]})
    with database.reading.connect() as connection:
        stored = connection.execute(text("SELECT CAST(details AS VARCHAR(200)) FROM history")).scalar()
    assert "坏了" in str(stored)


def test_memory_is_no_place_for_a_database() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        open_store("sqlite://")
