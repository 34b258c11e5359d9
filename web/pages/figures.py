"""Figures: what every process measures, month by month, told apart, and the cases behind each number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request

from engine.definition.compiled import Compiled, CompiledKpi
from engine.figures import (
    Period,
    between,
    grouped_by,
    is_their_own,
    last_month,
    may_be_apart,
    may_list,
    this_month,
    twelve_months,
)
from engine.screen_rows import FigureRow
from engine.screens import Page
from web import current, measured
from web.beside import today
from web.rules import rule
from web.spreadsheet import as_file
from web.words import say

screen = Blueprint("figures", __name__)


@screen.get("/figures")
@rule("staff")
def show() -> Any:
    """All figures for this person to read, in three periods."""
    chosen = chosen_period()
    periods = (this_month(today()), last_month(today()), chosen)
    processes = measured.readable_processes()
    return render_template("figures/figures.html", boards=measured.boards(processes, periods), periods=periods)


@screen.get("/figures/<process>/<kpi>")
@rule("staff")
def one(process: str, kpi: str) -> Any:
    """One figure: told apart by person or value, and the cases behind it."""
    compiled, figure = _found(process, kpi)
    period, per, viewer, me = chosen_period(), request.args.get("per"), current.viewer(), current.me()
    since, until = period.bounds(current.zone())
    by_people = grouped_by(compiled, figure) == "people"
    all_apart = may_be_apart(compiled, figure, me)
    if per is not None and not (all_apart or is_their_own(compiled, figure, me, per)):
        abort(404)
    together = current.read(lambda s: s.figures([process], since, until))
    apart = current.read(lambda s: s.figures([process], since, until, apart=True)) if all_apart or by_people else ()
    after = Page(request.args.get("after", "")[:500])
    listed = may_list(compiled, figure, me)
    facts = current.read(lambda s: s.measured(process, kpi, since, until, per=per, page=after)) if listed else None
    shown = measured.by_month(compiled, figure, period) if per is None else []
    return render_template(
        "figures/figure.html",
        process_id=process,
        compiled=compiled,
        figure=figure,
        period=period,
        periods=(("this_month", this_month(today())), ("last_month", last_month(today()))),
        per=per,
        cell=measured.cell_of(compiled, figure, next((r for r in together if r.kpi == kpi), None), period),
        apart=[
            (row, measured.per_words(compiled, figure, row.per or ""), measured.cell_of(compiled, figure, row, period))
            for row in apart
            if row.kpi == kpi and (all_apart or is_their_own(compiled, figure, me, row.per))
        ],
        by_people=by_people,
        group=measured.group_words(compiled, figure),
        all_apart=all_apart,
        months=shown,
        trend=measured.trend_words(figure, shown, today()),
        facts=facts,
        sees=lambda fact: viewer.everything or process in viewer.processes or viewer.id in (fact.owner, fact.starter),
        measured=measured,
    )


@screen.get("/figures.csv")
@rule("staff")
def download() -> Any:
    """The chosen period as a table for a spreadsheet: times in hours, shares in percent."""
    return as_file(_table(chosen_period()), f"figures-{today().isoformat()}")


def chosen_period() -> Period:
    """The days that were asked for; without any, this month and the eleven before it."""
    usual = twelve_months(today())
    first, last = _day("since") or usual.first, _day("until") or usual.last
    return between(first, last)


def _table(period: Period) -> Iterator[Sequence[str]]:
    """Each figure for all together, then for each value it is told apart by, as far as this person may see them."""
    language, me, zone = current.language(), current.me(), current.zone()
    heads = ("process", "figure", "group", "from", "to", "target", "unit", "count", "median", "mean", "in_target")
    yield [say(f"figures.{head}", language) for head in heads]
    processes = {process.id: process for process in measured.readable_processes()}
    since, until = period.bounds(zone)
    together = current.read(lambda s: s.figures(processes, since, until))
    apart = current.read(lambda s: s.figures(processes, since, until, apart=True))
    for id, process in processes.items():
        for kpi in process.kpis:
            rows = [row for row in (*together, *apart) if (row.process, row.kpi) == (id, kpi.name)]
            shown = may_be_apart(process, kpi, me)
            for row in rows:
                if row.per is None or shown or is_their_own(process, kpi, me, row.per):
                    yield _csv_row(process, kpi, row, period)


def _csv_row(process: Compiled, kpi: CompiledKpi, row: FigureRow, period: Period) -> Sequence[str]:
    language = current.language()
    scale = {"share": 100, "time": 1 / 3600, "count": 0}[kpi.kind]
    return [
        current.say_text(process.label),
        current.say_text(kpi.definition.label),
        say("figures.all", language) if row.per is None else measured.per_words(process, kpi, row.per),
        period.first.isoformat(),
        period.last.isoformat(),
        measured.target_words(kpi),
        say(f"figures.unit.{kpi.kind}", language),
        str(row.count),
        f"{row.median * scale:.2f}" if kpi.kind == "time" else "",
        f"{row.mean * scale:.2f}" if scale else "",
        f"{100 * row.timely / row.promised:.1f}" if row.promised else "",
    ]


def _found(process: str, kpi: str) -> tuple[Compiled, CompiledKpi]:
    """A figure that is there and for this person to read."""
    compiled = next((p for p in measured.readable_processes() if p.id == process), None)
    figure = next((k for k in compiled.kpis if k.name == kpi), None) if compiled else None
    if compiled is None or figure is None:
        abort(404)
    return compiled, figure


def _day(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
