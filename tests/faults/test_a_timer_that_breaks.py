"""A timer that cannot be handled, for whatever reason, is put before an administrator; the others ring."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from engine.case import Case, Timer
from engine.kept import CaseChange
from engine.screen_rows import IncidentRow
from engine.store import UnitOfWork
from tests.journeys.a_desk import ADesk, open_desk

DAY = dt.timedelta(days=1)


def a_return(desk: ADesk, unit: str) -> str:
    """A return that waits to be authorised, with its ladder running."""
    return desk.start("factory_return", "service_agent", sn=unit, complaint_text="no power").case


def spoil(desk: ADesk, case_id: str) -> Timer:
    """The first timer of a case points to a row that its ladder does not have, as after a damaged backup."""
    case = desk.case(case_id)
    first = min(case.timers, key=lambda timer: (str(timer.fire_at), timer.id))
    timers = tuple(replace(timer, row=99) if timer == first else timer for timer in case.timers)
    put(desk, case, replace(case, timers=timers, revision=case.revision + 1))
    return first


def put(desk: ADesk, before: Case, after: Case) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.save(CaseChange(before, after))

    desk.house.store.write(work)


def incidents(desk: ADesk) -> list[IncidentRow]:
    return list(desk.house.store.read(lambda screens: screens.incidents()))


def rang(desk: ADesk, case: str) -> int:
    """How many timers were answered; one for urgent cases alone is passed over."""
    return sum(row.kind in {"rang", "passed_over"} for row in desk.history(case))


def test_an_error_nobody_foresaw_lifts_its_own_timer_and_no_other(desk: ADesk) -> None:
    broken, well = a_return(desk, "SN-1"), a_return(desk, "SN-2")
    spoiled = spoil(desk, broken)

    desk.pass_time(days=3)

    assert rang(desk, well) == rang(desk, broken) + 1 > 1
    assert [(row.case, "IndexError" in row.text.en) for row in incidents(desk)] == [(broken, True)]
    assert spoiled.id in {timer.id for timer in desk.case(broken).timers}


def test_a_lifted_timer_rings_once_the_cause_is_mended_and_settled(desk: ADesk) -> None:
    broken = a_return(desk, "SN-1")
    whole = desk.case(broken)
    spoiled = spoil(desk, broken)
    desk.pass_time(days=3)
    (incident,) = incidents(desk)
    assert desk.pass_time(days=1) >= 0 and spoiled.id in {timer.id for timer in desk.case(broken).timers}

    case = desk.case(broken)
    mended = tuple(
        next(t for t in whole.timers if t.id == spoiled.id) if t.id == spoiled.id else t for t in case.timers
    )
    put(desk, case, replace(case, timers=mended, revision=case.revision + 1))
    before = rang(desk, broken)
    desk.house.desk.settle_incident(incident.id, "admin")
    assert desk.pass_time(minutes=1) == 1
    assert rang(desk, broken) == before + 1


def test_a_database_that_is_away_is_no_fault_of_any_timer(desk: ADesk, folder: Path) -> None:
    case = a_return(desk, "SN-1")
    desk.clock.advance(3 * DAY)
    desk.house.close()
    with pytest.raises(RuntimeError, match="closed"):
        desk.house.desk.ring_due_timers()

    back = open_desk(folder)
    assert back.pass_time(days=3) == rang(back, case) > 0
    assert incidents(back) == []
    back.house.close()
