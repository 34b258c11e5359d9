"""Whether the list of a process shows what a line has room for (P446)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.given import Given
from engine.definition.compiled import Spot
from engine.definition.compiling import Flaw
from engine.definition.expressions.problem import meant

MOST = 6
IN_A_LINE = frozenset(
    {
        "text",
        "number",
        "money",
        "yes_no",
        "choice",
        "choices",
        "date",
        "datetime",
        "email",
        "phone",
        "user",
        "record",
        "case",
    }
)


def listed(given: Given) -> Iterator[Flaw]:
    """What a list of cases shows beside their number is a field, or what a record of theirs says, that a line has room for."""
    names = given.process.file.list_
    if len(names) > MOST:
        yield Flaw("P446.many", Spot("process", ("list",)), {"count": len(names), "most": MOST})
    fitting = [name for name, field in given.process.fields.items() if field.type in IN_A_LINE]
    for n, name in enumerate(names):
        first, dot, _ = name.partition(".")
        field = given.process.fields.get(first)
        known = field is not None and given.scope.type_of(tuple(name.split("."))) is not None
        if not known or (not dot and first not in fitting):
            yield Flaw("P446.list", Spot("process", ("list", n)), {"field": name, "meant": meant(name, fitting)})
