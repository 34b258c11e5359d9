"""The words and helpers that templates may use. Everything a template says to a person comes through here."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, request, url_for

from engine.authority import can
from engine.definition.texts import Text
from engine.offers import Button, FieldOffer
from engine.people import Person
from engine.refusals import in_either
from engine.writing import is_share
from web import attachments, current, doors, said, saying
from web.beside import attribute_label, attribute_says
from web.measured import readable_processes
from web.refusals import told_in_order
from web.words import say

MANY = 7
"""So many columns stand side by side only where they say something."""
MACROS = {
    "parts/icon.html": ("icon",),
    "parts/moment.html": ("moment", "ago", "due"),
    "parts/form.html": ("token", "once", "summary", "sure_of"),
    "parts/person.html": ("face", "badge"),
    "fields/_shown.html": ("value_of", "facts", "shown_table", "thumbnail", "unit_of"),
    "fields/_field.html": ("describedby", "show_field", "show_form"),
}


def furnish(app: Flask, versioned: Callable[[str], str]) -> None:
    """Hand templates their words."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        words=current.say_text,
        in_either=in_either,
        due=current.due,
        when=lambda m: saying.when(m, current.now(), current.zone(), current.language()),
        ago=lambda m: saying.ago(m, current.now(), current.zone(), current.language()),
        exact=lambda m: saying.exact(m, current.zone(), current.language()),
        instant=lambda m: saying.instant(m, current.zone(), current.language()),
        iso=lambda m: m.astimezone(dt.UTC).isoformat(timespec="seconds"),
        day=lambda v: saying.day(v, current.language()),
        month=lambda v: saying.month(v, current.language()),
        amount=lambda v: saying.amount(v, current.language()),
        money=current.money,
        number=lambda v: saying.number(v, current.language()),
        totals=saying.totals,
        size=lambda v: saying.size(int(v), current.language()),
        as_json=lambda v: json.dumps(v, ensure_ascii=False, indent=1, default=str),
    )
    app.jinja_env.globals.update(
        asset=lambda name: url_for("static", filename=name, v=versioned(name)),
        say=lambda key, **values: say(key, current.language(), **values),
        person=current.person_name,
        role=current.role_label,
        process=current.process_label,
        type_name=type_name,
        attribute=attribute_label,
        attribute_says=attribute_says,
        form_token=doors.form_token,
        file_address=attachments.address_of,
        now=current.now,
        away=away,
        shut_together=shut_together,
        told_in_order=told_in_order,
        silent_columns=silent_columns,
        near_records=lambda type, text: current.read(lambda screens: screens.look_up(type, text.strip()[:100], 4)),
        added_up=lambda columns: [c.name for c in columns if c.type == "money" or is_share(c)],
        currency=current.currency,
        reads_figures=lambda: bool(readable_processes()),
        may_enter_records=lambda: can(current.me(), "add_records"),
    )
    # Every page uses these few macros; as globals they need no import line in each template.
    for file, names in MACROS.items():
        module = app.jinja_env.get_template(file).module
        app.jinja_env.globals.update({name: getattr(module, name) for name in names})
    app.context_processor(_around_every_page)


def away(person: Person) -> str:
    """A few words after the name of somebody who is away, "" for everybody else."""
    absence = person.away_at(current.now())
    until = saying.instant(absence.until, current.zone(), current.language()) if absence else ""
    return say("away.mark", current.language(), until=until) if absence else ""


def shut_together(buttons: Sequence[Button]) -> Text:
    """Why none of several buttons may be pressed, where it is the same for all: said once. Else nothing."""
    reasons = {button.why_not for button in buttons}
    shut = len(buttons) > 1 and not any(button.allowed for button in buttons)
    return reasons.pop() if shut and len(reasons) == 1 else Text()


def silent_columns(offer: FieldOffer) -> list[FieldOffer]:
    """Of a table with many columns those in which no row says anything: they would crush the others."""
    if len(offer.columns) + bool(offer.rows) < MANY:
        return []
    return [c for c in offer.columns if all(row.get(c.name) in (None, "", []) for row in offer.value or ())]


def type_name(type: str, *, many: bool = False) -> str:
    """What a type of record is called."""
    key = f"record.{type}{'.many' if many else ''}"
    try:
        return say(key, current.language())
    except KeyError:
        return type.replace("_", " ").capitalize()


def _around_every_page() -> dict[str, Any]:
    signed = current.signed_in()
    me: Person | None = signed.person if signed else None
    return {
        "me": me,
        "language": current.language(),
        "said": said.sentence,
        "plain": doors.is_plain(),
        "may": lambda act: can(me, act),
        "here": request.path,
        "screen": request.blueprint or "",
    }
