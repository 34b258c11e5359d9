"""Walks through a whole house by every door there is, on SQLite and on PostgreSQL: after every act every law holds, and
nothing breaks.

The dice are the same each time; a broken law names its seed, the act and the door. `DOORS` and `law` say what is tried.
"""

from __future__ import annotations

import random
import shutil
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.refusals import Refusal
from tests.invariants.doors import DOORS
from tests.invariants.house import Premises, move_in, prepare_premises
from tests.invariants.law import every_law, hold
from tests.invariants.stories import begin
from tests.invariants.stories_beside import begin_beside
from tests.servers.postgres import Postgres

SEEDS = range(101, 105)
ACTS = 160
ON_POSTGRES, ACTS_ON_POSTGRES = 108, 130


@dataclass
class Tally:
    """What all walks together did."""

    broken: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    began: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def walks(prepared_premises: Path, tmp_path_factory: pytest.TempPathFactory) -> Tally:
    """All walks, each in a house of its own."""
    tally = Tally()
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp("walk") / "data"
        shutil.copytree(prepared_premises, folder)
        _in_a_house(move_in(folder, seed), seed, ACTS, tally)
    return tally


@pytest.fixture(scope="module")
def walk_on_postgres(postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Tally:
    """One more walk, in a house whose database is a server."""
    tally, folder = Tally(), tmp_path_factory.mktemp("walk") / "data"
    with postgres_server.database() as url:
        prepare_premises(folder, url)
        _in_a_house(move_in(folder, ON_POSTGRES, url), ON_POSTGRES, ACTS_ON_POSTGRES, tally)
    return tally


def test_no_law_is_broken_and_nothing_breaks(walks: Tally) -> None:
    assert not walks.broken, "\n\n".join(walks.broken)


def test_every_law_is_asked() -> None:
    assert list(every_law()) == [f"inv_{n:02}" for n in range(1, 21)]


def test_every_door_was_opened(walks: Tally) -> None:
    opened = {name.partition(":")[0] for name in (*walks.done, *walks.refused)}
    assert opened == {door.__name__ for door in DOORS}


@pytest.mark.parametrize("step", ["shipping", "delivery", "register_swap", "repair", "final_test"])
def test_the_walks_came_to_where_it_is_dangerous(walks: Tally, step: str) -> None:
    assert walks.began[f"factory_return/{step}"] >= len(SEEDS), walks.began


@pytest.mark.parametrize(
    "process",
    ["warranty_renewal", "purchase_follow_up", "remote_help", "consultation", "customer_care", "customer_care_item"],
)
def test_the_walks_went_through_what_was_in_hand_beside(walks: Tally, process: str) -> None:
    steps = {name: times for name, times in walks.began.items() if name.startswith(f"{process}/")}
    assert sum(steps.values()) >= 2 * len(SEEDS), steps


@pytest.mark.parametrize(
    "ends",
    [
        ("complaint/merged",),
        ("factory_return/returned", "factory_return/settled", "factory_return/not_received"),
        ("shipment_tracking/delivered", "shipment_tracking/delivered_damaged", "shipment_tracking/lost"),
    ],
)
def test_the_walks_came_to_ends(walks: Tally, ends: tuple[str, ...]) -> None:
    assert sum(walks.ended[end] for end in ends), walks.ended


@pytest.mark.parametrize("kind", ["reopened", "moved", "rang", "arrived", "reassigned", "child_opened"])
def test_the_walks_did_what_people_and_clocks_do(walks: Tally, kind: str) -> None:
    assert walks.kinds[kind], walks.kinds


@pytest.mark.parametrize("door", ["a_carrier_calls", "a_program_tells", "press_over_json", "press_on_the_page"])
def test_what_came_from_outside_was_heard(walks: Tally, door: str) -> None:
    heard = [
        name for name in walks.done if name.startswith(door) and ("taken" in name or " 200" in name or " 303" in name)
    ]
    assert heard, [name for name in walks.done if name.startswith(door)]


def test_customers_were_told_without_a_mail(walks: Tally) -> None:
    told = [name for name in walks.done if name.startswith("tell_otherwise") and name.endswith((" told", " 200"))]
    assert told, [name for name in walks.done if name.startswith("tell_otherwise")]


@pytest.mark.parametrize("codes", [{"rule"}, {"role"}, {"different_person", "same_person"}, {"held"}])
def test_the_walks_were_stopped_where_they_should_be(walks: Tally, codes: set[str]) -> None:
    assert codes & {name.rpartition(": ")[2] for name in walks.refused}, walks.refused


def test_no_law_is_broken_and_nothing_breaks_on_postgres(walk_on_postgres: Tally) -> None:
    assert not walk_on_postgres.broken, "\n\n".join(walk_on_postgres.broken)


def test_the_walk_on_postgres_did_something(walk_on_postgres: Tally) -> None:
    opened = {name.partition(":")[0] for name in (*walk_on_postgres.done, *walk_on_postgres.refused)}
    assert len(opened) > 0.8 * len(DOORS), {door.__name__ for door in DOORS} - opened
    assert walk_on_postgres.kinds["completed"] > 20, walk_on_postgres.kinds
    assert walk_on_postgres.kinds["rang"] and walk_on_postgres.kinds["arrived"], walk_on_postgres.kinds
    assert "rule" in {name.rpartition(": ")[2] for name in walk_on_postgres.refused}


def _in_a_house(house: Premises, seed: int, acts: int, tally: Tally) -> None:
    begin(house)
    begin_beside(house)
    _walk(house, seed, acts, tally)
    _count(house, tally)
    house.close()


def _walk(house: Premises, seed: int, acts: int, tally: Tally) -> None:
    """Until a law breaks, or to the end; each door once, and the others as often as `DOORS` says."""
    dice, doors = random.Random(seed), list(DOORS)
    way = doors + dice.choices(doors, list(DOORS.values()), k=acts - len(doors))
    dice.shuffle(way)
    for act, door in enumerate(way):
        try:
            try:
                house.done[f"{door.__name__}: {door(house)}"] += 1
            except Refusal as refusal:
                house.refused.update(f"{door.__name__}: {code}" for code in refusal.codes)
            hold(house.witness)
        except AssertionError as broken:
            tally.broken.append(f"seed {seed}, act {act}, {door.__name__}: {broken}")
            return
        except Exception:
            tally.broken.append(f"seed {seed}, act {act}, {door.__name__}:\n{traceback.format_exc(limit=-4)}")
            return


def _count(house: Premises, tally: Tally) -> None:
    tally.done += house.done
    tally.refused += house.refused
    for each in house.witness.seen.values():
        tally.kinds.update(row.kind for row in each.history)
        for row in each.history:
            tally.began.update(f"{each.case.process}/{step}" for step in row.details.get("entered", ()))
            if ended := row.details.get("ended"):
                tally.ended[f"{each.case.process}/{ended}"] += 1
