"""Figures over JSON: what the processes measured, for whoever may read it on the page of figures."""

from __future__ import annotations

from engine.definition.compiled import Compiled, CompiledKpi
from engine.figures import between, is_met, is_their_own, may_be_apart, twelve_months
from engine.screen_rows import FigureRow
from web import current, measured
from web.api.models.figures import AskedFigures, FigureList, FigureTold
from web.api.operations import operation, room
from web.beside import today

figures = room("figures", "Figures", "What is measured while cases run.")


@figures.get("/kpis")
@operation("staff", FigureList, asks=AskedFigures, said="The figures.")
def list_figures(asked: AskedFigures) -> FigureList:
    """List what the processes whose figures you may read measured on these days."""
    usual, me = twelve_months(today()), current.me()
    period = between(asked.since or usual.first, asked.until or usual.last)
    since, until = period.bounds(current.zone())
    processes = {p.id: p for p in measured.readable_processes() if asked.process in ("", p.id)}
    rows = list(current.read(lambda s: s.figures(processes, since, until)))
    if asked.apart:
        rows += current.read(lambda s: s.figures(processes, since, until, apart=True))
    told = [
        _told(process, kpi, row)
        for process in processes.values()
        for kpi in process.kpis
        for row in rows
        if (row.process, row.kpi) == (process.id, kpi.name)
        and (row.per is None or may_be_apart(process, kpi, me) or is_their_own(process, kpi, me, row.per))
    ]
    return FigureList(since=period.first, until=period.last, figures=told)


def _told(process: Compiled, kpi: CompiledKpi, row: FigureRow) -> FigureTold:
    return FigureTold(
        process=process.id,
        kpi=kpi.name,
        label=current.say_text(kpi.definition.label),
        kind=kpi.kind,
        target=measured.target_words(kpi),
        per=row.per,
        count=row.count,
        mean=row.mean,
        median=row.median,
        in_target=row.timely / row.promised if row.promised else None,
        met=is_met(kpi, row),
    )
