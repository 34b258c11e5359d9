"""Whether every word used is declared and suits its place: record types, fields, milestones, operations (P403-P409, P420-P436)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.cases_named import processes_in
from engine.checks.given import Given
from engine.checks.said import actions, value_spot
from engine.checks.scope import ProcessScope, attribute_type, attribute_types, field_type, told_type
from engine.checks.values import plain_flaws, value_flaws
from engine.checks.written import used_fragments, written_steps
from engine.definition.compiled import CompiledForm, Spot, Step, Value
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions import ExpressionProblem, Scope, ValueType, check, parse, parse_value
from engine.definition.expressions.fitting import fits
from engine.definition.expressions.kinds import CALLED
from engine.definition.expressions.problem import meant
from engine.definition.model import FieldDef

TEXT_TYPES = frozenset({"text", "long_text", "email", "phone"})
_FOR_TYPES = {
    "of": frozenset({"record", "case"}),
    "role": frozenset({"user"}),
    "choices": frozenset({"choice", "choices"}),
    "least": frozenset({"number", "money", "files", "table"}),
    "most": frozenset({"number", "money", "files", "text", "long_text", "table"}),
    "not_before": frozenset({"date", "datetime"}),
    "not_after": frozenset({"date", "datetime"}),
    "pattern": TEXT_TYPES,
    "accept": frozenset({"files"}),
    "columns": frozenset({"table"}),
    "rows": frozenset({"table"}),
}
_WRITTEN_AS = {"least": "min", "most": "max", "not_before": "min", "not_after": "max"}
ACCEPTED = ("image", "pdf", "office", "any")
# Character classes with counts, one after the other: such a pattern is matched in time that grows with the text only.
_PLAIN_PATTERN = re.compile(
    r"(?:(?:\[\^?(?:\\.|[^\\\[\]])+\]|\\[dws.+*?/()-]|[^\\\[\](){}*+?|^$.])(?:\{\d{1,3}(?:,\d{1,3})?\}|\?)?)+"
)


def declared_fields(given: Given) -> Iterator[tuple[str, FieldDef, Spot]]:
    """Every field of the process and of the fragments it uses, with the place of its declaration; each column of a table
    follows it as a field of its own."""
    for name, definition in given.process.file.fields.items():
        yield from _with_columns(name, definition, Spot("process", ("fields", name)))
    for fragment, written in used_fragments(given).items():
        for name, definition in written.fields.items():
            yield from _with_columns(name, definition, Spot("library", ("fragments", fragment, "fields", name)))


def _with_columns(name: str, definition: FieldDef, spot: Spot) -> Iterator[tuple[str, FieldDef, Spot]]:
    yield name, definition, spot
    for id, column in (definition.columns or {}).items():
        yield f"{name}.{id}", column.as_field(), under(spot, "columns", id)


def record_types(given: Given) -> Iterator[Flaw]:
    """A record field names a record type of the site (P403)."""
    for name, definition, spot in declared_fields(given):
        if definition.type == "record" and definition.of is None:
            yield Flaw("P403.missing", spot, {"field": name, "meant": meant("", given.site.records)})
        elif definition.type == "record" and definition.of not in given.site.records:
            like = meant(definition.of or "", given.site.records)
            yield Flaw("P403.unknown", under(spot, "of"), {"record": definition.of, "meant": like})


def cases_named(given: Given) -> Iterator[Flaw]:
    """A case field names the processes whose cases it takes (P403); one that is published later is only warned of (P311)."""
    for name, definition, spot in declared_fields(given):
        if definition.type != "case":
            continue
        wanted = processes_in(definition.of or "")
        if not wanted:
            yield Flaw("P403.case", spot, {"field": name, "meant": meant("", given.known)})
        for id in wanted:
            if id not in given.known:
                close = meant(id, given.others)
                sure = close.en.startswith("did you mean")
                yield Flaw(
                    "P311.similar" if sure else "P311.unknown", under(spot, "of"), {"process": id, "meant": close}
                )


def choices(given: Given) -> Iterator[Flaw]:
    """A choice has choices (P404)."""
    for name, definition, spot in declared_fields(given):
        if definition.type in ("choice", "choices") and not definition.choices:
            yield Flaw("P404.missing", spot, {"field": name})


def options_of_types(given: Given) -> Iterator[Flaw]:
    """Options of a field suit its type (P435), and `accept` names kinds of files (P429)."""
    for name, definition, spot in declared_fields(given):
        for key, types in _FOR_TYPES.items():
            if getattr(definition, key) not in (None, "") and definition.type not in types:
                written = _WRITTEN_AS.get(key, key)
                names = {"key": written, "field": name, "type": definition.type, "types": ", ".join(sorted(types))}
                yield Flaw("P435.type", under(spot, written), names)
        if definition.least is not None and definition.most is not None and definition.least > definition.most:
            yield Flaw("P435.range", under(spot, "max"), {"field": name})
        for key in ("min", "max"):
            if definition.type == "date" and getattr(definition, key) == "now":
                yield Flaw("P435.day", under(spot, key), {"field": name, "key": key})
        for n, accepted in enumerate(definition.accept or ()):
            if accepted not in ACCEPTED:
                yield Flaw("P429.unknown", under(spot, "accept", n), {"kind": accepted, "meant": meant(accepted, ACCEPTED)})  # fmt: skip


def patterns(given: Given) -> Iterator[Flaw]:
    """A pattern is made of character classes with counts, so that no input can make it slow (P428)."""
    for _, definition, spot in declared_fields(given):
        if definition.pattern is not None:
            try:
                re.compile(definition.pattern)
                plain = _PLAIN_PATTERN.fullmatch(definition.pattern) is not None
            except re.error:
                plain = False
            if not plain:
                yield Flaw("P428.pattern", under(spot, "pattern"), {"pattern": definition.pattern})


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


def sources(given: Given) -> Iterator[Flaw]:
    """`from` follows a record field to an attribute of the field's kind (P405)."""
    for _, definition, spot in declared_fields(given):
        if definition.from_ is None:
            continue
        here = under(spot, "from")
        path = tuple(definition.from_.split("."))
        found = given.scope.type_of(path)
        if found is None or len(path) < 2:
            yield Flaw("P405.unknown", here, {"source": definition.from_, "meant": _meant_path(path, given.scope)})
        elif not fits(found, field_type(definition)):
            names = {
                "source": definition.from_,
                "found": CALLED[found.kind],
                "wanted": CALLED[field_type(definition).kind],
            }
            yield Flaw("P405.kind", here, names)


def defaults(given: Given) -> Iterator[Flaw]:
    """A default fits its field; conditions of a field are conditions."""
    for _, definition, spot in declared_fields(given):
        kind = field_type(definition)
        if isinstance(definition.default, str) and definition.default.startswith("="):
            yield from _formula(definition.default, kind, under(spot, "default"), given.scope)
        elif definition.default is not None:
            yield from plain_flaws(definition.default, kind, under(spot, "default"))
        for key, text in (("required_if", definition.required_if), ("show_if", definition.show_if)):
            if text is not None:
                yield from condition_flaws(text, under(spot, key), given.scope)


def _formula(text: str, kind: ValueType, spot: Spot, scope: ProcessScope) -> Iterator[Flaw]:
    try:
        yield from value_flaws(Value(formula=parse_value(text), text=text), kind, spot, scope)
    except ExpressionProblem as wrong:
        yield Flaw(wrong.key, spot, wrong.names, wrong.column)


def condition_flaws(text: str, spot: Spot, scope: Scope) -> Iterator[Flaw]:
    """What is wrong with a condition that stands with a field or a column."""
    try:
        wrongs = check(parse(text), scope, wanted="condition")
    except ExpressionProblem as unreadable:
        wrongs = [unreadable]
    for wrong in wrongs:
        yield Flaw(wrong.key, spot, wrong.names, wrong.column)


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
                meaning = _meant_path(path, given.scope) if key == "show" else meant(name, given.process.fields)
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
                yield Flaw("P408.unknown", spot, {"field": name, "meant": _meant_path(path, scope)})
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
                yield Flaw("P425.match", where, {"field": written, "meant": _meant_path(path, scope)})
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


def _meant_path(path: tuple[str, ...], scope: ProcessScope) -> object:
    """A hint for a path: about the first part that is unknown."""
    for length in range(len(path)):
        known = scope.names() if not length else scope.names_after(path[:length])
        if scope.type_of(path[: length + 1]) is None and path[length] not in known:
            return meant(path[length], known)
    return meant(path[-1], scope.names())
