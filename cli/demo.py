"""`aftercare demo`: a company to look around in, with people, records and cases at every stage. Loaded once, never mixed with
anybody's own data."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import click

from adapters.clock import SetClock, SystemClock
from adapters.database.engines import sqlite_file
from adapters.ids import CountingIds
from adapters.settings import Settings
from adapters.wiring import House, open_house
from cli.demo_records import load_people, load_records
from cli.demo_stories import play
from cli.language import in_words, say
from cli.opening import DATA_HELP, make_folder, opened, publish_shipped, settings_for
from cli.refusing import in_sentences, refuse
from engine.records import Record

DEMO_PASSWORD = "demo-2026"  # noqa: S105 - printed on the sign-in page, it protects nothing
MARK = Record("installation", "demo", "demo", "Demo company 演示公司")
BEGINS = dt.timedelta(days=70)
"""How long before today the demo company begins to work: longer than its oldest story with all holidays in between."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the demo holds."""

    people: int
    records: int
    cases: int


@click.command(
    help=in_words(
        "Loads the demo company into an empty installation: people, customers, orders, units, and cases at every stage. "
        "Look around with: aftercare up",
        "向空的系统载入演示公司：人员、客户、订单、设备，以及处于各阶段的工单。随后运行 aftercare up 查看。",
    )
)
@click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))
def command(data: Path | None) -> None:
    settings = settings_for(data)
    if not holds_nothing(settings):
        raise refuse(
            f"There are people or records in {settings.data} already; the demo is loaded only where there is nothing. "
            "Name another folder: --data DIR",
            f"{settings.data} 中已有人员或档案；演示数据只能载入空的系统。请指定其他文件夹：--data DIR",
        )
    loaded = load_demo(settings)
    say(
        f"{loaded.people} people, {loaded.records} records and {loaded.cases} cases are there. "
        f"Everybody's password is {DEMO_PASSWORD}. Begin with: aftercare up",
        f"已载入 {loaded.people} 人、{loaded.records} 份档案和 {loaded.cases} 个工单，所有人的密码均为 {DEMO_PASSWORD}。"
        "请运行：aftercare up",
    )


def load_demo(settings: Settings, now: dt.datetime | None = None) -> Loaded:
    """Loads the demo into an empty house, as seen from `now` (UTC; this moment when none is given).

    A new SQLite file is made aside and put in place when it is complete: whoever stops the first start begins again with
    nothing.
    """
    now = now or SystemClock().now()
    if not has_no_file_yet(settings):
        return make_demo(settings, now)
    make_folder(settings.data)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=settings.data) as aside:
        folder = Path(aside)
        made = folder / "aftercare.db"
        loaded = make_demo(replace(settings, data=folder, database_url=f"sqlite:///{made}"), now)
        with contextlib.closing(sqlite3.connect(made)) as whole:
            whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it in the one file that is moved
        shutil.copytree(folder / "files", settings.data / "files", dirs_exist_ok=True)
        made.replace(sqlite_file(settings.database_url))
    return loaded


def has_no_file_yet(settings: Settings) -> bool:
    """Whether this is an SQLite installation that was never opened."""
    return settings.database_url.startswith("sqlite") and not sqlite_file(settings.database_url).exists()


def make_demo(settings: Settings, now: dt.datetime) -> Loaded:
    """The demo company, its records and its cases, one after the other."""
    first = dt.datetime.combine(now.date() - BEGINS, dt.time(0), dt.UTC)
    clock = SetClock(first)
    with in_sentences():
        # Everybody may know the passwords of the demo, so that hashing them at length would protect nothing.
        house = open_house(replace(settings, smtp=None), clock=clock, ids=CountingIds("demo"), cheap_passwords=True)
        try:
            publish_shipped(house)
            people = load_people(house, DEMO_PASSWORD)
            records = load_records(house, now.date())
            cases = play(house, clock, now)
            house.store.write(lambda uow: uow.save_record(MARK, by=None, source="demo"))
        finally:
            house.close()
    return Loaded(len(people), records, cases)


def holds_nothing(settings: Settings) -> bool:
    """Whether nobody has begun to work here."""
    if has_no_file_yet(settings):
        return True
    with opened(settings, publish=False) as house:
        return is_empty(house)


def is_empty(house: House) -> bool:
    """Nobody has an account here and no customer is known."""
    return house.store.read(lambda screens: not screens.people() and not screens.look_up("customer", "", 1))


def holds_demo(house: House) -> bool:
    """Whether the demo company was loaded here, so that the sign-in page may show its people."""
    return house.store.read(lambda screens: screens.record(MARK.type, MARK.id)) is not None
