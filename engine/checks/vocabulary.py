"""Whether the words used are declared and suit their place: forms, milestones, operations, events, case numbers (P408, P409, P420-P449)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.checks.given import Given
from engine.checks.said import actions, value_spot
from engine.checks.scope import ProcessScope, attribute_type, attribute_types, meant_path, told_type
from engine.checks.values import value_flaws
from engine.checks.written import written_steps
from engine.definition.compiled import CompiledForm, Spot, Step
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions.problem import meant


def numbers(given: Given) -> Iterator[Flaw]:
    """No two cases may get one number: the pattern counts, and no other process has the same (P449)."""
    pattern, spot = given.process.file.number, Spot("process", ("number",))
    if pattern is None:
        return
    for word in re.findall(r"\{[^{}]*\}", pattern):
        if word not in ("{year}", "{seq}"):
            yield Flaw("P449.word", spot, {"word": word})
    if "{seq}" not in pattern:
        yield Flaw("P449.seq", spot, {"pattern": pattern})
    for other in given.others.values():
        if other.id != given.process.id and other.file.number == pattern:
            yield Flaw("P449.taken", spot, {"pattern": pattern, "other": other.id})


def forms(given: Given) -> Iterator[Flaw]:
    """Forms name fields; what they show may follow records (P408)."""
    yield from _form(given, given.process.start_form, Spot("process", ("start", "form")))
    for step in given.process.steps.values():
        if step.task:
            yield from _form(given, step.task.form, under(step.spot, "task", "form"))
        yield from _needs(step)


def _needs(step: Step) -> Iterator[Flaw]:
    """What a button asks for can be entered in the form above it."""
    offered = step.task.form.takes if step.task else ()
    for name, outcome in step.outcomes.items():
        for n, field in enumerate(outcome.ask):
            if field not in offered:
                at = under(outcome.spot, "ask", n) if len(outcome.ask) > 1 else under(outcome.spot, "ask")
                yield Flaw("P408.not_offered", at, {"field": field, "outcome": name, "meant": meant(field, offered)})


def _form(given: Given, form: CompiledForm, spot: Spot) -> Iterator[Flaw]:
    for key, names in (("show", form.show), ("ask", form.ask), ("optional", form.optional)):
        for n, name in enumerate(names):
            path = tuple(name.split("."))
            known = given.scope.type_of(path) if key == "show" else given.process.fields.get(name)
            if known is None:
                meaning = meant_path(path, given.scope) if key == "show" else meant(name, given.process.fields)
                yield Flaw("P408.unknown", under(spot, key, n), {"field": name, "meant": meaning})


def milestones(given: Given) -> Iterator[Flaw]:
    """Milestones are declared (P409)."""
    process = given.process
    used: list[tuple[str | None, Spot]] = [(process.file.start.milestone, Spot("process", ("start", "milestone")))]
    for written in written_steps(given):
        used.append((written.step.milestone, under(written.spot, "milestone")))
        for name, outcome in written.step.outcomes.items():
            used.append((outcome.milestone, under(written.spot, "outcomes", name, "milestone")))
    for milestone, spot in used:
        if milestone is not None and milestone not in process.milestones:
            yield Flaw("P409.unknown", spot, {"milestone": milestone, "meant": meant(milestone, process.milestones)})


def what_is_set(given: Given) -> Iterator[Flaw]:
    """`set` names a field or an attribute of a looked-up record (P408), and the value fits it."""
    for done in actions(given.process):
        if done.action.word != "set":
            continue
        scope = ProcessScope(given.process, done.event)
        for name, value in done.action.values:
            spot = value_spot(done.action, name)
            path = tuple(name.split("."))
            is_cell = path[0] == "row" and len(path) == 2  # of the row that the event concerns
            kind = scope.type_of(path) if path[0] in given.process.fields or is_cell else None
            if kind is None:
                yield Flaw("P408.unknown", spot, {"field": name, "meant": meant_path(path, scope)})
            else:
                yield from value_flaws(value, kind, spot, scope)


def operations(given: Given) -> Iterator[Flaw]:
    """`call` names an operation (P420) with its arguments and results (P421), in a `do` step (P445)."""
    for done in actions(given.process):
        action = done.action
        if action.word != "call":
            continue
        if not done.in_do_step:
            yield Flaw("P445.call", under(action.spot, "call"), {"operation": action.target})
        adapter = given.site.adapters.get(action.target)
        if adapter is None:
            like = meant(action.target, given.site.adapters)
            yield Flaw("P420.unknown", under(action.spot, "call"), {"operation": action.target, "meant": like})
            continue
        scope = ProcessScope(given.process, done.event)
        for name, value in action.values:
            if name not in adapter.takes:
                names = {"argument": name, "operation": action.target, "meant": meant(name, adapter.takes)}
                yield Flaw("P421.unknown", value_spot(action, name), names)
            else:
                kind = attribute_type(adapter.takes[name], given.site)
                yield from value_flaws(value, kind, value_spot(action, name), scope)
        for name in adapter.takes.keys() - {name for name, _ in action.values}:
            yield Flaw("P421.missing", under(action.spot, "call"), {"argument": name, "operation": action.target})
        for field, result in action.save:
            spot = under(action.spot, "save", field)
            if field not in given.process.fields:
                yield Flaw("P408.unknown", spot, {"field": field, "meant": meant(field, given.process.fields)})
            if result not in adapter.gives:
                names = {"result": result, "operation": action.target, "meant": meant(result, adapter.gives)}
                yield Flaw("P421.result", spot, names)


def events(given: Given) -> Iterator[Flaw]:
    """An event finds its case by a field, or its row by columns of one table, and carries data of known kinds (P425). What
    is emitted is worked out (P401)."""
    for name, event in given.process.events.items():
        spot = Spot("process", ("events", name))
        match = event.match or {}
        for key, written in match.items() if not isinstance(match, str) else [("", match)]:
            where = under(spot, "match", key) if key else under(spot, "match")
            table = given.process.row_events.get(name, "")
            if table and written.partition(".")[0] != table:
                yield Flaw("P425.mixed", where, {"field": written, "table": table})
                continue
            scope = ProcessScope(given.process, row=table)
            path = ("row" if table else written.partition(".")[0], *written.split(".")[1:])
            if scope.type_of(path) is None or path == ("row",):
                yield Flaw("P425.match", where, {"field": written, "meant": meant_path(path, scope)})
        for key, kind in event.data.items():
            if told_type(kind, given.process) is None:
                choices = [id for id, field in given.process.fields.items() if field.type == "choice"]
                like = meant(kind, (*attribute_types(given.site), *choices))
                yield Flaw("P425.type", under(spot, "data", key), {"kind": kind, "meant": like})
    for done in actions(given.process):
        if done.action.word == "emit":
            for key, value in done.action.values:
                yield from value_flaws(
                    value, None, value_spot(done.action, key), ProcessScope(given.process, done.event)
                )


def subject(given: Given) -> Iterator[Flaw]:
    """A case is listed under a record (P446)."""
    name = given.process.file.subject
    if name is not None:
        kind = given.scope.type_of(tuple(name.split(".")))
        if kind is None or kind.kind != "record":
            records = [field for field, definition in given.process.fields.items() if definition.type == "record"]
            yield Flaw("P446.subject", Spot("process", ("subject",)), {"field": name, "meant": meant(name, records)})


def unfilled_settings(given: Given) -> Iterator[Flaw]:
    """A `$setting` that the fragment or ladder does not have stays as it is written (P308)."""
    for step in given.process.steps.values():
        written: list[tuple[Sequence[str], Spot]] = [((step.calendar,), under(step.spot, "calendar"))]
        if step.task:
            for n, option in enumerate(step.task.role):
                written.append(
                    (option.then, under(step.spot, "task", "role", n, "then" if option.when else "otherwise"))
                )
        for texts, spot in written:
            for text in texts:
                if text.startswith("$"):
                    yield Flaw("P308.dollar", spot, {"setting": text})
