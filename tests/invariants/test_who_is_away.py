"""INV-06 while people come and go: nobody who is away holds anything, nothing that was theirs is lost, and its clock goes on."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.refusals import Refusal
from tests.invariants import doors
from tests.invariants.house import ALL_ROUNDERS, Premises, move_in
from tests.invariants.law import hold
from tests.invariants.stories import begin, returned_unit
from tests.invariants.test_who_waits_for_whom import on_its_way
from tests.journeys.a_return import confirmed, delivered

ACTS = 90


def somebody_goes_away(house: Premises) -> str:
    """One of the five is away for some days, from now on or from later on, with another of them as deputy or without."""
    name, now = house.dice.choice(ALL_ROUNDERS), house.desk.clock.now()
    since = now + dt.timedelta(hours=house.dice.choice([0, 0, 5, 30]))
    deputy = house.dice.choice([None, *(each for each in ALL_ROUNDERS if each != name)])
    until = since + dt.timedelta(days=house.dice.choice([1, 3, 10]))
    house.desk.house.accounts.set_absence(name, by=None, since=since, until=until, deputy=deputy)
    house.desk.house.desk.hand_on_for_who_is_away()
    return f"{name} for {deputy}"


def somebody_is_back(house: Premises) -> str:
    """Earlier than was entered."""
    house.desk.house.accounts.end_absence(house.dice.choice(ALL_ROUNDERS), by=None)
    return "back"


def somebody_takes_a_task(house: Premises) -> str:
    """So that there is something to hand on."""
    tasks = [task for case in house.open_cases() for task in case.tasks if task.assignee is None]
    if tasks:
        house.desk.house.desk.claim_task(house.dice.choice(tasks).id, house.dice.choice(ALL_ROUNDERS))
    return "taken"


STEPS: dict[Callable[[Premises], str], int] = {
    somebody_goes_away: 12, somebody_is_back: 4, somebody_takes_a_task: 20, doors.start_a_case: 8,
    doors.press_at_the_desk: 40,
    doors.take_give_or_put_aside: 12, doors.time_passes: 8, doors.reopen: 3, doors.another_owner: 3, doors.cancel: 1,
    doors.somebody_leaves_and_comes_back: 1, doors.a_carrier_calls: 4,
}  # fmt: skip


@pytest.fixture(scope="module", params=(401, 402))
def walked(request: pytest.FixtureRequest, prepared_premises: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Premises]:  # fmt: skip
    """A house in which people have come and gone for a while, with the laws asked after every act."""
    folder = tmp_path_factory.mktemp("away") / "data"
    shutil.copytree(prepared_premises, folder)
    house, dice = move_in(folder, request.param), random.Random(request.param)
    begin(house)
    for _ in range(ACTS):
        step = dice.choices(list(STEPS), list(STEPS.values()))[0]
        try:
            house.done[f"{step.__name__}: {step(house)}"] += 1
        except Refusal as refusal:
            house.refused.update(refusal.codes)
        hold(house.witness)
        nobody_away_holds_anything(house)
    yield house
    house.close()


def nobody_away_holds_anything(house: Premises) -> None:
    now = house.desk.clock.now()
    house.desk.house.desk.hand_on_for_who_is_away()  # what began meanwhile is seen by the next worker that looks
    house.witness.look()
    for case in house.open_cases():
        for task in case.tasks:
            holder = house.witness.people.get(task.assignee or "")
            assert holder is None or holder.away_at(now) is None, f"{case.number}: {task.label.en} with {holder.id}"
            assert task.assignee or task.roles, f"{case.number}: {task.label.en} is before nobody"


def test_nobody_who_is_away_holds_anything_and_tasks_were_handed_on(walked: Premises) -> None:
    kinds = [row for seen in walked.witness.seen.values() for row in seen.history]
    moved = [told for row in kinds for told in row.details.get("handed_on", ())]
    assert [told for told in moved if told["to"]], "no deputy ever got anything"
    assert walked.done["somebody_is_back: back"]


def test_what_was_handed_on_is_as_late_as_before(premises: Premises) -> None:
    desk = premises.desk
    case = returned_unit(desk, "SN-1")
    (before,) = [task for task in desk.case(case).tasks if task.kind == "work"]
    holder = before.assignee or before.roles[0]
    desk.house.desk.claim_task(before.id, holder)
    timers = desk.case(case).timers
    until = desk.clock.now() + dt.timedelta(days=9)
    desk.house.accounts.set_absence(holder, by=None, since=None, until=until, deputy=f"{holder}_2")
    desk.house.desk.hand_on_for_who_is_away()
    after = desk.case(case).task(before.id)
    assert after is not None and after.assignee == f"{holder}_2"
    assert (after.due_at, after.opened_at, desk.case(case).timers) == (before.due_at, before.opened_at, timers)
    hold(premises.witness)


def test_the_owner_of_a_closed_return_sees_to_its_parcel_that_is_taken_up_again(premises: Premises) -> None:
    desk = premises.desk
    case, child = on_its_way(premises)
    delivered(premises.desk, child)
    desk.press(case, "follow_up/call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    assert desk.case(case).ended == "returned"
    desk.house.desk.reopen_case(child, "sales", "a scratch was found later")
    (told,) = [task for task in desk.case(child).tasks if task.about.startswith("parent:")]
    assert told.assignee == desk.case(case).owner
    assert desk.history(case)[-1].kind == "child_reopened_alone" and desk.history(child)[-1].kind == "reopened_alone"
    hold(premises.witness)
    desk.house.desk.reopen_case(case, "service_supervisor", "the customer complains")
    assert desk.case(case).open_children == (child,)
    confirmed(premises.desk, child)
    assert desk.case(case).open_children == ()
    hold(premises.witness)
