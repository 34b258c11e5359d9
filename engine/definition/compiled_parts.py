"""What a process is made of once it is compiled: conditions and values read, actions, deadlines and forms, steps and moves.

All values are immutable and may be shared by threads; the process as a whole they do not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from engine.definition.durations import Duration
from engine.definition.expressions import Expression
from engine.definition.moments import Moment
from engine.definition.texts import Text

T = TypeVar("T")
YamlPath = tuple[str | int, ...]
StepKind = Literal["task", "waiting_for", "do", "run", "use", "parallel", "end", "joined"]
MoveKind = Literal[
    "start", "outcome", "next", "event", "anytime", "timer", "auto", "failed", "run", "use", "join", "cancel", "reopen"
]
NEW = "new"
"""Where a case is before it starts."""


def deadline_passed(step: str) -> str:
    """The moment at which the deadline of a step, or with "" of the case, passes; no step or outcome can have this name."""
    return f"{step}:overdue"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something was written: in the process itself or in the shared library, and under which keys."""

    file: Literal["process", "library"]
    path: YamlPath


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition: as written, as parsed, and where it stands (`before`: characters of the same text in front of it)."""

    text: str
    expression: Expression
    spot: Spot
    before: int = 0


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One row of a choice; `when` is None for `otherwise`."""

    when: Guard | None
    then: T


@dataclass(frozen=True, slots=True)
class Value:
    """A value as written, or a formula to be worked out when it is needed."""

    plain: Any = None
    formula: Expression | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing done automatically. `target`: the mail, operation, process, event, table or unit it names.

    `values`: what is set or handed over (of rows: their columns; of a swap or warranty: its keys); `where`: in which rows. `save`: field to what the operation gives. `spot` tells where it was written.
    """

    word: Literal[
        "set", "add_row", "set_rows", "swap_unit", "change_warranty", "draft_mail", "withdraw_mail", "mail", "call", "start",
        "emit", "note",
    ]  # fmt: skip
    spot: Spot
    target: str = ""
    roles: tuple[str, ...] = ()
    values: tuple[tuple[str, Value], ...] = ()
    save: tuple[tuple[str, str], ...] = ()
    tries: int = 1
    retry_every: Duration | None = None
    if_it_fails: str | None = None
    note: Text = Text()
    where: Guard | None = None


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One row of a ladder. `moves` tells whether the row leaves the step (its moves carry the targets); with `when` it rings
    only where that holds at its moment, and nothing may rely on it."""

    at: Moment
    at_text: str
    spot: Spot
    every: Duration | None = None
    at_most: int | None = None
    remind: tuple[str, ...] = ()
    task: str | None = None
    label: Text | None = None
    mail: tuple[str, ...] = ()
    template: str | None = None
    draft_mail: str | None = None
    do: tuple[Action, ...] = ()
    moves: bool = False
    when: Guard | None = None

    @property
    def is_at_due(self) -> bool:
        """Whether it rings at the very deadline."""
        return self.at == Moment("due")

    @property
    def asks(self) -> bool:
        """Whether it asks somebody to see to it."""
        return bool(self.remind or self.task or self.mail)

    @property
    def does(self) -> bool:
        """Whether it does something besides asking people."""
        return bool(self.draft_mail or self.do or self.moves)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: a duration from entry, or the path of a date field, which is a promise and does not move. `in_total`: the
    duration is that of all visits of the step in this round together."""

    duration: Duration | None = None
    promise: tuple[str, ...] = ()
    text: str = ""
    in_total: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of a form that stand together under a heading."""

    label: Text
    help: Text
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """Names of fields; `show` may follow records (`sn.warranty_until`). `groups` order what a person enters. `columns` are,
    by table, those that are entered here; of a table that is only shown, those that are shown."""

    show: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def takes(self) -> tuple[str, ...]:
        """What a person may enter here."""
        return self.ask + self.optional

    def to_enter(self, table: str) -> tuple[str, ...]:
        """The columns of a table that are entered here; none said means all of them."""
        return self.columns.get(table, ())

    def to_show(self, table: str) -> tuple[str, ...]:
        """The columns of a table that are shown here; none said, or others to be entered, means all of them."""
        return () if table in self.takes else self.columns.get(table, ())


@dataclass(frozen=True, slots=True)
class CompiledTask:
    """Who does it and what is asked. Person rules name steps by their names here, or `start`; who holds the role
    `waived_by` may let an excluded person do it, with a reason. `not_the_person_in`: fields whose person it is not for."""

    role: tuple[Option[tuple[str, ...]], ...]
    form: CompiledForm
    assign_to: tuple[str, ...] = ()
    same_person_as: str | None = None
    different_person_from: tuple[str, ...] = ()
    not_the_person_in: tuple[str, ...] = ()
    waived_by: str | None = None
    draft_mail: str | None = None
    may_pause: bool = False


@dataclass(frozen=True, slots=True)
class CompiledOutcome:
    """A button, or the end of a child or fragment: what is done on the way out."""

    name: str
    label: Text
    spot: Spot
    help: Text = Text()
    do: tuple[Action, ...] = ()
    milestone: str | None = None
    skip_form: bool = False
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handler:
    """What a step does when it hears an event. `leaves`: whether it goes elsewhere."""

    event: str
    spot: Spot
    when: Guard | None = None
    do: tuple[Action, ...] = ()
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step under its name. `id` as written; `inside`: the steps and branches around it, outermost first; `pause_while`:
    as written, see `Compiled.pausing`."""

    name: str
    id: str
    kind: StepKind
    label: Text
    spot: Spot
    inside: tuple[str, ...] = ()
    help: Text = Text()
    milestone: str | None = None
    category: str | None = None
    task: CompiledTask | None = None
    waits_for: str | None = None
    do: tuple[Action, ...] = ()
    runs: str | None = None
    for_each: str | None = None
    uses: str | None = None
    hands_over: tuple[tuple[str, Value], ...] = ()
    branches: tuple[tuple[str, tuple[str, ...]], ...] = ()
    first: str | None = None
    join: Literal["all", "any"] = "all"
    end: Literal["success", "failure", "cancelled"] | None = None
    outcomes: Mapping[str, CompiledOutcome] = field(default_factory=dict)
    events: Mapping[str, Handler] = field(default_factory=dict)
    due: tuple[Option[Due], ...] = ()
    pause_while: tuple[str, ...] = ()
    ladder: tuple[LadderRow, ...] = ()
    calendar: str = ""
    on_enter: tuple[Action, ...] = ()
    on_done: tuple[Action, ...] = ()

    @property
    def ends_case(self) -> bool:
        """An end of the process itself, not of a fragment."""
        return self.kind == "end" and not self.inside

    @property
    def adds_up(self) -> bool:
        """Whether some deadline of it counts over all its visits, so that the case has to know when they were."""
        return any(option.then.in_total for option in self.due)

    @property
    def is_passed_at_once(self) -> bool:
        """Left by the engine itself as soon as it is reached: the end of a fragment, or a `do` that calls nobody."""
        return (self.kind == "end" and bool(self.inside)) or (self.kind == "do" and not self.calls)

    @property
    def calls(self) -> tuple[int, ...]:
        """The positions of its actions that ask an outside system and wait for the answer."""
        return tuple(i for i, action in enumerate(self.do) if action.word == "call")


@dataclass(frozen=True, slots=True)
class Move:
    """One row by which a case can go from `source` to `target` (None: it stays where it is).

    Rows with the same `trigger` are tried in order; the first whose guard holds is taken. `name` is the outcome, event,
    end or row it belongs to. `finishes` lists the moments that count as finished by it.
    """

    id: str
    trigger: str
    kind: MoveKind
    source: str
    target: str | None
    name: str = ""
    when: Guard | None = None
    finishes: tuple[str, ...] = ()
    spot: Spot = Spot("process", ())
