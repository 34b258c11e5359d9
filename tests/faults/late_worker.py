"""A worker that comes back at a moment of our choosing: `… DATABASE FOLDER MAIL_PORT`. Told a moment it begins, told
another one it goes on from there.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import sys
import threading
import time
from pathlib import Path

from adapters.mail.server import SmtpServer
from adapters.settings import Settings
from adapters.wiring import open_house
from workers.serving import serve


class GoingOn:
    """A clock that goes on from where it was set last."""

    def __init__(self, start: dt.datetime) -> None:
        self.set(start)

    def set(self, start: dt.datetime) -> None:
        self._set = start, time.monotonic()

    def now(self) -> dt.datetime:
        start, began = self._set
        return start + dt.timedelta(seconds=time.monotonic() - began)


def told() -> str:
    """The last line of whoever started us; empty when there will be none. Past Python's own buffer, which no exit may find
    in use."""
    return os.read(0, 200).decode().rstrip().rpartition("\n")[2]


def listen(clock: GoingOn) -> None:
    while moment := told():
        clock.set(dt.datetime.fromisoformat(moment))


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    database, folder, port = sys.argv[1:4]
    settings = Settings(data=Path(folder), database_url=database, smtp=SmtpServer("127.0.0.1", int(port)))
    clock = GoingOn(dt.datetime.now(dt.UTC))
    house = open_house(settings, clock=clock)
    print("ready", flush=True)
    clock.set(dt.datetime.fromisoformat(told()))
    threading.Thread(target=listen, args=(clock,), daemon=True).start()
    serve(house, None)
    house.close()
