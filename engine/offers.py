"""What a person is offered on a task or a case: the form, the buttons, and why a button may not be pressed.

Pages and the API show these; `decide` asks the same questions again when a button is pressed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.case import MailText
from engine.definition.texts import Text


@dataclass(frozen=True, slots=True)
class FieldOffer:
    """One field of a form. `value` is a JSON value (a default or what is stored); `display` is it in words.

    `required_if` / `show_if` are conditions as text: the server decides, a script may only improve the page.
    `known` says what they ask of things that are not on the form.
    `of` is the record type of a look-up (of a case its processes, parted by commas), `role` whose people may
    be picked (several parted by commas), but for those whom the process would refuse afterwards (`not_these`).
    `not_before`, `not_after` (`now`, `today`) bound a day or moment that is entered anew. `goes_out` says so where the words
    stand as they are typed in a mail to the customer.

    A table (`type` "table") carries its `columns` as offers of their own (no value; `required` for every row unless a
    `required_if` stands there; `value` of a column is its plain default) and its fixed `rows` as (id, label): none of them
    means that rows may be added and taken away, `min` to `max` of them. `value` is then a list of objects
    {column: JSON value} (a fixed row with its id under "row", always all rows), and `cells` holds the same in words: one
    tuple for each row, one text for each column. Mistakes in a cell are keyed `name.2.column`, `name.<fixed row>.column`.
    `numbered`: the form offers only some columns of a table without fixed rows; each row then has its number from 1 under
    "row", a new one 0, and what is entered says it back, so that the other cells stay with their row.
    """

    name: str
    type: str
    label: Text
    help: Text
    required: bool
    read_only: bool
    visible: bool
    value: Any
    display: Text
    choices: tuple[tuple[str, Text], ...] = ()
    of: str = ""
    role: str = ""
    not_these: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    not_before: str = ""
    not_after: str = ""
    pattern: str = ""
    accept: tuple[str, ...] = ()
    required_if: str = ""
    show_if: str = ""
    known: tuple[tuple[str, str], ...] = ()
    goes_out: Text = Text()
    columns: tuple[FieldOffer, ...] = ()
    rows: tuple[tuple[str, Text], ...] = ()
    cells: tuple[tuple[Text, ...], ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that stand together under a heading; the one without a label holds those that no heading claims."""

    label: Text
    help: Text
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """Something that can be pressed. When `allowed` is False, `why_not` says why and who can."""

    name: str
    label: Text
    help: Text = Text()
    allowed: bool = True
    why_not: Text = Text()
    skip_form: bool = False
    needs: tuple[Text, ...] = ()
    """What this button needs beside what the form asks of all."""
    primary: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """A coming row of a task's or case's ladder: when, and what happens then, in words."""

    at: dt.datetime | None
    what: Text
    passed: bool = False


@dataclass(frozen=True, slots=True)
class TaskOffer:
    """A task for one person: what to do, what is shown and asked, and which buttons there are.

    `acts` are claim, release, pause, resume, reassign (in this order, those that make sense now). `groups` name every
    field of `asked` once, in the order to show them; empty when the form has no headings. `waivable` are the people kept
    from it by four eyes whom this person may let do it all the same, by reassigning it with a reason. `seen` says for each
    table that is asked in which state it is offered: whoever completes the task hands it back.
    """

    task: str
    kind: str
    title: Text
    help: Text
    visit: int
    shown: tuple[FieldOffer, ...]
    asked: tuple[FieldOffer, ...]
    outcomes: tuple[Button, ...]
    acts: tuple[Button, ...]
    ladder: tuple[Rung, ...]
    urgent: Text = Text()
    """What makes its case urgent and whom to call, as its process words it; empty while it can wait."""
    mail: MailText | None = None
    may_edit_mail: bool = False
    ways_to_tell: Mapping[str, Text] = field(default_factory=dict)
    """How else the customer may be told, while the mail has no address."""
    on_record: str = ""
    """The address that is known of who reads the mail, whatever stands in the draft."""
    groups: tuple[FieldGroup, ...] = ()
    waivable: tuple[str, ...] = ()
    stands_for: tuple[Text, ...] = ()
    """What its clock stands still for: the steps the case is in beside it."""
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepPlace:
    """A step the case is in now: its label, who it waits for, until when."""

    path: str
    label: Text
    waits_for: Text
    since: dt.datetime | None
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class EventOffer:
    """An event a member of staff may enter by hand on the case, with the values it carries."""

    name: str
    label: Text
    fields: tuple[FieldOffer, ...]
    allowed: bool
    why_not: Text = Text()


@dataclass(frozen=True, slots=True)
class CaseOffer:
    """A case for one person: where it is, the customer's strip of milestones, and what may be done with it.

    `milestones`: id, label, and whether it is behind ("done", or "skipped" on another way), "now" or still "ahead".
    `acts` are cancel, reopen, move, change_owner, comment; `targets` are the steps a move by hand may name.
    """

    places: tuple[StepPlace, ...]
    milestones: tuple[tuple[str, Text, str], ...]
    fields: tuple[FieldOffer, ...]
    acts: tuple[Button, ...]
    events: tuple[EventOffer, ...]
    targets: tuple[tuple[str, Text], ...]
    ladder: tuple[Rung, ...]
    category: str
    state: Text
    something_new: Text = Text()
    """Of an ended case: who opens it again when something new is heard."""


@dataclass(frozen=True, slots=True)
class StartOffer:
    """The start form of a process for one person; `groups` as those of a task. `earlier` is an alike case, if one is known."""

    process: str
    label: Text
    about: Text
    fields: tuple[FieldOffer, ...]
    allowed: bool
    why_not: Text = Text()
    groups: tuple[FieldGroup, ...] = ()
    earlier: Mapping[str, Any] | None = None
