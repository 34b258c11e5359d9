"""Whether fragments and other processes are used as they offer themselves: their ends, settings and start forms (P309-P335)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.checks.given import Given
from engine.checks.said import actions, guards
from engine.checks.scope import ProcessScope, field_type
from engine.checks.values import value_flaws
from engine.checks.written import written_steps
from engine.definition.compiled import Compiled, Guard, Spot, Step, Value
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions.problem import meant
from engine.definition.expressions.tree import StepName, walk


def fragment_ends(given: Given) -> Iterator[Flaw]:
    """Each end of a fragment has an outcome (P309), and no outcome is anything else (P310)."""
    shared = given.library.fragments if given.library else {}
    for step in given.process.steps.values():
        if step.uses in shared:
            ends = [id for id, inner in shared[step.uses].steps.items() if inner.kind == "end"]
            yield from _ends(step, ends, step.uses, "P309.missing", "P310.unknown")


def child_ends(given: Given) -> Iterator[Flaw]:
    """The same for the ends of another process (P330)."""
    for step in given.process.steps.values():
        child = given.known.get(step.runs or "")
        if child is not None:
            ends = [other.id for other in child.steps.values() if other.ends_case]
            yield from _ends(step, ends, child.id, "P330.missing", "P330.unknown")


def one_for_each_row(given: Given) -> Iterator[Flaw]:
    """`for_each` names a table of the case, has no `outcomes`, whose places are counted instead, and goes on by `next` (P335)."""
    fields = given.process.fields
    for written in written_steps(given):
        table, spot = written.step.for_each, written.spot
        if not table or written.step.kind != "run":
            continue
        if table not in fields or fields[table].type != "table":
            tables = [name for name, field in fields.items() if field.type == "table"]
            yield Flaw("P335.table", under(spot, "for_each"), {"table": table, "meant": meant(table, tables)})
        if written.step.outcomes:
            end = next(iter(written.step.outcomes))
            yield Flaw("P335.outcomes", under(spot, "outcomes"), {"step": written.id, "end": end})
        if not written.step.next:
            yield Flaw("P335.next", spot, {"step": written.id})


def counted_ends(given: Given) -> Iterator[Flaw]:
    """What is counted of the cases opened for each row is an end of theirs (P335)."""
    for guard in _all_guards(given):
        for node in walk(guard.expression):
            if not isinstance(node, StepName):
                continue
            step, dot, end = node.name.partition(".")
            for name in given.process.called.get(step, ()) if dot else ():
                child = given.known.get(given.process.steps[name].runs or "")
                ends = [other.id for other in child.steps.values() if other.ends_case] if child else [end]
                if given.process.steps[name].for_each and end not in ends:
                    names = {"end": end, "of": given.process.steps[name].runs, "meant": meant(end, ends)}
                    yield Flaw("P335.end", guard.spot, names, guard.before + node.column)


def _all_guards(given: Given) -> Iterator[Guard]:
    yield from (asked.guard for asked in guards(given.process))
    yield from (rule.guard for rule in given.process.rules if rule.guard)
    yield from (guard for kpi in given.process.kpis for guard in (kpi.share, kpi.of) if guard)


def _ends(step: Step, ends: Collection[str], of: str, missing: str, unknown: str) -> Iterator[Flaw]:
    if not step.outcomes:
        return  # nothing leaves: told as such
    for end in ends:
        if end not in step.outcomes:
            yield Flaw(missing, step.spot, {"step": step.id, "of": of, "end": end})
    for name, outcome in step.outcomes.items():
        if name not in ends:
            yield Flaw(unknown, outcome.spot, {"of": of, "outcome": name, "meant": meant(name, ends)})


def processes_known(given: Given) -> Iterator[Flaw]:
    """Processes that are run or started exist; one that is published later is only warned of (P311)."""
    for id, spot in _named(given):
        if id not in given.known:
            close = meant(id, given.others)
            sure = close.en.startswith("did you mean")
            yield Flaw("P311.similar" if sure else "P311.unknown", spot, {"process": id, "meant": close})


def _named(given: Given) -> Iterator[tuple[str, Spot]]:
    for step in given.process.steps.values():
        if step.runs:
            yield step.runs, under(step.spot, "run")
    for done in actions(given.process):
        if done.action.word == "start":
            yield done.action.target, under(done.action.spot, "start")


def hand_over(given: Given) -> Iterator[Flaw]:
    """What another process is given are fields of it (P331), of the right kind, and all that its start form demands (P332)."""
    for step in given.process.steps.values():
        if step.runs and (child := given.known.get(step.runs)):
            spot = under(step.spot, "with")
            scope = ProcessScope(given.process, row=step.for_each) if step.for_each else given.scope
            yield from _handed(scope, child, step.hands_over, spot, under(step.spot, "run"))
    for done in actions(given.process):
        if done.action.word == "start" and (child := given.known.get(done.action.target)):
            scope = ProcessScope(given.process, done.event)
            spot = under(done.action.spot, "with")
            yield from _handed(scope, child, done.action.values, spot, under(done.action.spot, "start"))


def processes_that_run_this(given: Given) -> Iterator[Flaw]:
    """Others that run this process know all its ends and hand over what it needs, or must be published anew (P334)."""
    process = given.process
    for other in given.others.values():
        for step in other.steps.values():
            if step.runs != process.id or other.id == process.id:
                continue
            for end in process.steps.values():
                if end.ends_case and end.id not in step.outcomes and not step.for_each:
                    yield Flaw("P334.end", end.spot, {"other": other.id, "step": step.id, "end": end.id})
            handed = {name for name, _ in step.hands_over}
            for name in process.start_form.ask:
                if name not in handed and _is_needed(process, name, handed):
                    spot = Spot("process", ("start", "form", "ask"))
                    yield Flaw("P334.field", spot, {"other": other.id, "step": step.id, "field": name})


def _is_needed(process: Compiled, name: str, handed: Collection[str]) -> bool:
    field = process.fields.get(name)
    return field is not None and field.default is None and not _looked_up(process, name, handed)


def _handed(
    scope: ProcessScope, child: Compiled, values: tuple[tuple[str, Value], ...], spot: Spot, run: Spot
) -> Iterator[Flaw]:
    given_names = {name for name, _ in values}
    for name, value in values:
        definition = child.fields.get(name)
        if definition is None:
            names = {"field": name, "process": child.id, "meant": meant(name, child.fields)}
            yield Flaw("P331.unknown", under(spot, name), names)
        else:
            yield from value_flaws(value, field_type(definition), under(spot, name), scope)
    for name in child.start_form.ask:
        if name not in given_names and _is_needed(child, name, given_names):
            yield Flaw("P332.missing", run, {"field": name, "process": child.id})


def _looked_up(child: Compiled, name: str, given_names: Collection[str]) -> bool:
    source = child.fields[name].from_
    return bool(source) and str(source).split(".")[0] in given_names
