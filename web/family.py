"""The cases that belong to a case: its parent and children, those its fields name, and those opened from its page or it from
theirs. Who may not see one of them reads its number, process and state all the same, and nothing of what is behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.case import Case
from engine.cases_named import numbers_in
from engine.confidential import hidden_fields
from engine.definition.compiled import Compiled
from engine.listings import category_of
from engine.people import Person
from engine.screen_rows import CaseRow, HistoryRow
from engine.screens import Screens, Viewer
from web import current, site

AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Relative:
    """`relation` parent, child or named; `opens` for who may see it."""

    relation: str
    id: str
    number: str
    process: str
    category: str
    opens: bool = True


def seen_family(screens: Screens, viewer: Viewer, case_id: str) -> tuple[CaseRow | None, Sequence[CaseRow]]:
    """The parent, if there is one for these eyes, and the children that are."""
    parent, children = screens.family(case_id)
    seen_parent = parent if parent is not None and screens.may_see(viewer, parent.id) else None
    return seen_parent, [child for child in children if screens.may_see(viewer, child.id)]


def relatives(case: Case, process: Compiled | None, history: Sequence[HistoryRow]) -> list[Relative]:
    """All of them, each once: the parent first, then the children, then the others. `history` is what the reader may read."""
    viewer, numbers = current.viewer(), dict.fromkeys(_numbers(case, process, history, current.me()))

    def look(screens: Screens) -> tuple[list[tuple[str, CaseRow]], list[Case], set[str]]:
        parent, children = screens.family(case.id)
        near = [*([("parent", parent)] if parent is not None else []), *(("child", child) for child in children)]
        known = {case.number, *(row.number for _, row in near)}
        ids = [screens.case_id(number) for number in [other for other in numbers if other not in known][:AT_MOST]]
        named = [other for id in ids if id is not None and (other := screens.case(id)) is not None]
        there = [row.id for _, row in near] + [other.id for other in named]
        return near, named, {id for id in there if screens.may_see(viewer, id)}

    near, named, seen = current.read(look)
    found = [Relative(relation, row.id, row.number, row.process, row.category) for relation, row in near]
    for other in named:
        of = site.compiled(current.house(), other.process, other.version)
        if of is not None:
            found.append(Relative("named", other.id, other.number, other.process, category_of(of, other)))
    return [replace(one, opens=one.id in seen) for one in found]


def _numbers(case: Case, process: Compiled | None, history: Sequence[HistoryRow], reader: Person) -> Iterator[str]:
    if process is not None:
        hidden = hidden_fields(process, case, reader)
        open_fields = {name: value for name, value in case.values.items() if name not in hidden}
        yield from (number for _, number in numbers_in(process.fields, open_fields))
    yield from (str(row.details["beside"]) for row in history if row.details.get("beside"))
