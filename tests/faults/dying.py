"""Presses buttons again and again, and is killed before one statement of a press after the other: `… FOLDER PRESSES`, as JSON,
each press by its name.

Tells on one line for each press what the database holds before and after it; then one line for each death: which statement
was not carried out, what the database holds then, and what after the same press again. `stride` says how many statements lie
between two deaths; `planted` presses the button in two transactions, as it must not be done.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import event

from adapters.clock import SetClock
from adapters.database.store import DatabaseStore
from adapters.ids import CountingIds
from adapters.settings import Settings
from adapters.wiring import House, open_house
from tests.journeys.a_desk import MONDAY

DATABASE, WHOLE, COUNT = "aftercare.db", "whole", "statements"


def main(folder: Path, presses: Mapping[str, Mapping[str, Any]]) -> None:
    shutil.copytree(folder, folder / WHOLE)
    rehearse(Path(shutil.copytree(folder / WHOLE, folder / "rehearsal")), presses)
    house = opened(folder)
    house.store.read(house.definitions.newest)
    let_go(house)
    gc.freeze()  # else each child walks through all of it, and copies every page it walks over
    for name, press in presses.items():
        die_of(house, name, press)


def opened(folder: Path) -> House:
    settings = Settings(data=folder, database_url=f"sqlite:///{folder / DATABASE}")
    return open_house(settings, clock=SetClock(MONDAY), ids=CountingIds())


def rehearse(folder: Path, presses: Mapping[str, Mapping[str, Any]]) -> None:
    """Once in this process, on a copy: what is worked out at a first press no child need work out again."""
    house = opened(folder)
    for press in presses.values():
        do(house, press)
    house.close()


def die_of(house: House, name: str, press: Mapping[str, Any]) -> None:
    """First unharmed, to count the statements; then dying before this one and that one, the last ones always."""
    folder = house.settings.data
    put_back(folder)
    before = holdings(folder)
    assert not in_a_child(house, press, 0)
    after, count = holdings(folder), int((folder / COUNT).read_text())
    tell({"press": name, "before": before, "after": after, "count": count})
    for n in sorted({*range(1, count, press["stride"]), count - 1, count}):
        put_back(folder)
        assert in_a_child(house, press, n), "it was to die"
        left = holdings(folder)
        in_a_child(house, press, 0)
        tell({"press": name, "n": n, "left": left, "again": holdings(folder)})


def in_a_child(house: House, press: Mapping[str, Any], die_at: int) -> bool:
    """Press in a process of its own; whether it was killed there."""
    child = os.fork()
    if not child:
        try:
            sent = die_before_statement(house, die_at)
            do(house, press)
            (house.settings.data / COUNT).write_text(str(sent[0]))
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the press failed"
    return os.WIFSIGNALED(status)


def do(house: House, press: Mapping[str, Any]) -> None:
    if press.get("planted"):
        house.desk.claim_task(press["task"], press["by"], key="first half")
    house.desk.complete_task(press["task"], press["outcome"], press["values"], press["by"], key="one press")


def die_before_statement(house: House, n: int) -> list[int]:
    """SQLite itself tells of each statement before it is carried out, savepoints and the commit too. Gives their count."""
    assert isinstance(house.store, DatabaseStore)
    sent = [0]

    def trace(_statement: str) -> None:
        sent[0] += 1
        if sent[0] == n:
            os.kill(os.getpid(), signal.SIGKILL)

    for engine in house.store.engines():
        if engine is not house.store.reading:
            event.listen(engine, "connect", lambda connection, _: connection.set_trace_callback(trace))
    return sent


def let_go(house: House) -> None:
    """No connection to SQLite may go through a fork."""
    assert isinstance(house.store, DatabaseStore)
    for engine in house.store.engines():
        engine.dispose()


def put_back(folder: Path) -> None:
    for page in folder.glob(f"{DATABASE}*"):
        page.unlink()
    shutil.copy(folder / WHOLE / DATABASE, folder / DATABASE)


def tell(what: Mapping[str, Any]) -> None:
    print(json.dumps(what), flush=True)


def holdings(folder: Path) -> dict[str, str]:
    """A digest of every table, after the database has mended itself."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: digest(connection, name) for name in sorted(names) if not name.startswith("sqlite_")}


def digest(connection: sqlite3.Connection, table: str) -> str:
    rows = sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"')))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
