"""Checks the fragments of a library by themselves: each as the only step of a process that does nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.all import ON_WORDS
from engine.checks.given import Given
from engine.definition.compiled import Site
from engine.definition.compiling import Flaw, compile_process
from engine.definition.model import LibraryFile, ProcessFile
from engine.definition.model.shared import Fragment

_ABOUT_THE_PROCESS = ("P409", "P443", "P401.name", "P441", "P423")
"""What a fragment leaves to the process that uses it: its milestones, its customer, its own fields and steps."""


def fragment_flaws(library: LibraryFile, site: Site) -> Iterator[Flaw]:
    """Everything wrong with the fragments themselves."""
    for name, fragment in library.fragments.items():
        process, flaws = compile_process(_only(name, fragment), site, library)
        given = Given(process, library)
        for flaw in (*flaws, *(flaw for check in ON_WORDS for flaw in check(given))):
            if flaw.spot.file == "library" and not flaw.key.startswith(_ABOUT_THE_PROCESS):
                yield flaw


def _only(name: str, fragment: Fragment) -> ProcessFile:
    ends = [id for id, step in fragment.steps.items() if step.kind == "end"]
    return ProcessFile.model_validate(
        {
            "process": "only_this",
            "version": 1,
            "label": "Only this | 仅此",
            "start": {"role": []},
            "steps": {
                "it": {"use": name, "outcomes": dict.fromkeys(ends, "over")},
                "over": {"end": "success", "label": "Over | 结束"},
            },
        }
    )
