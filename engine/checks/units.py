"""Whether units are replaced and warranties changed only in the ways that leave a record (P462-P463)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.given import Given
from engine.checks.said import Done, actions
from engine.checks.scope import ProcessScope
from engine.checks.values import value_flaws
from engine.definition.compiled import Action, Value
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions import ValueType
from engine.definition.expressions.problem import meant
from engine.definition.expressions.tree import Path
from engine.definition.model.acting import WARRANTY_RULES, WARRANTY_SOURCES
from engine.replaced import UNIT

NEEDED = ("customer", "status", "replaces", "replaced_by", "warranty_until")
"""What a site must keep of its units so that one can take another's place."""
WRITES = (("status", "replaced"), ("status", "active"), ("custody", "customer"))
"""The words a swap writes, where a site names all words that are kept."""
_CURES = {"warranty_until": "P463.set", "replaces": "P463.swap", "replaced_by": "P463.swap"}
_WANTED = {
    "warranty": ValueType("choice", choices=WARRANTY_RULES),
    "source": ValueType("choice", choices=WARRANTY_SOURCES),
    "until": ValueType("date"),
    "reason": ValueType("text"),
}


def swaps_and_warranties(given: Given) -> Iterator[Flaw]:
    """`swap_unit` and `change_warranty` name units, words that are known, and values that fit (P462)."""
    for done in actions(given.process):
        action = done.action
        if action.word not in ("swap_unit", "change_warranty"):
            continue
        yield from _unit(given, action, "old" if action.word == "swap_unit" else "unit", action.target)
        scope = ProcessScope(given.process, done.event)
        for name, value in action.values:
            if name == "new":
                yield from _unit(given, action, name, _path(value))
            elif value.formula is not None or value.plain is not None:
                yield from value_flaws(value, _WANTED[name], under(action.spot, action.word, name), scope)
        if action.word == "swap_unit":
            yield from _site(given, action)


def _path(value: Value) -> str:
    return ".".join(value.formula.names) if isinstance(value.formula, Path) else value.text.removeprefix("=").strip()


def _unit(given: Given, action: Action, key: str, field: str) -> Iterator[Flaw]:
    definition = given.process.fields.get(field)
    if definition is None or definition.type != "record" or definition.of != UNIT:
        units = [name for name, one in given.process.fields.items() if one.type == "record" and one.of == UNIT]
        spot = under(action.spot, action.word, key)
        yield Flaw("P462.unit", spot, {"field": field, "meant": meant(field, units)})


def _site(given: Given, action: Action) -> Iterator[Flaw]:
    record = given.site.records.get(UNIT)
    if record is None:
        return
    missing = [name for name in NEEDED if name not in record.attributes]
    for attribute in missing[:1]:
        yield Flaw("P462.site", under(action.spot, action.word), {"attribute": attribute})
    for attribute, word in WRITES:
        described = record.described.get(attribute)
        if described is not None and described.choices and word not in described.choices:
            yield Flaw("P462.word", under(action.spot, action.word), {"attribute": attribute, "word": word})


def what_is_not_set(given: Given) -> Iterator[Flaw]:
    """A warranty end and the links between replaced units change through the two actions alone (P463)."""
    for done in actions(given.process):
        if done.action.word == "set":
            yield from _set(given, done)


def _set(given: Given, done: Done) -> Iterator[Flaw]:
    for name, _ in done.action.values:
        field, _, attribute = name.partition(".")
        definition = given.process.fields.get(field)
        if definition is not None and definition.of == UNIT and attribute in _CURES:
            spot = under(done.action.spot, "set", name)
            yield Flaw(_CURES[attribute], spot, {"field": name, "unit": field})
