"""The steps, forms and texts of a process as their author wrote them, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from engine.checks.given import Given
from engine.definition.compiled import Spot, YamlPath
from engine.definition.compiling.names import under
from engine.definition.model.shared import Fragment
from engine.definition.model.steps import Step
from engine.definition.texts import Text


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """A step as written. `inside`: what it stands directly in."""

    id: str
    step: Step
    spot: Spot
    in_branch: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that were written, as they stand in the file."""
        fields = Step.model_fields
        return tuple(fields[name].alias or name for name in fields if name in self.step.model_fields_set)


def written_steps(given: Given) -> Iterator[WrittenStep]:
    """Every step of the process, of its branches, and of the fragments it uses."""
    yield from _steps(given.process.file.steps, Spot("process", ("steps",)), in_branch=False)
    for name, fragment in used_fragments(given).items():
        yield from _steps(fragment.steps, Spot("library", ("fragments", name, "steps")), in_branch=False)


def used_fragments(given: Given) -> dict[str, Fragment]:
    """The fragments that some step of the process uses."""
    shared = given.library.fragments if given.library else {}
    used = {step.uses for step in given.process.steps.values() if step.uses}
    return {name: fragment for name, fragment in shared.items() if name in used}


def _steps(steps: Mapping[str, Step], spot: Spot, *, in_branch: bool) -> Iterator[WrittenStep]:
    for id, step in steps.items():
        here = under(spot, id)
        yield WrittenStep(id, step, here, in_branch)
        for branch, inner in (step.parallel or {}).items():
            yield from _steps(inner, under(here, "parallel", branch), in_branch=True)


def texts(part: BaseModel, path: YamlPath = ()) -> Iterator[tuple[Text, YamlPath]]:
    """Every bilingual text below a part of a file, with its keys."""
    for name, field in type(part).model_fields.items():
        yield from _texts(getattr(part, name), (*path, field.alias or name))


def _texts(value: object, path: YamlPath) -> Iterator[tuple[Text, YamlPath]]:
    match value:
        case Text():
            yield value, path
        case BaseModel():
            yield from texts(value, path)
        case Mapping():
            for key, inner in value.items():
                yield from _texts(inner, (*path, key))
        case tuple():
            for n, inner in enumerate(value):
                yield from _texts(inner, (*path, n))
