"""The graph that is proved and what `transitions` does are the same, on every configuration of every process."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.definition.compiled import Compiled, Guard, Move
from engine.definition.configurations import Configuration, after, explore, passed_at_once, possible
from engine.machine import Machine, machine_of
from tests.engine.generated import generated_process
from tests.engine.loaded import EXAMPLES, SHIPPED, names_in, process

FILES = [(folder, name) for folder in (SHIPPED, EXAMPLES) for name in names_in(folder)]
SEEDS = range(150)  # 0 to 149; a failure names its seed

# What happens by one move: its id, where the case is then, what begins, and what is left.
Happens = tuple[str, Configuration, frozenset[str], frozenset[str]]


def differences(told: Compiled, done: Compiled) -> Iterator[str]:
    """Every configuration in which the graph of one process and the machine of the other do not do the same."""
    machine = machine_of(done)
    for here in {**explore(told).edges, **explore(done).edges}:
        graph, ran = _by_the_graph(told, here), _by_the_machine(done, machine, here)
        if graph != ran:
            yield f"in {here}: graph only {graph - ran}, machine only {ran - graph}"


def _by_the_graph(process: Compiled, here: Configuration) -> set[Happens]:
    found = set()
    for move in possible(process, here):
        target, entered, left = after(process, here, move.source, move.target)
        found.add((move.id, target, frozenset(entered), frozenset(_steps(process, left))))
    return found


def _by_the_machine(process: Compiled, machine: Machine, here: Configuration) -> set[Happens]:
    """Every trigger the engine could fire here, with every one of its conditions the only one that holds."""
    found = set()
    for trigger, moves in process.moves_of.items():
        if not _fired_by_the_engine(process, here, moves):
            continue
        for holding in {move.when for move in moves}:  # two steps may ask the same, each with a guard of its own
            position = machine.fire(here, trigger, lambda guard, holding=holding: guard == holding)
            if position is not None and position.move is not None:
                entered, left = frozenset(position.entered), frozenset(position.left)
                assert len(entered) == len(position.entered), f"entered twice: {position.entered}"
                assert len(left) == len(position.left), f"left twice: {position.left}"
                found.add((position.move.id, machine.configuration(position), entered, left))
    return found


def _fired_by_the_engine(process: Compiled, here: Configuration, moves: Iterable[Move]) -> bool:
    """While a step is passed at once nothing else is tried; joins and ends of fragments are passed, never pressed."""
    passing = passed_at_once(process, here)
    if passing is not None:
        return any(move.source == passing for move in moves)
    return not any(move.kind in ("join", "use") for move in moves)


def _steps(process: Compiled, names: Iterable[str]) -> Iterable[str]:
    return (name for name in names if process.steps[name].kind != "joined")


@pytest.mark.parametrize(("folder", "name"), FILES, ids=[f"{folder.name}-{name}" for folder, name in FILES])
def test_the_graph_of_a_written_process_is_what_the_machine_does(folder: Path, name: str) -> None:
    written = process(folder, name)

    assert list(differences(written, written)) == []


@pytest.mark.parametrize("first", range(0, len(SEEDS), 50))
def test_the_graph_of_a_generated_process_is_what_the_machine_does(first: int) -> None:
    for seed in SEEDS[first : first + 50]:
        generated = generated_process(seed)
        assert list(differences(generated, generated)) == [], f"seed {seed}"


def test_what_is_generated_has_branches_in_fragments_and_fragments_in_branches() -> None:
    found = set()
    for generated in map(generated_process, SEEDS[:100]):
        for step in generated.steps.values():
            found |= {(generated.steps[outer].kind, step.kind) for outer in step.inside}
            found |= {("join", step.join)} if step.kind == "parallel" else set()

    assert {
        ("use", "parallel"),
        ("parallel", "use"),
        ("parallel", "parallel"),
        ("join", "all"),
        ("join", "any"),
    } <= found


@pytest.mark.parametrize(("folder", "name"), FILES, ids=[f"{folder.name}-{name}" for folder, name in FILES])
def test_a_move_that_one_side_lacks_is_found(folder: Path, name: str) -> None:
    written = process(folder, name)
    reached = sorted({edge.move.id for edge in explore(written).all_edges()})

    for id in random.Random(name).sample(reached, min(2, len(reached))):
        lacking = replace(written, moves=tuple(move for move in written.moves if move.id != id))
        assert any(differences(lacking, written)), f"{id} is missing in the graph and nobody noticed"
        assert any(differences(written, lacking)), f"{id} is missing in the machine and nobody noticed"


def test_without_a_row_that_holds_or_from_another_step_nothing_is_made() -> None:
    returned = process(EXAMPLES, "factory_return")

    def nothing_holds(_: Guard) -> bool:
        return False

    otherwise = machine_of(returned).fire(("reinspection",), "reinspection.passed", nothing_holds)
    assert otherwise is not None and otherwise.move is not None and otherwise.move.target == "repair"
    only_guarded = replace(returned, moves=tuple(move for move in returned.moves if move.target != "repair"))
    assert machine_of(only_guarded).fire(("reinspection",), "reinspection.passed", nothing_holds) is None
    assert machine_of(returned).fire(("repair",), "reinspection.passed", nothing_holds) is None
    assert machine_of(returned).fire(("repair",), "no.such.trigger", nothing_holds) is None


def test_steps_begin_outermost_first_and_end_innermost_first() -> None:
    onsite = process(EXAMPLES, "onsite_repair")
    machine = machine_of(onsite)

    begun = machine.fire(("dispatching",), "dispatching", lambda guard: False)
    ended = machine.fire(("order_parts", "agree_date"), "cancel", lambda guard: False)

    assert begun is not None and begun.entered == ["preparing", "check_parts", "agree_date"]
    assert ended is not None and ended.left[-1] == "preparing" and ended.entered == ["cancelled"]
