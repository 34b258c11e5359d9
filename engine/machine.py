"""The states of a case, run by `transitions`: one HierarchicalMachine per process version and thread.

This module alone imports `transitions`. It knows how to go from one configuration to another and which steps were left
and entered; what that means for tasks, timers and mails is decided elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from transitions import EventData, MachineError
from transitions.extensions import HierarchicalMachine
from transitions.extensions.nesting import NestedState

from engine.definition.compiled import NEW, Compiled, Guard, Move, Step
from engine.definition.configurations import Configuration

Holds = Callable[[Guard], bool]


class PlaceState(NestedState):
    """A step inside another is named `outer/inner`."""

    separator = "/"


class PlaceMachine(HierarchicalMachine):
    """Ids of steps hold underscores, which transitions would take as its own separator."""

    state_cls = PlaceState


class Position:
    """A light model: where one case stands while one move is made. Thrown away afterwards."""

    __slots__ = ("entered", "holds", "left", "move", "state")

    def __init__(self, state: Any, holds: Holds) -> None:
        self.state = state
        self.holds = holds
        self.move: Move | None = None
        self.left: list[str] = []
        self.entered: list[str] = []


class Machine:
    """One process version as a machine. Not shared between threads: see `machine_of`."""

    def __init__(self, process: Compiled) -> None:
        self._process = process
        self._path = {NEW: NEW} | {step.name: _path(process, step) for step in process.steps.values()}
        self._name = {path: name for name, path in self._path.items()}
        roots = [step for step in process.steps.values() if not step.inside]
        self._machine = PlaceMachine(
            model=None,
            states=[NEW, *(self._state(step) for step in roots)],
            transitions=[self._transition(move) for move in process.moves],
            initial=NEW,
            send_event=True,
            auto_transitions=False,
            queued=False,
        )
        self._by_hand = {transition["trigger"]: transition for transition in self._moves_by_hand(roots)}

    def _state(self, step: Step) -> dict[str, Any]:
        state: dict[str, Any] = {"name": self._path[step.name].rpartition("/")[2]}
        if step.kind != "joined":
            state |= {"on_enter": _note_entered(step.name), "on_exit": _note_left(step.name)}
        if step.kind == "parallel":
            state["parallel"] = [self._branch(branch, inner) for branch, inner in step.branches]
        if step.kind == "use" and step.first:
            inner = [s for s in self._process.steps.values() if s.inside == (*step.inside, step.name)]
            state["children"] = [self._state(s) for s in inner]
            state["initial"] = step.first.rpartition("/")[2]
        return state

    def _branch(self, branch: str, inner: tuple[str, ...]) -> dict[str, Any]:
        return {
            "name": branch.rpartition("/")[2],
            "children": [*(self._state(self._process.steps[name]) for name in inner), {"name": "joined"}],
            "initial": self._path[inner[0]].rpartition("/")[2],
        }

    def _transition(self, move: Move) -> dict[str, Any]:
        return {
            "trigger": move.trigger,
            "source": self._path[move.source],
            "dest": self._path[move.target] if move.target else None,
            "conditions": [] if move.when is None else [_holds(move.when)],
            "before": [_note_move(move)],
        }

    def _moves_by_hand(self, roots: list[Step]) -> list[dict[str, Any]]:
        """Moving a case by hand: from every lasting step to every other; rules are asked by whoever fires it. They are
        many and seldom made: each is added when it is fired for the first time."""
        lasting = [self._path[step.name] for step in roots if step.kind != "end"]
        return [
            {"trigger": f"move:{step.name}", "source": lasting, "dest": self._path[step.name]}
            for step in roots
            if lasting
        ]

    def fire(self, here: Configuration, trigger: str, holds: Holds) -> Position | None:
        """Try the rows of a trigger in their written order; None when none of them holds or none starts here.

        `holds` works out a guard. The position tells where the case is then and what was left and entered.
        """
        if trigger in self._by_hand:
            self._machine.add_transition(**self._by_hand.pop(trigger))
        if trigger not in self._machine.events:
            return None
        paths = [self._path[leaf] for leaf in here]
        position = Position(paths[0] if len(paths) == 1 else paths, holds)
        try:
            fired = self._machine.trigger_event(position, trigger)
        except MachineError:  # the trigger exists, but nowhere in this configuration
            return None
        return position if fired else None

    def configuration(self, position: Position) -> Configuration:
        """Where a position is, as step names in the order of the file."""
        names = {self._name.get(path, path) for path in _flat(position.state)}
        return tuple(name for name in (NEW, *self._process.steps) if name in names)


def _path(process: Compiled, step: Step) -> str:
    if step.kind == "joined":
        return f"{_path(process, process.steps[step.inside[-1]])}/{step.id}/joined"
    outer = [process.steps[name] for name in step.inside]
    own = [o.id for o in outer]
    return "/".join([*own, step.id])


def _flat(state: Any) -> list[str]:
    return [leaf for part in state for leaf in _flat(part)] if isinstance(state, list) else [state]


def _position(event: EventData) -> Position:
    position = event.model
    assert isinstance(position, Position)
    return position


def _holds(guard: Guard) -> Callable[[EventData], bool]:
    return lambda event: _position(event).holds(guard)


def _note_move(move: Move) -> Callable[[EventData], None]:
    def note(event: EventData) -> None:
        _position(event).move = move

    return note


def _note_entered(name: str) -> Callable[[EventData], None]:
    return lambda event: _position(event).entered.append(name)


def _note_left(name: str) -> Callable[[EventData], None]:
    return lambda event: _position(event).left.append(name)


_of_this_thread = threading.local()


def machine_of(process: Compiled) -> Machine:
    """The machine of a version for this thread, built once: nested machines keep their scope while they work."""
    built: WeakKeyDictionary[Compiled, Machine] | None = getattr(_of_this_thread, "built", None)
    if built is None:
        built = _of_this_thread.built = WeakKeyDictionary()
    machine = built.get(process)
    if machine is None:
        machine = built[process] = Machine(process)
    return machine
