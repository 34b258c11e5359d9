"""The cases of a process as a table to take away: its columns for one reader, and when each case came where.

Nothing is told here that the page of the case does not tell the same person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.case import Case
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.offering_fields import field_label
from engine.people import Person
from engine.who import PERSONS, has_role


@dataclass(frozen=True, slots=True)
class Column:
    """What it is called, and the names of which the first that holds something is told: `customer`, else `sn.customer`."""

    label: Text
    names: tuple[str, ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What a step came to the last time and when ("", None: it has but one way out), and who completed it (None: nobody who
    works here)."""

    step: Text
    outcome: Text
    at: dt.datetime | None
    by: str | None


def records_about(process: Compiled) -> dict[str, tuple[str, ...]]:
    """For each type of record where a case says which one it is about: its first field of that type (before all others the
    one it is listed under), else what another such record refers to."""
    listed = [process.file.subject] if process.file.subject else []
    firsts: dict[str, str] = {}
    for name in [*listed, *process.fields]:
        if (field := process.fields.get(name)) is not None and field.type == "record":
            firsts.setdefault(field.of or "", name)
    found: dict[str, tuple[str, ...]] = {}
    for type in process.site.records:
        own = (firsts[type],) if type in firsts else ()
        named = tuple(
            f"{firsts[of]}.{name}" for of in firsts for name, kind in _attributes(process, of) if kind == type
        )
        if own + named:
            found[type] = own + named
    return found


def columns_of(process: Compiled, person: Person) -> tuple[Column, ...]:
    """What is told of each case of a process: first what its list shows, then every other field this person may ever read;
    not again the fields that say what it is about."""
    about = {names[0] for names in records_about(process).values()}
    wanted = dict.fromkeys([*(process.file.list_ or ()), *process.fields])
    return tuple(
        Column(field_label(process, name), (name,), field.type if (field := process.fields.get(name)) else "")
        for name in wanted
        if name not in about and _may_ever_read(process, name.partition(".")[0], person)
    )


def reached(process: Compiled, case: Case) -> dict[str, dt.datetime]:
    """When a case first came to each of its milestones in this round."""
    found: dict[str, dt.datetime] = {}
    for moment, milestone in _moments(process):
        fact = case.facts.get(moment)
        at = fact.first_at if fact is not None else None
        if at is not None and (milestone not in found or at < found[milestone]):
            found[milestone] = at
    return found


def done(process: Compiled, case: Case, known: Mapping[str, Compiled]) -> list[Done]:
    """What was done in this round and what came of it, in the order it happened; of what was done again only the last time.
    `known` are the processes of which a case may be started here: what it came to is said in its words."""
    last: dict[str, tuple[int, Done]] = {}
    for moment, fact in case.facts.items():
        name, _, id = moment.partition(".")
        outcome = _outcome(process, case, name, id, known)
        if outcome is not None and fact.finished > (last[name][0] if name in last else 0):
            at = fact.at if id else None
            last[name] = (fact.finished, Done(process.steps[name].label, outcome, at, case.last_by.get(name)))
    return [told for _, told in sorted(last.values(), key=lambda one: one[0])]


def _outcome(process: Compiled, case: Case, name: str, id: str, known: Mapping[str, Compiled]) -> Text | None:
    """What an outcome of a task, or the end of a case that was started, is called: "" of a task that has but one way out,
    None for everything else."""
    step = process.steps.get(name)
    if step is None or step.kind not in ("task", "run"):
        return None
    if not id:
        return Text() if name in case.last_by and not step.outcomes else None
    if id not in step.outcomes:
        return None
    started = known.get(step.runs or "")
    end = started.steps.get(id) if started is not None else None
    return end.label if end is not None else step.outcomes[id].label


def _attributes(process: Compiled, type: str) -> Iterable[tuple[str, str]]:
    record = process.site.records.get(type)
    return record.attributes.items() if record is not None else ()


def _may_ever_read(process: Compiled, name: str, person: Person) -> bool:
    """Whether a field may be for this person in some case: by role, or where it is for the case's own people."""
    field = process.fields.get(name)
    wanted = (field.visible_to or ()) if field is not None else ()
    return not wanted or not PERSONS.keys().isdisjoint(wanted) or has_role(person, wanted, None)


def _moments(process: Compiled) -> Iterator[tuple[str, str]]:
    """Every moment that is a milestone."""
    if process.file.start.milestone:
        yield "start", process.file.start.milestone
    for step in process.steps.values():
        if step.milestone:
            yield step.name, step.milestone
        for id, outcome in step.outcomes.items():
            if outcome.milestone:
                yield f"{step.name}.{id}", outcome.milestone
