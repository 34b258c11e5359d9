"""The list of cases as a table for a spreadsheet: one line a case, read page by page, each value as its reader may read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from engine.case import Case
from engine.case_table import Column as FieldColumn
from engine.case_table import Done, columns_of, done, reached, records_about
from engine.definition.compiled import Compiled
from engine.listed_values import listed_values
from engine.offers import FieldOffer
from engine.people import World
from engine.screen_rows import CaseRow
from engine.screens import Page, Rows, Screens, Viewer
from web import current
from web.beside import attribute_says
from web.site import compiled
from web.spreadsheet import Cell
from web.templating import type_name
from web.words import say

AT_ONCE = 200
"""Cases that are read and told together."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case that is told: its row of the list, the process it runs on, what this reader may read, by name, and when it came
    to which milestone."""

    row: CaseRow
    case: Case
    process: Compiled
    told: Mapping[str, Cell]
    reached: Mapping[str, dt.datetime]


Column = tuple[str, Callable[[Line], Cell]]
"""Its head, and what stands in it."""


def case_table(wanted: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    """The heads, then every case that the list shows for these filters: of one process with all its fields, of several
    with what they have in common."""
    processes, viewer = current.catalogue().processes, current.viewer()
    one = processes.get(wanted["process"])
    fields = columns_of(one, current.me()) if one is not None else ()
    columns = [*_common(processes, one), *(_own(one, fields) if one is not None else ())]
    yield [head for head, _ in columns]
    names = {id: [name for about in records_about(each).values() for name in about] for id, each in processes.items()}
    names |= {one.id: [*names[one.id], *(name for field in fields for name in field.names)]} if one is not None else {}
    after: str | None = ""
    while after is not None:
        page, cases = _page(viewer, wanted, after)
        yield from ([tell(line) for _, tell in columns] for line in _lines(page.rows, cases, names))
        after = page.next or None


def _page(viewer: Viewer, wanted: Mapping[str, str], after: str) -> tuple[Rows[CaseRow], Mapping[str, Case]]:
    """Rows of the list, and the cases behind them, all in one statement."""

    def look(screens: Screens) -> tuple[Rows[CaseRow], Mapping[str, Case]]:
        page = screens.cases(viewer, page=Page(after, AT_ONCE), **wanted)
        return page, screens.many_cases([row.id for row in page.rows])

    return current.read(look)


def _lines(rows: Sequence[CaseRow], cases: Mapping[str, Case], names: Mapping[str, Sequence[str]]) -> Iterator[Line]:
    """These cases with what their reader may read under the names of their process."""
    versions = {key: compiled(current.house(), *key) for key in {(c.process, c.version) for c in cases.values()}}
    me, world = current.me(), World(current.now(), current.people())
    for row in rows:
        case, wanted = cases[row.id], names[row.process]
        process = versions[case.process, case.version]
        if process is not None:
            offers = zip(wanted, listed_values(wanted, [(process, case)], me, world)[case.id], strict=True)
            told = {name: _cell(offer) for name, offer in offers if offer is not None}
            yield Line(row, case, process, told, reached(process, case))


def _common(processes: Mapping[str, Compiled], one: Compiled | None) -> Iterator[Column]:
    """What every case has; the records that it is about as far as this process, or any of them, names some."""
    yield _head("number"), lambda line: line.row.number
    yield _head("process"), lambda line: current.process_label(line.row.process)
    yield _head("state"), _state
    yield _head("category"), lambda line: say(f"category.{line.row.category}", current.language())
    yield (
        say("case.urgent", current.language()),
        lambda line: say("yes", current.language()) if line.case.urgent else "",
    )
    yield _head("owner"), lambda line: current.person_name(line.row.owner)
    about = {each.id: records_about(each) for each in ([one] if one is not None else processes.values())}
    for type in current.catalogue().record_types:
        if any(type in types for types in about.values()):
            yield _record_head(one, type), partial(_about, about, type)
    yield _head("opened"), lambda line: _moment(line.row.opened_at)
    yield say("processes.due", current.language()), lambda line: _moment(line.row.due_at)
    yield _head("ended"), lambda line: _moment(line.row.ended_at)
    yield _head("milestone"), _milestone


def _own(process: Compiled, fields: Sequence[FieldColumn]) -> Iterator[Column]:
    """What cases of one process have: when they came to its milestones, what was done, and its fields."""
    for id, label in process.milestones.items():
        yield _head("reached", what=current.say_text(label)), partial(_reached, id)
    yield _head("done"), _done
    for field in fields:
        yield _field_head(field), partial(_first, field.names)


def _head(name: str, **values: str) -> str:
    return say(f"cases.{name}", current.language(), **values)


def _record_head(one: Compiled | None, type: str) -> str:
    """As the process calls the record, where it has a field for it."""
    field = one.fields.get(records_about(one)[type][0]) if one is not None else None
    return current.say_text(field.label) if field is not None else type_name(type)


def _field_head(field: FieldColumn) -> str:
    """Its label; of an amount with the currency, which does not stand beside the number."""
    unit = current.currency() if field.type == "money" else ""
    return current.say_text(field.label) + (say("unit.beside", current.language(), unit=unit) if unit else "")


def _state(line: Line) -> str:
    end = line.process.steps.get(line.case.ended or "")
    steps = [end.label] if end is not None else line.row.steps
    return say("list.comma", current.language()).join(map(current.say_text, steps))


def _milestone(line: Line) -> str:
    found = line.process.milestones.get(line.row.milestone or "")
    return current.say_text(found) if found is not None else ""


def _about(about: Mapping[str, Mapping[str, Sequence[str]]], type: str, line: Line) -> Cell:
    return _first(about[line.row.process].get(type, ()), line)


def _first(names: Iterable[str], line: Line) -> Cell:
    """Of several names the first that says something."""
    return next((line.told[name] for name in names if name in line.told), "")


def _reached(milestone: str, line: Line) -> str:
    return _moment(line.reached.get(milestone))


def _done(line: Line) -> str:
    """What each step came to, one below the other: "2026-10-30 10:00 Outgoing test: Passed (He Xue)"."""
    return "\n".join(map(_done_words, done(line.process, line.case, current.catalogue().processes)))


def _done_words(one: Done) -> str:
    language, by = current.language(), current.person_name(one.by)
    words = say("list.colon", language).join(filter(None, map(current.say_text, (one.step, one.outcome))))
    return f"{_moment(one.at)} {words}".lstrip() + (say("unit.beside", language, unit=by) if by else "")


def _moment(at: dt.datetime | None) -> str:
    """A moment on the clock of the site, as a spreadsheet sorts it."""
    return f"{at.astimezone(current.zone()):%Y-%m-%d %H:%M}" if at is not None else ""


def _cell(offer: FieldOffer) -> Cell:
    """A value as a spreadsheet takes it: numbers as numbers, days as days; everything else in words."""
    value = offer.value
    match offer.type:
        case "files" | "signature" if isinstance(value, list | tuple):
            return "\n".join(str(file.get("name") or "") for file in value)
        case "money" | "number":
            return _number(value)
        case "date":
            return str(value)[:10]
        case "datetime":
            return _stored_moment(str(value))
        case "text" if "." in offer.name:
            return attribute_says(offer.name.rpartition(".")[2], value)
        case _ if isinstance(value, bool):
            return say("yes" if value else "no", current.language())
        case _:
            return current.say_text(offer.display) or str(value)


def _number(value: Any) -> Cell:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return str(value)


def _stored_moment(value: str) -> str:
    try:
        return _moment(dt.datetime.fromisoformat(value))
    except ValueError:
        return value
