"""What somebody may not read of a case they see: fields with `visible_to`, wherever their values were written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.case import Case
from engine.definition.compiled import Compiled
from engine.draft import Draft
from engine.people import Person
from engine.screen_rows import HistoryRow
from engine.who import has_role
from engine.writing import NAME

WRITTEN_DOWN = ("changes", "values", "news")
"""Where a history row holds values of fields by their names."""


def hidden_fields(process: Compiled, case: Case, person: Person) -> frozenset[str]:
    """The fields of this case whose values are not for this person."""
    return frozenset(name for name in process.fields if is_hidden(process, case, name, person))


def is_hidden(process: Compiled, case: Case | Draft, name: str, person: Person) -> bool:
    """Whether this one field is not for this person to read."""
    field = process.fields.get(name)
    return field is not None and bool(field.visible_to) and not has_role(person, field.visible_to or (), case)


def may_read_mail(process: Compiled, case: Case | Draft, template: str, person: Person) -> bool:
    """Whether nothing that a mail is filled with is hidden from this person: what it says is said by those fields."""
    mail = process.mails.get(template)
    texts = (text for said in (mail.subject, mail.body) for text in (said.en, said.zh)) if mail is not None else ()
    named = {name.partition(".")[0] for text in texts for name in NAME.findall(text)}
    return not any(is_hidden(process, case, name, person) for name in named)


def left_alone(
    process: Compiled, case: Case | Draft, values: Mapping[str, Any], person: Person | None
) -> dict[str, Any]:
    """What a person brought to a form: an empty box that hides what stands there takes nothing away."""
    if person is None:
        return dict(values)
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", []) or not is_hidden(process, case, name, person)
    }


def readable_history(
    rows: Iterable[HistoryRow], process: Compiled, case: Case, person: Person
) -> tuple[HistoryRow, ...]:
    """The same rows without the values that are not for this person."""
    hidden = hidden_fields(process, case, person)

    def letters(told: Any) -> Any:
        """How a customer was told without a mail: what the mail would have said is for who may read it."""
        may = may_read_mail(process, case, str(told.get("template", "")), person)
        return told if may else {name: value for name, value in told.items() if name not in ("subject", "body")}

    def readable(row: HistoryRow) -> HistoryRow:
        details = _without(row.details, hidden, letters)
        if "news" in details and hidden & written_by(process, str(details.get("event", ""))):
            details["news"] = {}
        return replace(row, details=details)

    return tuple(readable(row) if hidden else row for row in rows)


def written_by(process: Compiled, event: str) -> frozenset[str]:
    """The fields into which news of this name may be written by some step: who may not read them may not read the news."""
    heard = (process.anytime.get(event), *(step.events.get(event) for step in process.steps.values()))
    actions = [action for handler in heard if handler is not None for action in handler.do]
    fields = {name.partition(".")[0] for action in actions if action.word == "set" for name, _ in action.values}
    tables = {action.target for action in actions if action.word in ("add_row", "set_rows")}
    return frozenset(fields | tables | {process.row_events.get(event, "")})


def _without(details: Mapping[str, Any], hidden: frozenset[str], letters: Callable[[Any], Any]) -> dict[str, Any]:
    def kept(values: Any) -> Any:
        return {n: v for n, v in values.items() if n not in hidden} if isinstance(values, Mapping) else values

    found = {key: kept(value) if key in WRITTEN_DOWN else value for key, value in details.items()}
    told = [letters(each) for each in found.get("told", ())]
    if told and told != found["told"]:  # the proof is a copy of that very letter
        found["files"] = []
    return found | ({"told": told} if told else {})
