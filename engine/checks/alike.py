"""Whether a process can tell which of its cases are about the same (P461)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.given import Given
from engine.definition.compiled import Spot
from engine.definition.compiling import Flaw
from engine.definition.expressions.problem import meant
from engine.definition.model.vocabulary import Value
from engine.facts import row_columns
from engine.likeness import LIKE_TYPES, table_of


def alike_fields(given: Given) -> Iterator[Flaw]:
    """`alike` names fields, of the process or of a fragment it uses, or columns of one table, whose values can agree; and
    no field is called as the earlier case is."""
    process = given.process
    perhaps = process.file.alike.perhaps if process.file.alike else ()
    for word, n, names in (
        *(("by", n, names) for n, names in enumerate(process.alike)),
        *(("perhaps", n, names) for n, names in enumerate(perhaps)),
    ):
        here = ("alike", word, n)
        if not names:
            yield Flaw("P461.empty", Spot("process", here))
        for m, name in enumerate(names):
            spot = Spot("process", (*here, m) if len(names) > 1 else here)
            field, dot, column = name.partition(".")
            columns = row_columns(process, field)
            definition: Value | None = columns.get(column) if dot else process.fields.get(field)
            if definition is None:
                like = [f"{field}.{one}" for one in columns] if dot and columns else list(process.fields)
                yield Flaw("P461.unknown", spot, {"field": name, "meant": meant(name, like)})
            elif dot and field != table_of(names):
                yield Flaw("P461.mixed", spot, {"field": name, "table": table_of(names)})
            elif definition.type not in LIKE_TYPES:
                types = ", ".join(sorted(LIKE_TYPES))
                yield Flaw("P461.type", spot, {"field": name, "type": definition.type, "types": types})
    if process.alike and "earlier" in process.fields:
        yield Flaw("P461.taken", Spot("process", ("fields", "earlier")))
