"""Texts as the reader gets them: `{{ name }}` filled with facts, choices by their label, money and dates by locale.

Rendered by Jinja's immutable sandbox over plain texts only; which names a template may use is checked before publishing.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.definition.compiled import Compiled
from engine.definition.model import Column, FieldDef
from engine.definition.texts import Text
from engine.empty_lines import without_empty_lines
from engine.facts import EARLIER, CaseFacts, RowFacts
from engine.offers import FieldOffer
from engine.record_words import attribute_at
from engine.rows import row_label

Columns = Mapping[str, Sequence[str]]
"""By table, the columns that are told; of any other table all."""
MOST_CHARACTERS = 200_000
NAME = re.compile(r"\{\{\s*([A-Za-z_][\w.]*)\s*\}\}")
_ONE_ADDRESS = re.compile(r"[^@\s,;:<>()\[\]\\\"]+@[^@\s,;:<>()\[\]\\\"]+\.[^@\s,;:<>()\[\]\\\"]+")
_sandbox = ImmutableSandboxedEnvironment(autoescape=False)


def is_one_address(text: str) -> bool:
    """Whether a text is exactly one plausible mail address."""
    return text.isprintable() and bool(_ONE_ADDRESS.fullmatch(text.strip()))


def fill(
    text: str,
    process: Compiled,
    facts: CaseFacts,
    language: str,
    columns: Columns = MappingProxyType({}),
    *,
    abroad: bool = False,
) -> str:
    """A template with its names filled in words; what is missing is left empty, with the label of its line. `columns`: of a
    table only these are told. Who may read it `abroad` is told by whose clock a time of day is."""
    said: dict[str, str] = {}
    for name in NAME.findall(text):
        path = tuple(name.split("."))
        said[name], value = words_of(process, path, facts, language, columns), facts.value(path)
        if abroad and isinstance(value, dt.datetime):
            said[name] += f" ({clock_in_words(value, process.site.timezone)})"
    found: dict[str, Any] = {}
    for name, words in said.items():
        _put(found, tuple(name.split(".")), words)
    whole = without_empty_lines(text, said) if "\n" in text else text
    seams = _BLANK_BESIDE_A_NAME.sub(_BLANK, _STOP_AFTER_A_NAME.sub(rf"\1{_SEAM}\2", whole))
    rendered = _BLANK_IN_CHINESE.sub("", _compiled(seams).render(found)).replace(_BLANK, " ")
    return _TWO_STOPS.sub(r"\1", rendered).replace(_SEAM, "")[:MOST_CHARACTERS]


_SEAM = "\x00"  # where a name's words end and the template's full stop follows: what people wrote may have its own
_STOP_AFTER_A_NAME = re.compile(r"(\{\{[^{}]*\}\})([.。])")
_BLANK = "\x01"  # sets a name off from Chinese words; where it turns out to be Chinese itself, none is written
_BLANK_BESIDE_A_NAME = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\{\{)|(?<=\}\}) (?=[\u4e00-\u9fff])")
_BLANK_IN_CHINESE = re.compile(rf"(?<=[\u4e00-\u9fff]){_BLANK}(?=[\u4e00-\u9fff])")
_TWO_STOPS = re.compile(rf"([.。!！?？]){_SEAM}[.。]")


@lru_cache(maxsize=1024)
def _compiled(text: str) -> Template:
    return _sandbox.from_string(text)


def _put(found: dict[str, Any], path: tuple[str, ...], words: str) -> None:
    """`customer.contact` may stand beside `customer`: a name that is both shows its own words."""
    for part in path[:-1]:
        inner = found.get(part)
        if not isinstance(inner, _Words):
            inner = found[part] = _Words(inner if isinstance(inner, str) else "")
        found = inner
    last = found.get(path[-1])
    if isinstance(last, _Words):
        last.own = words
    else:
        found[path[-1]] = words


class _Words(dict[str, Any]):
    """A record in a template: its own words, and its attributes."""

    def __init__(self, own: str) -> None:
        super().__init__()
        self.own = own

    def __str__(self) -> str:
        return self.own


def words_of(
    process: Compiled, path: tuple[str, ...], facts: CaseFacts, language: str, columns: Columns = MappingProxyType({})
) -> str:
    """What a name of a form or mail says, in words: a table row by row, people by their names, of the earlier case about
    the same what was entered there."""
    if path[0] == "earlier" and process.alike and len(path) > 1 and path[1] not in EARLIER:
        earlier = facts.of_earlier()
        return words_of(process, path[1:], earlier, language, columns) if earlier is not None else ""
    field, value = process.fields.get(path[0]), facts.value(path)
    if field is not None and field.type == "table":
        return table_in_words(process, path[0], facts, language, columns.get(path[0], ()))
    if field is not None and _is_a_person(process, field, path[1:]):
        value = facts.value((*path, "name")) or value
    return in_words(process, path, value, language)


def _is_a_person(process: Compiled, field: FieldDef, rest: tuple[str, ...]) -> bool:
    """Whether a field, or what is said of the record it names, is somebody who works here."""
    kind = field.type if field.type != "record" else field.of or ""
    for attribute in rest:
        record = process.site.records.get(kind)
        kind = record.attributes.get(attribute, "text") if record else "text"
    return kind == "user"


def in_words(process: Compiled, path: tuple[str, ...], value: Any, language: str) -> str:
    """A value as people read it: a choice by its label, yes or no, money with two places, dates by language."""
    if path[0] == "earlier" and process.alike and len(path) == 2 and path[1] not in EARLIER:
        path = path[1:]
    field = process.fields.get(path[0]) if len(path) == 1 else None
    kept = attribute_at(process, path) if len(path) > 1 else None
    if kept is not None and kept.choices and isinstance(value, str) and value in kept.choices:
        return kept.choices[value].say(language)
    return _value_in_words(process, field, value, language)


def _value_in_words(process: Compiled, field: FieldDef | Column | None, value: Any, language: str) -> str:
    chinese = language.startswith("zh")
    if value is None:
        return ""
    if field and field.choices and field.type in ("choice", "choices"):
        chosen = (value,) if isinstance(value, str) else value
        labels = [field.choices[c].say(language) if c in field.choices else str(c) for c in chosen]
        return ("、" if chinese else ", ").join(labels)
    match value:
        case bool():
            return ("是" if value else "否") if chinese else ("yes" if value else "no")
        case Decimal():
            return money_in_words(value, process.site.currency, language) if _is_money(field) else f"{value:f}"
        case dt.datetime():
            return moment_in_words(value, process.site.timezone, language)
        case dt.date():
            return day_in_words(value, language)
        case Mapping():
            words = value.get("name") or value.get("number") or value.get("key") or value.get("code") or ""
            return str(words)
        case tuple() | list():
            return ("、" if chinese else ", ").join(str(part) for part in value)
        case _:
            return str(value)


def cells_in_words(process: Compiled, name: str, facts: CaseFacts) -> tuple[tuple[Text, ...], ...]:
    """Every cell of a table as people read it, row by row, in the order of the columns."""
    columns = process.fields[name].columns or {}
    return tuple(
        tuple(
            Text(*(_cell(process, row, id, column, language) for language in ("en", "zh-Hans")))
            for id, column in columns.items()
        )
        for row in facts.rows(name)
    )


def table_in_words(process: Compiled, name: str, facts: CaseFacts, language: str, only: Sequence[str] = ()) -> str:
    """A table as people read it: one line a row that holds something, with a label where a value does not speak for itself.
    `only`: these columns, if not all."""
    field, lines = process.fields[name], []
    for position, row in enumerate(facts.rows(name)):
        words = {id: _cell(process, row, id, column, language) for id, column in (field.columns or {}).items()}
        filled = {id: said for id, said in words.items() if said and (not only or id in only)}
        if field.rows and filled:
            lines.append(
                f"{row_label(field, position).say(language)}{_colon(language)}{_labelled(field, filled, language)}"
            )
        elif filled:
            lines.append(row_in_words(field.columns or {}, filled, language))
    return "\n".join(lines)


def _labelled(field: FieldDef, words: Mapping[str, str], language: str) -> str:
    """Of a row that has its own name every value says what it is."""
    columns = field.columns or {}
    cells = (f"{columns[id].label.say(language)}{_colon(language)}{said}" for id, said in words.items())
    return ("，" if language.startswith("zh") else ", ").join(cells)


def row_in_words(columns: Mapping[str, Column], words: Mapping[str, str], language: str) -> str:
    """The cells of a row as one line. The first text, record, person and moment, every choice and one amount of money say
    what they are; what follows of their kind, and numbers, go with their label. With a quantity it reads like a line of
    a quotation: Check at your place (labour) × 1, 300.00."""
    comma, told, seen = ("，" if language.startswith("zh") else ", "), [], set[str]()
    amounts = [id for id in words if columns[id].type == "money"]
    for id, said in words.items():
        column = columns[id]
        kind = _SPEAKING.get(column.type, "")
        if id == QUANTITY or amounts == [id]:
            continue
        if is_share(column):
            told.append((kind, f"{said}%" if language.startswith("zh") else f"{said} %"))
        elif column.type in ("choice", "choices") or (kind and kind not in seen):
            told.append((column.type, said))
            seen.add(kind)
        else:
            told.append(("", f"{column.label.say(language)}{_colon(language)}{said}"))
    line = _line_of_a_quotation(told, words[QUANTITY], comma, language) if QUANTITY in words and told else None
    if line is None:
        quantity = words.get(QUANTITY)
        told += [("", f"{columns[QUANTITY].label.say(language)}{_colon(language)}{quantity}")] if quantity else []
        line = comma.join(said for _, said in told)
    wide = "\u3000" if language.startswith("zh") else comma
    return wide.join(part for part in (line, *(words[id] for id in amounts[:1] if len(amounts) == 1)) if part)


QUANTITY = "quantity"
"""A column of this name counts what the row names."""
_SPEAKING = {
    "text": "text",
    "long_text": "text",
    "record": "record",
    "case": "record",
    "user": "user",
    "date": "moment",
}
_SPEAKING |= {"datetime": "moment", "phone": "phone", "email": "email"}


def is_share(column: Column | FieldOffer) -> bool:
    """Whether a number is a percentage: its label says so."""
    return column.type == "number" and any(sign in f"{column.label.en}{column.label.zh}" for sign in ("%", "％"))


def _line_of_a_quotation(told: list[tuple[str, str]], quantity: str, comma: str, language: str) -> str | None:
    """What it is, of which kind, and how many of it; None when nothing names it."""
    named = next((n for n, (kind, _) in enumerate(told) if kind in ("text", "long_text", "record")), None)
    if named is None:
        return None
    kinds = [said for kind, said in told if kind in ("choice", "choices")]
    rest = [said for n, (kind, said) in enumerate(told) if n != named and kind not in ("choice", "choices")]
    opened, closed = ("（", "）") if language.startswith("zh") else (" (", ") ")
    of_kind = f"{opened}{comma.join(kinds)}{closed}" if kinds else " "
    return comma.join([f"{told[named][1]}{of_kind}× {quantity}", *rest])


def _colon(language: str) -> str:
    return "：" if language.startswith("zh") else ": "


def _cell(process: Compiled, row: RowFacts, name: str, column: Column, language: str) -> str:
    value = row.own((name,))
    if column.type == "user":
        value = row.own((name, "name")) or value
    return _value_in_words(process, column, value, language)


def _is_money(field: FieldDef | Column | None) -> bool:
    return field is not None and field.type == "money"


def money_in_words(amount: Decimal, currency: Text, language: str) -> str:
    """An amount with two places and the currency of the site: a sign stands before it, a word behind."""
    return with_currency(f"{amount:,.2f}", currency.say(language))


def with_currency(amount: str, currency: str) -> str:
    """An amount that is written already, with its currency."""
    if not currency:
        return amount
    return f"{currency}{amount}" if unicodedata.category(currency[-1]) == "Sc" else f"{amount} {currency}"


def day_in_words(day: dt.date, language: str) -> str:
    """A day as people read it."""
    return f"{day.year}年{day.month}月{day.day}日" if language.startswith("zh") else f"{day.day} {day:%B %Y}"


def clock_in_words(at: dt.datetime, zone: str) -> str:
    """Whose clock a moment is read on: Shanghai time, UTC+8."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or dt.timedelta()
    hours, minutes = divmod(int(abs(offset).total_seconds()) // 60, 60)
    sign = "-" if offset < dt.timedelta() else "+"
    utc = f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "") if offset else "UTC"
    place = zone.rpartition("/")[2].replace("_", " ")
    return utc if place == "UTC" else f"{place} time, {utc}"


def moment_in_words(at: dt.datetime, zone: str, language: str) -> str:
    """A moment on the site's clock."""
    local = at.astimezone(ZoneInfo(zone))
    if language.startswith("zh"):
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return f"{local.day} {local:%B %Y, %H:%M}"
