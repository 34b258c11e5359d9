"""A worker that comes back at a moment of our choosing: `… DATABASE FOLDER MAIL_PORT NOW`; begins when it is told a line."""

from __future__ import annotations

import datetime as dt
import logging
import sys
import time
from pathlib import Path

from adapters.mail.server import SmtpServer
from adapters.settings import Settings
from adapters.wiring import open_house
from workers.serving import serve


class GoingOn:
    """A clock that goes on from where it is set."""

    def __init__(self, start: dt.datetime) -> None:
        self._start, self._began = start, time.monotonic()

    def now(self) -> dt.datetime:
        return self._start + dt.timedelta(seconds=time.monotonic() - self._began)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    database, folder, port, now = sys.argv[1:5]
    settings = Settings(data=Path(folder), database_url=database, smtp=SmtpServer("127.0.0.1", int(port)))
    house = open_house(settings, clock=GoingOn(dt.datetime.fromisoformat(now)))
    print("ready", flush=True)
    sys.stdin.readline()
    serve(house, None)
    house.close()
