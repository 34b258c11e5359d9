"""The timeline of a case in sentences: who did what when. Reads history rows; knows nothing of how they came to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.cases_named import numbers_in
from engine.definition.compiled import Compiled
from engine.definition.model import FieldDef
from engine.screen_rows import HistoryRow
from web.changed_rows import ChangedTable, changed_table
from web.followed import Teller
from web.words import CATALOGUE, say

DRAWINGS = {
    "started": "plus",
    "opened_beside": "plus",
    "completed": "check",
    "claimed": "hand",
    "released": "back",
    "reassigned": "swap",
    "waived": "swap",
    "paused": "pause",
    "resumed": "play",
    "arrived": "signal",
    "rang": "bell",
    "commented": "note",
    "draft_edited": "draft",
    "cancelled": "cross",
    "reopened": "back",
    "moved": "branch",
    "owner_changed": "person",
    "child_ended": "branch",
    "child_opened": "branch",
    "child_reopened": "branch",
    "child_reopened_alone": "branch",
    "reopened_alone": "branch",
    "heard_too_late": "signal",
    "same_again": "branch",
    "handed_on": "person",
    "answered": "check",
    "failed": "alert",
    "tried_again": "back",
    "bounced": "mail",
    "migrated": "up",
}
BEYOND_THE_CASE = frozenset({"claimed", "released", "draft_edited"})
"""Small news: shown, but pale."""
NOTHING_HAPPENED = frozenset({"passed_over"})
"""Kept, but no news: a row of a ladder whose `if` did not hold when its time had come."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that became something else; of a table the rows that did."""

    label: str
    old: str
    new: str
    table: ChangedTable | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `what` in words, `quote` what somebody wrote, `changes` folded below."""

    at: dt.datetime
    by: str | None
    drawing: str
    what: str
    step: str
    quote: str
    notes: tuple[str, ...]
    changes: tuple[Change, ...]
    files: tuple[Mapping[str, Any], ...]
    small: bool


def timeline(rows: Sequence[HistoryRow], process: Compiled | None, teller: Teller) -> list[Entry]:
    """The whole timeline, newest first."""
    return [_entry(row, process, teller) for row in reversed(news(rows))]


def news(rows: Sequence[HistoryRow]) -> list[HistoryRow]:
    """Those that the timeline tells."""
    return [row for row in rows if row.kind not in NOTHING_HAPPENED]


def _entry(row: HistoryRow, process: Compiled | None, teller: Teller) -> Entry:
    details = row.details
    quote = str(details.get("text") or details.get("comment") or details.get("reason") or _told(row, process))
    return Entry(
        at=row.at,
        by=row.by,
        drawing=DRAWINGS.get(row.kind, "clock"),
        what=_what(row, process, teller),
        step=teller.step(row.step) if row.step else "",
        quote=quote,
        notes=(*_news(details, quote, teller), *_consequences(row, teller), *_cases_named(details, process, teller)),
        changes=tuple(_changes(details.get("changes"), process, teller)),
        files=tuple(f for f in details.get("files") or () if isinstance(f, Mapping)),
        small=row.kind in BEYOND_THE_CASE,
    )


def _news(details: Mapping[str, Any], quote: str, teller: Teller) -> Iterable[str]:
    """What a person entered, but for what is quoted anyway."""
    said = {name: value for name, value in (details.get("news") or {}).items() if str(value) != quote}
    return teller.news(str(details.get("event") or ""), said)


def _consequences(row: HistoryRow, teller: Teller) -> Iterable[str]:
    """What followed; of a mail that came back which it was, and from where."""
    if row.kind != "bounced":
        return teller.sentences(row.details)
    mail, to = str(row.details.get("subject") or ""), str(row.details.get("to") or "")
    about = say("history.bounced_mail", teller.language, mail=mail, to=to)
    return (about, *teller.sentences({key: value for key, value in row.details.items() if key != "to"}))


def _cases_named(details: Mapping[str, Any], process: Compiled | None, teller: Teller) -> Iterable[str]:
    """Other cases whose numbers were written down then: not to be looked for among the changes."""
    changes = details.get("changes")
    if process is None or not isinstance(changes, Mapping):
        return ()
    pairs = {name: pair for name, pair in changes.items() if isinstance(pair, list | tuple) and len(pair) == 2}
    old, new = (set(numbers_in(process.fields, {name: pair[n] for name, pair in pairs.items()})) for n in (0, 1))
    return teller.sentences({"beside": sorted(number for _, number in new - old)})


def _told(row: HistoryRow, process: Compiled | None) -> str:
    """What somebody outside said, where an event has brought it: not to be looked for among the changes."""
    changes = row.details.get("changes")
    if row.kind != "arrived" or process is None or not isinstance(changes, Mapping):
        return ""
    words = (
        pair[-1] for name, pair in changes.items() if name in process.fields and _is_long(process.fields[name], pair)
    )
    return "\n".join(str(text) for text in words if text)


def _is_long(field: FieldDef, pair: Any) -> bool:
    return field.type == "long_text" and isinstance(pair, list | tuple) and len(pair) == 2


def _what(row: HistoryRow, process: Compiled | None, teller: Teller) -> str:
    language, key = teller.language, f"history.{_kind(row)}"
    sentence = say(key, language) if key in CATALOGUE else row.kind.replace("_", " ")
    outcome = str(row.details.get("outcome") or "")
    if outcome and outcome != "done":
        return f"{sentence}{say('list.colon', language)}{_outcome_label(row, outcome, process, language)}"
    if name := str(row.details.get("event") or ""):
        return f"{sentence}{say('list.colon', language)}{teller.event(name)}"
    return sentence


def _kind(row: HistoryRow) -> str:
    """An event that a person brought was not just heard."""
    if row.kind != "arrived" or row.by is None:
        return row.kind
    return "entered" if row.details.get("source") == "staff" else "assigned"


def _outcome_label(row: HistoryRow, outcome: str, process: Compiled | None, language: str) -> str:
    if outcome == "sent" and row.details.get("told"):
        return say("history.told_otherwise", language)
    if f"escalation.{outcome}" in CATALOGUE:
        return say(f"escalation.{outcome}", language)
    step = process.steps.get(row.step) if process else None
    found = step.outcomes.get(outcome) if step else None
    return found.label.say(language) or outcome if found else outcome


def _changes(changes: Any, process: Compiled | None, teller: Teller) -> Iterable[Change]:
    if not isinstance(changes, Mapping):
        return
    language = teller.language
    for name, pair in changes.items():
        field = process.fields.get(name) if process else None
        old, new = pair if isinstance(pair, list | tuple) and len(pair) == 2 else (None, pair)
        label = field.label.say(language) if field else name
        if field is not None and field.type == "table":
            yield Change(label, "", "", changed_table(field, old, new, language, teller.value))
        else:
            yield Change(label, _value(field, old, teller), _value(field, new, teller))


def _value(field: FieldDef | None, value: Any, teller: Teller) -> str:
    match value:
        case None | "":
            return "–"
        case list() | tuple():
            return say("list.comma", teller.language).join(_value(field, v, teller) for v in value)
        case Mapping():
            return str(value.get("name") or value.get("label") or value.get("id") or "…")
    return teller.value(field, value)
