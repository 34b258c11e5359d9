"""The demo company: the same every time, alive on any day of the year, and never mixed with anybody's own data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from adapters.settings import Settings
from adapters.wiring import open_house
from cli.__main__ import run
from cli.demo import DEMO_PASSWORD, Loaded, holds_demo, load_demo
from engine.screen_rows import CaseRow
from engine.screens import Page, TaskFilter, Viewer

WEDNESDAY = dt.datetime(2026, 3, 18, 3, 0, tzinfo=dt.UTC)
ALL = Viewer("admin", frozenset({"admin"}), everything=True)


def settings(folder: Path) -> Settings:
    folder.mkdir(exist_ok=True)
    return Settings(data=folder, database_url=f"sqlite:///{folder / 'aftercare.db'}")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Loaded]:
    made = settings(tmp_path_factory.mktemp("demo"))
    return made, load_demo(made, WEDNESDAY)


def cases(made: Settings) -> list[CaseRow]:
    house = open_house(made)
    try:
        rows = house.store.read(lambda s: s.cases(ALL, process="", state="", text="", page=Page(size=100))).rows
        return sorted(rows, key=lambda row: row.number)
    finally:
        house.close()


def test_every_process_has_cases_at_several_stages(demo: tuple[Settings, Loaded]) -> None:
    made, loaded = demo
    assert (loaded.people, loaded.records, loaded.cases) == (15, 98, 27)
    rows = cases(made)
    for process in ("shipment_tracking", "complaint", "onsite_repair", "factory_return"):
        mine = [row for row in rows if row.process == process]
        assert len(mine) >= 5
        assert any(row.ended for row in mine)
        assert len({row.steps for row in mine}) >= 4
    assert {row.category for row in rows} >= {"open", "waiting_customer", "waiting_internal", "closed"}


def test_somebody_is_late_somebody_is_told_and_nothing_is_broken(demo: tuple[Settings, Loaded]) -> None:
    house = open_house(demo[0])
    try:
        tasks = house.store.read(lambda s: s.inbox(ALL, TaskFilter(whose="all"), Page(size=200))).rows
        assert {"work", "escalation", "draft"} <= {task.kind for task in tasks}
        assert any(task.due_at and task.due_at < WEDNESDAY for task in tasks)
        assert any(task.due_at and task.due_at > WEDNESDAY for task in tasks)
        assert any(task.assignee == "guo.ping" and task.step == "repair" for task in tasks)
        assert house.store.read(lambda s: s.notices("he.xue"))
        assert house.store.read(lambda s: s.incidents()) == []
        sent = house.store.read(lambda s: s.mails(state="sent", page=Page(size=200))).rows
        assert any(mail.kind == "customer" for mail in sent)
        assert all(mail.created_at <= WEDNESDAY for mail in sent)
    finally:
        house.close()


def test_everything_that_came_due_rang_at_its_own_moment(demo: tuple[Settings, Loaded]) -> None:
    house = open_house(demo[0])
    try:
        lines = [line for row in cases(demo[0]) for line in house.store.read(lambda s, id=row.id: s.history(id))]
    finally:
        house.close()
    rung = [line for line in lines if line.kind == "rang"]
    assert rung
    assert not [line for line in rung if line.details.get("late")]


MONDAY = WEDNESDAY + dt.timedelta(days=5)
AFTER_A_LONG_HOLIDAY = dt.datetime(2026, 10, 9, 3, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("day", [MONDAY, AFTER_A_LONG_HOLIDAY])
def test_it_loads_on_a_day_after_a_weekend_and_after_a_long_holiday_too(desk_data: Path, day: dt.datetime) -> None:
    assert load_demo(settings(desk_data), day).cases == 27


def test_anybody_of_it_may_sign_in_with_the_printed_password(demo: tuple[Settings, Loaded]) -> None:
    house = open_house(demo[0], cheap_passwords=True)
    try:
        assert holds_demo(house)
        assert house.accounts.sign_in("wang.fang", DEMO_PASSWORD)
    finally:
        house.close()


def test_the_demo_is_the_same_every_time(demo: tuple[Settings, Loaded], desk_data: Path) -> None:
    again = settings(desk_data)
    load_demo(again, WEDNESDAY)
    assert cases(again) == cases(demo[0])


def test_it_is_not_loaded_where_somebody_works(desk_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["user", "add", "anna", "--no-password", "--data", str(desk_data)]) == 0
    assert run(["demo", "--data", str(desk_data)]) == 2
    assert "the demo is loaded only where there is nothing" in capsys.readouterr().err
