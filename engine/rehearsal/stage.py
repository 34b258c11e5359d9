"""The stage of a rehearsal: virtual time, test people, records out of thin air, and the earlier case a scenario speaks of.

What is played on it, it does not know.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from engine.case import Case
from engine.definition.compiled import Compiled
from engine.definition.model import Column, FieldDef
from engine.definition.texts import Text
from engine.draft import Draft
from engine.entered import WrongValue, cleaned
from engine.facts import EARLIER
from engine.forms import put_value
from engine.likeness import told_of
from engine.people import Person, World

_GIVEN = ("start_at", "in_step", "done_by", "failing", "earlier")


class NotReadable(Exception):
    """A line that does not say anything a rehearsal can play."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Stage:
    """What is true around one case. `now` is virtual; people and records appear when they are named."""

    def __init__(self, process: Compiled, given: Mapping[str, Any]) -> None:
        self.process = process
        self._zone = ZoneInfo(process.site.timezone)
        self._people: dict[str, Person] = {}
        self._records: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._earlier: Mapping[str, Any] | None = None
        self.now = self._moment(given.get("start_at", "2026-03-02 09:00"))
        for role in process.site.roles:
            self._person(role)
        self._given = {name: self._value(name, value) for name, value in given.items() if name not in _GIVEN}
        if given.get("earlier"):
            self._earlier = self._an_earlier_case(given["earlier"])

    @property
    def local_now(self) -> dt.datetime:
        """The virtual time on the wall of the site."""
        return self.now.astimezone(self._zone)

    def world_at(self, now: dt.datetime) -> World:
        """What is true around the case at an instant."""
        return World(now, self._people, self._records, self._earlier)

    def _world(self) -> World:
        return self.world_at(self.now)

    def _person(self, name: str) -> Person:
        if name in self._people:
            return self._people[name]
        role = re.sub(r"_\d+$", "", name)
        if role not in self.process.site.roles:
            raise NotReadable(Text(f"'{name}' is not a role of the site", f"“{name}”不是站点定义的角色"))
        person = Person(name, name, frozenset({role}), f"{name}@example.com")
        self._people[name] = person
        return person

    def _moment(self, written: Any) -> dt.datetime:
        try:
            at = dt.datetime.fromisoformat(str(written).replace(" ", "T", 1))
        except ValueError:
            raise NotReadable(
                Text(
                    f"'{written}' is not a moment like 2026-03-02 09:00", f"“{written}”不是形如 2026-03-02 09:00 的时间"
                )
            ) from None
        return (at if at.tzinfo else at.replace(tzinfo=self._zone)).astimezone(dt.UTC)

    def _value(self, name: str, written: Any) -> Any:
        """A value as a scenario writes it: a record as its attributes, a file as its name, a table as its rows."""
        definition = self.process.fields.get(name)
        if definition is None:
            return written
        if not definition.columns or not isinstance(written, list | tuple | Mapping):
            return self._one_value(definition, name, written)
        if isinstance(written, Mapping):  # the same in each fixed row
            written = [{"row": row, **written} for row in definition.rows or ()]
        return [self._row(definition.columns, row) for row in written]

    def _row(self, columns: Mapping[str, Column], written: Any) -> Any:
        if not isinstance(written, Mapping):
            return written
        return {name: self._one_value(columns.get(name), str(name), cell) for name, cell in written.items()}

    def _one_value(self, definition: FieldDef | Column | None, name: str, written: Any) -> Any:
        if definition is not None and definition.type == "record" and written not in (None, ""):
            return self._record(definition.of or "", written, name)
        if (
            definition is not None
            and definition.type == "user"
            and isinstance(written, str)
            and written not in self._people
        ):
            self._person(written)
        return written

    def _an_earlier_case(self, written: Any) -> Mapping[str, Any]:
        """The alike case a scenario speaks of: `{number: CMP-1, open: no, <field>: <value>}`."""
        if not isinstance(written, Mapping) or not self.process.alike:
            raise NotReadable(
                Text(
                    "'earlier' is written {number: A-1, open: no, <field>: <value>}, in a process with 'alike'",
                    "earlier 应写成 {number: A-1, open: no, <字段>: <值>}，且流程须有 alike",
                )
            )
        earlier = Draft(Case("earlier", str(written.get("number", "")), self.process.id, 1, self.now))
        for name, value in written.items():
            if name not in EARLIER:
                self._put_into(earlier, name, value)
        told = told_of(earlier.done(), int(written.get("count", 1)))
        return {**told, "open": str(written.get("open", "no")).lower() in ("yes", "true")}

    def _put_into(self, earlier: Draft, name: str, value: Any) -> None:
        if name not in self.process.fields:
            raise NotReadable(
                Text(f"'{name}' under 'earlier' is no field", f"earlier 下的“{name}”不是字段"),
            )
        field = self.process.fields[name]
        try:
            clean = cleaned(field, self._value(name, value), self.process, self._world())
        except WrongValue as wrong:
            raise NotReadable(wrong.text) from wrong
        put_value(self.process, earlier, name, clean, self._world())

    def _record(self, type: str, written: Any, name: str) -> str:
        attributes = dict(written) if isinstance(written, Mapping) else {"number": str(written), "name": str(written)}
        known = self.process.site.records.get(type)
        for attribute, kind in (known.attributes if known else {}).items():
            if kind in self.process.site.records and isinstance(attributes.get(attribute), Mapping):
                inner = self._record(kind, attributes[attribute], attribute)
                attributes[attribute] = self._records[kind, inner]
            elif kind == "user" and attributes.get(attribute):
                attributes[attribute] = self._person(str(attributes[attribute])).id
            elif kind == "yes_no" and isinstance(attributes.get(attribute), str):
                attributes[attribute] = attributes[attribute].lower() in ("yes", "true")
        known_by = known.key if known and known.key else "number"
        named = (attributes.get(each) for each in ("id", known_by, "number", "code", "name"))
        id = str(next((each for each in named if each), name))
        self._records[type, id] = {**self._records.get((type, id), {}), **attributes, "id": id, "key": id}
        return id

    def _write(self, type: str, id: str, attribute: str, value: Any) -> None:
        """What a case changed on a record is so when the record is named again."""
        known = self.process.site.records.get(type)
        kind = known.attributes.get(attribute, "") if known else ""
        told = self._records.get((kind, str(value)), value)
        self._records[type, id] = {**self._records.get((type, id), {"id": id, "key": id}), attribute: told}
