"""`Screens.figures`, `measured` and `in_hand`: what was measured in a period, and the cases behind it."""

from __future__ import annotations

import datetime as dt

from adapters.clock import SetClock
from adapters.database.counting import counting
from adapters.database.store import DatabaseStore
from adapters.paging import key_of
from engine.case import Case
from engine.effects import RecordKpi
from engine.screens import Page
from tests.contract.building import DAY, HOUR, MONDAY, AnyStore, a_case, a_task, begun, changed, open_case, save, viewer

RETURNS = ["factory_return"]
WEEK = (MONDAY, MONDAY + 7 * DAY)


def measure(store: AnyStore, case: Case, *facts: RecordKpi) -> Case:
    return save(store, changed(case, change={"kpis": facts}))


def a_week(store: AnyStore, clock: SetClock) -> None:
    """Three units on three days, and one a month earlier."""
    clock.set(MONDAY - 30 * DAY)
    measure(store, open_case(store, "c0"), RecordKpi("days", 90, "bo", True), RecordKpi("passed", 1, "", None))
    for day, (seconds, per, on_time) in enumerate([(10, "anna", True), (40, "bo", False), (20, "anna", True)]):
        clock.set(MONDAY + day * DAY)
        case = open_case(store, f"c{day + 1}", owner="anna")
        measure(store, case, RecordKpi("days", seconds, per, on_time), RecordKpi("passed", day % 2, "", None))


def test_a_figure_counts_what_was_measured_in_its_period_and_nothing_else(store: AnyStore, clock: SetClock) -> None:
    a_week(store, clock)
    days, passed = store.read(lambda s: s.figures(RETURNS, *WEEK))
    assert (days.kpi, days.per, days.count, days.median, days.promised, days.timely) == ("days", None, 3, 20, 3, 2)
    assert (passed.count, round(passed.mean, 3), passed.promised) == (3, 0.333, 0)
    assert store.read(lambda s: s.figures(["complaint"], *WEEK)) == []
    assert store.read(lambda s: s.figures([], *WEEK)) == []


def test_the_middle_of_two_lies_between_them(store: AnyStore, clock: SetClock) -> None:
    a_week(store, clock)
    days = store.read(lambda s: s.figures(RETURNS, MONDAY, MONDAY + 2 * DAY))[0]
    assert (days.count, days.median, days.mean) == (2, 25, 25)


def test_figures_are_told_apart_by_what_they_are_grouped_by(store: AnyStore, clock: SetClock) -> None:
    a_week(store, clock)
    rows = store.read(lambda s: s.figures(RETURNS, *WEEK, apart=True))
    assert [(r.kpi, r.per, r.count, r.median, r.timely) for r in rows] == [
        ("days", "anna", 2, 15, 2),
        ("days", "bo", 1, 40, 0),
        ("passed", "", 3, 0, 0),
    ]


def test_the_values_behind_a_figure_lead_to_their_cases_page_by_page(store: AnyStore, clock: SetClock) -> None:
    a_week(store, clock)
    first = store.read(lambda s: s.measured("factory_return", "days", *WEEK, per=None, page=Page(size=2)))
    rest = store.read(lambda s: s.measured("factory_return", "days", *WEEK, per=None, page=Page(first.next, 2)))
    assert [(row.case, row.number, row.value, row.on_time) for row in [*first.rows, *rest.rows]] == [
        ("c3", "FR-2026-c3", 20, True),
        ("c2", "FR-2026-c2", 40, False),
        ("c1", "FR-2026-c1", 10, True),
    ]
    assert (rest.next, rest.rows[0].owner, rest.rows[0].at) == ("", "anna", MONDAY)
    of_bo = store.read(lambda s: s.measured("factory_return", "days", *WEEK, per="bo", page=Page()))
    assert [row.case for row in of_bo.rows] == ["c2"]
    for key in ("spoilt", key_of(MONDAY, "9" * 30), key_of("0001-01-01T00:00:00+14:00", "1")):
        page = Page(key)
        spoilt = store.read(lambda s, page=page: s.measured("factory_return", "days", *WEEK, per=None, page=page))
        assert len(spoilt.rows) == 3


def test_how_much_is_in_hand_counts_late_cases_and_late_tasks_once(store: AnyStore, clock: SetClock) -> None:
    late, soon = MONDAY - HOUR, MONDAY + HOUR
    save(store, begun(a_case("c1", due_at=late, tasks=(a_task("c1.1", due_at=late),))))
    save(store, begun(a_case("c2", due_at=soon, tasks=(a_task("c2.1", due_at=late),))))
    save(store, begun(a_case("c3", due_at=soon)))
    save(store, begun(a_case("c4", due_at=late, ended="done", ended_at=MONDAY)))
    save(store, begun(a_case("c5", process="complaint")))
    assert store.read(lambda s: s.in_hand(["factory_return", "complaint"])) == {
        "factory_return": (3, 2),
        "complaint": (1, 0),
    }
    assert store.read(lambda s: s.in_hand([])) == {}


def test_the_list_of_overdue_cases_is_complete_and_holds_nothing_else(store: AnyStore, clock: SetClock) -> None:
    late, soon = MONDAY - HOUR, MONDAY + HOUR
    save(store, begun(a_case("c1", due_at=late)))
    save(store, begun(a_case("c2", tasks=(a_task("c2.1", due_at=late),))))
    save(store, begun(a_case("c3", due_at=soon, tasks=(a_task("c3.1", due_at=soon),))))
    save(store, begun(a_case("c4", due_at=late, ended="done", ended_at=MONDAY)))
    boss = viewer("boss", everything=True)
    for process in ("", "factory_return"):
        rows = store.read(lambda s, p=process: s.cases(boss, process=p, state="overdue", text="", page=Page())).rows
        assert {row.id for row in rows} == {"c1", "c2"}
    clock.set(MONDAY + 2 * HOUR)
    rows = store.read(lambda s: s.cases(boss, process="", state="overdue", text="", page=Page())).rows
    assert {row.id for row in rows} == {"c1", "c2", "c3"}


def test_figures_of_many_processes_are_one_statement(store: AnyStore, clock: SetClock) -> None:
    a_week(store, clock)
    if not isinstance(store, DatabaseStore):
        return
    many = [f"p{n}" for n in range(40)] + RETURNS
    year = (MONDAY - dt.timedelta(days=365), MONDAY + DAY)
    for ask in (
        lambda s: s.figures(many, *year),
        lambda s: s.figures(many, *year, apart=True),
        lambda s: s.in_hand(many),
        lambda s: s.measured("factory_return", "days", *year, per=None, page=Page()),
    ):
        with counting(store) as counted:
            store.read(ask)
        assert counted.statements == 1
