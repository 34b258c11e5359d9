"""A date of a record is announced on its day, once, whoever looks and however often: the same on every store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from adapters.bell import LocalBell
from adapters.clock import SetClock
from adapters.database.store import DatabaseStore
from adapters.ids import CountingIds
from engine.announcing import AT_ONCE
from engine.dates_post import Dates
from engine.dates_told import Look, ToldDate
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import CaseChange, PublishedVersion
from engine.records import Record
from engine.screens import Page, Viewer
from engine.store import UnitOfWork
from tests.contract.building import AnyStore

SITE = """
site: dates
timezone: Asia/Shanghai
roles: {clerk: Clerk | 文员}
calendars: {office: {days: mon-fri, hours: 09:00-17:00}}
records:
  serial_number: {key: number, number: text, status: text, purchased_on: date, warranty_until: date, note: text}
  contract: {key: number, number: text, ends_on: date}
record_events:
  warranty.ending: {record: serial_number, attribute: warranty_until, at: 30 days before, unless: {status: [replaced, scrapped]}}
  bought.lately: {record: serial_number, attribute: purchased_on, at: 30 days after, within: 5 days, where: {status: active}}
  contract.over: {record: contract, attribute: ends_on, at: on the day}
"""
PROCESS = """
process: {id}
version: 1
label: Look after it | 跟进
fields: {{{type}: {{type: record, of: {type}, label: It | 对象}}}}
events: {{{event}: {{label: It is time | 到期, data: {{{type}: {type}}}}}}}
permissions: {{see: [clerk]}}
start: {{event: {event}, role: clerk, form: {{ask: [{type}]}}}}
steps:
  looking: {{label: Look after it | 跟进, task: {{role: clerk}}, due: 1 working day, next: closed}}
  closed: {{end: success, label: Closed | 已结案}}
"""
EVERYTHING = Viewer("", frozenset(), everything=True)
TODAY = dt.date(2026, 3, 2)  # of the store's clock, at 09:00 UTC: in Shanghai it is the afternoon
DAY = dt.timedelta(days=1)
STARTS = (("renewal", "warranty.ending", "serial_number"), ("asking", "bought.lately", "serial_number"), ("talk", "contract.over", "contract"))  # fmt: skip


class House:
    """A desk over a store, and the dates of it."""

    def __init__(self, store: AnyStore, clock: SetClock) -> None:
        self.store, self.clock = store, clock
        self.definitions = Definitions()
        self.desk = Desk(store, self.definitions, CountingIds(), LocalBell())
        self.dates = Dates(store, self.definitions, self.desk)

    def publish(self, *texts: str, site: str = SITE) -> None:
        def work(unit: UnitOfWork) -> None:
            for n, text in enumerate((site, *texts)):
                name = text.split("process: ")[1].split("\n")[0] if n else "_site"
                kind = "process" if n else "site"
                unit.publish(PublishedVersion(name, 1, text, f"{name}1", unit.now, None, "", kind))

        self.store.write(work)

    def keep(self, *records: Record) -> None:
        self.store.write(lambda unit: [unit.save_record(record, by=None, source="import") for record in records])

    def look(self) -> House:
        """As a worker does, until nothing is left."""
        for _ in range(1000):
            if not self.dates.announce_due():
                return self
        raise AssertionError("it looks without end")

    def tomorrow(self, days: int = 1) -> House:
        self.clock.advance(DAY * days)
        return self

    def begun(self, process: str = "renewal") -> list[str]:
        """What cases were begun about, in order of the records' numbers."""
        rows = self.store.read(
            lambda s: s.cases(EVERYTHING, process=process, state="", text="", page=Page(size=200))
        ).rows
        cases = [self.store.read(lambda s, id=row.id: s.case(id)) for row in rows]
        return sorted(str(value) for case in cases if case for value in case.values.values())


def unit(number: str, **attributes: Any) -> Record:
    return Record("serial_number", number, number, number, {"number": number, **attributes})


def ending(number: str, days: int, **attributes: Any) -> Record:
    return unit(number, warranty_until=(TODAY + DAY * days).isoformat(), **attributes)


def bought(number: str, days: int, **attributes: Any) -> Record:
    return unit(number, purchased_on=(TODAY - DAY * days).isoformat(), **attributes)


def a_process(id: str, event: str, type: str) -> str:
    return PROCESS.format(id=id, event=event, type=type).lstrip()


@pytest.fixture
def house(store: AnyStore, clock: SetClock) -> House:
    found = House(store, clock)
    found.publish(*(a_process(*start) for start in STARTS))
    return found


def test_a_warranty_counts_from_thirty_days_before_its_end_until_that_day(house: House) -> None:
    house.keep(*(ending(f"U{days:+03}", days) for days in (-1, 0, 1, 29, 30, 31)))
    assert house.look().begun() == ["U+00", "U+01", "U+29", "U+30"]
    assert house.tomorrow().look().begun() == ["U+00", "U+01", "U+29", "U+30", "U+31"]


def test_a_purchase_counts_from_thirty_days_after_it_for_five_days(house: House) -> None:
    house.keep(*(bought(f"U{days}", days, status="active") for days in (29, 30, 35, 36)))
    assert house.look().begun("asking") == ["U30", "U35"]


def test_a_day_itself_counts_and_a_week_more_and_every_type_of_record_is_found(house: House) -> None:
    house.keep(*(Record("contract", f"K{n}", f"K{n}", f"K{n}", {"ends_on": (TODAY - DAY * n).isoformat()}) for n in (-1, 0, 7, 8)))  # fmt: skip
    assert house.look().begun("talk") == ["K0", "K7"]


def test_only_records_that_are_meant_are_announced(house: House) -> None:
    house.keep(ending("A", 5), ending("B", 5, status="Replaced"), ending("C", 5, status="scrapped"), ending("D", 5, status="lost"))  # fmt: skip
    house.keep(bought("E", 31), bought("F", 31, status="lost"), bought("G", 31, status="active"))
    house.look()
    assert (house.begun(), house.begun("asking")) == (["A", "D"], ["G"])


def test_each_date_is_announced_once_however_often_and_by_whomever_somebody_looks(house: House) -> None:
    house.keep(ending("A", 5), ending("B", 30))
    house.look().look()
    other = House(house.store, house.clock)
    other.look()
    for _ in range(3):
        house.tomorrow().look()
        other.look()
    assert house.begun() == ["A", "B"]


def test_two_that_look_at_the_same_record_announce_it_once(house: House) -> None:
    house.keep(ending("A", 5))
    told = ToldDate("warranty.ending", "serial_number", "A", TODAY + DAY * 5)
    assert [house.desk.announce_date(told) for _ in range(2)] == [True, False]
    assert house.begun() == ["A"]


def test_a_warranty_that_was_moved_is_announced_for_its_new_date_and_not_for_the_old_one(house: House) -> None:
    house.keep(ending("A", 5), ending("B", 40))
    house.look()
    house.keep(ending("A", 20), ending("B", 400))
    assert house.tomorrow(20).look().begun() == ["A"], "its case is still open: no second one"

    (row,) = house.store.read(lambda s: s.cases(EVERYTHING, process="renewal", state="open", text="", page=Page())).rows
    finish(house, row.id)
    house.keep(ending("A", 60))
    assert house.tomorrow(10).look().begun() == ["A", "A"]


def finish(house: House, case_id: str) -> None:
    case = house.store.read(lambda s: s.case(case_id))
    assert case is not None
    after = replace(case, revision=case.revision + 1, ended="closed", ended_at=house.clock.now(), leaves=("closed",), tasks=(), timers=())  # fmt: skip
    records = [("serial_number", "A")]
    house.store.write(lambda unit: unit.save(CaseChange(case, after, records=records, category="done")))


def test_what_came_while_the_server_was_down_is_announced_inside_its_window(house: House) -> None:
    house.look()
    house.keep(bought("A", 28, status="active"), bought("B", 20, status="active"), ending("C", 33))
    house.tomorrow(12)
    house.look()
    assert house.begun("asking") == ["B"], "of A the window has closed"
    assert house.begun() == ["C"]


def test_days_are_those_of_the_site(house: House, clock: SetClock) -> None:
    house.keep(ending("A", 31))
    house.look()
    clock.advance(dt.timedelta(hours=6, minutes=59))  # 15:59 UTC: in Shanghai it is not midnight yet
    assert house.look().begun() == []
    clock.advance(dt.timedelta(minutes=1))
    assert house.look().begun() == ["A"]


def many(first: int, last: int, days: int) -> Iterable[Record]:
    return (ending(f"M{n:03}", days) for n in range(first, last))


def incidents(house: House) -> list[str]:
    return [row.text.en for row in house.store.read(lambda s: s.incidents())]


def test_the_first_look_at_many_announces_what_comes_today_and_asks_an_administrator_about_the_others(
    house: House,
) -> None:
    house.keep(*many(0, AT_ONCE + 1, 10), ending("TODAY", 30))
    assert house.look().begun() == ["TODAY"]
    (told,) = incidents(house)
    assert "warranty.ending" in told and "./aftercare announce" in told

    house.keep(ending("LATE", 31))
    assert house.tomorrow().look().begun() == ["LATE", "TODAY"]
    assert len(incidents(house)) == 1


def test_what_waits_is_announced_when_an_administrator_says_that_it_is_meant(house: House) -> None:
    house.keep(*many(0, AT_ONCE + 1, 10))
    house.look()
    house.desk.dates_are_meant("warranty.ending", None)
    house.clock.advance(dt.timedelta(minutes=2))
    assert len(incidents(house)) == 1
    assert len(house.look().begun()) == AT_ONCE + 1
    assert incidents(house) == [], "nothing waits any more"

    house.keep(*many(100, 100 + AT_ONCE + 1, 9))
    assert len(house.tomorrow().look().begun()) == AT_ONCE + 1, "it was said of those, not of a later list"
    assert len(incidents(house)) == 1


def test_what_waited_until_its_time_was_over_is_no_incident_any_more(house: House) -> None:
    house.keep(*(bought(f"B{n:03}", 32, status="active") for n in range(AT_ONCE + 1)))
    assert len(incidents(house.look())) == 1
    assert incidents(house.tomorrow(10).look()) == []
    assert house.begun("asking") == []


def test_as_many_as_may_come_at_once_are_announced_at_the_first_look(house: House) -> None:
    house.keep(*many(0, AT_ONCE, 10), *(ending(f"S{n}", 10, status="scrapped") for n in range(AT_ONCE)))
    assert len(house.look().begun()) == AT_ONCE
    assert incidents(house) == []


def test_however_many_reach_their_day_after_an_outage_are_announced(house: House) -> None:
    house.look()
    house.keep(*many(0, AT_ONCE + 10, 32))
    assert len(house.tomorrow(4).look().begun()) == AT_ONCE + 10


def test_a_record_that_cannot_be_handled_goes_to_a_clerk_and_holds_up_no_other(
    store: AnyStore, clock: SetClock
) -> None:
    house = House(store, clock)
    choosing = "  choosing: {label: Choose | 选择, do: [{note: Look | 看}], next: [{when: serial_number.note is set, then: looking}]}\n"
    text = a_process("renewal", "warranty.ending", "serial_number").replace("steps:\n", f"steps:\n{choosing}")
    house.publish(text)
    house.keep(ending("A", 5, note="fine"), ending("B", 5), ending("C", 5, note="fine"))
    assert house.look().begun() == ["A", "C"]

    (kept,) = store.read(lambda s: s.unmatched())
    assert (kept.name, kept.state, kept.values["serial_number"]) == ("warranty.ending", "several", "B")
    assert kept.values["number"] == "B"  # all it would have told stands there
    assert "no row of the process applies" in kept.reason and " | " in kept.reason
    assert house.tomorrow().look().begun() == ["A", "C"]


def test_notes_of_looks_are_told_newest_first_of_each_kind(store: AnyStore) -> None:
    notes = [Look("e", "looked", TODAY), Look("e", "held", TODAY - DAY), Look("e", "looked", TODAY + DAY), Look("f", "meant", TODAY, "anna")]  # fmt: skip
    store.write(lambda unit: [unit.note_look(note) for note in notes])
    found = store.read(lambda s: s.looks("e"))
    assert {act: (look.day, look.by) for act, look in found.items()} == {
        "looked": (TODAY + DAY, None),
        "held": (TODAY - DAY, None),
    }
    assert found["looked"].number > found["held"].number
    assert store.read(lambda s: s.looks("f"))["meant"].by == "anna"


def test_dates_are_found_by_date_and_id_a_portion_at_a_time_and_only_where_they_still_stand(store: AnyStore) -> None:
    def save(*records: Record) -> None:
        store.write(lambda unit: unit.save_records(records, by=None, source="import"))

    save(unit("B", warranty_until="2026-03-05"), unit("A", warranty_until="2026-03-05"), unit("C", warranty_until="2026-03-04", purchased_on="2026-03-05"), unit("D", warranty_until="not a day"), unit("E", warranty_until="2026-02-30"))  # fmt: skip

    def dated(after: tuple[str, str] = ("", ""), limit: int = 10) -> list[tuple[str, str]]:
        first, last = dt.date(2026, 3, 4), dt.date(2026, 3, 5)
        return list(
            store.read(
                lambda s: s.dated("serial_number", "warranty_until", first, last, untold="e", after=after, limit=limit)
            )
        )

    assert dated() == [("2026-03-04", "C"), ("2026-03-05", "A"), ("2026-03-05", "B")]
    assert dated(limit=2) == [("2026-03-04", "C"), ("2026-03-05", "A")]
    assert dated(("2026-03-05", "A")) == [("2026-03-05", "B")]
    save(unit("A", warranty_until="2027-03-05"), unit("B"))
    assert dated() == [("2026-03-04", "C")]
    told = ToldDate("e", "serial_number", "C", dt.date(2026, 3, 4))
    assert store.write(lambda unit: [unit.note_told(told), unit.note_told(told)]) == [True, False]
    assert dated() == []


def test_a_date_is_found_by_an_index(store: AnyStore) -> None:
    if not isinstance(store, DatabaseStore):
        return
    plan = ""
    with store.reading.connect() as connection:
        asked = "SELECT day, id FROM record_day WHERE type = 'serial_number' AND attribute = 'warranty_until' AND day BETWEEN '2026-01-01' AND '2026-01-31' ORDER BY day, id"  # fmt: skip
        if connection.dialect.name == "sqlite":
            plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").fetchall())
        else:
            connection.exec_driver_sql("SET enable_seqscan = off")
            plan = str(connection.exec_driver_sql(f"EXPLAIN {asked}").fetchall())
    assert "ix_record_day_day" in plan
