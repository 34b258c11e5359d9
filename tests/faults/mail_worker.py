"""A worker process over a real database and a real mail server: `… DATABASE PORT FOLDER LEASE`, in seconds."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.bell import LocalBell
from adapters.clock import SystemClock
from adapters.database import open_store
from adapters.erp.recorded import RecordedOperations
from adapters.ids import RandomIds
from adapters.mail.server import SmtpServer
from adapters.mail.smtp import SmtpMailer
from engine.delivery import Delivery
from engine.effects import SendMail
from workers.serving import serve


class House:
    """A delivery over the database, no timers, digests or dates; says so when it is looked after for the first time."""

    ready = False
    bell = LocalBell()

    def __init__(self, database: str, port: int, folder: Path, lease: dt.timedelta) -> None:
        clock = SystemClock()
        self.store = open_store(database, clock, RandomIds(clock))
        mailer = SmtpMailer(SmtpServer("127.0.0.1", port), "desk@acme.example", clock)
        self.delivery = Delivery(self.store, mailer, RecordedOperations(folder), lease, self)

    @property
    def desk(self) -> House:
        return self

    @property
    def digests(self) -> House:
        return self

    @property
    def dates(self) -> House:
        return self

    def send_due(self) -> int:
        return 0

    def announce_due(self) -> int:
        return 0

    def ring_due_timers(self, limit: int = 200) -> int:
        if not self.ready:
            self.ready = True
            print("ready", flush=True)
        return 0

    def call_answered(self, case: str, key: str, values: Mapping[str, Any]) -> None:
        raise AssertionError("no call was ordered")

    def call_failed(self, case: str, key: str, reason: str) -> None:
        raise AssertionError("no call was ordered")

    def mail_bounced(self, case: str, mail: SendMail, reason: str) -> None:
        raise AssertionError("no mail is refused for good here")


if __name__ == "__main__":
    house = House(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), dt.timedelta(seconds=float(sys.argv[4])))
    serve(house, None)
    house.store.close()
