"""Whether a process can tell which of its cases are about the same (P461)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.given import Given
from engine.definition.compiled import Spot
from engine.definition.compiling import Flaw
from engine.definition.expressions.problem import meant
from engine.likeness import LIKE_TYPES


def alike_fields(given: Given) -> Iterator[Flaw]:
    """`alike` names fields, of the process or of a fragment it uses, whose values can agree; and no field is called
    as the earlier case is."""
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
            definition = process.fields.get(name)
            if definition is None:
                yield Flaw("P461.unknown", spot, {"field": name, "meant": meant(name, process.fields)})
            elif definition.type not in LIKE_TYPES:
                types = ", ".join(sorted(LIKE_TYPES))
                yield Flaw("P461.type", spot, {"field": name, "type": definition.type, "types": types})
    if process.alike and "earlier" in process.fields:
        yield Flaw("P461.taken", Spot("process", ("fields", "earlier")))
