"""What is done by itself, and what happens as time passes: actions, timer rows and ladders of them."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from engine.definition.model.basics import Bilingual, Choosing, Condition, EventName, Part, Several, Words


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
    withdraw_mail: Words | None = None
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
    "set", "add_row", "set_rows", "swap_unit", "change_warranty", "draft_mail", "withdraw_mail", "mail", "call", "start",
    "emit", "note",
)  # fmt: skip
WARRANTY_RULES = ("rest", "rest_or_90_days", "new_term")
WARRANTY_SOURCES = ("sale", "renewal", "repair_term", "swap_inherit", "care_gift", "manual")


class TimerRow(Part):
    """One row of a ladder: a moment and what happens then, if a condition holds at that moment."""

    at: Words
    if_: Condition | None = Field(None, alias="if")
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


def ladder_by_its_name(value: Any) -> Any:
    return LadderUse(use=value) if isinstance(value, str) else value


def ladder_of_bare_rows(value: Any) -> Any:
    return {"rows": value} if isinstance(value, list | tuple) else value


Timers = Annotated[LadderUse | tuple[TimerRow, ...], BeforeValidator(ladder_by_its_name)]
LadderDef = Annotated[Ladder, BeforeValidator(ladder_of_bare_rows)]
