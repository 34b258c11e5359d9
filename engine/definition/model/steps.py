"""The steps of a process: what a step is, how it ends, what it hears, and the task it puts before a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from engine.definition.model.acting import Action, Timers
from engine.definition.model.basics import Bilingual, Choosing, Condition, EventName, Flag, Id, Part, Several, Words
from engine.definition.model.vocabulary import Form


def outcome_of_bare_next(value: Any) -> Any:
    return {"next": value} if isinstance(value, str | list | tuple) else value


class Outcome(Part):
    """How a step ends: the button's label, where it goes next, and what is done on the way."""

    label: Bilingual | None = None
    help: Bilingual | None = None
    next: Choosing
    do: tuple[Action, ...] = ()
    milestone: Words | None = None
    skip_form: Flag = False
    ask: Several = ()


class EventHandler(Part):
    """What a step does when it hears an event; without `next` the step goes on. `as: anytime` does first what the
    process does of this event in every step."""

    as_: Literal["anytime"] | None = Field(None, alias="as")
    when: Condition | None = None
    do: tuple[Action, ...] = ()
    next: Choosing | None = None


Outcomes = dict[Id, Annotated[Outcome, BeforeValidator(outcome_of_bare_next)]]
Handlers = dict[EventName, Annotated[EventHandler, BeforeValidator(outcome_of_bare_next)]]


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
    pause_while: Several = ()
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
