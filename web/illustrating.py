"""The process picture on a page: lying for screens, standing for telephones, each step a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import url_for

from engine.case import Case
from engine.definition.compiled import NEW, Compiled
from engine.screens import HistoryRow
from web import current
from web.drawing import Drawing
from web.picture import picture_svg

Pictures = tuple[Drawing, Drawing]


def pictures_of_process(process: Compiled) -> Pictures:
    """A process as it is; each step leads to its row in the table below."""
    return _draw(process, lambda step: f"#step-{step}")


def pictures_of_case(case: Case, process: Compiled | None, history: Sequence[HistoryRow]) -> Pictures | None:
    """A process with the way a case took; a step with open work leads to it, the others to their description."""
    if process is None:
        return None
    tasks = {task.step: url_for("task.show", task_id=task.id) for task in case.tasks if task.kind == "work"}
    about = url_for("processes.version", process=process.id, number=process.version)
    visited = {step for row in history for step in row.details.get("entered") or ()}
    ways = {(a, b) for row in history for a in _left(row) for b in row.details.get("entered") or ()}
    here = case.leaves if case.is_open else (case.ended or "",)
    return _draw(process, lambda step: tasks.get(step, f"{about}#step-{step}"), here, visited, ways)


def _left(row: HistoryRow) -> Sequence[str]:
    return row.details.get("left") or ((NEW,) if row.kind == "started" else ())


def _draw(
    process: Compiled,
    link: Callable[[str], str],
    here: Sequence[str] = (),
    visited: set[str] | frozenset[str] = frozenset(),
    ways: set[tuple[str, str]] | frozenset[tuple[str, str]] = frozenset(),
) -> Pictures:
    language, children = current.language(), current.catalogue().processes
    lying = picture_svg(process, here=here, visited=visited, ways=ways, language=language, link=link, children=children)
    standing = picture_svg(
        process,
        here=here,
        visited=visited,
        ways=ways,
        language=language,
        link=link,
        direction="down",
        children=children,
    )
    return Drawing(lying), Drawing(standing)
