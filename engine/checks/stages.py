"""Whether the stages of a process are its whole table of contents (P465)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.given import Given
from engine.definition.compiled import Spot
from engine.definition.compiling import Flaw
from engine.definition.expressions.problem import meant


def every_step_has_its_stage(given: Given) -> Iterator[Flaw]:
    """Where a process has stages, each of its own steps but the ends stands in exactly one."""
    written = given.process.file.stages
    if not written:
        return
    steps = {step.name: step for step in given.process.roots() if step.kind != "end"}
    placed: dict[str, str] = {}
    for id, stage in written.items():
        for n, name in enumerate(stage.steps):
            spot = Spot("process", ("stages", id, "steps", n) if len(stage.steps) > 1 else ("stages", id, "steps"))
            if name not in steps:
                yield Flaw("P465.unknown", spot, {"step": name, "meant": meant(name, steps)})
            elif name in placed:
                yield Flaw("P465.twice", spot, {"step": name, "stage": placed[name]})
            placed.setdefault(name, id)
    for name in steps:
        if name not in placed:
            yield Flaw("P465.missing", Spot("process", ("stages",)), {"step": name})
