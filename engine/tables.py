"""What somebody entered in a table: rows to store, or one sentence for every cell that is wrong.

Whether rows are missing or incomplete depends on the rest of the form and is asked by `forms`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.definition.compiled import Compiled
from engine.definition.expressions import Expression, Facts, evaluate, parse_value
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.draft import Draft
from engine.kept_cells import WrongRow, rows_meant
from engine.kept_cells import kept as left_as_it_is
from engine.one_value import WrongValue, one_value
from engine.people import World
from engine.rows import MOST_OF_ALL, MOST_ROWS, ROW, cell_record, cells_of, row_label, rows_of
from engine.typed_values import plain

_MOST_READ = 1_000
"""More rows than this are not even looked at, whatever they hold."""


@dataclass(slots=True)
class EnteredRows:
    """`value`: the rows to store, None for none. `places`: how a refusal names each of them, as it was entered. `wrong`:
    sentences by `2.cost`, `2`, or "" for the table as a whole."""

    value: list[dict[str, Any]] | None = None
    places: list[str] = field(default_factory=list)
    wrong: dict[str, Text] = field(default_factory=dict)


def entered_rows(
    definition: FieldDef,
    value: Any,
    process: Compiled,
    world: World,
    old: Any = None,
    facts: Facts | None = None,
    only: Sequence[str] = (),
) -> EnteredRows:
    """The rows of a table from a form, an API or a scenario. `facts` work out defaults that are formulas. `only`: the
    columns that the form names, if not all of them; the others keep what stands in `old`."""
    listed = [] if value in (None, "") else value
    if not isinstance(listed, list | tuple) or len(listed) > _MOST_READ:
        return EnteredRows(wrong={"": Text("Rows are needed here, in a list.", "此处需要由多行组成的列表。")})
    taking = _Taking(definition, process, world, facts, only)
    return taking.fixed(listed, old) if definition.rows else taking.free(listed, rows_of(definition, old))


def new_row(definition: FieldDef, cells: Mapping[str, Any], process: Compiled, world: World, facts: Facts) -> Any:
    """One row that is added to a table, with defaults where nothing is given. Raises WrongValue."""
    taking = _Taking(definition, process, world, facts)
    row = taking.row(cells, "", Text("The new row", "新行"))
    if taking.found.wrong:
        raise WrongValue(next(iter(taking.found.wrong.values())))
    return taking.with_defaults(row, cells)


def most_rows(definition: FieldDef) -> int:
    """How many rows a table takes."""
    return min(int(definition.most) if definition.most is not None else MOST_ROWS, MOST_OF_ALL)


def least_rows(definition: FieldDef) -> int:
    """How many rows a table must have where it is asked for."""
    return int(definition.least) if definition.least is not None else 1


def put_rows(definition: FieldDef, draft: Draft, name: str, rows: Sequence[Mapping[str, Any]], world: World) -> None:
    """Store the rows of a table, with the snapshots of the records their cells name."""
    known = {key: snapshot for key, snapshot in draft.records.items() if key.startswith(f"{name}.")}
    draft.records = {key: snapshot for key, snapshot in draft.records.items() if key not in known}
    draft.values[name] = [dict(row) for row in rows]
    for row in rows:
        for column, declared in (definition.columns or {}).items():
            if declared.type == "record" and row.get(column):
                key = cell_record(name, column, row[column])
                snapshot = world.records.get((declared.of or "", str(row[column]))) or known.get(key)
                if snapshot is not None:
                    draft.records[key] = snapshot


class _Taking:
    """The rows of one table as they are read, one after the other."""

    def __init__(
        self, definition: FieldDef, process: Compiled, world: World, facts: Facts | None, only: Sequence[str] = ()
    ) -> None:
        self.definition = definition
        self.found = EnteredRows()
        self._process = process
        self._world = world
        self._facts = facts
        self._columns = definition.columns or {}
        self._fields = {name: column.as_field() for name, column in self._columns.items() if not only or name in only}
        self._all = {name: column.as_field() for name, column in self._columns.items()}
        self._defaults = {name: self._default(name) for name in self._columns}

    def free(self, listed: Sequence[Any], stood: Sequence[Mapping[str, Any]] = ()) -> EnteredRows:
        """Rows that people add; those that hold nothing but defaults are left out, unless they keep what is not named."""
        places = [str(position + 1) for position in range(len(listed))]
        labels = [row_label(self.definition, position) for position in range(len(listed))]
        rows = [self.row(*one) for one in zip(listed, places, labels, strict=True)]
        meant = self._meant(listed, rows, stood, labels)
        kept: list[dict[str, Any]] = []
        for written, row, place, at in zip(listed, rows, places, meant, strict=True):
            before = left_as_it_is(stood[at], tuple(self._fields)) if at is not None else None
            if before or self._is_begun(row) or self._is_wrong(place):
                kept.append(self.with_defaults(row, written, before))
                self.found.places.append(place)
        most = most_rows(self.definition)
        if len(kept) > most:
            en, zh = self.definition.label.say("en"), self.definition.label.say("zh-Hans")
            self.found.wrong[""] = Text(
                f"{en} takes at most {most} rows; these are {len(kept)}.",
                f"“{zh}”最多 {most} 行，现有 {len(kept)} 行。",
            )
        self.found.value = kept or None
        return self.found

    def fixed(self, listed: Sequence[Any], old: Any) -> EnteredRows:
        """The rows of the process, all of them; those that are not mentioned keep what they had."""
        rows = {row[ROW]: dict(row) for row in rows_of(self.definition, old)}
        labels, mentioned = self.definition.rows or {}, set[str]()
        for position, written in enumerate(listed):
            id = written.get(ROW) if isinstance(written, Mapping) else None
            if not isinstance(id, str) or id not in labels:
                said = Text(
                    f"'{id or position + 1}' is no row of this table; its rows are: {', '.join(labels)}.",
                    f"“{id or position + 1}”不是此表格的行；可用的行：{'、'.join(labels)}。",
                )
                self.found.wrong[str(id or position + 1)] = said
                continue
            if id in mentioned:
                name = labels[id]
                self.found.wrong[id] = Text(
                    f"{name.say('en')} is here twice; write it once.",
                    f"“{name.say('zh-Hans')}”出现了两次，请只填一次。",
                )
                continue
            mentioned.add(id)
            row, before = self.row(written, id, labels[id]), rows[id]
            left = left_as_it_is(before, tuple(self._fields)) if cells_of(before) else None
            if self._is_begun(row):
                row = self.with_defaults(row, written, left)
            rows[id] = {ROW: id, **(left or {}), **row}
        self.found.value = list(rows.values()) if any(cells_of(row) for row in rows.values()) else None
        self.found.places = list(labels)
        return self.found

    def row(self, written: Any, place: str, label: Text) -> dict[str, Any]:
        """The cells of one row; what is wrong with them is noted."""
        if not isinstance(written, Mapping):
            self.found.wrong[place] = Text(
                f"{label.say('en')}: a row with columns is needed.", f"{label.say('zh-Hans')}：需要由列组成的一行。"
            )
            return {}
        for name in written:
            if name not in self._fields and name != ROW:
                known = name in self._columns
                said = (
                    Text("is not entered here.", "此处不填写。")
                    if known
                    else Text("there is no such column.", "没有该列。")
                )
                self._note(place, str(name), label, str(name), str(name), said)
        found: dict[str, Any] = {}
        for name, definition in self._fields.items():
            try:
                clean = one_value(definition, written.get(name), self._process, self._world)
            except WrongValue as bad:
                en, zh = definition.label.say("en"), definition.label.say("zh-Hans")
                self._note(place, name, label, en, zh, bad.text)
                continue
            if clean is not None:
                found[name] = clean
        return found

    def with_defaults(
        self, row: dict[str, Any], written: Any, before: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The row with defaults in cells that nobody filled; an optional cell that was emptied stays empty. What is not
        named is as it was `before`, in a row that was there."""
        said = written if isinstance(written, Mapping) else {}
        missing = {
            name: value
            for name, value in self._defaults.items()
            if value is not None and name not in row and not (self._columns[name].optional and name in said)
        }
        if before is not None:
            missing = {name: value for name, value in missing.items() if name in self._fields} | dict(before)
        return {name: value for name in self._columns if (value := row.get(name, missing.get(name))) is not None}

    def _meant(
        self,
        listed: Sequence[Any],
        rows: Sequence[Mapping[str, Any]],
        stood: Sequence[Mapping[str, Any]],
        labels: Sequence[Text],
    ) -> list[int | None]:
        """Which of the rows that were there each entered one is; all are new where every column is entered anew."""
        if len(self._fields) == len(self._columns):
            return [None] * len(rows)
        said = [row.get(ROW) if isinstance(row, Mapping) else None for row in listed]
        try:
            meant = rows_meant(rows, said, stood, tuple(self._fields))
        except WrongRow as wrong:
            label = labels[wrong.position]
            self.found.wrong[str(wrong.position + 1)] = Text(
                f"{label.say('en')}: there is no other row {wrong.number} here.",
                f"{label.say('zh-Hans')}：此处没有另一个第 {wrong.number} 行。",
            )
            return [None] * len(rows)
        self._mind_what_is_taken_away(stood, meant)
        return meant

    def _mind_what_is_taken_away(self, stood: Sequence[Mapping[str, Any]], meant: Sequence[int | None]) -> None:
        """Nobody takes a row away with cells that are not entered here and that somebody filled. What a formula filled
        in is not told apart from that: it gives another value tomorrow, and so it keeps no row."""
        for at, row in enumerate(stood):
            left = left_as_it_is(row, tuple(self._fields))
            held = [name for name, cell in left.items() if self._formula(name) is None and cell != self._defaults[name]]
            if at not in meant and held:
                label, heads = self.definition.label, [self._columns[name].label for name in held]
                en, zh = ", ".join(x.say("en") for x in heads), "、".join(x.say("zh-Hans") for x in heads)
                self.found.wrong[""] = Text(
                    f"Row {at + 1} of '{label.say('en')}' holds what is not entered here ({en}), so it cannot be taken away "
                    "here. Keep it in the list.",
                    f"“{label.say('zh-Hans')}”第 {at + 1} 行还有此处不填写的内容（{zh}），不能在此删除，请保留该行。",
                )
                return

    def _is_begun(self, row: Mapping[str, Any]) -> bool:
        own = [name for name, value in row.items() if value != self._defaults[name]]
        return bool(own) or (bool(row) and all(self._defaults[name] is not None for name in self._fields))

    def _is_wrong(self, place: str) -> bool:
        return any(key == place or key.startswith(f"{place}.") for key in self.found.wrong)

    def _note(self, place: str, name: str, label: Text, en: str, zh: str, said: Text) -> None:
        key = f"{place}.{name}" if place else name
        self.found.wrong[key] = Text(f"{label.say('en')}, {en}: {said.en}", f"{label.say('zh-Hans')}“{zh}”：{said.zh}")

    def _formula(self, name: str) -> Expression | None:
        written = self._columns[name].default
        return parse_value(written) if isinstance(written, str) else None

    def _default(self, name: str) -> Any:
        written, definition, formula = self._columns[name].default, self._all[name], self._formula(name)
        try:
            if formula is None:
                return one_value(definition, written, self._process, self._world)
            found = plain(definition, evaluate(formula, self._facts)) if self._facts is not None else None
            return one_value(definition, found, self._process, self._world)
        except WrongValue:
            return None  # what a formula gives today may not suit the column: the cell is asked for instead
