"""A process ready to be proved and run: steps by name, and every move that can ever happen, written out.

Names. A step is known by its own id (`repair`, also inside a branch); a step of a fragment by `use_step/inner`; the place
of a finished branch by `parallel_step/branch`. All values are immutable and may be shared by threads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from engine.definition.compiled_parts import (
    NEW,
    Action,
    CompiledForm,
    CompiledOutcome,
    CompiledTask,
    Due,
    Group,
    Guard,
    Handler,
    LadderRow,
    Move,
    MoveKind,
    Option,
    Spot,
    Step,
    StepKind,
    Value,
    YamlPath,
)
from engine.definition.compiled_site import DatedEvent, Digest, DigestList, Site
from engine.definition.durations import Duration
from engine.definition.expressions.tree import Path
from engine.definition.model import FieldDef, ProcessFile
from engine.definition.model.process import Migrate, Permissions
from engine.definition.model.vocabulary import EventDef, Kpi, MailDef
from engine.definition.opening_hours import Calendar
from engine.definition.texts import Text

__all__ = [
    "NEW",
    "Action",
    "Compiled",
    "CompiledForm",
    "CompiledKpi",
    "CompiledOutcome",
    "CompiledRule",
    "CompiledTask",
    "DatedEvent",
    "Digest",
    "DigestList",
    "Due",
    "Group",
    "Guard",
    "Handler",
    "LadderRow",
    "Move",
    "MoveKind",
    "Option",
    "Site",
    "Spot",
    "Step",
    "StepKind",
    "Value",
    "YamlPath",
    "matched_paths",
    "table_matched",
]


URGENT = Path(("urgent",))
"""The bare condition `urgent`."""


def matched_paths(event: EventDef) -> dict[str, str]:
    """The names of an event's values, each with the path of what it is compared with; the short form spelled out."""
    match event.match:
        case str() as path:
            return {path.rpartition(".")[2]: path}
        case found:
            return dict(found or {})


def table_matched(event: EventDef, fields: Mapping[str, FieldDef]) -> str:
    """The table one row of which an event concerns, "" when it concerns the case as a whole."""
    firsts = (path.partition(".")[0] for path in matched_paths(event).values() if "." in path)
    return next((name for name in firsts if name in fields and fields[name].type == "table"), "")


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A promise of the file. `never_before`, `never_after`, `always_after`: moments as sets of step or outcome names."""

    form: Literal["never_before", "never_after", "always_after", "same_person", "never_when"]
    text: str
    spot: Spot
    a: frozenset[str] = frozenset()
    b: frozenset[str] = frozenset()
    c: frozenset[str] = frozenset()
    guard: Guard | None = None
    because: Text = Text()


@dataclass(frozen=True, slots=True)
class CompiledKpi:
    """A measured time between two moments, a share, or (without `from_` and `share`) how many cases came to a moment."""

    name: str
    definition: Kpi
    from_: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    share: Guard | None = None
    of: Guard | None = None
    target: Duration | None = None
    target_share: float | None = None

    @property
    def kind(self) -> Literal["time", "share", "count"]:
        """What a value is: seconds of working time, one or zero, or always one."""
        if self.share is not None:
            return "share"
        return "time" if self.from_ else "count"


@dataclass(frozen=True, eq=False)
class Compiled:
    """A process as it is run. `steps` in the order of the file, outer before inner; `moves` in the order they are tried."""

    id: str
    version: int
    label: Text
    about: Text
    file: ProcessFile
    site: Site
    steps: Mapping[str, Step]
    moves: tuple[Move, ...]
    first: str
    fields: Mapping[str, FieldDef]
    events: Mapping[str, EventDef]
    mails: Mapping[str, MailDef]
    on_sent: Mapping[str, tuple[Action, ...]]
    """By mail, what is done once its reader is told."""
    milestones: Mapping[str, Text]
    start_form: CompiledForm
    rules: tuple[CompiledRule, ...]
    kpis: tuple[CompiledKpi, ...]
    due: tuple[Option[Due], ...]
    ladder: tuple[LadderRow, ...]
    anytime: Mapping[str, Handler]
    calendar: str
    urgent_when: Guard | None = None
    answers_for_drafts: tuple[str, ...] = ()
    """The roles that are told of mails to customers which nobody confirms, the higher ones last."""
    alike: tuple[tuple[str, ...], ...] = ()
    alike_within: Duration | None = None
    checksum: str = ""

    @property
    def permissions(self) -> Permissions:
        """Who may see, cancel, reopen and move."""
        return self.file.permissions

    @property
    def migrate(self) -> Migrate | None:
        """How cases of an older version may move to this one."""
        return self.file.migrate

    @cached_property
    def moves_of(self) -> Mapping[str, tuple[Move, ...]]:
        """The moves of each trigger, in the order they are tried."""
        found: dict[str, list[Move]] = {}
        for move in self.moves:
            found.setdefault(move.trigger, []).append(move)
        return {trigger: tuple(moves) for trigger, moves in found.items()}

    @cached_property
    def called(self) -> Mapping[str, tuple[str, ...]]:
        """What a name in a rule, scenario or condition stands for: `inner` alone means it in every use."""
        found: dict[str, list[str]] = {}
        for step in self.steps.values():
            for name in {step.name, step.id}:
                found.setdefault(name, []).append(step.name)
        return {name: tuple([name] if name in self.steps else names) for name, names in found.items()}

    @cached_property
    def calendar_of(self) -> Mapping[str, Calendar]:
        """The calendar of each step; "" for the case itself."""
        own = self.site.calendar(self.calendar)
        return {"": own} | {
            step.name: self.site.calendar(step.calendar) if step.calendar else own for step in self.steps.values()
        }

    @cached_property
    def row_events(self) -> Mapping[str, str]:
        """The events that concern one row of a table, each with that table: `match: {tracking_no: parcels.tracking_no}`."""
        found = {name: table_matched(event, self.fields) for name, event in self.events.items()}
        return {name: table for name, table in found.items() if table}

    @cached_property
    def is_never_urgent(self) -> bool:
        """Whether `urgent` can hold of no case: nothing says when, and it is no field of its own either."""
        return self.urgent_when is None and "urgent" not in self.fields

    def may_ring(self, row: LadderRow) -> bool:
        """Whether a row of a ladder rings in some case: one for urgent cases does not where none ever is."""
        return row.when is None or row.when.expression != URGENT or not self.is_never_urgent

    def row_of(self, move: Move) -> LadderRow | None:
        """The row of a ladder that a timer move belongs to; None for every other move."""
        if move.kind != "timer":
            return None
        step = move.trigger.removeprefix("timer:").partition("#")[0]
        return (self.steps[step].ladder if step else self.ladder)[int(move.name)]

    def roots(self) -> Iterator[Step]:
        """The steps that stand directly under `steps:`."""
        return (step for step in self.steps.values() if not step.inside)

    def reachable_by_hand(self) -> Iterator[Step]:
        """The steps a person may put a case into: where somebody works, something is awaited, a child case runs, or it ends.
        An automatic step is no place to be put: what it does follows from what was done before it. Where the process names
        some under `move_to`, only those: others have no sense without what leads to them."""
        named = self.permissions.move_to
        return (step for step in self.roots() if step.kind != "do" and (not named or step.name in named))

    def pausing(self, step: Step) -> tuple[str, ...]:
        """The steps during which the clock of this one stands still: in a fragment one of its own is meant before one of
        whoever uses it."""
        outer = step.name.split("/")[:-1]
        prefixes = ["/".join([*outer[:n], ""]) if n else "" for n in range(len(outer), -1, -1)]
        meant = (next((p + word for p in prefixes if p + word in self.steps), None) for word in step.pause_while)
        return tuple(found for found in meant if found)

    def around(self, name: str) -> tuple[str, ...]:
        """The step itself and the steps around it, innermost first; branches are left out."""
        step = self.steps[name]
        return (name, *(outer for outer in reversed(step.inside) if self.steps[outer].kind != "joined"))
