"""The earlier case about the same, as a page tells of it: only to who may see that case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.case import Case
from engine.listings import category_of
from web import current, site


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """A case to look at before the same is done again; `count` are all of them."""

    id: str
    number: str
    category: str
    count: int


def earlier_case(told: Mapping[str, Any] | None) -> EarlierCase | None:
    """What the page says of it; its state as it is now."""
    if told is None:
        return None
    viewer, id = current.viewer(), str(told["id"])
    case: Case | None
    case, seen = current.read(lambda screens: (screens.case(id), screens.may_see(viewer, id)))
    process = site.compiled(current.house(), case.process, case.version) if case is not None else None
    if case is None or process is None or not seen:
        return None
    return EarlierCase(id, case.number, category_of(process, case), int(told["count"]))
