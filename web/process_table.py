"""A process as a table people can read: who does what, until when, and where it goes from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition.compiled import Compiled, Step
from web import saying
from web.words import CATALOGUE, say


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A measured value in words: a length of working time, or a share."""

    label: str
    per: str
    count: int
    mean: str
    on_time: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One row of the table of steps."""

    name: str
    label: str
    kind: str
    who: tuple[str, ...]
    due: str
    ladder: int
    ways: tuple[tuple[str, str], ...]
    depth: int


def kpi_lines(process: Compiled, rows: Iterable[Mapping[str, Any]], language: str) -> list[KpiLine]:
    """What was measured of a process so far."""
    return [_kpi(process, row, language) for row in rows]


def _kpi(process: Compiled, row: Mapping[str, Any], language: str) -> KpiLine:
    kpi = next((k for k in process.kpis if k.name == row["kpi"]), None)
    mean = float(row.get("mean") or 0)
    is_share = kpi is not None and kpi.definition.share is not None
    on_time = row.get("on_time")
    return KpiLine(
        label=kpi.definition.label.say(language) if kpi else str(row["kpi"]),
        per=str(row.get("per") or ""),
        count=int(row.get("count") or 0),
        mean=f"{mean:.0%}" if is_share else saying.span(dt.timedelta(seconds=mean), language),
        on_time=f"{float(on_time):.0%}" if isinstance(on_time, int | float) and not isinstance(on_time, bool) else "",
    )


def step_lines(process: Compiled, language: str) -> list[StepLine]:
    """The steps in the order of the file."""
    return [_line(process, step, language) for step in process.steps.values() if step.kind != "joined"]


def _line(process: Compiled, step: Step, language: str) -> StepLine:
    return StepLine(
        name=step.name,
        label=step.label.say(language) or step.id,
        kind=_kind(process, step, language),
        who=_who(step),
        due=", ".join(option.then.text for option in step.due if option.then.text),
        ladder=len(step.ladder),
        ways=tuple(_ways(process, step, language)),
        depth=len(step.inside),
    )


def _kind(process: Compiled, step: Step, language: str) -> str:
    """What a step is; one that opens a case for each row with that table."""
    kind = say(f"step.{step.kind}", language) if f"step.{step.kind}" in CATALOGUE else step.kind
    table = process.fields.get(step.for_each or "")
    return f"{kind} × {table.label.say(language)}" if table else kind


def _who(step: Step) -> tuple[str, ...]:
    if step.task is None:
        return ()
    return tuple(dict.fromkeys(role for option in step.task.role for role in option.then))


def _ways(process: Compiled, step: Step, language: str) -> list[tuple[str, str]]:
    """Each way out: what leads there, and the label of the step it leads to."""
    ways: dict[tuple[str, str], None] = {}
    for move in process.moves:
        if move.source != step.name or move.target is None or move.kind in ("cancel", "reopen", "anytime"):
            continue
        outcome = step.outcomes.get(move.name)
        event = process.events.get(move.name)
        how = outcome.label.say(language) if outcome else event.label.say(language) if event and event.label else ""
        target = process.steps.get(move.target)
        ways[how, target.label.say(language) if target else move.target] = None
    return list(ways)
