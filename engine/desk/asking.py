"""Somebody's press opens a case beside an open one about the same: who presses looks at that one first, and presses again.

Programs are not asked; both owners are told in any case, see `engine.same_again`.
"""

from __future__ import annotations

from engine.cases_named import may_see
from engine.casework import Casework
from engine.refusals import OpenBeside


def ask_first(desk: Casework, pressed: str, by: str) -> None:
    """Raises OpenBeside, which undoes the press, where such a case is for this person to see. Who presses on a page of the
    open case itself knows of it."""
    person = desk.uow.people().get(by)
    twins = [desk.load(id)[1] for id in desk.twins if id != pressed]
    seen = {case.id: case.number for case in twins if person and may_see(desk.uow, desk.definitions, person, case)}
    if seen:
        raise OpenBeside(seen)
