"""One case while it moves: a move is made, steps are left and entered, and the engine goes on until nothing moves by itself.

Holds the draft and what follows; `decide` tells it what happened. Everything here is undone by throwing the flow away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine import kpis
from engine.actions import act, run_actions
from engine.calls_out import UNANSWERED, left_unanswered
from engine.case import DRAFT_WAITS, Fact, parent_step
from engine.definition.compiled import Action, Compiled, Guard, Handler, Move, Step
from engine.definition.configurations import passed_at_once
from engine.definition.expressions import holds
from engine.definition.texts import Text
from engine.draft import Draft
from engine.effects import Effect, RaiseIncident
from engine.facts import BoundRow, CaseFacts
from engine.machine import machine_of
from engine.opening import open_task, order_child, order_children
from engine.people import World
from engine.reasons import reason
from engine.refusals import Refusal
from engine.rules import keep_promises
from engine.timekeeping import Timekeeper

ROUNDS = 50


class Flow:
    """A case in motion: `draft` is where it stands, `effects` what follows outside, `details` what history will say."""

    def __init__(self, process: Compiled, draft: Draft, world: World) -> None:
        self.process = process
        self.draft = draft
        self.world = world
        self.effects: list[Effect] = []
        self.details: dict[str, Any] = {}
        self.event: Mapping[str, Any] = {}
        self.heard = ""
        self.row: BoundRow | None = None
        self.by: str | None = None
        self.assignee: str | None = None
        self.moves: list[Move] = []
        self.time = Timekeeper(self)

    @property
    def now(self) -> dt.datetime:
        """The instant of this stimulus, UTC."""
        return self.world.now

    def facts(self, step: str = "") -> CaseFacts:
        """What conditions may ask now."""
        return CaseFacts(self.process, self.draft, self.world, self.event, self.assignee, step, self.heard, self.row)

    def holds(self, guard: Guard) -> bool:
        """Whether a condition holds now."""
        return holds(guard.expression, self.facts())

    def note(self, key: str, value: Any) -> None:
        """One more thing for the history of this stimulus."""
        self.details.setdefault(key, []).append(value)

    def changed(self, changes: Mapping[str, list[Any]]) -> None:
        """Fields that got a new value: for history, and for timers and deadlines that count from them."""
        if not changes:
            return
        self.details.setdefault("changes", {}).update(changes)
        self.time.count_anew(set(changes))

    # -- one move ------------------------------------------------------------------------------------------------------

    def take(self, trigger: str) -> bool:
        """Make the first move of a trigger whose condition holds; False when none does or none starts here."""
        machine = machine_of(self.process)
        before = self.draft.leaves
        position = machine.fire(before, trigger, self.holds)
        if position is None:
            return False
        move = position.move
        entered = [name for name in position.entered if name in self.process.steps]
        if move is not None:
            self.moves.append(move)
            self._finish(move)
        self._ask_the_rules(move, entered)
        for name in position.left:
            self._leave(name)
        self.draft.leaves = machine.configuration(position)
        self.begin_at(entered)
        return True

    def hear(self, handler: Handler, step: str) -> bool:
        """An event that a step (or the case, "") answers. Of a row of a table it was written down before."""
        return self.take(f"event:{handler.event}@{step}" if step else f"anytime:{handler.event}")

    def write_down(self, handler: Handler, step: str) -> None:
        """News of one row of a table comes before the move: whether the case goes on hangs on what then stands in all."""
        if self.row is not None:
            self._do(handler.do, step)

    def begin_at(self, entered: list[str]) -> None:
        """These steps begin, outermost first; the draft's leaves are set already."""
        self._begin(entered)
        for name in entered:
            self._enter(self.process.steps[name])
        self.time.mind_the_clock()

    def _finish(self, move: Move) -> None:
        """What ends by this move counts, and what its author wants done on the way out is done."""
        self.remember(move.finishes)
        self._on_the_way(move)
        kpis.measure(self, [m for m in move.finishes if m not in self.process.steps])

    def remember(self, finished: Iterable[str]) -> None:
        """These moments are over now: steps are done, outcomes, events and ends of children happened once more."""
        self.draft.seq += 2
        for moment in finished:
            fact = self.draft.facts.get(moment, Fact())
            happened = fact.count + 1 if moment not in self.process.steps else fact.count
            first = fact.first_at or self.now
            self.draft.facts[moment] = replace(
                fact,
                finished=self.draft.seq - 1,
                count=happened,
                first_at=first,
                at=fact.at if moment in self.process.steps else self.now,
            )

    def _on_the_way(self, move: Move) -> None:
        finished = [name for name in move.finishes if name in self.process.steps]
        step = self.process.steps.get(finished[0]) if finished else self.process.steps.get(move.source)
        if step is None:
            return
        outcome = step.outcomes.get(move.name) if move.kind in ("outcome", "run", "use") else None
        if outcome is not None:
            self._do(outcome.do, step.name)
        if self.row is not None:
            pass  # done before it was asked where to go: see `write_down`
        elif move.kind == "event" and move.name in self.process.steps[move.source].events:
            self._do(self.process.steps[move.source].events[move.name].do, move.source)
        elif move.kind == "anytime":
            self._do(self.process.anytime[move.name].do, "")
        if finished:
            self._do(step.on_done, step.name)
        if outcome is not None and outcome.milestone:
            self._reach(outcome.milestone)

    def _do(self, actions: tuple[Action, ...], step: str) -> None:
        for action in actions:
            act(self, action, step)

    def after_the_mail(self, template: str, step: str) -> None:
        """Its reader was told; what the process says for then is done."""
        self._do(self.process.on_sent.get(template, ()), step)

    def _ask_the_rules(self, move: Move | None, entered: list[str]) -> None:
        self.draft.marks = keep_promises(self.process, self.draft.marks, move, entered, self.holds, self.reason)

    def reason(self, written: Text) -> Text:
        """The reason of a rule as whoever pressed may read it."""
        return reason(written, self.process, self.draft, self.facts(), self.world.people.get(self.by or ""))

    def _begin(self, entered: list[str]) -> None:
        if not entered:
            return
        self.draft.seq += 2
        for name in entered:
            fact = self.draft.facts.get(name, Fact())
            ended = self.draft.seq if self.process.steps[name].kind == "end" else fact.finished
            self.draft.facts[name] = Fact(self.draft.seq, ended, fact.count + 1, fact.first_at or self.now, self.now)
        kpis.measure(self, entered)

    # -- leaving and entering ------------------------------------------------------------------------------------------

    def _leave(self, name: str) -> None:
        """Everything that belongs to a step ends with it, whoever held it."""
        draft = self.draft
        self.note("left", name)
        self.time.remember_visit(name)
        left_unanswered(self, name)
        draft.tasks = [task for task in draft.tasks if task.step != name or task.kind in ("draft", "record")]
        draft.timers = [timer for timer in draft.timers if timer.step != name]
        draft.calls = [call for call in draft.calls if call.step != name]
        draft.children = {key: child for key, child in draft.children.items() if parent_step(key) != name}
        draft.stood.pop(name, None)
        visit = draft.visits.get(name, 0)
        draft.rung = {key: n for key, n in draft.rung.items() if not key.startswith(f"{name}:{visit}:")}
        draft.passed_over = tuple(key for key in draft.passed_over if key in draft.rung)

    def _enter(self, step: Step) -> None:
        draft = self.draft
        self.note("entered", step.name)
        draft.visits[step.name] = draft.visits.get(step.name, 0) + 1
        draft.entered[step.name] = self.now
        if step.milestone:
            self._reach(step.milestone)
        self._do(step.on_enter, step.name)
        if step.task is not None:
            open_task(self, step)
        self.time.arm(step.name)
        if step.kind == "do":
            run_actions(self, step, 0)
        if step.for_each is not None:
            order_children(self, step, step.for_each)
        elif step.runs is not None:
            order_child(self, step)

    def _reach(self, milestone: str) -> None:
        if milestone != self.draft.milestone:
            self.draft.milestone = milestone
            self.details["milestone"] = milestone

    # -- going on ------------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Until nothing moves by itself: finished automatic steps, ends of fragments, complete joins; then the end."""
        for _ in range(ROUNDS):
            passing = passed_at_once(self.process, self.draft.leaves) or self._all_children_ended()
            if passing is None:
                self._end_if_reached()
                return
            if not self.take(_trigger_of(self.process.steps[passing])):
                label = self.process.steps[passing].label
                raise Refusal(
                    "nothing_chosen",
                    Text(
                        f"After '{label.say('en')}' no row of the process applies. An administrator has to add one.",
                        f"“{label.say('zh-Hans')}”之后没有符合条件的流程分支，请管理员补充。",
                    ),
                    concerns=passing,
                )
        raise Refusal(
            "endless",
            Text(
                "The process goes round in circles by itself; nothing was changed.",
                "流程自动步骤陷入循环，未作任何更改。",
            ),
        )

    def is_in(self, step: str) -> bool:
        """Whether the case is in this step, or in one inside of it."""
        return any(step in self.process.around(leaf) for leaf in self.draft.leaves if leaf in self.process.steps)

    def _all_children_ended(self) -> str | None:
        """A step that ran a case for each row and waits for none of them any more."""
        waited_for = {parent_step(key) for key in self.draft.children}
        here = (leaf for leaf in self.draft.leaves if leaf in self.process.steps)
        return next((leaf for leaf in here if self.process.steps[leaf].for_each and leaf not in waited_for), None)

    def _end_if_reached(self) -> None:
        draft = self.draft
        leaf = draft.leaves[0] if len(draft.leaves) == 1 else ""
        step = self.process.steps.get(leaf)
        if step is None or not step.ends_case or draft.ended is not None:
            return
        if draft.open_children and step.end != "cancelled":
            self.details["waits_for_children"] = list(draft.open_children)
            return
        draft.ended, draft.ended_at = leaf, self.now
        draft.tasks = [task for task in draft.tasks if task.kind == "draft" or task.about == UNANSWERED]
        draft.timers, draft.calls = [timer for timer in draft.timers if timer.row == DRAFT_WAITS], []
        self.details["ended"] = leaf
        kpis.measure_shares(self)

    def incident(self, key: str, text: Text) -> None:
        """Something an administrator must look at."""
        self.effects.append(RaiseIncident(f"{self.draft.id}:{key}", text))


def _trigger_of(step: Step) -> str:
    match step.kind:
        case "run":
            return step.name
        case "do":
            return f"auto:{step.name}"
        case "parallel":
            return f"join:{step.name}"
        case _:
            return f"{step.inside[-1]}.{step.id}"
