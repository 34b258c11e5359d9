"""Many people press the same buttons at the same moment: each task has one winner, and everybody else is told so."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.faults.presses import press_all
from tests.journeys.a_desk import ADesk, open_desk
from tests.journeys.a_return import AUTHORISED

TASKS, THREADS = 25, 8
EVERYBODY = ("service_agent", "service_agent_2", "service_agent_3")
LOST = {"closed", "held"}


@pytest.fixture(params=("sqlite", "postgres"))
def any_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ADesk]:
    """A desk on each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("desk")
        return
    opened = open_desk(tmp_path / "data", request.getfixturevalue("prepared_postgres"))
    yield opened
    opened.house.close()


def begin(desk: ADesk, number: int) -> list[str]:
    """So many returns; the tasks that authorise them."""
    known: dict[str, Any] = {"complaint_text": "dead", **AUTHORISED}
    units = [f"U-{n}" for n in range(number)]  # a second return of the same unit would be asked about
    for unit in units:
        desk.add("serial_number", unit, customer="C-1", product="Pump")
    cases = [desk.start("factory_return", "service_agent", sn=unit, **known) for unit in units]
    return [desk.work(case.case, "authorising").id for case in cases]


def has_one_winner_each(desk: ADesk, tasks: Sequence[str], told: Sequence[tuple[str, str, str]], presses: int) -> None:
    """By what the pressers were told, and by what the desk knows."""
    assert {what for _, _, what in told if not what.startswith("done ")} <= LOST
    winners = {task: by for by, task, what in told if what.startswith("done ")}
    assert Counter(task for _, task, what in told if what.startswith("done ")) == Counter(tasks)
    assert len(told) == presses * len(tasks)
    for task in tasks:
        case = task.partition(".")[0]
        completed = [row for row in desk.history(case) if row.kind == "completed"]
        assert [row.by for row in completed] == [winners[task]]
        assert desk.case(case).leaves == ("waiting_for_goods",)


def test_of_eight_who_press_one_wins_and_seven_are_told(any_desk: ADesk) -> None:
    tasks = begin(any_desk, TASKS)
    people = [EVERYBODY[n % len(EVERYBODY)] for n in range(THREADS)]
    has_one_winner_each(any_desk, tasks, press_all(any_desk.house.desk, tasks, people), THREADS)


def test_a_double_click_has_the_answer_of_the_first_click(any_desk: ADesk) -> None:
    tasks = begin(any_desk, 10)
    told = press_all(any_desk.house.desk, tasks, ["service_agent"] * 4, key="the same form")
    assert len({(task, what) for _, task, what in told}) == len(tasks)
    assert all(what.startswith(f"done {task.partition('.')[0]} ") for _, task, what in told)
    for task in tasks:
        assert [row.kind for row in any_desk.history(task.partition(".")[0])].count("completed") == 1


def test_two_processes_on_one_file_are_never_told_that_it_is_locked(desk: ADesk, folder: Path) -> None:
    tasks = begin(desk, TASKS)
    order = [sys.executable, "-m", "tests.faults.presses", str(folder)]
    people = EVERYBODY[1:]
    hurried = [
        subprocess.Popen([*order, by, "4"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for by in people
    ]
    try:
        for one in hurried:
            assert one.stdout and one.stdout.readline() == "ready\n"
        for one in hurried:
            assert one.stdin
            one.stdin.write(json.dumps(tasks) + "\n")
            one.stdin.flush()
        told = [tuple(press) for one in hurried for press in json.loads(one.communicate(timeout=120)[0])]
        assert [one.returncode for one in hurried] == [0, 0]
    finally:
        for one in hurried:
            one.kill()
            one.wait()
    has_one_winner_each(desk, tasks, told, 8)
