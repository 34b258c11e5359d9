"""`aftercare announce`: what waits because too many dates turned up at once, and the word that it is meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from cli.language import in_words, say
from cli.opening import DATA_HELP, opened, settings_for
from cli.refusing import refuse
from engine.dates_post import is_announced
from engine.dates_told import ToldDate, all_in_sight
from engine.definition.compiled import DatedEvent, Site
from engine.screens import Screens

COUNTED = 1000
"""Nobody needs to know how many more there are."""


@click.command(
    help=in_words(
        "Says how many records with a date that has come are not announced yet: those that wait for a word, because more "
        "than usual were in their window before anybody looked, and those brought since the last look, which is once a "
        "day. With EVENT they are meant: workers announce them at their next look, within a minute.",
        "列出日期已到但尚未通知的档案数：包括因数量异常而等待确认的，以及上次每日查看之后新导入的。给出 EVENT 即表示确认，"
        "后台将在一分钟内开始通知。",
    )
)
@click.argument("event", required=False)
@click.option("--by", help=in_words("Who says so, for the log.", "操作人账号，记入日志。"))
@click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))
def command(event: str | None, by: str | None, data: Path | None) -> int:
    with opened(settings_for(data)) as house:
        site = house.store.read(house.definitions.site)
        known = {dated.event: dated for dated in site.dated_events}
        if event is not None and event not in known:
            names = ", ".join(known) or "-"
            raise refuse(
                f"No record announces '{event}' by date. There are: {names}.",
                f"没有按日期触发的档案事件“{event}”。可用：{names}。",
            )
        asked = {name: dated for name, dated in known.items() if event in (None, name)}
        waiting = house.store.read(lambda screens: {name: waiting_for(screens, site, asked[name]) for name in asked})
        if event is None:
            tell_all(waiting)
        elif not waiting[event]:
            say(f"Nothing of {event} waits.", f"{event} 没有等待确认的档案。")
        else:
            house.desk.dates_are_meant(event, by)
            say(
                f"{counted(waiting[event])} records are announced from now on as {event}.",
                f"{counted(waiting[event])} 条档案将作为 {event} 开始通知。",
            )
    return 0


def waiting_for(screens: Screens, site: Site, event: DatedEvent) -> int:
    """How many records wait: those that are held, and those that were brought after the last look."""
    today = screens.now.astimezone(ZoneInfo(site.timezone)).date()
    asked = all_in_sight(event, today)
    found = screens.dated(event.type, event.attribute, asked.first, asked.last, untold=event.event, limit=COUNTED)
    told = (ToldDate(event.event, event.type, id, dt.date.fromisoformat(day)) for day, id in found)
    return sum(is_announced(screens, site, one) for one in told)


def tell_all(waiting: dict[str, int]) -> None:
    """One line for each event."""
    if not waiting:
        say("No record announces anything by date.", "没有按日期触发的档案事件。")
    for name, count in waiting.items():
        say(f"{name}: {counted(count)} wait.", f"{name}：{counted(count)} 条等待确认。")


def counted(count: int) -> str:
    """A number, or that it is a large one."""
    return f"{COUNTED}+" if count >= COUNTED else str(count)
