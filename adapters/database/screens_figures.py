"""What was measured, on the read side: figures of a period, the values behind one, and how much is in hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Integer, case, cast, func, literal, or_, select, tuple_

from adapters.database.columns import Instant
from adapters.database.tables import CASE, KPI, OPEN_TASK, TASK
from adapters.database.transaction import Transaction
from adapters.paging import instant_of, key_of, place_of, values_of
from engine.screen_rows import FactRow, FigureRow
from engine.screens import Page, Rows


class Figures(Transaction):
    """Look at what was measured."""

    def figures(
        self, processes: Collection[str], since: dt.datetime, until: dt.datetime, *, apart: bool = False
    ) -> Sequence[FigureRow]:
        """One line for each KPI, or for each value of `per`: the median is the middle of the values in their order."""
        c = KPI.c
        of = [c.process, c.kpi, *([c.per] if apart else [])]
        in_order = (
            select(
                *of,
                c.value,
                c.on_time,
                func.row_number().over(partition_by=of, order_by=c.value).label("place"),
                func.count().over(partition_by=of).label("size"),
            )
            .where(c.process.in_(sorted(processes)), c.at >= since, c.at < until)
            .subquery()
        )
        s = in_order.c
        named = [s.process, s.kpi, *([s.per] if apart else [])]
        middle = case((2 * s.place >= s.size, case((2 * s.place <= s.size + 2, s.value))))
        rows = self.ask(
            select(
                *named,
                func.count().label("count"),
                func.avg(s.value).label("mean"),
                func.avg(middle).label("median"),
                func.count(s.on_time).label("promised"),
                func.coalesce(func.sum(cast(s.on_time, Integer)), 0).label("timely"),
            )
            .group_by(*named)
            .order_by(*named)
        )
        return [
            FigureRow(
                process=r["process"],
                kpi=r["kpi"],
                per=r["per"] if apart else None,
                count=r["count"],
                mean=float(r["mean"]),
                median=float(r["median"]),
                promised=r["promised"],
                timely=r["timely"],
            )
            for r in rows.mappings()
        ]

    def measured(
        self, process: str, kpi: str, since: dt.datetime, until: dt.datetime, *, per: str | None, page: Page
    ) -> Rows[FactRow]:
        """The values behind a figure, newest first."""
        c = KPI.c
        shown = [c.id, c.case_id, c.at, c.value, c.per, c.on_time]
        wanted = (
            select(*shown, CASE.c.number, CASE.c.subject, CASE.c.owner, CASE.c.starter)
            .join(CASE, CASE.c.id == c.case_id)
            .where(c.process == process, c.kpi == kpi, c.at >= since, c.at < until)
        )
        if per is not None:
            wanted = wanted.where(c.per == per)
        values = values_of(page.after, 2)
        start = instant_of(values[0]) if values else None
        place = place_of(values[1]) if values else None
        if start is not None and place is not None:
            wanted = wanted.where(tuple_(c.at, c.id) < tuple_(literal(start, Instant()), literal(place)))
        rows = list(self.ask(wanted.order_by(c.at.desc(), c.id.desc()).limit(page.size + 1)).mappings())
        facts = [
            FactRow(
                case=r["case_id"],
                number=r["number"],
                subject=r["subject"],
                owner=r["owner"],
                starter=r["starter"],
                at=r["at"],
                value=r["value"],
                per=r["per"],
                on_time=r["on_time"],
            )
            for r in rows[: page.size]
        ]
        last = rows[page.size - 1] if len(rows) > page.size else None
        return Rows(facts, key_of(last["at"], str(last["id"])) if last else "")

    def in_hand(self, processes: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """Open cases and overdue ones, for each process that has any."""
        late = func.sum(case((overdue(self.now), 1), else_=0))
        wanted = (
            select(CASE.c.process, func.count().label("count"), late.label("late"))
            .where(CASE.c.process.in_(sorted(processes)), CASE.c.ended.is_(None))
            .group_by(CASE.c.process)
        )
        return {r["process"]: (r["count"], int(r["late"])) for r in self.ask(wanted).mappings()}


def overdue(now: dt.datetime) -> ColumnElement[bool]:
    """An open case that is past its due, or has a task that is."""
    late_task = select(TASK.c.case_id).where(OPEN_TASK, TASK.c.paused.is_(False), TASK.c.due_key < now)
    return or_(CASE.c.due_at < now, CASE.c.id.in_(late_task))
