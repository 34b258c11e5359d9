"""`Screens.inbox` and `counts`: whose tasks, in which order, page by page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.clock import SetClock
from adapters.ids import CountingIds
from adapters.memory import MemoryStore
from engine.definition.texts import Text
from engine.effects import Remind
from engine.screen_rows import Counts
from engine.screens import Page, TaskFilter, Viewer
from tests.contract.building import (
    DAY,
    HOUR,
    MONDAY,
    AnyStore,
    a_case,
    a_task,
    begun,
    changed,
    open_case,
    paused,
    save,
    viewer,
)


def shown(store: AnyStore, who: Viewer, page: Page | None = None, **wanted: Any) -> list[str]:
    found = store.read(lambda screens: screens.inbox(who, TaskFilter(**wanted), page or Page()))
    return [row.id for row in found.rows]


def every_page(store: AnyStore, who: Viewer, *, size: int, **wanted: Any) -> list[str]:
    """All rows, by following the key of each page to the next."""
    pages: list[str] = []
    after = ""
    while True:
        found = store.read(lambda s, key=after: s.inbox(who, TaskFilter(**wanted), Page(key, size)))
        pages += [row.id for row in found.rows]
        after = found.next
        if not after:
            return pages


def test_tasks_of_my_roles_stand_by_due_time_those_without_one_last(store: AnyStore) -> None:
    open_case(
        store,
        tasks=(
            a_task("c1.1"),
            a_task("c1.2", due_at=MONDAY + 2 * HOUR),
            a_task("c1.3", due_at=MONDAY + HOUR),
            a_task("c1.4", due_at=MONDAY, roles=("sales",)),
        ),
    )
    assert shown(store, viewer("anna", "warehouse")) == ["c1.3", "c1.2", "c1.1"]
    assert shown(store, viewer("anna", "warehouse", "sales")) == ["c1.4", "c1.3", "c1.2", "c1.1"]
    assert shown(store, viewer("anna")) == []


def test_a_task_somebody_holds_stands_in_that_persons_list_alone(store: AnyStore) -> None:
    open_case(store, tasks=(a_task("c1.1", assignee="bo"), a_task("c1.2")))
    assert shown(store, viewer("anna", "warehouse")) == ["c1.2"]
    assert shown(store, viewer("bo", "warehouse")) == ["c1.1", "c1.2"]
    assert shown(store, viewer("bo", "warehouse"), whose="mine") == ["c1.1"]
    assert shown(store, viewer("bo", "warehouse"), whose="roles") == ["c1.2"]


def test_a_task_for_one_person_alone_is_shown_to_nobody_else(store: AnyStore) -> None:
    open_case(store, tasks=(a_task("c1.1", only="bo"),))
    assert shown(store, viewer("anna", "warehouse")) == []
    assert shown(store, viewer("bo", "warehouse")) == ["c1.1"]


def test_four_eyes_keep_a_task_out_of_the_list_of_who_may_not_do_it(store: AnyStore) -> None:
    open_case(store, tasks=(a_task("c1.1", excluded=("anna", "o'neil")),))
    assert shown(store, viewer("anna", "warehouse")) == []
    assert shown(store, viewer("o'neil", "warehouse")) == []
    assert shown(store, viewer("ann", "warehouse")) == ["c1.1"]


def test_a_task_of_two_roles_is_shown_once(store: AnyStore) -> None:
    open_case(store, tasks=(a_task("c1.1", roles=("warehouse", "sales")),))
    assert shown(store, viewer("anna", "warehouse", "sales")) == ["c1.1"]
    anna = viewer("anna", "warehouse", "sales")
    found = store.read(lambda s: s.counts(anna, MONDAY + DAY, MONDAY + 5 * DAY, MONDAY + 29 * DAY))
    assert found.later == 1


def test_a_list_follows_what_happens_to_its_tasks(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task("c1.1"), a_task("c1.2")))
    claimed = save(store, changed(case, tasks=(a_task("c1.1", assignee="bo"), a_task("c1.2"))))
    assert shown(store, viewer("anna", "warehouse")) == ["c1.2"]
    released = save(store, changed(claimed, tasks=(a_task("c1.1"), a_task("c1.2", due_at=MONDAY + HOUR))))
    assert shown(store, viewer("anna", "warehouse")) == ["c1.2", "c1.1"]
    save(store, changed(released, tasks=()))
    assert shown(store, viewer("anna", "warehouse")) == []


def test_paused_tasks_are_listed_apart(store: AnyStore) -> None:
    open_case(store, tasks=(a_task("c1.1"), paused(a_task("c1.2")), paused(a_task("c1.3", assignee="anna"))))
    anna = viewer("anna", "warehouse")
    assert shown(store, anna) == ["c1.1"]
    assert shown(store, anna, paused=True) == ["c1.2", "c1.3"]
    assert shown(store, anna, paused=True, whose="mine") == ["c1.3"]
    row = store.read(lambda screens: screens.task("c1.2"))
    assert row is not None
    assert row.paused is True


def test_filters_narrow_a_list(store: AnyStore) -> None:
    open_case(store, tasks=(a_task("c1.1", due_at=MONDAY - HOUR), a_task("c1.2", due_at=MONDAY + 3 * DAY)))
    open_case(store, "c2", process="complaint", tasks=(a_task("c2.1", roles=("sales",), due_at=MONDAY + HOUR),))
    anna = viewer("anna", "warehouse", "sales")
    assert shown(store, anna, overdue=True) == ["c1.1"]
    assert shown(store, anna, before=MONDAY + DAY) == ["c1.1", "c2.1"]
    assert shown(store, anna, process="complaint") == ["c2.1"]
    assert shown(store, anna, role="warehouse") == ["c1.1", "c1.2"]
    assert shown(store, anna, role="finance") == []


def test_all_i_may_see_are_the_tasks_of_my_processes_whoever_holds_them(store: AnyStore) -> None:
    open_case(store, tasks=(a_task("c1.1", assignee="bo", due_at=MONDAY + HOUR),))
    open_case(store, "c2", process="complaint", tasks=(a_task("c2.1", roles=("sales",)),))
    lead = viewer("lead", "sales", processes=frozenset({"factory_return"}))
    assert shown(store, lead, whose="all") == ["c1.1", "c2.1"]
    assert shown(store, lead, whose="all", process="factory_return") == ["c1.1"]
    assert shown(store, lead, whose="both") == ["c2.1"]
    boss = viewer("boss", everything=True)
    assert shown(store, boss, whose="all") == ["c1.1", "c2.1"]
    assert shown(store, boss, whose="all", role="sales") == ["c2.1"]
    assert shown(store, viewer("new"), whose="all") == []


def test_pages_follow_each_other_without_gap_or_repetition(store: AnyStore) -> None:
    due: list[dt.datetime | None] = [MONDAY, MONDAY, MONDAY + HOUR, None, None, MONDAY + HOUR, MONDAY]
    open_case(store, tasks=tuple(a_task(f"c1.{n}", due_at=at) for n, at in enumerate(due, 1)))
    anna = viewer("anna", "warehouse")
    assert (
        every_page(store, anna, size=2)
        == shown(store, anna)
        == ["c1.1", "c1.2", "c1.7", "c1.3", "c1.6", "c1.4", "c1.5"]
    )


def test_a_page_key_somebody_made_up_shows_the_first_page(store: AnyStore) -> None:
    open_case(store, tasks=(a_task("c1.1"),))
    for key in ("nonsense", "W10", "WyJhIiwiYiJd", "WyJhIiwiYiIsImMiXQ", "💣"):
        assert shown(store, viewer("anna", "warehouse"), Page(key)) == ["c1.1"]


def test_urgent_cases_stand_on_top_page_by_page_while_they_are_urgent(store: AnyStore) -> None:
    for id, urgent in (("c1", False), ("c2", True), ("c3", False), ("c4", True)):
        tasks = (a_task(f"{id}.1", due_at=MONDAY + int(id[1]) * HOUR), a_task(f"{id}.2"), paused(a_task(f"{id}.3")))
        open_case(store, id, tasks=tasks, urgent=urgent)
    anna, boss = viewer("anna", "warehouse"), viewer("boss", everything=True)
    on_top = ["c2.1", "c4.1", "c2.2", "c4.2", "c1.1", "c3.1", "c1.2", "c3.2"]
    assert every_page(store, anna, size=3) == every_page(store, boss, size=3, whose="all") == on_top
    assert (
        shown(store, anna, paused=True)
        == shown(store, boss, paused=True, whose="all")
        == ["c2.3", "c4.3", "c1.3", "c3.3"]
    )
    assert shown(store, viewer("o'neil", "warehouse"), before=MONDAY + 3 * HOUR) == ["c2.1", "c1.1"]
    rows = store.read(lambda screens: screens.cases(boss, process="", state="open", text="", page=Page())).rows
    assert [row.id for row in rows if row.urgent] == ["c4", "c2"]
    counts = store.read(lambda screens: screens.counts(anna, MONDAY + DAY, MONDAY + 5 * DAY, MONDAY + 29 * DAY))
    assert counts == Counts(urgent=4, today=2, later=2)
    assert not store.read(lambda screens: screens.cases(viewer("new"), process="", state="", text="", page=Page())).rows
    seen = store.read(lambda screens: screens.cases(anna, process="", state="", text="", page=Page())).rows
    assert len(seen) == 4, "whoever may claim a task of an urgent case finds that case"

    calm = store.read(lambda screens: screens.case("c2"))
    assert calm is not None
    save(store, changed(calm, urgent=False))
    assert shown(store, anna) == ["c4.1", "c4.2", "c1.1", "c2.1", "c3.1", "c1.2", "c2.2", "c3.2"]
    row = store.read(lambda screens: screens.task("c2.1"))
    assert row is not None and not row.urgent


def test_counts_stand_above_the_inbox(store: AnyStore) -> None:
    due = [MONDAY - HOUR, MONDAY, MONDAY + HOUR, MONDAY + 2 * DAY, MONDAY + 9 * DAY, MONDAY + 40 * DAY, None]
    tasks = [a_task(f"c1.{n}", due_at=at) for n, at in enumerate(due, 1)]
    tasks.append(a_task("c1.20", kind="draft", assignee="anna", due_at=MONDAY + HOUR))
    tasks += [a_task("c1.21", assignee="bo"), paused(a_task("c1.22")), a_task("c1.23", excluded=("anna",))]
    case = open_case(store, tasks=tuple(tasks))
    reminder = Remind("r", "warehouse", ("anna",), "c1.1", Text("Soon due"))
    save(store, changed(case, change={"reminders": [reminder]}))
    anna = viewer("anna", "warehouse")
    counts = store.read(lambda screens: screens.counts(anna, MONDAY + DAY, MONDAY + 5 * DAY, MONDAY + 29 * DAY))
    assert counts == Counts(overdue=1, today=3, week=1, month=1, later=2, drafts=1, notices=1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_store_shows_the_same_inbox(store: AnyStore, data: st.DataObject) -> None:
    """Whatever tasks there are: the database and the plain loop over all tasks agree."""
    people, roles = ["anna", "bo"], ["warehouse", "sales", "返修"]
    prefix = f"p{store.write(lambda unit: unit.next_number('example', 2026))}"
    tasks = [
        a_task(
            f"{prefix}.{n}",
            roles=tuple(data.draw(st.lists(st.sampled_from(roles), min_size=1, max_size=2, unique=True))),
            assignee=data.draw(st.sampled_from([None, None, *people])),
            only=data.draw(st.sampled_from([None, None, *people])),
            excluded=tuple(data.draw(st.lists(st.sampled_from(people), max_size=1))),
            due_at=data.draw(st.sampled_from([None, MONDAY - HOUR, MONDAY, MONDAY + HOUR])),
        )
        for n in range(data.draw(st.integers(0, 6)))
    ]
    tasks = [paused(t) if data.draw(st.booleans()) else t for t in tasks]
    who = viewer(
        data.draw(st.sampled_from(people)),
        *data.draw(st.lists(st.sampled_from(roles), unique=True)),
        processes=frozenset([prefix] if data.draw(st.booleans()) else []),
    )
    wanted = TaskFilter(
        whose=data.draw(st.sampled_from(["mine", "roles", "both", "all"])),
        process=prefix,
        role=data.draw(st.sampled_from(["", *roles])),
        overdue=data.draw(st.booleans()),
        paused=data.draw(st.booleans()),
    )
    case = a_case(prefix, process=prefix, tasks=tuple(tasks), urgent=data.draw(st.booleans()))
    twin = MemoryStore(SetClock(MONDAY), CountingIds())
    save(twin, begun(case))
    save(store, begun(case))
    page = Page(size=3)
    assert store.read(lambda s: s.inbox(who, wanted, page)) == twin.read(lambda s: s.inbox(who, wanted, page))
    assert store.read(lambda s: s.may_see(who, prefix)) == twin.read(lambda s: s.may_see(who, prefix))
    listed = store.read(lambda s: s.cases(who, process=prefix, state="", text="", page=page))
    assert bool(listed.rows) == store.read(lambda s: s.may_see(who, prefix))
