"""`UnitOfWork.case` and `save`: the case is the truth, and every table made from it follows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.clock import SetClock
from engine.case import Fact, MailText, Parent, Pause, Stretch
from engine.definition.texts import Text
from engine.effects import CallAdapter, RaiseIncident, RecordKpi, Remind, SendMail, WriteHistory
from engine.records import Record
from engine.refusals import Refusal
from engine.screen_rows import FigureRow
from tests.contract.building import (
    DAY,
    HOUR,
    MONDAY,
    AnyStore,
    a_case,
    a_task,
    a_timer,
    begun,
    changed,
    open_case,
    save,
    viewer,
)


def test_a_case_comes_back_as_it_was_saved(store: AnyStore) -> None:
    mail = MailText("received", "zhang@example.com", "到货", "您好\n第二行", "zh-Hans")
    case = a_case(
        values={"客户": "张三", "amount": "12.50", "parts": [1, {"a": None}], "ok": True},
        records={"sn": {"id": "SN-1001", "customer": {"id": "C-1", "name": "张三"}}},
        facts={"receiving.done": Fact(1, 2, 3, MONDAY, MONDAY + HOUR)},
        entered={"receiving": MONDAY},
        visits={"receiving": 2},
        done_by={"receiving": ("anna", "bo")},
        pauses=(Pause(MONDAY, MONDAY + HOUR),),
        spent={"receiving": (Stretch(MONDAY, MONDAY + HOUR), Stretch(MONDAY + HOUR, MONDAY + DAY))},
        tasks=(a_task(mail=mail, pauses=(Pause(MONDAY),), excluded=("bo",), due_at=MONDAY + DAY),),
        timers=(a_timer(), a_timer("c1:2", None)),
        parent=Parent("c0", "repair", 1),
        owner="anna",
        due_at=MONDAY + DAY,
    )
    save(store, begun(case))
    assert store.write(lambda work: work.case("c1")) == case
    assert store.read(lambda screens: screens.case("c1")) == case


def test_an_unknown_case_is_none(store: AnyStore) -> None:
    assert store.write(lambda work: work.case("nobody")) is None
    assert store.read(lambda screens: screens.case("nobody")) is None


def test_a_case_is_found_by_its_number(store: AnyStore) -> None:
    open_case(store)
    assert store.read(lambda screens: screens.case_id("FR-2026-c1")) == "c1"
    assert store.read(lambda screens: screens.case_id("FR-2026-c2")) is None


def test_a_stale_revision_is_refused_and_changes_nothing(store: AnyStore) -> None:
    first = open_case(store)
    save(store, changed(first, owner="bo"))
    with pytest.raises(Refusal) as refused:
        save(store, changed(first, owner="carl"))
    assert refused.value.code == "stale"
    assert "FR-2026-c1" in refused.value.text.en
    now = store.read(lambda screens: screens.case("c1"))
    assert now is not None
    assert now.owner == "bo"
    assert now.revision == 2


def test_two_saves_in_one_transaction_build_on_each_other(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task(),))

    def work(unit: Any) -> None:
        unit.save(changed(case, tasks=(a_task("c1.2"),)))
        now = unit.case("c1")
        assert now.revision == 2
        unit.save(changed(now, tasks=(a_task("c1.3"),)))

    store.write(work)
    assert store.read(lambda screens: screens.task("c1.1")) is None
    assert store.read(lambda screens: screens.task("c1.2")) is None
    assert store.read(lambda screens: screens.task("c1.3")) is not None
    assert [row.kind for row in store.read(lambda screens: screens.history("c1"))] == [
        "started",
        "completed",
        "completed",
    ]


def test_a_case_may_be_begun_and_changed_in_one_transaction(store: AnyStore) -> None:
    def work(unit: Any) -> None:
        unit.save(begun(a_case(tasks=(a_task(),))))
        unit.save(changed(unit.case("c1"), owner="bo", tasks=()))

    store.write(work)
    case = store.read(lambda screens: screens.case("c1"))
    assert case is not None
    assert (case.revision, case.owner) == (2, "bo")
    assert store.read(lambda screens: screens.task("c1.1")) is None


def test_a_closed_task_says_what_became_of_it(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task(),))
    done = WriteHistory("completed", "anna", "receiving", 1, {"task": "c1.1", "outcome": "damaged"})
    save(store, changed(case, tasks=(), change={"history": [done]}))
    assert store.read(lambda screens: screens.closed_task("c1.1")) == {
        "case": "c1",
        "step": "receiving",
        "outcome": "damaged",
        "by": "anna",
        "at": MONDAY,
        "for": ("warehouse",),
    }
    assert store.read(lambda screens: screens.closed_task("c1.2")) is None


def test_an_open_task_is_shown_with_its_case(store: AnyStore) -> None:
    open_case(store, tasks=(a_task(due_at=MONDAY + HOUR, level=1, only="bo"),), due_at=MONDAY + DAY)
    row = store.read(lambda screens: screens.task("c1.1"))
    assert row is not None
    assert (row.number, row.subject, row.label) == ("FR-2026-c1", "SN-1001 张三", Text("Receive the goods", "收货"))
    assert (row.due_at, row.case_due_at, row.level, row.only) == (MONDAY + HOUR, MONDAY + DAY, 1, "bo")


def test_the_history_is_a_gapless_timeline_with_comments_in_it(store: AnyStore) -> None:
    case = open_case(store)
    store.write(lambda work: work.add_comment("c1", "bo", '客户来电 "urgent"', [{"id": "f1", "name": "图.jpg"}]))
    save(
        store,
        changed(case, change={"history": [WriteHistory("moved", "anna", "repair", 2, {"changes": {"a": [1, 2]}})]}),
    )
    rows = store.read(lambda screens: screens.history("c1"))
    assert [(row.seq, row.kind, row.by, row.step, row.visit) for row in rows] == [
        (1, "started", "anna", "", 0),
        (2, "commented", "bo", "", 0),
        (3, "moved", "anna", "repair", 2),
    ]
    assert rows[1].details == {"text": '客户来电 "urgent"', "files": [{"id": "f1", "name": "图.jpg"}]}
    assert rows[2].details == {"changes": {"a": [1, 2]}}
    assert rows[0].at == MONDAY


def test_a_comment_on_no_case_is_refused(store: AnyStore) -> None:
    with pytest.raises(Refusal) as refused:
        store.write(lambda work: work.add_comment("c9", "bo", "?"))
    assert refused.value.code == "unknown"


def test_orders_are_stored_beside_the_case(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task("c1.1"),))
    orders: dict[str, Any] = {
        "mails": [SendMail("c1/1", "customer", "zhang@example.com", "到货", "您好", template="received", by="anna")],
        "reminders": [Remind("c1/r1", "warehouse", ("anna", "bo"), "c1.1", Text("Soon due", "即将到期"))],
        "calls": [CallAdapter("c1/k1", "erp.credit_note", {"amount": "10"})],
        "kpis": [RecordKpi("turnaround", 3600, "sales", True), RecordKpi("turnaround", 7200, "sales", False)],
        "incidents": [RaiseIncident("c1/i1", Text("No route", "无路可走"))],
    }
    save(store, changed(case, change=orders))
    mail = store.read(lambda screens: screens.mails(case_id="c1")).rows[0]
    assert (mail.state, mail.to, mail.subject, mail.by, mail.created_at) == (
        "waiting",
        "zhang@example.com",
        "到货",
        "anna",
        MONDAY,
    )
    assert mail.message_id.startswith("<")
    assert len(mail.checksum) == 64
    assert store.read(lambda screens: screens.mail(mail.id)) == mail
    notice = store.read(lambda screens: screens.notices("bo"))[0]
    assert (notice.case, notice.number, notice.text.zh, notice.read) == ("c1", "FR-2026-c1", "即将到期", False)
    incident = store.read(lambda screens: screens.incidents())[0]
    assert (incident.case, incident.text.en, incident.state) == ("c1", "No route", "open")
    figures = store.read(lambda screens: screens.figures(["factory_return"], MONDAY, MONDAY + HOUR))
    assert figures == [FigureRow("factory_return", "turnaround", None, 2, 5400.0, 5400.0, promised=2, timely=1)]


def test_the_same_order_twice_is_one_mail_and_one_notice(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task("c1.1"),))
    orders: dict[str, Any] = {
        "mails": [SendMail("c1/1", "staff", "a@example.com", "s", "b")],
        "reminders": [Remind("c1/r1", "warehouse", ("anna",), "c1.1", Text("Soon due"))],
    }
    again = save(store, changed(case, change=orders))
    save(store, changed(again, change=orders))
    assert len(store.read(lambda screens: screens.mails(case_id="c1")).rows) == 1
    assert len(store.read(lambda screens: screens.notices("anna"))) == 1


def test_notices_are_read_by_their_owner(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task("c1.1"),))
    reminder = Remind("c1/r1", "warehouse", ("anna", "bo"), "c1.1", Text("Soon due"))
    save(store, changed(case, change={"reminders": [reminder]}))
    store.write(lambda work: work.read_notices("anna"))
    assert store.read(lambda screens: screens.notices("anna")) == []
    assert [n.read for n in store.read(lambda screens: screens.notices("anna", unread_only=False))] == [True]
    assert len(store.read(lambda screens: screens.notices("bo"))) == 1


def test_a_notice_about_a_task_goes_with_it_and_one_about_the_case_stays_until_that_ends(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task("c1.1"),))
    of_task, of_case = (Remind(f"c1/{task}", "owner", ("anna",), task, Text("Soon due")) for task in ("c1.1", ""))
    told = save(store, changed(case, change={"reminders": [of_task, of_case]}))
    assert sorted(n.task for n in store.read(lambda screens: screens.notices("anna"))) == ["", "c1.1"]
    save(store, changed(told, tasks=()))
    assert [n.task for n in store.read(lambda screens: screens.notices("anna"))] == [""]
    assert len(store.read(lambda screens: screens.notices("anna", unread_only=False))) == 2
    later = MONDAY + DAY
    assert store.read(lambda screens: screens.counts(viewer("anna"), later, later, later)).notices == 1


def test_a_notice_about_a_case_goes_at_its_end_but_not_what_is_told_of_that(store: AnyStore, clock: SetClock) -> None:
    of_case, of_end = (Remind(f"c1/{n}", "owner", ("anna",), "", Text(n)) for n in ("It waits", "It was cancelled"))
    told = save(store, changed(open_case(store), change={"reminders": [of_case]}))
    clock.advance(HOUR)
    over: dict[str, Any] = {"ended": "done", "ended_at": clock.now()}
    ended = save(store, changed(told, change={"reminders": [of_end]}, **over))
    later = MONDAY + DAY
    assert [n.text.en for n in store.read(lambda screens: screens.notices("anna"))] == ["It was cancelled"]
    assert store.read(lambda screens: screens.counts(viewer("anna"), later, later, later)).notices == 1
    save(store, changed(ended, ended=None, ended_at=None))
    assert len(store.read(lambda screens: screens.notices("anna"))) == 2


def test_a_number_is_given_once(store: AnyStore) -> None:
    open_case(store)
    with pytest.raises(Refusal) as refused:
        save(store, begun(replace(a_case("c2"), number="FR-2026-c1")))
    assert refused.value.code == "conflict"
    assert store.read(lambda screens: screens.case("c2")) is None


def test_case_numbers_count_by_process_and_year(store: AnyStore) -> None:
    def work(unit: Any) -> list[int]:
        return [
            unit.next_number("a", 2026),
            unit.next_number("a", 2026),
            unit.next_number("b", 2026),
            unit.next_number("a", 2027),
        ]

    assert store.write(work) == [1, 2, 1, 1]
    assert store.write(lambda unit: unit.next_number("a", 2026)) == 3


def test_parents_and_children_know_each_other(store: AnyStore) -> None:
    open_case(store, "c1")
    open_case(store, "c2", parent=Parent("c1", "repair", 1))
    open_case(store, "c3", parent=Parent("c1", "repair", 2), opened_at=MONDAY + HOUR)
    parent, children = store.read(lambda screens: screens.family("c1"))
    assert parent is None
    assert [row.id for row in children] == ["c2", "c3"]
    parent, children = store.read(lambda screens: screens.family("c3"))
    assert parent is not None
    assert parent.id == "c1"
    assert list(children) == []


def test_a_case_is_listed_under_its_records_until_it_hangs_there_no_more(store: AnyStore) -> None:
    from engine.screens import Page

    boss = viewer("boss", everything=True)
    case = open_case(store, listed={"records": [("serial_number", "SN-1"), ("customer", "C-1")]})
    save(store, changed(case, change={"records": [("serial_number", "SN-2"), ("customer", "C-1")]}))

    def under(type: str, id: str) -> list[str]:
        return [row.id for row in store.read(lambda screens: screens.cases_of(boss, type, id, Page())).rows]

    assert under("serial_number", "SN-1") == []
    assert under("serial_number", "SN-2") == ["c1"]
    assert under("customer", "C-1") == ["c1"]


def test_a_case_is_told_when_one_of_its_records_changed(store: AnyStore) -> None:
    unit_record = Record("serial_number", "SN-1", "SN-1", "SN-1", {"location": "customer"})
    store.write(lambda unit: unit.save_record(unit_record, by=None, source="import"))
    case = open_case(store, listed={"records": [("serial_number", "SN-1")]})
    open_case(store, "c2", listed={"records": [("serial_number", "SN-2")]})

    def told(id: str) -> bool:
        return store.write(lambda unit: unit.records_changed(id))

    assert (told("c1"), told("c2"), told("nobody")) == (False, False, False)

    def move(unit: Any) -> bool:
        assert unit.records_changed("c1") is False
        unit.write_attribute("serial_number", "SN-1", "location", "factory", by=None, reason="received")
        return bool(unit.records_changed("c1"))

    assert store.write(move) is True
    assert (told("c1"), told("c2")) == (True, False)
    case = save(store, changed(case, change={"records": [("serial_number", "SN-1")]}))
    assert told("c1") is False

    def move_and_save(unit: Any) -> None:
        unit.save(changed(case, change={"records": [("serial_number", "SN-1")]}))
        unit.write_attribute("serial_number", "SN-1", "location", "stock", by=None, reason="repaired")

    store.write(move_and_save)
    assert told("c1") is True
    case = save(store, changed(replace(case, revision=3), change={"records": [("serial_number", "SN-1")]}))
    assert told("c1") is False

    def move_then_save(unit: Any) -> None:
        unit.write_attribute("serial_number", "SN-1", "location", "customer", by=None, reason="shipped")
        unit.listening("anything")
        unit.save(changed(case, change={"records": [("serial_number", "SN-1")]}))

    store.write(move_then_save)
    assert told("c1") is True


def test_an_incident_may_be_raised_without_a_change(store: AnyStore) -> None:
    open_case(store)
    for _ in range(2):
        store.write(lambda unit: unit.raise_incident("c1", "c1:move", Text("Look", "请看")))
    found = store.read(lambda screens: screens.incidents(case_id="c1"))
    assert [(i.number, i.text.zh) for i in found] == [("FR-2026-c1", "请看")]
