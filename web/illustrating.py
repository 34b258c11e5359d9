"""The process picture on a page: lying on screens, standing on telephones, each step a link.

Drawing takes a tenth of a second, and the same picture is asked for again and again: the last ones are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from flask import request, url_for

from engine.case import Case
from engine.definition.compiled import NEW, Compiled
from engine.screen_rows import HistoryRow
from web import current
from web.drawing import Drawing
from web.picture import picture_svg

Pairs = frozenset[tuple[str, str]]


def picture_of_process(process: Compiled) -> Drawing:
    """A process as it is; each step leads to its row in the table below."""
    return _drawn(process, _others(), current.language(), _direction(), "", stages=shows_stages(process))


def shows_stages(process: Compiled) -> bool:
    """The overview of the stages is shown first, where a process has them; every step for whoever asks for it."""
    return bool(process.file.stages) and request.args.get("picture") != "steps"


def other_picture(process: Compiled | None) -> tuple[str, str] | None:
    """The word and the address of the picture that is not shown; None where a process has only one."""
    if process is None or not process.file.stages:
        return None
    if shows_stages(process):
        return "picture.steps", url_for(request.endpoint or "", **(request.view_args or {}), picture="steps")
    return "picture.stages", url_for(request.endpoint or "", **(request.view_args or {}))


def picture_of_case(case: Case, process: Compiled | None, history: Sequence[HistoryRow]) -> Drawing | None:
    """A process with the way a case took; a step with open work leads to it, the others to their description."""
    if process is None:
        return None
    return _drawn(
        process,
        _others(),
        current.language(),
        _direction(),
        url_for("processes.version", process=process.id, number=process.version),
        here=case.leaves if case.is_open else (case.ended or "",),
        visited=frozenset(step for row in history for step in row.details.get("entered") or ()),
        ways=frozenset((a, b) for row in history for a in _left(row) for b in row.details.get("entered") or ()),
        tasks=frozenset(_open_work(case, process)),
        stages=shows_stages(process),
    )


def _open_work(case: Case, process: Compiled) -> Iterator[tuple[str, str]]:
    """Each step with a task, and the first step of its stage, with the address of the task."""
    for task in case.tasks:
        if task.kind == "work":
            address = url_for("task.show", task_id=task.id)
            yield task.step, address
            if shows_stages(process):
                outermost = (*process.steps[task.step].inside, task.step)[0]
                yield from (
                    (stage.steps[0], address) for stage in process.file.stages.values() if outermost in stage.steps
                )


def _left(row: HistoryRow) -> Sequence[str]:
    return row.details.get("left") or ((NEW,) if row.kind == "started" else ())


def _others() -> tuple[Compiled, ...]:
    """The processes this one may run, so that their ends are called by their names."""
    return tuple(current.catalogue().processes.values())


def _direction() -> Literal["right", "down"]:
    """Telephones say what they are; everything else is wide enough, or scrolls."""
    telephone = request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.headers.get("User-Agent", "")
    return "down" if telephone else "right"


@lru_cache(maxsize=256)
def _drawn(
    process: Compiled,
    others: tuple[Compiled, ...],
    language: str,
    direction: Literal["right", "down"],
    about: str,
    here: tuple[str, ...] = (),
    visited: frozenset[str] = frozenset(),
    ways: Pairs = frozenset(),
    tasks: Pairs = frozenset(),
    stages: bool = False,
) -> Drawing:
    open_work = dict(tasks)
    svg = picture_svg(
        process,
        here=here,
        visited=visited,
        ways=ways,
        language=language,
        link=lambda step: open_work.get(step, f"{about}#step-{step}"),
        direction=direction,
        stages=stages,
        children={other.id: other for other in others},
    )
    return Drawing(svg)
