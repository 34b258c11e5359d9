"""Whether every field is declared soundly: its type and options, where it comes from, what it begins with (P403-P405, P428-P435)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.cases_named import processes_in
from engine.checks.given import Given
from engine.checks.scope import ProcessScope, field_type, meant_path
from engine.checks.values import plain_flaws, value_flaws
from engine.checks.written import used_fragments
from engine.definition.compiled import Spot, Value
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


def sources(given: Given) -> Iterator[Flaw]:
    """`from` follows a record field to an attribute of the field's kind (P405)."""
    for _, definition, spot in declared_fields(given):
        if definition.from_ is None:
            continue
        here = under(spot, "from")
        path = tuple(definition.from_.split("."))
        found = given.scope.type_of(path)
        if found is None or len(path) < 2:
            yield Flaw("P405.unknown", here, {"source": definition.from_, "meant": meant_path(path, given.scope)})
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
