"""One process file: who starts a case, who may do what with it, what is promised, and the stories that prove it."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from engine.definition.model.acting import LadderDef, Timers
from engine.definition.model.basics import Bilingual, Choosing, Condition, EventName, Flag, Id, Part, Several, Words
from engine.definition.model.steps import Handlers, Step
from engine.definition.model.vocabulary import EventDef, FieldDef, Form, Kpi, MailDef


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
    """Who may see, cancel, reopen and move a case by hand; `starter` and `owner` are persons, the rest are roles.
    `move_to` names the only steps it may be moved to; none named, every step that is not automatic."""

    see: Several = ()
    cancel: Several = ()
    reopen: Reopen | None = None
    move: Several = ()
    move_to: Several = ()


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
    """When two cases of this process are about the same: all fields of one of these lists agree, within this time; and
    when they may be, so that a person looks before opening a second one (`perhaps`)."""

    by: tuple[Several, ...] = Field(min_length=1)
    perhaps: tuple[Several, ...] = ()
    within: Words


class Stage(Part):
    """What people call a stretch of the way: one box of the overview, for the steps that stand under it. `aside`: not
    on the normal way."""

    label: Bilingual
    aside: Flag = False
    steps: Several


class ProcessFile(Part):
    """One process, as written in `processes/<id>.yaml`."""

    process: Id
    version: int = Field(ge=1)
    label: Bilingual
    about: Bilingual | None = None
    number: Words | None = None
    subject: Words | None = None
    list_: Several = Field((), alias="list")
    calendar: Words | None = None
    owner: Words = "starter"
    owner_not: Several = ()
    due: Choosing | None = None
    timers: Timers | None = None
    pause_while: Several = ()
    urgent_when: Condition | None = None
    urgent_says: Bilingual | None = None
    alike: Alike | None = None
    stages: dict[Id, Stage] = Field(default_factory=dict)
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
