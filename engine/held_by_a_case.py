"""Where a unit is: once an open case has written it, that case alone says otherwise. A machine on the workshop's shelf is not
with its customer because somebody corrects a record."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.texts import Text
from engine.records import Record
from engine.replaced import UNIT
from engine.store import UnitOfWork

CUSTODY = "custody"


def held(uow: UnitOfWork, old: Record | None, wanted: Mapping[str, object]) -> tuple[str, Text] | None:
    """The attribute and the reason, when these values would move a unit that an open case has moved last."""
    if old is None or old.type != UNIT or CUSTODY not in wanted or _same(wanted[CUSTODY], old.attributes.get(CUSTODY)):
        return None
    moves = [change for change in uow.record_history(old.type, old.id) if change["attribute"] == CUSTODY]
    writers = uow.cases_numbered([str(move["reason"]) for move in moves[-1:]])
    case = next(iter(writers.values()), None)
    if case is None or not case.is_open:
        return None
    return CUSTODY, Text(
        f"{case.number} is open and has written this; it changes there",
        f"此项由未结工单 {case.number} 写入，请在该工单中变更",
    )


def _same(one: object, other: object) -> bool:
    return (one or None) == (other or None)
