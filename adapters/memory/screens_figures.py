"""What was measured, on the read side of the memory store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from statistics import mean, median

from adapters.listing import due_key
from adapters.memory.house import HouseReads
from adapters.memory.state import KeptCase, KeptFact
from adapters.paging import instant_of, key_of, place_of, values_of
from engine.screen_rows import FactRow, FigureRow
from engine.screens import Page, Rows


class Figures(HouseReads):
    """Look at what was measured."""

    def figures(
        self, processes: Collection[str], since: dt.datetime, until: dt.datetime, *, apart: bool = False
    ) -> Sequence[FigureRow]:
        """One line for each KPI, or for each value of `per`."""
        groups: dict[tuple[str, str, str], list[KeptFact]] = {}
        for fact in self._state.kpis.values():
            if fact.process in processes and since <= fact.at < until:
                groups.setdefault((fact.process, fact.kpi.kpi, fact.kpi.per if apart else ""), []).append(fact)
        return [_figure(*key, facts, apart=apart) for key, facts in sorted(groups.items())]

    def measured(
        self, process: str, kpi: str, since: dt.datetime, until: dt.datetime, *, per: str | None, page: Page
    ) -> Rows[FactRow]:
        """The values behind a figure, newest first."""
        values = values_of(page.after, 2)
        start, place = (instant_of(values[0]), place_of(values[1])) if values else (None, None)
        rows = sorted(
            (
                (fact.at, id, fact)
                for id, fact in self._state.kpis.items()
                if (fact.process, fact.kpi.kpi) == (process, kpi)
                and since <= fact.at < until
                and per in (None, fact.kpi.per)
                and (start is None or place is None or (fact.at, id) < (start, place))
            ),
            key=lambda row: row[:2],
            reverse=True,
        )
        last = rows[page.size - 1] if len(rows) > page.size else None
        return Rows(
            [self._fact(fact) for _, _, fact in rows[: page.size]], key_of(last[0], str(last[1])) if last else ""
        )

    def in_hand(self, processes: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """Open cases and overdue ones, for each process that has any."""
        found: dict[str, tuple[int, int]] = {}
        for kept in self._state.cases.values():
            if kept.case.process in processes and kept.case.ended is None:
                count, late = found.get(kept.case.process, (0, 0))
                found[kept.case.process] = (count + 1, late + overdue(kept, self.now))
        return found

    def _fact(self, fact: KeptFact) -> FactRow:
        kept, kpi = self._state.cases[fact.case], fact.kpi
        case = kept.case
        return FactRow(
            case.id, case.number, kept.subject, case.owner, case.starter, fact.at, kpi.value, kpi.per, kpi.on_time
        )


def overdue(kept: KeptCase, now: dt.datetime) -> bool:
    """An open case that is past its due, or has a task that is."""
    case = kept.case
    if case.ended is not None:
        return False
    late_task = any(not task.paused and due_key(task) < now for task in case.tasks)
    return late_task or (case.runs_out_at is not None and case.runs_out_at < now)


def _figure(process: str, kpi: str, per: str, facts: Sequence[KeptFact], *, apart: bool) -> FigureRow:
    values = [fact.kpi.value for fact in facts]
    promised = [fact.kpi.on_time for fact in facts if fact.kpi.on_time is not None]
    return FigureRow(
        process=process,
        kpi=kpi,
        per=per if apart else None,
        count=len(values),
        mean=mean(values),
        median=median(values),
        promised=len(promised),
        timely=sum(promised),
    )
