"""Rows become drafts of records: every cell read by its column, keys required, repeated rows told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition.texts import Text
from engine.doubtful import BECAUSE
from engine.importing.attributes import attribute_value
from engine.importing.cells import WrongCell, key_of
from engine.importing.plan import Plan
from engine.importing.sheet import Refused, Row, Sheet


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that can be read. `references` are records by what they are called, `people` members of staff likewise;
    `because`: why what is hardly meant is right."""

    line: int
    key: str
    values: Mapping[str, Any]
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    because: str = ""

    def says_the_same(self, other: Draft) -> bool:
        """Whether two rows differ in nothing but their line."""
        mine, theirs = ((d.key, d.values, d.references, d.people) for d in (self, other))
        return mine == theirs


@dataclass(frozen=True, slots=True)
class Drafted:
    """All rows of a list. `repeated` rows said the same as an earlier one and are left out."""

    drafts: tuple[Draft, ...]
    refused: tuple[Refused, ...]
    repeated: int = 0


def draft_rows(sheet: Sheet, plan: Plan, now: dt.datetime) -> Drafted:
    """Every row as a draft, or refused with all that is wrong with it."""
    drafts: dict[tuple[str, Any], Draft] = {}
    refused: list[Refused] = []
    repeated = 0
    for row in sheet.rows:
        answer = _draft(sheet, row, plan, now)
        if not isinstance(answer, Draft):
            refused += answer
            continue
        known_as = (answer.key, answer.values.get("line", answer.line) if plan.target.is_lines else None)
        first = drafts.setdefault(known_as, answer)
        if first is answer:
            continue
        if first.says_the_same(answer):
            repeated += 1
        else:
            refused.append(_twice(answer, first, plan))
    return Drafted(tuple(drafts.values()), tuple(refused), repeated)


def _draft(sheet: Sheet, row: Row, plan: Plan, now: dt.datetime) -> Draft | list[Refused]:
    if len(row.cells) != len(sheet.header):
        have, want = len(row.cells), len(sheet.header)
        return [_no(row, f"it has {have} cells, the header has {want}", f"有 {have} 个单元格，表头有 {want} 个")]
    values: dict[str, Any] = {}
    references: dict[str, tuple[str, str]] = {}
    people: dict[str, str] = {}
    wrong: list[Refused] = []
    key = because = ""
    for column, attribute, cell in _cells(sheet, row, plan):
        kind = plan.kind(attribute)
        try:
            if attribute == plan.target.key:
                key = key_of(cell)
            if attribute == BECAUSE:
                because = " ".join(cell.split())
            elif kind in plan.target.record_types:
                references[attribute] = (kind, key_of(cell))
            elif kind == "user":
                people[attribute] = cell
            else:
                values[attribute] = key if attribute == plan.target.key else _value(plan, attribute, cell, now)
        except WrongCell as found:
            wrong.append(Refused(row.line, column, cell[:80], found.text))
    if wrong:
        return wrong
    if not key:
        return [_no(row, f"'{plan.target.key}' is empty", f"“{plan.target.key}”为空")]
    if plan.target.is_lines and "line" in plan.columns.values() and "line" not in values:
        return [_no(row, "'line' is empty", "“line”为空")]
    return Draft(row.line, key, values, references, people, because)


def _no(row: Row, en: str, zh: str) -> Refused:
    return Refused(row.line, "", "", Text(en, zh))


def _cells(sheet: Sheet, row: Row, plan: Plan) -> list[tuple[str, str, str]]:
    """(column, attribute, cell) of what is not empty; constants first, so that nothing in the row is lost."""
    found = [("", attribute, value) for attribute, value in plan.constants.items()]
    found += [(sheet.header[n], attribute, row.cells[n].strip()) for n, attribute in plan.columns.items()]
    return [(column, attribute, cell) for column, attribute, cell in found if cell]


def _value(plan: Plan, attribute: str, cell: str, now: dt.datetime) -> Any:
    return attribute_value(plan.target, attribute, cell, now, plan.orders.get(attribute, "iso"))


def _twice(draft: Draft, first: Draft, plan: Plan) -> Refused:
    why = Text(
        f"'{draft.key}' stands in line {first.line} already and says something else",
        f"“{draft.key}”已在第 {first.line} 行出现，且内容不同",
    )
    return Refused(draft.line, plan.target.key, draft.key, why)
