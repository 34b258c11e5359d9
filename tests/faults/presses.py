"""Somebody in a hurry, in a process of their own: `… FOLDER PERSON THREADS`. Is told the tasks on one line, presses them all in
every thread at once, and tells on one line what came of each press."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.desk import Desk
from engine.refusals import Refusal
from tests.journeys.a_desk import open_desk


def press_all(desk: Desk, tasks: Sequence[str], people: Sequence[str], key: str = "") -> list[tuple[str, str, str]]:
    """Each person authorises each of the tasks, all at the same time: (person, task, what came of it)."""
    gate = threading.Barrier(len(people))

    def hurry(place: int, by: str) -> list[tuple[str, str, str]]:
        gate.wait(30)
        start = place * len(tasks) // (2 * len(people))  # near each other, yet not in step
        return [(by, task, press(desk, task, by, key)) for task in (*tasks[start:], *tasks[:start])]

    with ThreadPoolExecutor(len(people)) as pool:
        return [told for one in pool.map(hurry, range(len(people)), people) for told in one]


def press(desk: Desk, task: str, by: str, key: str) -> str:
    """`done CASE NEXT`, or the code of the refusal. Anything else is an error and shall be seen."""
    try:
        done = desk.complete_task(task, "authorised", {}, by, key=key)
    except Refusal as refused:
        return refused.code
    return f"done {done.case} {done.task}"


if __name__ == "__main__":
    opened = open_desk(Path(sys.argv[1]))
    opened.house.store.read(opened.house.definitions.newest)
    print("ready", flush=True)
    asked = json.loads(sys.stdin.readline())
    print(json.dumps(press_all(opened.house.desk, asked, [sys.argv[2]] * int(sys.argv[3]))), flush=True)
    opened.house.close()
