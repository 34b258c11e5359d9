"""A process, library or site file exactly as its author may write it, with the shorthands spelled out.

This is the grammar of the language and nothing more: whether a name exists or a path ends is asked by `engine.checks`.
Conditions, durations, moments and rules stay text here; `compiled` parses them once and knows their place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from engine.definition.texts import LANGUAGES, Text

RESERVED = frozenset(
    [
        "join",
        "start",
        "case",
        "event",
        "today",
        "now",
        "owner",
        "starter",
        "assignee",
        "due",
        "entry",
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
        "and",
        "or",
        "not",
        "is",
        "in",
        "if",
        "else",
        "set",
    ]
)
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_EVENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\Z")


def _id(value: str) -> str:
    if not _ID.match(value):
        raise PydanticCustomError("bad_id", "bad id", {"id": value})
    if len(value) > 40:
        raise PydanticCustomError("long_id", "id too long", {"id": value})
    if value in RESERVED:
        raise PydanticCustomError("reserved_id", "reserved id", {"id": value})
    return value


def _event_name(value: str) -> str:
    if not _EVENT.match(value) or len(value) > 80:
        raise PydanticCustomError("bad_id", "bad id", {"id": value})
    return value


def _bilingual(value: Any, info: ValidationInfo) -> Text:
    """`English | 中文` in the site's language order (from the validation context), or `{en: …, zh-Hans: …}`."""
    if isinstance(value, Text):
        return value
    if isinstance(value, Mapping):
        if not value or not set(value) <= set(LANGUAGES) or not all(isinstance(v, str) for v in value.values()):
            raise PydanticCustomError("bad_text", "bad text", {"languages": ", ".join(LANGUAGES)})
        return Text(str(value.get("en", "")).strip(), str(value.get("zh-Hans", "")).strip())
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        raise PydanticCustomError("bad_text", "bad text", {"languages": ", ".join(LANGUAGES)})
    first, _, second = (part.strip() for part in str(value).partition(" | "))
    order = tuple((info.context or {}).get("languages", LANGUAGES))
    return Text(second, first) if order[:1] == ("zh-Hans",) else Text(first, second)


def _scalar_text(value: Any) -> Any:
    """Numbers, dates and flags that an author wrote where a text is wanted become that text again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float | dt.date) else value


def _several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


Id = Annotated[str, AfterValidator(_id)]
EventName = Annotated[str, AfterValidator(_event_name)]
Words = Annotated[str, BeforeValidator(_scalar_text), Field(min_length=1)]
Condition = Annotated[str, BeforeValidator(_scalar_text), Field(min_length=1)]
Flag = Annotated[bool, Field(strict=True)]  # true or false: a lax bool would take "yes", "1" and "on" as well
Several = Annotated[tuple[Words, ...], BeforeValidator(_several)]
Bilingual = Annotated[
    Text,
    PlainValidator(_bilingual),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "string", "description": "English | 中文"},
                {
                    "type": "object",
                    "properties": {language: {"type": "string"} for language in LANGUAGES},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class Part(BaseModel):
    """Everything in a file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, strict=False)


# -- choosing ---------------------------------------------------------------------------------------------------------


class Row(Part):
    """One row of a choice: `{when: condition, then: x}` or `{otherwise: x}`."""

    when: Condition | None = None
    then: Several | None = None
    otherwise: Several | None = None

    @model_validator(mode="after")
    def _either_when_then_or_otherwise(self) -> Self:
        if (self.otherwise is None) != (self.when is not None and self.then is not None) or (
            self.otherwise is not None and (self.when is not None or self.then is not None)
        ):
            raise PydanticCustomError("bad_row", "bad row", {})
        return self

    @property
    def chosen(self) -> tuple[str, ...]:
        """What this row chooses: one name, or several where a list is allowed (roles)."""
        return self.then if self.then is not None else self.otherwise or ()


def _rows(value: Any) -> Any:
    """`x`, `[x, y]` (several roles) or a list of rows all become rows."""
    if isinstance(value, list | tuple):
        if any(isinstance(row, Mapping | Row) for row in value):
            return tuple(value)
        return (Row(otherwise=tuple(_scalar_text(v) for v in value)),) if value else ()
    if isinstance(value, Mapping):
        return (value,)
    return (Row(otherwise=(_scalar_text(value),)),) if isinstance(value, str | int | float | dt.date) else value


Choosing = Annotated[tuple[Row, ...], BeforeValidator(_rows), Field(min_length=1)]


# -- vocabulary -------------------------------------------------------------------------------------------------------

FieldType = Literal[
    "text", "long_text", "number", "money", "yes_no", "choice", "choices", "date", "datetime", "email", "phone",
    "user", "record", "files", "signature", "table",
]  # fmt: skip
FILE_TYPES = frozenset({"files", "signature"})
"""Types whose value is a list of files; a signature is one picture, drawn or photographed."""
ColumnType = Literal[
    "text", "long_text", "number", "money", "yes_no", "choice", "date", "datetime", "email", "phone", "user", "record",
]  # fmt: skip


class Column(Part):
    """One column of a table field. A cell is required unless the column is `optional` or its `required_if` does not hold;
    that condition speaks of the columns of the same row first, then of the fields of the case."""

    type: ColumnType
    label: Bilingual
    help: Bilingual | None = None
    of: str | None = None
    role: str | None = None
    choices: dict[Id, Bilingual] | None = None
    min: float | None = None
    max: float | None = None
    pattern: Words | None = None
    default: Any = None
    required_if: Condition | None = None
    optional: Flag = False

    def as_field(self) -> FieldDef:
        """The same as a field, so that a cell is read, checked and shown like any other value."""
        return FieldDef(
            type=self.type,
            label=self.label,
            help=self.help,
            of=self.of,
            role=self.role,
            choices=self.choices,
            min=self.min,
            max=self.max,
            pattern=self.pattern,
            default=self.default,
        )


class FieldDef(Part):
    """One field of a process, declared once; forms only name it. `columns`, and perhaps fixed `rows`, make a table."""

    type: FieldType
    label: Bilingual
    help: Bilingual | None = None
    of: str | None = None
    role: str | None = None
    choices: dict[Id, Bilingual] | None = None
    min: float | None = None
    max: float | None = None
    pattern: Words | None = None
    accept: Several | None = None
    columns: dict[Id, Column] | None = None
    rows: dict[Id, Bilingual] | None = None
    default: Any = None
    from_: Words | None = Field(None, alias="from")
    required_if: Condition | None = None
    show_if: Condition | None = None
    visible_to: Several | None = None


class FormGroup(Part):
    """Fields of a form that belong together, under a heading, in the order of the thoughts they follow."""

    label: Bilingual
    help: Bilingual | None = None
    fields: Several


class Form(Part):
    """What a form shows (read-only, may follow records), asks (required) and offers (optional), perhaps in groups."""

    show: Several = ()
    ask: Several = ()
    optional: Several = ()
    groups: tuple[FormGroup, ...] = ()


class EventDef(Part):
    """An event from outside: how it finds its case and what it carries."""

    match: Words | dict[Words, Words] | None = None
    data: dict[Id, Words] = Field(default_factory=dict)
    label: Bilingual | None = None


class MailDef(Part):
    """A mail template. `{{ name }}` only; `to` defaults to the customer; `notice` may be confirmed automatically."""

    to: Words = "customer"
    subject: Bilingual
    body: Bilingual
    confirm: Words | None = None
    notice: Flag = False


class Kpi(Part):
    """A time between two moments (`from`, `to`), or a share of finished cases for which a condition holds."""

    label: Bilingual
    from_: Words | None = Field(None, alias="from")
    to: Words | None = None
    share: Condition | None = None
    target: Words | None = None
    per: Words | None = None


# -- actions and time -------------------------------------------------------------------------------------------------


class SwapUnit(Part):
    """One unit takes the place of another: both change, and the warranty goes over, in one transaction."""

    old: Words
    new: Words
    warranty: Words = "rest"
    reason: Any = None


class ChangeWarranty(Part):
    """A unit's warranty ends on another day; who, why and from what source is kept."""

    unit: Words
    until: Any
    source: Words
    reason: Any


class Action(Part):
    """One thing done automatically; exactly one of the words below."""

    set: dict[Words, Any] | None = None
    add_row: dict[Words, dict[Words, Any]] | None = None
    set_rows: dict[Words, dict[Words, Any]] | None = None
    where: Condition | None = None
    swap_unit: SwapUnit | None = None
    change_warranty: ChangeWarranty | None = None
    draft_mail: Words | None = None
    mail: Several | None = None
    template: Words | None = None
    call: Words | None = None
    save: dict[Words, Words] = Field(default_factory=dict)
    retry: Words | None = None
    if_it_fails: Words | None = None
    start: Words | None = None
    emit: EventName | None = None
    note: Bilingual | None = None
    with_: dict[Words, Any] = Field(default_factory=dict, alias="with")

    @model_validator(mode="after")
    def _exactly_one_word(self) -> Self:
        words = [w for w in ACTION_WORDS if getattr(self, w) is not None]
        if len(words) != 1:
            raise PydanticCustomError("one_action", "one action", {"words": ", ".join(words) or "-"})
        return self

    @property
    def word(self) -> str:
        """Which action this is: one of `ACTION_WORDS`."""
        return next(w for w in ACTION_WORDS if getattr(self, w) is not None)


ACTION_WORDS = (
    "set", "add_row", "set_rows", "swap_unit", "change_warranty", "draft_mail", "mail", "call", "start", "emit", "note",
)  # fmt: skip
WARRANTY_RULES = ("rest", "rest_or_90_days", "new_term")
WARRANTY_SOURCES = ("sale", "renewal", "repair_term", "swap_inherit", "care_gift", "manual")


class TimerRow(Part):
    """One row of a ladder: a moment and what happens then."""

    at: Words
    every: Words | None = None
    at_most: int | None = Field(None, ge=1, le=1000)
    remind: Several | None = None
    task: Words | None = None
    label: Bilingual | None = None
    mail: Several | None = None
    template: Words | None = None
    draft_mail: Words | None = None
    do: tuple[Action, ...] = ()
    next: Choosing | None = None


class LadderUse(Part):
    """`timers: {use: standard, with: {l1: …}}`: a shared ladder with its settings filled."""

    use: Words
    with_: dict[Words, Any] = Field(default_factory=dict, alias="with")


class Ladder(Part):
    """A shared ladder: rows, and the default of each `$setting` in them."""

    with_: dict[Words, Any] = Field(default_factory=dict, alias="with")
    rows: tuple[TimerRow, ...] = Field(min_length=1)


def _timers(value: Any) -> Any:
    return LadderUse(use=value) if isinstance(value, str) else value


def _ladder(value: Any) -> Any:
    return {"rows": value} if isinstance(value, list | tuple) else value


Timers = Annotated[LadderUse | tuple[TimerRow, ...], BeforeValidator(_timers)]
LadderDef = Annotated[Ladder, BeforeValidator(_ladder)]


# -- steps ------------------------------------------------------------------------------------------------------------


def _short_outcome(value: Any) -> Any:
    return {"next": value} if isinstance(value, str | list | tuple) else value


class Outcome(Part):
    """How a step ends: the button's label, where it goes next, and what is done on the way."""

    label: Bilingual | None = None
    help: Bilingual | None = None
    next: Choosing
    do: tuple[Action, ...] = ()
    milestone: Words | None = None
    skip_form: Flag = False


class EventHandler(Part):
    """What a step does when it hears an event; without `next` the step goes on."""

    when: Condition | None = None
    do: tuple[Action, ...] = ()
    next: Choosing | None = None


Outcomes = dict[Id, Annotated[Outcome, BeforeValidator(_short_outcome)]]
Handlers = dict[EventName, Annotated[EventHandler, BeforeValidator(_short_outcome)]]


class Task(Part):
    """Work for a person: who may do it, what is asked, and whether it may be paused."""

    role: Choosing
    assign_to: Words | None = None
    same_person_as: Words | None = None
    different_person_from: Several = ()
    may_be_waived_by: Words | None = None
    form: Form = Form()
    draft_mail: Words | None = None
    may_pause: Flag = False


Category = Literal["open", "waiting_customer", "waiting_internal", "done"]


class Step(Part):
    """One step: exactly one kind, then how it ends and what happens as time passes."""

    label: Bilingual | None = None
    help: Bilingual | None = None
    milestone: Words | None = None
    category: Category | None = None
    task: Task | None = None
    waiting_for: Literal["customer", "carrier", "supplier", "anyone"] | None = None
    do: tuple[Action, ...] | None = None
    run: Words | None = None
    for_each: Words | None = None
    use: Words | None = None
    parallel: dict[Id, dict[Id, Step]] | None = None
    end: Literal["success", "failure", "cancelled"] | None = None
    with_: dict[Words, Any] = Field(default_factory=dict, alias="with")
    join: Literal["all", "any"] | None = None
    outcomes: Outcomes = Field(default_factory=dict)
    next: Choosing | None = None
    events: Handlers = Field(default_factory=dict)
    due: Choosing | None = None
    timers: Timers | None = None
    calendar: Words | None = None
    on_enter: tuple[Action, ...] = ()
    on_done: tuple[Action, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _exactly_one_kind(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            kinds = [k for k in STEP_KINDS if k in value]
            if len(kinds) != 1:
                raise PydanticCustomError("one_kind", "one kind", {"kinds": ", ".join(kinds)})
            if "label" not in value and "use" not in value:  # a fragment brings its own
                raise PydanticCustomError("missing_label", "missing label", {})
        return value

    @property
    def kind(self) -> str:
        """task, waiting_for, do, run, use, parallel or end."""
        return next(k for k in STEP_KINDS if getattr(self, k) is not None)


STEP_KINDS = ("task", "waiting_for", "do", "run", "use", "parallel", "end")


# -- the process ------------------------------------------------------------------------------------------------------


class Start(Part):
    """Who or what starts a case, and what is asked first."""

    role: Several = ()
    event: EventName | None = None
    form: Form = Form()
    milestone: Words | None = None
    next: Words | None = None


class Reopen(Part):
    """Who may reopen an ended case, for how long, and where the new round begins."""

    role: Several
    within: Words | None = None
    next: Words


class Permissions(Part):
    """Who may see, cancel, reopen and move a case by hand; `starter` and `owner` are persons, the rest are roles."""

    see: Several = ()
    cancel: Several = ()
    reopen: Reopen | None = None
    move: Several = ()


class Rule(Part):
    """What the file promises: `never: …` or `always: …`, with the reason shown when it refuses something."""

    never: Words | None = None
    always: Words | None = None
    because: Bilingual | None = None

    @model_validator(mode="after")
    def _exactly_one_form(self) -> Self:
        if (self.never is None) == (self.always is None):
            raise PydanticCustomError("one_rule", "one rule", {})
        return self


class ScenarioStep(Part):
    """One line of a scenario: what happens, with which values, and what must be true then."""

    when: Words
    with_: dict[Words, Any] = Field(default_factory=dict, alias="with")
    then: dict[Words, Any] = Field(default_factory=dict)


class Scenario(Part):
    """A story that must come out as told before the process may be published."""

    scenario: Words
    given: dict[Words, Any] = Field(default_factory=dict)
    steps: tuple[ScenarioStep, ...] = Field(min_length=1)


class Migrate(Part):
    """How cases of an older version may move to this one."""

    from_: int = Field(alias="from")
    steps: dict[Words, Words] = Field(default_factory=dict)
    set: dict[Words, Any] = Field(default_factory=dict)


class Alike(Part):
    """When two cases of this process are about the same: all fields of one of these lists agree, within this time."""

    by: tuple[Several, ...] = Field(min_length=1)
    within: Words


class ProcessFile(Part):
    """One process, as written in `processes/<id>.yaml`."""

    process: Id
    version: int = Field(ge=1)
    label: Bilingual
    about: Bilingual | None = None
    number: Words | None = None
    subject: Words | None = None
    calendar: Words | None = None
    owner: Words = "starter"
    due: Choosing | None = None
    timers: Timers | None = None
    pause_while: Several = ()
    urgent_when: Condition | None = None
    alike: Alike | None = None
    fields: dict[Id, FieldDef] = Field(default_factory=dict)
    events: dict[EventName, EventDef] = Field(default_factory=dict)
    milestones: dict[Id, Bilingual] = Field(default_factory=dict)
    mails: dict[Id, MailDef] = Field(default_factory=dict)
    ladders: dict[Id, LadderDef] = Field(default_factory=dict)
    permissions: Permissions = Permissions()
    start: Start
    anytime: Handlers = Field(default_factory=dict)
    steps: dict[Id, Step] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    kpis: dict[Id, Kpi] = Field(default_factory=dict)
    scenarios: tuple[Scenario, ...] = ()
    migrate: Migrate | None = None


# -- shared pieces and the site ---------------------------------------------------------------------------------------


class Fragment(Part):
    """Steps that several processes use; sees only its own steps and its `$settings`."""

    label: Bilingual
    about: Bilingual | None = None
    with_: dict[Words, Any] = Field(default_factory=dict, alias="with")
    fields: dict[Id, FieldDef] = Field(default_factory=dict)
    events: dict[EventName, EventDef] = Field(default_factory=dict)
    mails: dict[Id, MailDef] = Field(default_factory=dict)
    steps: dict[Id, Step] = Field(min_length=1)


class LibraryFile(Part):
    """`_shared.yaml`: ladders and fragments."""

    library: Id
    version: int = Field(ge=1)
    ladders: dict[Id, LadderDef] = Field(default_factory=dict)
    fragments: dict[Id, Fragment] = Field(default_factory=dict)


class CalendarDef(Part):
    """Opening hours: `days: mon-fri`, `hours: 09:00-17:30` or a list, `holidays` by country, own closed and open days."""

    days: Words
    hours: Several
    holidays: Words | None = None
    closed: tuple[dt.date, ...] = ()
    open: tuple[dt.date, ...] = ()


class Adapter(Part):
    """An operation of an outside system: what it takes and gives, by name and type."""

    takes: dict[Id, Words] = Field(default_factory=dict)
    gives: dict[Id, Words] = Field(default_factory=dict)


class RecordDef(Part):
    """A record type: its attributes, the attribute it is looked up by, and whether it stands for someone outside."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)
    __pydantic_extra__: dict[str, Words]

    outside: Flag = False
    key: Words | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """Attribute name to type: a field type, or the name of another record type, or `user`."""
        return dict(self.__pydantic_extra__ or {})


class DigestList(Part):
    """What a digest lists: cases (of a process, in some of its steps, late or soon to be), or what its reader has to do."""

    process: Words | None = None
    in_: Several = Field((), alias="in")
    used: Words | None = None
    overdue: Flag = False
    mine: tuple[Literal["overdue", "today"], ...] = ()


class Digest(Part):
    """A mail at an hour of the day that lists what waits; with nothing to list there is no mail."""

    label: Bilingual
    to: Several
    at: Words
    days: Words | None = None
    calendar: Words | None = None
    list_: tuple[DigestList, ...] = Field(min_length=1, alias="list")


class SiteFile(Part):
    """`_site.yaml`: what the processes may refer to, once per installation."""

    site: Id
    languages: tuple[Literal["en", "zh-Hans"], ...] = ("en", "zh-Hans")
    timezone: Words
    roles: dict[Id, Bilingual]
    calendars: dict[Id, CalendarDef]
    records: dict[Id, RecordDef] = Field(default_factory=dict)
    adapters: dict[Annotated[str, AfterValidator(_event_name)], Adapter] = Field(default_factory=dict)
    auto_confirm_notices: Flag = False
    ladder: Words = "standard"
    digests: dict[Id, Digest] = Field(default_factory=dict)
