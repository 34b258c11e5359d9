"""The process picture on a page: lying on screens, standing on telephones, each step a link.

Drawing takes a tenth of a second, and the same picture is asked for again and again: the last ones are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from flask import request, url_for

from engine.case import Case
from engine.definition.compiled import NEW, Compiled
from engine.screens import HistoryRow
from web import current
from web.drawing import Drawing
from web.picture import picture_svg

Pairs = frozenset[tuple[str, str]]


def picture_of_process(process: Compiled) -> Drawing:
    """A process as it is; each step leads to its row in the table below."""
    return _drawn(process, _others(), current.language(), _direction(), "")


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
        tasks=frozenset((t.step, url_for("task.show", task_id=t.id)) for t in case.tasks if t.kind == "work"),
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
        children={other.id: other for other in others},
    )
    return Drawing(svg)
