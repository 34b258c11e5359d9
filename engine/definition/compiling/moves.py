"""Every row of a file by which a case can go from one step to another, written out as moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.definition.compiled import NEW, Action, Guard, Move, MoveKind, Spot, Step
from engine.definition.compiling.flaws import Flaws
from engine.definition.compiling.names import Level, under
from engine.definition.compiling.steps import Written
from engine.definition.expressions.problem import meant
from engine.definition.model import ProcessFile
from engine.definition.model.acting import TimerRow
from engine.definition.model.basics import Row
from engine.definition.model.steps import Outcome


@dataclass
class Moves:
    """Collects the moves; a target that does not exist is a flaw, and its row is left out."""

    flaws: Flaws
    steps: Mapping[str, Step]
    found: list[Move]
    row_events: Collection[str] = ()

    def of_step(self, written: Written) -> None:
        """What leads out of one step."""
        step, source, level = written.step, written.model, written.level
        waits = step.kind == "waiting_for"
        if step.for_each:
            pass  # its children's ends are counted; it is left by `next` when all of them have ended
        elif step.kind in ("run", "use"):
            for end, outcome in source.outcomes.items():
                # A fragment ends in its own end step, a child case while the `run` step waits.
                place = f"{step.name}/{end}" if step.kind == "use" else step.name
                if place in self.steps:
                    finishes = (step.name, f"{step.name}.{end}")
                    self._outcome(step, place, end, outcome, level, "use" if step.kind == "use" else "run", finishes)
        else:
            for name, outcome in source.outcomes.items():
                finishes = (step.name, f"{step.name}.{name}")
                self._outcome(step, step.name, name, outcome, level, "outcome", finishes)
        if source.next is not None and (step.kind != "run" or step.for_each):
            self._next(step, source.next, level)
        for event, handler in source.events.items():
            rows, spot = handler.next, under(step.spot, "events", event, "next")
            finishes = (f"{step.name}.{event}", *((step.name,) if waits and rows else ()))
            trigger = f"event:{event}@{step.name}"
            self.rows(trigger, "event", step.name, event, rows, spot, level, finishes)
            self.or_stays(trigger, "event", step.name, event, rows, spot, (f"{step.name}.{event}",))
        for n, (row, timer) in enumerate(zip(step.ladder, written.rows, strict=True)):
            if timer.next is not None:
                spot = under(row.spot, "next")
                self.rows(f"timer:{step.name}#{n}", "timer", step.name, str(n), timer.next, spot, level, ())
        for n in step.calls:
            self._failure(step, n, step.do[n], level)

    def _outcome(
        self,
        step: Step,
        source: str,
        name: str,
        outcome: Outcome,
        level: Level,
        kind: MoveKind,
        finishes: tuple[str, ...],
    ) -> None:
        trigger = f"{step.name}.{name}"
        spot = under(step.spot, "outcomes", name, "next")
        self.rows(trigger, kind, source, name, outcome.next, spot, level, finishes)

    def _next(self, step: Step, rows: Sequence[Row], level: Level) -> None:
        spot = under(step.spot, "next")
        kind: MoveKind
        match step.kind:
            case "do":
                kind, trigger = "auto", f"auto:{step.name}"
            case "parallel":
                kind, trigger = "join", f"join:{step.name}"
            case _:
                kind, trigger = "next", step.name
        self.rows(trigger, kind, step.name, "", rows, spot, level, (step.name,))

    def _failure(self, step: Step, n: int, action: Action, level: Level) -> None:
        if action.if_it_fails is None:
            return
        row = Row(otherwise=(action.if_it_fails,))
        spot = under(action.spot, "if_it_fails")
        self.rows(f"failed:{step.name}#{n}", "failed", step.name, str(n), (row,), spot, level, ())

    def rows(
        self,
        trigger: str,
        kind: MoveKind,
        source: str,
        name: str,
        rows: Sequence[Row] | None,
        spot: Spot,
        level: Level,
        finishes: tuple[str, ...],
    ) -> None:
        """One move for each row; None as rows is a move that stays."""
        if rows is None:
            self._add(trigger, kind, source, None, name, None, finishes, spot)
            return
        for n, row in enumerate(rows):
            here = under(spot, n, "then" if row.then else "otherwise")
            guard = self.flaws.guard(row.when, under(spot, n, "when")) if row.when else None
            target = self._target(row.chosen, here, level)
            if target is not None and (guard or not row.when):
                self._add(trigger, kind, source, target, name, guard, finishes, here)

    def or_stays(
        self,
        trigger: str,
        kind: MoveKind,
        source: str,
        event: str,
        rows: Sequence[Row] | None,
        spot: Spot,
        finishes: tuple[str, ...],
    ) -> None:
        """News of one row of a table moves the case only when a row of `next` holds; else it has been heard and stays."""
        if event in self.row_events and rows is not None and all(row.otherwise is None for row in rows):
            self._add(trigger, kind, source, None, event, None, finishes, spot)

    def _add(
        self,
        trigger: str,
        kind: MoveKind,
        source: str,
        target: str | None,
        name: str,
        guard: Guard | None,
        finishes: tuple[str, ...],
        spot: Spot,
    ) -> None:
        n = 1 + sum(1 for move in self.found if move.trigger == trigger and move.source == source)
        id = f"{trigger}#{n}" if kind not in ("anytime", "cancel", "reopen") else f"{trigger}@{source}#{n}"
        self.found.append(Move(id, trigger, kind, source, target, name, guard, finishes, spot))

    def _target(self, chosen: tuple[str, ...], spot: Spot, level: Level) -> str | None:
        if len(chosen) != 1:
            self.flaws.note("P302.several", spot, steps=", ".join(chosen))
            return None
        target = chosen[0]
        if target == "join":
            if level.kind != "branch":
                self.flaws.note("P301.outside", spot)
                return None
            return level.joined
        name = level.find(target)
        if name is None:
            self.flaws.note("P302.unknown", spot, step=target, meant=meant(target, level.known()))
        return name


def around_the_steps(file: ProcessFile, steps: Mapping[str, Step], level: Level, moves: Moves) -> None:
    """The moves that belong to the whole process: start, anytime events, its own ladder, cancelling, reopening."""
    first = file.start.next or next(iter(file.steps))
    spot = Spot("process", ("start", "next") if file.start.next else ("start",))
    moves.rows("start", "start", NEW, "start", (Row(otherwise=(first,)),), spot, level, ())
    lasting = [step.name for step in steps.values() if not step.inside and step.kind != "end"]
    for event, handler in file.anytime.items():
        for source in lasting:
            spot = Spot("process", ("anytime", event, "next"))
            moves.rows(f"anytime:{event}", "anytime", source, event, handler.next, spot, level, ())
            moves.or_stays(f"anytime:{event}", "anytime", source, event, handler.next, spot, ())
    if "cancelled" in steps and file.permissions.cancel:
        for source in lasting:
            spot = Spot("process", ("permissions", "cancel"))
            moves.rows("cancel", "cancel", source, "", (Row(otherwise=("cancelled",)),), spot, level, ())
    if file.permissions.reopen:
        rows = (Row(otherwise=(file.permissions.reopen.next,)),)
        spot = Spot("process", ("permissions", "reopen", "next"))
        for source in (step.name for step in steps.values() if step.ends_case):
            moves.rows("reopen", "reopen", source, "", rows, spot, level, ())


def of_the_case_ladder(rows: Sequence[TimerRow], steps: Mapping[str, Step], level: Level, moves: Moves) -> None:
    """Rows of the process's own ladder that go somewhere: from every step that is not an end."""
    for n, row in enumerate(rows):
        if row.next is not None:
            spot = Spot("process", ("timers", n, "next"))
            for source in (step.name for step in steps.values() if not step.inside and step.kind != "end"):
                moves.rows(f"timer:#{n}", "timer", source, str(n), row.next, spot, level, ())
