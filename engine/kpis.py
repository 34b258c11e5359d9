"""What is measured while cases run: times between two moments in working seconds without pauses, how many cases came to a
moment, and shares at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.clocks import pairs
from engine.definition.calendars import after, open_time
from engine.definition.compiled import CompiledKpi
from engine.definition.compiled_parts import deadline_passed
from engine.effects import RecordKpi
from engine.rules import step_of
from engine.writing import in_words

if TYPE_CHECKING:
    from engine.flow import Flow


def measure(flow: Flow, moments: Sequence[str]) -> None:
    """Record every time whose `to` is among these moments and whose `from` has happened, and count the case where it comes to
    such a moment for the first time."""
    for kpi in flow.process.kpis:
        if kpi.kind == "share" or not kpi.to & set(moments):
            continue
        if kpi.kind == "count":
            if _is_first(flow, kpi, moments):
                flow.effects.append(RecordKpi(kpi.name, 1.0, _per(flow, kpi, moments), None))
            continue
        began = _latest(flow, kpi)
        if began is not None:
            seconds = _working_seconds(flow, began, flow.now)
            flow.effects.append(
                RecordKpi(kpi.name, seconds, _per(flow, kpi, moments), _in_time(flow, kpi, began, seconds))
            )


def count_overdue(flow: Flow, step: str) -> None:
    """The deadline of a step, or with "" of the case, has just passed: whoever has it now is whose lateness it is."""
    moment = deadline_passed(step)
    flow.remember([moment])
    measure(flow, [moment])


def measure_shares(flow: Flow) -> None:
    """Record every share that the case is asked about, once, when it ends."""
    for kpi in flow.process.kpis:
        if kpi.share is not None and (kpi.of is None or flow.holds(kpi.of)):
            holds = flow.holds(kpi.share)
            flow.effects.append(RecordKpi(kpi.name, 1.0 if holds else 0.0, _per(flow, kpi), None))


def _is_first(flow: Flow, kpi: CompiledKpi, moments: Sequence[str]) -> bool:
    """Whether none of its moments came before; several may come in one move, where branches begin."""
    facts = flow.draft.facts
    return sum(facts[moment].count for moment in kpi.to if moment in facts) == len(kpi.to & set(moments))


def _latest(flow: Flow, kpi: CompiledKpi) -> dt.datetime | None:
    facts = flow.draft.facts
    starts = [facts[m] for m in kpi.from_ if m in facts]
    if not starts:
        return None
    began = max(starts, key=lambda fact: max(fact.begun, fact.finished))
    return began.at


def _working_seconds(flow: Flow, start: dt.datetime, end: dt.datetime) -> float:
    calendar = flow.process.calendar_of[""]
    spent = open_time(calendar, start, end)
    for since, until in pairs(flow.draft.pauses):
        begin, stop = max(since, start), min(until or end, end)
        if begin < stop:
            spent -= open_time(calendar, begin, stop)
    return spent.total_seconds()


def _in_time(flow: Flow, kpi: CompiledKpi, start: dt.datetime, seconds: float) -> bool | None:
    if kpi.target is None:
        return None
    calendar = flow.process.calendar_of[""]
    return seconds <= open_time(calendar, start, after(start, kpi.target, calendar)).total_seconds()


def _per(flow: Flow, kpi: CompiledKpi, moments: Sequence[str] = ()) -> str:
    """The value a KPI is grouped by: a person, a role's holder, a customer or a field, at the moment that has come."""
    match kpi.definition.per:
        case None:
            return ""
        case "owner":
            return flow.draft.owner or ""
        case "assignee" | "role":
            people = [_who(flow, moment) for moment in sorted(kpi.to & set(moments))]
            return next((person for person in people if person), flow.by or "")
        case per:
            path = tuple(per.split("."))
            return in_words(flow.process, path, flow.facts().value(path), "en")


def _who(flow: Flow, moment: str) -> str:
    """Who did a step last; at its deadline who has it."""
    step, is_late, _ = step_of(moment).partition(":")
    if not is_late:
        return flow.draft.last_by.get(step, "")
    task = flow.draft.work_of(step)
    return (task.assignee if task else None) or ""
