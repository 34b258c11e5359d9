"""`Screens.cases`, `cases_of`, `search`: only what a person may see, newest first."""

from __future__ import annotations

from engine.definition.texts import Text
from engine.records import Record
from engine.screens import Page, Viewer
from tests.contract.building import DAY, HOUR, MONDAY, AnyStore, a_task, changed, open_case, save, viewer

BOSS = viewer("boss", everything=True)


def listed(store: AnyStore, who: Viewer = BOSS, *, process: str = "", state: str = "", text: str = "") -> list[str]:
    found = store.read(lambda s: s.cases(who, process=process, state=state, text=text, page=Page()))
    return [row.id for row in found.rows]


def test_cases_stand_newest_first_with_what_a_list_needs(store: AnyStore) -> None:
    labels = {"receiving": Text("Receive", "收货")}
    open_case(store, "c1", owner="anna", due_at=MONDAY + DAY, milestone="received", listed={"labels": labels})
    open_case(store, "c2", opened_at=MONDAY + HOUR, listed={"category": "waiting_customer"})
    assert listed(store) == ["c2", "c1"]
    row = store.read(lambda s: s.cases(BOSS, process="", state="", text="", page=Page())).rows[1]
    assert (row.number, row.subject, row.steps) == ("FR-2026-c1", "SN-1001 张三", (Text("Receive", "收货"),))
    assert (row.owner, row.milestone, row.category, row.round) == ("anna", "received", "open", 1)
    assert (row.due_at, row.opened_at, row.ended) == (MONDAY + DAY, MONDAY, None)


def test_lists_are_narrowed_by_process_state_and_words(store: AnyStore) -> None:
    first = open_case(store, "c1", listed={"subject": "SN-1001 坏了 pump"})
    open_case(store, "c2", process="complaint", opened_at=MONDAY + HOUR, listed={"subject": "50% late_1"})
    save(store, changed(first, ended="closed", ended_at=MONDAY + HOUR, change={"subject": "SN-1001 坏了 pump"}))
    assert listed(store, state="open") == ["c2"]
    assert listed(store, state="closed") == ["c1"]
    assert listed(store, process="complaint") == ["c2"]
    assert listed(store, text="坏") == ["c1"]
    assert listed(store, text="PUMP sn-1001") == ["c1"]
    assert listed(store, text="2026-c2") == ["c2"]
    assert listed(store, text="0% late_") == ["c2"]
    assert listed(store, text="5%te") == []
    assert listed(store, text="nothing") == []


def test_lists_are_narrowed_to_what_waits_for_the_customer_or_only_for_its_follow_up(store: AnyStore) -> None:
    open_case(store, "c1", listed={"category": "waiting_customer"})
    open_case(store, "c2", opened_at=MONDAY + HOUR, listed={"category": "done"})
    assert listed(store, state="in_category:waiting_customer") == ["c1"]
    assert listed(store, state="in_category:done") == ["c2"]
    assert listed(store, state="in_category:cancelled") == []
    assert listed(store, state="open") == ["c2", "c1"]


def test_who_may_see_a_case(store: AnyStore) -> None:
    open_case(
        store,
        owner="owner",
        starter="starter",
        tasks=(a_task("c1.1", excluded=("carl",)), a_task("c1.2", assignee="holder", roles=("sales",))),
    )
    seeing = {
        "the owner": viewer("owner"),
        "the starter": viewer("starter"),
        "a holder of a task": viewer("holder"),
        "a candidate": viewer("anyone", "warehouse"),
        "a role of the process": viewer("lead", processes=frozenset({"factory_return"})),
        "an auditor": BOSS,
    }
    blind = {
        "a stranger": viewer("stranger"),
        "a role whose task is held": viewer("seller", "sales"),
        "who is excluded": viewer("carl", "warehouse"),
        "a lead of another process": viewer("lead", processes=frozenset({"complaint"})),
    }
    for person in seeing.values():
        assert store.read(lambda s, p=person: s.may_see(p, "c1")) is True
        assert listed(store, person) == ["c1"]
    for person in blind.values():
        assert store.read(lambda s, p=person: s.may_see(p, "c1")) is False
        assert listed(store, person) == []
    assert store.read(lambda s: s.may_see(BOSS, "nobody")) is False


def test_who_saw_a_case_by_a_task_sees_it_no_more_when_the_task_is_done(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task(assignee="holder"),))
    save(store, changed(case, tasks=()))
    assert store.read(lambda s: s.may_see(viewer("holder"), "c1")) is False


def test_pages_of_cases_follow_each_other(store: AnyStore) -> None:
    for n in range(5):
        open_case(store, f"c{n}", opened_at=MONDAY + (n // 2) * HOUR)
    seen, after = [], ""
    while True:
        found = store.read(lambda s, key=after: s.cases(BOSS, process="", state="", text="", page=Page(key, 2)))
        seen += [row.id for row in found.rows]
        after = found.next
        if not after:
            break
    assert seen == ["c4", "c3", "c2", "c1", "c0"]


def test_under_a_record_open_cases_come_first_page_by_page(store: AnyStore) -> None:
    for n in range(6):
        case = open_case(store, f"c{n}", opened_at=MONDAY + n * HOUR, listed={"records": [("customer", "C-1")]})
        if n in (3, 4, 5):
            save(store, changed(case, ended="closed", ended_at=MONDAY + DAY, change={"records": [("customer", "C-1")]}))
    seen, after = [], ""
    while True:
        found = store.read(lambda s, key=after: s.cases_of(BOSS, "customer", "C-1", Page(key, 2)))
        seen += [row.id for row in found.rows]
        after = found.next
        if not after:
            break
    assert seen == ["c2", "c1", "c0", "c5", "c4", "c3"]
    assert store.read(lambda s: s.cases_of(viewer("stranger"), "customer", "C-1", Page())).rows == []


def test_open_cases_with_a_text_in_common_are_told_to_who_may_see_them_newest_first(store: AnyStore) -> None:
    for n, (keys, ended) in enumerate([(("a",), ""), (("a", "b"), ""), (("b",), ""), (("a",), "closed"), (("c",), "")]):
        case = open_case(store, f"c{n}", opened_at=MONDAY + n * HOUR, listed={"alike": keys})
        if ended:
            save(store, changed(case, ended=ended, ended_at=MONDAY + DAY, change={"alike": keys}))

    def alike(who: Viewer, *keys: str, process: str = "factory_return", size: int = 9) -> list[str]:
        return [row.id for row in store.read(lambda s: s.open_alike(who, process, keys, size))]

    assert alike(BOSS, "a") == ["c1", "c0"]
    assert alike(BOSS, "a", "b") == ["c2", "c1", "c0"]
    assert alike(BOSS, "a", "b", size=2) == ["c2", "c1"]
    assert alike(BOSS, "a", process="complaint") == alike(viewer("stranger"), "a") == alike(BOSS) == []


def test_other_open_cases_of_the_same_records_are_told_once_each_unit_first(store: AnyStore) -> None:
    unit, customer = ("serial_number", "SN-1"), ("customer", "C-1")
    for n, (hanging, ended) in enumerate(
        [
            ([unit, customer], ""),
            ([customer], ""),
            ([unit, customer], ""),
            ([unit], "closed"),
            ([("customer", "C-2")], ""),
        ]
    ):
        case = open_case(store, f"c{n}", opened_at=MONDAY + n * HOUR, listed={"records": hanging})
        if ended:
            save(store, changed(case, ended=ended, ended_at=MONDAY + DAY, change={"records": hanging}))

    def beside(who: Viewer, size: int = 9) -> list[tuple[str, str]]:
        found = store.read(lambda s: s.open_beside(who, "c9", [unit, customer], size))
        return [(type, row.id) for type, row in found]

    assert beside(BOSS) == [("serial_number", "c2"), ("serial_number", "c0"), ("customer", "c1")]
    assert beside(BOSS, 2) == [("serial_number", "c2"), ("serial_number", "c0")]
    assert beside(viewer("stranger")) == []
    assert store.read(lambda s: s.open_beside(BOSS, "c2", [unit], 9))[0][1].id == "c0"
    assert list(store.read(lambda s: s.open_beside(BOSS, "c2", [], 9))) == []


def test_the_search_finds_cases_one_may_see_and_records(store: AnyStore) -> None:
    open_case(store, "c1", listed={"subject": "泵 pump"})
    customer = Record("customer", "C-1", "C-1", "水泵公司", {"name": "水泵公司"})
    supplier = Record("supplier", "S-1", "S-1", "Pump maker", {})
    store.write(lambda unit: [unit.save_record(r, by=None, source="import") for r in (customer, supplier)])
    assert [(f.kind, f.id) for f in store.read(lambda s: s.search(BOSS, "pump"))] == [
        ("case", "c1"),
        ("supplier", "S-1"),
    ]
    assert [(f.kind, f.id) for f in store.read(lambda s: s.search(viewer("x"), "泵"))] == [("customer", "C-1")]
    assert store.read(lambda s: s.search(BOSS, "  ")) == []
    assert len(store.read(lambda s: s.search(BOSS, "泵", 1))) == 1


def test_cases_are_found_by_their_numbers_at_once_and_what_is_no_number_is_left_out(store: AnyStore) -> None:
    first, second = open_case(store, "c1"), open_case(store, "c2", process="complaint")
    asked = ["FR-2026-c1", "FR-2026-c2", "FR-2026-C1", "c1", ""]
    assert store.write(lambda work: work.cases_numbered(asked)) == {"FR-2026-c1": first, "FR-2026-c2": second}
    assert store.read(lambda screens: screens.cases_numbered(asked)) == {"FR-2026-c1": first, "FR-2026-c2": second}
    assert store.write(lambda work: work.cases_numbered([])) == {}


def test_many_cases_are_read_in_one_look(store: AnyStore) -> None:
    for id in ("c1", "c2", "c3"):
        open_case(store, id, values={"measure": id})
    found = store.read(lambda screens: screens.many_cases({"c1", "c3", "gone"}))
    assert {id: case.values for id, case in found.items()} == {"c1": {"measure": "c1"}, "c3": {"measure": "c3"}}
    assert store.read(lambda screens: screens.many_cases(())) == {}
