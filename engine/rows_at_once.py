"""Several rows of a ladder are due at the same time: which of them stay silent, and who is written to by a later one anyway.

After an outage every row that came while the step was open is told, with one mail to a person. What was over before the
step began nobody could have minded: of that only the highest row asks anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.case import Timer
from engine.definition.compiled import LadderRow
from engine.notices import people_told

if TYPE_CHECKING:
    from engine.flow import Flow


def is_overtaken(flow: Flow, timer: Timer, row: LadderRow, ladder: Sequence[LadderRow]) -> bool:
    """Whether the moment of this row was over when its step began, and so was that of a later one that asks somebody: an
    escalation gives way to the next one only. A row that leaves the step and a mail with a text of its own stay."""
    if row.moves or row.template or not _was_over(flow, timer, row):
        return False
    later = [ladder[each.row] for each in _due_after(flow, timer) if _was_over(flow, each, ladder[each.row])]
    asking = [each for each in _that_ring(flow, row, later) if each.asks]
    return any(each.task for each in asking) if row.task else bool(asking)


def told_by_a_higher_level(flow: Flow, timer: Timer, row: LadderRow, ladder: Sequence[LadderRow]) -> frozenset[str]:
    """Who gets a mail from a later row of this ladder that is due by now too: after an outage one mail is enough.

    A mail with a text of its own is always written.
    """
    if row.moves or row.template:
        return frozenset()
    later = [ladder[other.row] for other in _due_after(flow, timer)]
    return frozenset(id for each in _that_ring(flow, row, later) for id in people_told(flow, each, timer.step))


def _that_ring(flow: Flow, row: LadderRow, later: Sequence[LadderRow]) -> Iterator[LadderRow]:
    """A row that leaves the step is the last to be counted; one with an `if` is counted while that holds, until something is
    done that may change the answer."""
    changed = bool(row.do)
    for each in later:
        if each.when is None or (not changed and flow.holds(each.when)):
            yield each
        if each.moves:
            return
        changed = changed or bool(each.do)


def _was_over(flow: Flow, timer: Timer, row: LadderRow) -> bool:
    begun = flow.draft.entered[timer.step] if timer.step else flow.draft.round_started_at or flow.draft.opened_at
    return row.at.anchor != "entry" and timer.fire_at is not None and timer.fire_at <= begun


def _due_after(flow: Flow, timer: Timer) -> list[Timer]:
    """The timers of the same ladder that should have rung after this one, in their order."""
    due = [
        (other.fire_at, other.id, other)
        for other in flow.draft.timers
        if other.fire_at is not None
        and other.fire_at <= flow.now
        and (other.step, other.visit) == (timer.step, timer.visit)
        and other.row >= 0
    ]
    moment = timer.fire_at or flow.now
    return [
        other for fire_at, id, other in sorted(due, key=lambda each: each[:2]) if (fire_at, id) > (moment, timer.id)
    ]
