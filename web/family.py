"""The cases that belong to a case: its parent and children, those its fields name, those opened from its page or it from
theirs, and those about the same. Who may not see one of them reads nothing of it: neither here, nor in the history, nor among
the mails. Only a field of the case that names another shows its number to everybody who may read that field: whom it is
kept from is said by its `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.case import Case
from engine.cases_named import numbers_in
from engine.confidential import hidden_fields, readable_history
from engine.definition.compiled import Compiled
from engine.listings import category_of
from engine.people import Person
from engine.screen_rows import CaseRow, HistoryRow
from engine.screens import Screens, Viewer
from engine.sight import sees
from web import current, site

AT_MOST = 20
NOTHING_ELSE = frozenset({"child_opened", "opened_beside", "same_again"})
"""Kinds of history rows that say nothing but that there is another case."""


@dataclass(frozen=True, slots=True)
class Relative:
    """`relation` parent, child or named."""

    relation: str
    id: str
    number: str
    process: str
    category: str


@dataclass(frozen=True, slots=True)
class Family:
    """As one reader may know it. `unseen` are ids and numbers of the others, `silent` the processes of which a case was
    started here that is not for this reader, and none that is."""

    relatives: tuple[Relative, ...] = ()
    unseen: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()

    @property
    def numbers(self) -> Mapping[str, str]:
        """Of the relatives, by their ids."""
        return {one.id: one.number for one in self.relatives}

    def readable(self, rows: Iterable[HistoryRow]) -> tuple[HistoryRow, ...]:
        """The same rows without a word of cases that are not for this reader."""
        return tuple(replace(row, details=self._readable(row.details)) for row in rows if not self._is_silent(row))

    def _is_silent(self, row: HistoryRow) -> bool:
        other = row.details.get("child") or row.details.get("beside")
        return row.kind in NOTHING_ELSE and str(other) in self.unseen

    def _readable(self, details: Mapping[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in details.items() if key not in ("child", "beside") or self._may_name(value)}
        if self.silent and "started" in kept:
            kept["started"] = [process for process in kept["started"] if process not in self.silent]
        if "noted" in kept:
            kept["noted"] = [text for text in kept["noted"] if self.may_read(str(text))]
        return kept

    def may_read(self, text: str) -> bool:
        """Whether a text names no case that is not for this reader."""
        return not any(one in text for one in self.unseen)

    def _may_name(self, other: Any) -> bool:
        return str(other) not in self.unseen


def seen_family(screens: Screens, viewer: Viewer, case_id: str) -> tuple[CaseRow | None, Sequence[CaseRow]]:
    """The parent, if there is one for these eyes, and the children that are."""
    parent, children = screens.family(case_id)
    seen_parent = parent if parent is not None and screens.may_see(viewer, parent.id) else None
    return seen_parent, [child for child in children if screens.may_see(viewer, child.id)]


def told_to_me(
    case: Case, process: Compiled | None, history: Sequence[HistoryRow]
) -> tuple[Family, tuple[HistoryRow, ...]]:
    """The family of a case and its history, both as whoever is signed in may read them."""
    if process is not None:
        history = readable_history(history, process, case, current.me())
    family = family_of(case, process, history)
    return family, family.readable(history)


def family_of(case: Case, process: Compiled | None, history: Sequence[HistoryRow]) -> Family:
    """Each relative once: the parent first, then the children, then the others. `history` is what the reader may read."""
    viewer, numbers = current.viewer(), dict.fromkeys(_numbers(case, process, history, current.me()))

    def look(screens: Screens) -> tuple[list[tuple[str, CaseRow]], list[Case], Mapping[str, Case]]:
        parent, children = screens.family(case.id)
        near = [*([("parent", parent)] if parent is not None else []), *(("child", child) for child in children)]
        known = {case.number, *(row.number for _, row in near)}
        wanted = [other for other in numbers if other not in known]
        by_number = screens.cases_numbered(wanted)
        named = [by_number[number] for number in wanted if number in by_number]
        return near, named, screens.many_cases([row.id for _, row in near])

    near, named, cases = current.read(look)
    seen = {other.id for other in (*cases.values(), *named) if sees(viewer, other)}
    found = [Relative(relation, row.id, row.number, row.process, row.category) for relation, row in near]
    for other in named:
        of = site.compiled(current.house(), other.process, other.version)
        if of is not None:
            found.append(Relative("named", other.id, other.number, other.process, category_of(of, other)))
    children = [(row.process, row.id in seen) for relation, row in near if relation == "child"]
    return Family(
        relatives=tuple(one for one in found if one.id in seen)[:AT_MOST],
        unseen=frozenset(text for one in found if one.id not in seen for text in (one.id, one.number)),
        silent=frozenset(of for of, is_seen in children if not is_seen) - {of for of, is_seen in children if is_seen},
    )


def _numbers(case: Case, process: Compiled | None, history: Sequence[HistoryRow], reader: Person) -> Iterator[str]:
    if process is not None:
        hidden = hidden_fields(process, case, reader)
        open_fields = {name: value for name, value in case.values.items() if name not in hidden}
        yield from (number for _, number in numbers_in(process.fields, open_fields))
    yield from (str(row.details["beside"]) for row in history if row.details.get("beside"))
