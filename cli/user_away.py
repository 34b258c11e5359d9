"""`aftercare user away` and `user back`: who is away from when until when, and who stands in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from cli.language import in_words, readers_language, say
from cli.opening import DATA_HELP, opened, settings_for
from cli.refusing import refuse
from engine.typed_values import in_our_time
from engine.writing import moment_in_words

BY = "command line"
data_option = click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))


@click.command(
    help=in_words(
        'Enters that somebody is away. Moments like "2026-03-09 09:00", on the clock of the site.',
        '登记离岗。时间形如 "2026-03-09 09:00"，按站点时区。',
    )
)
@click.argument("account")
@click.option("--until", required=True, help=in_words("When the person is back at work.", "返岗时间。"))
@click.option("--from", "since", help=in_words("When it begins (now).", "离岗开始（默认即刻）。"))
@click.option("--deputy", help=in_words("Who stands in (nobody).", "代理人（默认不指定）。"))
@data_option
def away(account: str, until: str, since: str | None, deputy: str | None, data: Path | None) -> None:
    with opened(settings_for(data)) as house:
        zone = house.store.read(house.definitions.site).timezone
        kept = house.accounts.set_absence(
            account,
            by=BY,
            since=moment(since, zone) if since is not None else None,
            until=moment(until, zone),
            deputy=deputy or None,
        )
        house.desk.hand_on_for_who_is_away()
    back = moment_in_words(kept.until, zone, readers_language())
    if kept.deputy:
        say(
            f"{account} is away until {back}; {kept.deputy} stands in.",
            f"{account} 离岗至{back}，由 {kept.deputy} 代理。",
        )
    else:
        say(f"{account} is away until {back}; nobody stands in.", f"{account} 离岗至{back}，未指定代理人。")


@click.command(
    help=in_words("Ends an absence; what was handed on stays where it is.", "结束离岗；已转交的任务不再收回。")
)
@click.argument("account")
@data_option
def back(account: str, data: Path | None) -> None:
    with opened(settings_for(data)) as house:
        house.accounts.end_absence(account, by=BY)
    say(f"{account} is at work.", f"{account} 在岗。")


def moment(text: str, zone: str) -> dt.datetime:
    """A moment on the clock of the site; one with an offset is taken as it is."""
    try:
        at = in_our_time(dt.datetime.fromisoformat(text))
    except ValueError:
        raise refuse(
            f"'{text}' is no moment like 2026-03-09 09:00.", f"“{text}”不是形如 2026-03-09 09:00 的时间。"
        ) from None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(dt.UTC)
