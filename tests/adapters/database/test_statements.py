"""How many statements the hot paths send: numbers that need no quiet machine."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from adapters.clock import SetClock
from adapters.database import counting
from adapters.database.queues import DUE_TIMERS
from adapters.database.store import DatabaseStore
from adapters.listing import URGENT
from adapters.paging import key_of
from engine.effects import SendMail, WriteHistory
from engine.screens import Page, TaskFilter
from tests.contract.building import DAY, HOUR, MONDAY, a_task, a_timer, changed, open_case, viewer


def complete(store: DatabaseStore, case_id: str, n: int) -> None:
    """One completion as the desk does it: key, people, case, and everything that follows. Where more rows come than go
    (the first time here), a table costs one statement more."""

    def work(unit: Any) -> None:
        key = f"{case_id} {n}"
        assert unit.remembered(key) is None
        unit.people()
        case = unit.case(case_id)
        unit.save(
            changed(
                case,
                tasks=(a_task(f"{case_id}.{n}", roles=("sales", "warehouse"), due_at=MONDAY + n * HOUR),),
                timers=(a_timer(f"{case_id}:{n}", MONDAY + n * HOUR), a_timer(f"{case_id}:{n}b", MONDAY + DAY)),
                change={
                    "history": [WriteHistory("completed", "anna", "receiving", n, {"outcome": "done"})],
                    "mails": [SendMail(key, "staff", "a@example.com", "s", "b")],
                },
            )
        )
        unit.remember(key, "done")

    store.write(work)


def test_a_completion_sends_nine_statements_whatever_there_is(database: DatabaseStore) -> None:
    for n in range(30):
        open_case(database, f"c{n}", tasks=(a_task(f"c{n}.1"),), timers=(a_timer(f"c{n}:1"),))
    database.write(lambda unit: unit.people())
    sent = []
    for n in range(2, 6):
        with counting(database) as counted:
            complete(database, "c7", n)
        sent.append(counted.statements)
    assert sent == [11, 9, 9, 9]


def test_a_page_of_the_inbox_is_one_statement_however_many_roles(database: DatabaseStore) -> None:
    open_case(database, tasks=(a_task(),))
    for who in (viewer("anna", "warehouse"), viewer("anna", *"abcdefgh")):
        with counting(database) as counted:
            database.read(lambda s, v=who: s.inbox(v, TaskFilter(), Page()))
        assert counted.statements == 1
    with counting(database) as counted:
        database.read(lambda s: s.counts(viewer("anna", "a", "b"), MONDAY, MONDAY, MONDAY))
    assert counted.statements == 1


def test_a_batch_of_timers_costs_as_many_statements_as_one(database: DatabaseStore) -> None:
    clock = database.clock
    assert isinstance(clock, SetClock)
    for n in range(40):
        open_case(database, f"c{n}", tasks=(a_task(f"c{n}.1"),), timers=(a_timer(f"c{n}:1", MONDAY + HOUR),))
    clock.advance(DAY)

    def ring(unit: Any, most: int) -> int:
        due = unit.due_timers(most)
        for timer in due:
            case = unit.case(timer.case)
            later = a_timer(f"{case.id}:2", MONDAY + 9 * DAY)
            escalated = (*case.tasks, a_task(f"{case.id}.2", kind="escalation", roles=("lead",)))
            unit.save(changed(case, timers=(later,), tasks=escalated))
        return len(due)

    sent = []
    for most in (1, 39):
        with counting(database) as counted:
            assert database.write(lambda unit, n=most: ring(unit, n)) == most
        sent.append(counted.statements)
    once_more = database.reading.dialect.name == "postgresql"  # the order is asked again when the cases are locked
    assert sent == [6 + once_more] * 2


def plan(store: DatabaseStore, sql: str, values: Any) -> list[str]:
    """How SQLite is going to find the rows."""
    with store.reading.connect() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple(values)).all()]


def test_pages_of_tasks_and_cases_walk_along_their_lists(sqlite: DatabaseStore) -> None:
    """Nothing is scanned from end to end: not the candidates, not the tasks, not the cases."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        if sql.startswith("SELECT"):
            seen.append((sql, values))

    event.listen(sqlite.reading, "before_cursor_execute", note)
    who, page = viewer("anna", "warehouse", "sales", processes=frozenset({"complaint"})), Page(key_of(MONDAY, "c1.1"))
    sqlite.read(lambda s: s.inbox(who, TaskFilter(whose="all"), Page(key_of(URGENT, MONDAY, "c1.1"))))
    sqlite.read(lambda s: s.counts(who, MONDAY, MONDAY, MONDAY))
    sqlite.read(lambda s: s.cases(who, process="", state="open", text="pump", page=page))
    event.remove(sqlite.reading, "before_cursor_execute", note)
    assert len(seen) == 3
    steps = [step for sql, values in seen for step in plan(sqlite, sql, values)]
    assert [s for s in steps if s.startswith(("SCAN candidate", "SCAN task", "SCAN case", "SCAN notice"))] == []
    assert "SEARCH candidate USING PRIMARY KEY (who=? AND (due_key,task_id)>(?,?))" in steps
    by_process = [step for step in steps if "ix_task_open_process" in step]
    assert by_process == [
        "SEARCH task USING INDEX ix_task_open_process (process=? AND urgent=? AND (due_key,id)>(?,?))",
        "SEARCH task USING INDEX ix_task_open_process (process=? AND urgent=?)",
    ]
    assert [s for s in steps if s == "USE TEMP B-TREE FOR LAST TERM OF ORDER BY"] == []
    assert "SEARCH case USING COVERING INDEX ix_case_process (process=? AND (opened_at,id)<(?,?))" in steps


def test_what_became_of_mails_is_found_by_the_index_of_that(sqlite: DatabaseStore) -> None:
    seen: list[tuple[str, Any]] = []
    event.listen(sqlite.reading, "before_cursor_execute", lambda _c, _u, sql, values, *_: seen.append((sql, values)))
    sqlite.read(lambda s: s.mails(state="failed", page=Page(key_of(MONDAY, "m1"))))
    steps = [step for sql, values in seen if sql.startswith("SELECT") for step in plan(sqlite, sql, values)]
    assert steps[0] == "SEARCH outbox USING INDEX ix_outbox_state (state=? AND (created_at,id)<(?,?))"
    assert [s for s in steps if "TEMP B-TREE" in s or "SCAN" in s] == []


def test_due_timers_are_found_by_the_index_of_armed_ones(sqlite: DatabaseStore) -> None:
    compiled = DUE_TIMERS.compiled(sqlite.reading.dialect)
    steps = plan(sqlite, compiled.sql, compiled.values({"now": "2026", "most": 200}))
    assert steps[0] == "SEARCH timer USING INDEX ix_timer_armed (fire_at<?)"
    assert [s for s in steps if "TEMP B-TREE" in s or "SCAN" in s] == []
