"""News from outside that nobody waits for: which ended cases hear that it came. Of each process the one that ended last, within
a year and while it can still be opened again; the latest of all writes a mail, the others leave a notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine import events as happened
from engine.after_the_end import not_reopened
from engine.case import Case
from engine.definition.compiled import Compiled
from engine.definition.expressions import as_compared, told_apart_by
from engine.kept import AFTER_THE_END, KeptEvent
from engine.matching import is_about
from engine.sealing import sealed

if TYPE_CHECKING:
    from engine.casework import Casework

MINDED_FOR = dt.timedelta(days=366)


def tell_the_ended(work: Casework, event: KeptEvent) -> None:
    """The same words are told once, however often they are sent."""
    now = work.uow.now
    found = [(process, case) for process, case in _ended_last(work, event) if not _is_too_late(process, case, now)]
    minded = sorted((case for _, case in found), key=lambda case: case.id)
    latest = max(minded, key=_ended_at, default=None)
    for case in minded:
        said = f"{AFTER_THE_END}{case.id}:{case.round}:{sealed([event.name, event.values])}"
        if not work.uow.event_seen(said[:200]):
            work.handle(case.id, happened.HeardTooLate(event.name, event.source, by_mail=case is latest))


def _ended_last(work: Casework, event: KeptEvent) -> Iterable[tuple[Compiled, Case]]:
    """Of each process the one that would have heard it, however its number is written."""
    told = {key: str(value) for key, value in event.values.items() if value is not None}
    forms = ({key: form(text) for key, text in told.items()} for form in (as_compared, told_apart_by))
    name, since = f"{AFTER_THE_END}{event.name}", work.uow.now - MINDED_FOR
    ids = {id for values in forms for id in work.uow.ended_last(name, values, since=since)}
    meant = [found for found in map(work.load, sorted(ids)) if is_about(*found, event.name, event.values)]
    return {process.id: (process, case) for process, case in sorted(meant, key=lambda m: _ended_at(m[1]))}.values()


def _is_too_late(process: Compiled, case: Case, now: dt.datetime) -> bool:
    refusal = not_reopened(process, case.ended_at, now)
    return refusal is not None and refusal.code == "too_late"


def _ended_at(case: Case) -> tuple[dt.datetime, str]:
    return case.ended_at or case.opened_at, case.id
