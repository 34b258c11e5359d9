"""`aftercare migrate`: running cases go on in the newest version of their process, where that version says how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from adapters.wiring import House
from cli.language import in_words, say
from cli.opening import DATA_HELP, opened, settings_for
from cli.refusing import FINDINGS, refuse, said
from engine.refusals import Refusal
from engine.screen_rows import CaseRow
from engine.screens import Page, Rows, Screens, Viewer

BY = "command line"
EVERYTHING = Viewer("", frozenset(), everything=True)


@click.command(
    help=in_words(
        "Moves running cases of PROCESS to its newest version, as `migrate` in its file says. With case NUMBERs only "
        "these. A case that cannot go there stays where it is, and the reason is told.\n\n"
        "Exit code: 0 all moved, 1 some stayed, 2 wrong use.",
        "将 PROCESS 进行中的工单迁移到最新版本，方式由流程文件中的 migrate 说明。给出工单号 NUMBER 时只迁移这些工单。"
        "无法迁移的工单保持不变，并说明原因。\n\n退出码：0 全部迁移，1 有工单未迁移，2 用法有误。",
    )
)
@click.argument("process")
@click.argument("numbers", nargs=-1, metavar="[NUMBER...]")
@click.option("--by", default=BY, help=in_words("Who moves them, for the history.", "操作人账号，记入历史。"))
@click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))
def command(process: str, numbers: tuple[str, ...], by: str, data: Path | None) -> int:
    with opened(settings_for(data)) as house:
        behind = chosen(list(cases_behind(house, process)), numbers)
        stayed = [case for case in behind if not moved(house, case, by)]
    say(
        f"{len(behind) - len(stayed)} moved, {len(stayed)} stayed.",
        f"已迁移 {len(behind) - len(stayed)} 个，未迁移 {len(stayed)} 个。",
    )
    return FINDINGS if stayed else 0


def cases_behind(house: House, process: str) -> Iterator[CaseRow]:
    """The open cases that run on an older version than the newest."""
    newest = house.store.read(lambda screens: screens.version(process))
    if newest is None:
        raise refuse(f"There is no process '{process}'.", f"没有流程“{process}”。")
    page = Page(size=200)
    while True:
        rows = house.store.read(partial(open_cases, process, page))
        yield from (row for row in rows.rows if row.version < newest.number)
        if not rows.next:
            return
        page = Page(rows.next, page.size)


def open_cases(process: str, page: Page, screens: Screens) -> Rows[CaseRow]:
    """One page of a process's open cases."""
    return screens.cases(EVERYTHING, process=process, state="open", text="", page=page)


def chosen(behind: list[CaseRow], numbers: Sequence[str]) -> list[CaseRow]:
    """Those named; all when none is."""
    by_number = {case.number: case for case in behind}
    for number in numbers:
        if number not in by_number:
            raise refuse(
                f"{number} is no open case of an older version of this process.",
                f"{number} 不是该流程旧版本上进行中的工单。",
            )
    return [by_number[number] for number in numbers] or behind


def moved(house: House, case: CaseRow, by: str) -> bool:
    """Whether a case went over; when not, why."""
    try:
        house.desk.migrate_case(case.id, by)
    except Refusal as refusal:
        click.echo(f"{case.number}: {said(refusal.text)}", err=True)
        return False
    return True
