"""What somebody may tell a case by hand: which news, what is asked for each, and what is still missing. Must not know what
the case makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.case import Case
from engine.confidential import hidden_fields
from engine.definition.compiled import Compiled, Handler, Step, matched_paths
from engine.definition.expressions import holds
from engine.definition.expressions.tree import And, Expression, IsSet, Path, walk
from engine.definition.texts import Text
from engine.facts import CaseFacts, choices_told
from engine.matching import rows_listening
from engine.offers import EventOffer, FieldOffer
from engine.people import Person, World
from engine.refusals import FormRefusal
from engine.subjects import mail_name
from engine.timely import after_now
from engine.who import has_role

MAIL_CAME_BACK = "mail.bounced"
"""The mail server tells it by itself; what lands in a mailbox hours later somebody enters, and says which mail it was."""

WHEN = "time"
"""Under this name news says when it happened."""


def news_by_hand(process: Compiled, case: Case, person: Person, world: World) -> Iterator[EventOffer]:
    """The events the case listens for now, but for those which other cases send by themselves."""
    if not case.is_open:
        return
    among_cases, hidden = _sent_by_cases(process), hidden_fields(process, case, person)
    for name, handler in heard_now(process, case.leaves).items():
        definition = process.events.get(name)
        if name in among_cases or (definition is not None and not definition.by_hand):
            continue
        label = definition.label if definition and definition.label else Text(name, name)
        needed = _needed(handler)
        fields = {
            key: replace(_data_field(process, key, kind), required=key in needed)
            for key, kind in (definition.data if definition else {}).items()
        }
        if name == MAIL_CAME_BACK:
            fields["template"] = _which_mail(process, case, world, handler)
            active = bool(fields["template"].choices)
        elif process.row_events.get(name) in hidden:  # its rows would be named to somebody who may not read them
            active = False
        elif name in process.row_events:
            which = _which_row(process, case, world, name, handler)
            fields = {which.name: which} | {key: field for key, field in fields.items() if key != which.name}
            active = bool(which.choices)
        else:
            active = _depends_on_words(handler) or _is_heard(handler, CaseFacts(process, case, world, heard=name))
        may = has_role(person, (*process.permissions.see, "owner", "starter"), case)
        why = Text() if active and may else Text("Not possible now.", "当前不可用。")
        yield EventOffer(name, label, tuple(fields.values()), active and may, why)


def news_fields(process: Compiled, event: str) -> tuple[FieldOffer, ...]:
    """What an event carries, each with its words and kind."""
    definition = process.events.get(event)
    return tuple(_data_field(process, key, kind) for key, kind in (definition.data if definition else {}).items())


def what_is_missing(
    process: Compiled, leaves: tuple[str, ...], name: str, values: Mapping[str, Any]
) -> FormRefusal | None:
    """The refusal of news in which something is empty that the case asks about; None when all of it is there."""
    handler = heard_now(process, leaves).get(name)
    definition = process.events.get(name)
    if handler is None or definition is None:
        return None
    needed = _needed(handler) | ({"template"} if name == MAIL_CAME_BACK else frozenset())
    labels = {key: _data_field(process, key, kind).label for key, kind in definition.data.items()}
    empty = [key for key in labels if key in needed and values.get(key) in (None, "", [])]
    sentences = {
        key: Text(f"Fill in '{labels[key].say('en')}'.", f"请填写“{labels[key].say('zh-Hans')}”。") for key in empty
    }
    return FormRefusal(sentences) if sentences else None


def not_yet(process: Compiled, name: str, values: Mapping[str, Any], now: dt.datetime) -> FormRefusal | None:
    """The refusal of news of something that is still to happen, told by somebody; carriers may be ahead of our clock."""
    definition = process.events.get(name)
    if definition is None or definition.data.get(WHEN) != "datetime":
        return None
    said, label = after_now(values.get(WHEN), now, process.site.timezone), _DATA[WHEN]
    return FormRefusal({WHEN: Text(f"{label.en}: {said.en}", f"“{label.zh}”{said.zh}")}) if said else None


def heard_now(process: Compiled, leaves: tuple[str, ...]) -> Mapping[str, Handler]:
    """What a case that is there listens for, by name; a step sooner than the case as a whole."""
    heard = dict(process.anytime)
    for leaf in leaves:
        for place in process.around(leaf) if leaf in process.steps else ():
            heard |= process.steps[place].events
    return heard


def _needed(handler: Handler) -> frozenset[str]:
    """What the news must carry: `when: event.text is set`. Of two that are joined by `or` either may be missing."""
    if handler.when is None:
        return frozenset()
    whole = handler.when.expression
    return frozenset(_told(whole.parts if isinstance(whole, And) else (whole,)))


def _depends_on_words(handler: Handler) -> bool:
    """Whether what is typed decides: then nobody can say before it is typed that the news is not heard."""
    return handler.when is not None and any(_told(walk(handler.when.expression)))


def _told(tests: Iterable[Expression]) -> Iterator[str]:
    """Of these tests those that something the news carries is there."""
    for test in tests:
        if isinstance(test, IsSet) and not test.negated and isinstance(test.subject, Path):
            names = test.subject.names
            if names[0] == "event" and len(names) > 1:
                yield names[1]


def _is_heard(handler: Handler, facts: CaseFacts) -> bool:
    return handler.when is None or holds(handler.when.expression, facts)


def _sent_by_cases(process: Compiled) -> frozenset[str]:
    """What cases of this kind tell each other: nobody enters it for them."""
    steps = process.steps.values()
    handlers = [*process.anytime.values(), *(handler for step in steps for handler in step.events.values())]
    done = [action for step in steps for action in _done_in(step)] + [a for handler in handlers for a in handler.do]
    return frozenset(action.target for action in done if action.word == "emit")


def _done_in(step: Step) -> Iterator[Any]:
    yield from (*step.do, *step.on_enter, *step.on_done)
    for outcome in step.outcomes.values():
        yield from outcome.do


def _which_row(process: Compiled, case: Case, world: World, event: str, handler: Handler) -> FieldOffer:
    """The question which row it is about, to be answered with one that waits for such news."""
    key = next(iter(matched_paths(process.events[event])))
    texts = dict.fromkeys(
        text
        for known_by, text, row in rows_listening(process, case, event)
        if known_by == key and _is_heard(handler, CaseFacts(process, case, world, heard=event, row=row))
    )
    choices = tuple((text, Text(text, text)) for text in texts)
    return replace(_data_field(process, key, "choice"), required=True, choices=choices)


def _which_mail(process: Compiled, case: Case, world: World, handler: Handler) -> FieldOffer:
    """The question which mail it was, to be answered with one of those to customers that the case does something about."""
    acted_on = {
        id: mail_name(process, id) or Text(id, id)
        for id, mail in process.mails.items()
        if not _is_for_staff(process, mail.to)
        and _is_heard(handler, CaseFacts(process, case, world, event={"template": id}, heard=MAIL_CAME_BACK))
    }
    return replace(_data_field(process, "template", "choice"), required=True, choices=tuple(acted_on.items()))


def _is_for_staff(process: Compiled, to: str) -> bool:
    """Whether a mail is written to people who work here: to a role, to somebody of the case, or to whom a field names."""
    field = process.fields.get(to)
    return to in process.site.roles or to in ("owner", "starter") or (field is not None and field.type == "user")


def _spelt_out(name: str) -> str:
    """What has no words of its own, such as a mail whose whole subject a person writes, is called by its name in the file."""
    return name.replace("_", " ").capitalize()


def _data_field(process: Compiled, name: str, kind: str) -> FieldOffer:
    """One thing the news carries. It is called as people say it, else as the field of that name is called."""
    if choices := choices_told(process, kind):
        label = process.fields[kind].label
        return FieldOffer(name, "choice", label, Text(), False, False, True, None, Text(), tuple(choices.items()))
    field = process.fields.get(name)
    label = _DATA.get(name) or (field.label if field else None) or Text(_spelt_out(name), name)
    latest = "now" if (name, kind) == (WHEN, "datetime") else ""
    return FieldOffer(name, kind, label, Text(), False, False, True, None, Text(), not_after=latest)


_DATA = {
    "text": Text("What was said", "客户原话"),
    "place": Text("Place", "地点"),
    "time": Text("Time", "时间"),
    "reason": Text("Reason", "原因"),
    "kind": Text("Kind", "类别"),
    "number": Text("Number", "编号"),
    "to": Text("Mail address", "收件地址"),
    "template": Text("Mail", "邮件"),
    "old": Text("Old serial number", "原序列号"),
    "new": Text("New serial number", "新序列号"),
    "tracking_no": Text("Tracking number", "快递单号"),
}
