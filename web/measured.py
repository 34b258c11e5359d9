"""Figures as pages say them: a length of working time, a share or a number, its target, and how many kept to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.definition.compiled import Compiled, CompiledKpi
from engine.definition.durations import say as duration_in_words
from engine.figures import Period, day_of, grouped_by, is_a_most, is_met, months, readable, reads_all, value_label
from engine.screen_rows import FigureRow
from engine.screens import Screens
from web import current, saying
from web.beside import attribute_label
from web.words import say

Rows = Mapping[tuple[str, str], FigureRow]
"""Figures by process and KPI."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one period. `tone`: good, late, or "" where there is nothing to judge."""

    words: str
    note: str
    tone: str
    mark: str
    period: Period
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """A figure of one month. `height` compares it with the others: percent of the highest; of a share, percent itself."""

    period: Period
    cell: Cell | None
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """One KPI with what it came to in each period."""

    process: str
    kpi: str
    label: str
    kind: str
    target: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of one process, how many of its cases are open, and how many of those late."""

    process: str
    lines: tuple[Line, ...]
    clock: str
    open: int
    late: int
    sees_cases: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured in any period."""
        return not any(cell for line in self.lines for cell in line.cells)


def readable_processes() -> list[Compiled]:
    """The processes whose figures are for whoever asks, by their label."""
    found = readable(current.catalogue().processes.values(), current.me(), current.viewer())
    return sorted(found, key=lambda process: current.say_text(process.label))


def boards(processes: list[Compiled], periods: tuple[Period, ...]) -> list[Board]:
    """What was measured in each of these periods; one statement a period."""
    ids, zone, viewer = [process.id for process in processes], current.zone(), current.viewer()

    def look(screens: Screens) -> tuple[list[Rows], Mapping[str, tuple[int, int]]]:
        found = [screens.figures(ids, *period.bounds(zone)) for period in periods]
        return [{(row.process, row.kpi): row for row in rows} for rows in found], screens.in_hand(ids)

    tables, in_hand = current.read(look)
    return [
        Board(
            process=process.id,
            lines=tuple(_line(process, kpi, periods, tables) for kpi in process.kpis),
            clock=clock_words(process),
            open=in_hand.get(process.id, (0, 0))[0],
            late=in_hand.get(process.id, (0, 0))[1],
            sees_cases=viewer.everything or process.id in viewer.processes,
        )
        for process in processes
    ]


def cell_of(process: Compiled, kpi: CompiledKpi, row: FigureRow | None, period: Period) -> Cell | None:
    """A figure in words; None where nothing was measured."""
    if row is None or not row.count:
        return None
    language = current.language()
    count = saying.number(row.count, language)
    if kpi.kind == "count":
        return Cell(count, "", "", "", period, row.count)
    if kpi.kind == "share":
        met = is_met(kpi, row)
        held = saying.number(round(row.mean * row.count), language)
        words, note = saying.percent(row.mean, language), say("figures.share_of", language, k=held, n=count)
        mark = "" if met is None else say("figures.met" if met else "figures.missed", language)
        return Cell(words, note, {True: "good", False: "late", None: ""}[met], mark, period, row.count)
    note = say("figures.once", language) if row.count == 1 else say("figures.median_of", language, n=count)
    mark = say("figures.in_time", language, share=in_time(row)) if row.promised else ""
    return Cell(length(process, row.median), note, "", mark, period, row.count)


def value_words(process: Compiled, kpi: CompiledKpi, value: float) -> str:
    """One measured value: how long it took, whether it held, or that the case counts."""
    if kpi.kind == "count":
        return saying.number(round(value), current.language())
    if kpi.kind == "share":
        return say("yes" if value else "no", current.language())
    return length(process, value)


def in_time(row: FigureRow) -> str:
    """Which share of what had a target kept to it; "" where nothing had one."""
    return saying.percent(row.timely / row.promised, current.language()) if row.promised else ""


def length(process: Compiled, seconds: float) -> str:
    """Working time of this process in the one unit that says it best."""
    return saying.working_time(seconds, day_of(process.calendar_of[""]), current.language())


def target_words(kpi: CompiledKpi) -> str:
    """What a KPI should come to; "" without a target."""
    language = current.language()
    if kpi.target is not None:
        return say("figures.within", language, target=duration_in_words(kpi.target, language))
    if kpi.target_share is None:
        return ""
    key = "figures.at_most" if is_a_most(kpi) else "figures.at_least"
    return say(key, language, target=saying.percent(kpi.target_share, language))


def per_words(process: Compiled, kpi: CompiledKpi, value: str) -> str:
    """Whom or what a value belongs to."""
    if grouped_by(process, kpi) == "people":
        return current.person_name(value) or say("figures.nobody", current.language())
    return current.say_text(value_label(process, kpi, value)) or say("figures.not_said", current.language())


def by_month(process: Compiled, kpi: CompiledKpi, period: Period) -> list[Month]:
    """What a figure came to in each month of a period since it was first measured, and how that compares with the most of
    any month."""
    spans, zone = months(period), current.zone()

    def look(screens: Screens) -> list[FigureRow | None]:
        found = (screens.figures([process.id], *span.bounds(zone)) for span in spans)
        return [next((row for row in rows if row.kpi == kpi.name), None) for rows in found]

    rows = current.read(look)
    sizes = [_size(kpi, row) for row in rows]
    highest = 1.0 if kpi.kind == "share" else max(sizes) or 1.0
    first = next((n for n, row in enumerate(rows) if row is not None), len(rows))
    return [
        Month(span, cell_of(process, kpi, row, span), round(100 * size / highest))
        for span, row, size in list(zip(spans, rows, sizes, strict=True))[first:]
    ]


def trend_words(kpi: CompiledKpi, shown: Sequence[Month], today: dt.date) -> str:
    """Whether a number rises: the last whole month beside the one before it. "" for what is no number, and without both."""
    whole = [month for month in shown if _is_whole(month.period) and month.period.last < today]
    if kpi.kind != "count" or len(whole) < 2:
        return ""
    before, last = (month.cell.count if month.cell else 0 for month in whole[-2:])
    way = "rising" if last > before else "falling" if last < before else "steady"
    language = current.language()
    return say(f"figures.{way}", language, last=saying.number(last, language), before=saying.number(before, language))


def _is_whole(period: Period) -> bool:
    return period.first.day == 1 and (period.last + dt.timedelta(days=1)).day == 1


def _size(kpi: CompiledKpi, row: FigureRow | None) -> float:
    if row is None:
        return 0.0
    return {"count": float(row.count), "share": row.mean, "time": row.median}[kpi.kind]


def group_words(process: Compiled, kpi: CompiledKpi) -> str:
    """What a KPI is told apart by."""
    per = kpi.definition.per or ""
    field = process.fields.get(per)
    return current.say_text(field.label) if field is not None else attribute_label(per.rpartition(".")[2])


def clock_words(process: Compiled) -> str:
    """In what the times of a process are counted; "" when it measures none."""
    if not any(kpi.kind == "time" for kpi in process.kpis):
        return ""
    day, language = day_of(process.calendar_of[""]), current.language()
    if day >= dt.timedelta(days=1):
        return say("figures.always", language)
    return say("figures.day", language, n=saying.number(round(day.total_seconds() / 3600, 1), language))


def reads_everybody() -> bool:
    """Whether whoever asks sees the figures of each colleague."""
    return reads_all(current.me())


def _line(process: Compiled, kpi: CompiledKpi, periods: tuple[Period, ...], tables: list[Rows]) -> Line:
    rows = zip(periods, tables, strict=True)
    cells = tuple(cell_of(process, kpi, table.get((process.id, kpi.name)), period) for period, table in rows)
    return Line(process.id, kpi.name, current.say_text(kpi.definition.label), kpi.kind, target_words(kpi), cells)
