"""Ten thousand open tasks on one desk: the inbox stays as quick and as frugal as with a few, page after page."""

from __future__ import annotations

import datetime as dt
import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from werkzeug.serving import make_server

from adapters.database import counting
from adapters.database.store import DatabaseStore
from engine.case import Case, Task
from engine.definition.texts import Text
from engine.effects import WriteHistory
from engine.kept import CaseChange
from engine.store import UnitOfWork
from tests.journeys.a_desk import MONDAY, PASSWORD, ADesk
from web.app import create_app
from web.site import keep_catalogue

AT_ONCE = 500
PAGE = 50
ROW = re.compile(r'data-row="([^"]+)"')
NEXT = re.compile(r'class="pager"><a class="button" href="([^"]+)"')
FEW, MANY = 1_000, 10_000
P95_CPU_SECONDS = 0.2


@dataclass
class Counter:
    """The desk's pages, and what each request cost in time of the processor: a busy machine makes it no longer."""

    app: Callable[[Any, Any], Any]
    seconds: list[float] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        begun = time.thread_time()
        try:
            return self.app(environ, start_response)
        finally:
            self.seconds.append(time.thread_time() - begun)


@dataclass
class Reader:
    """Somebody who reads pages over HTTP."""

    port: int
    cookie: str
    counter: Counter

    def page(self, address: str) -> str:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        connection.request("GET", address, headers={"Cookie": self.cookie, "Accept-Language": "en"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status == 200, (address, answer.status)
        return text

    def rows(self, address: str) -> list[str]:
        return ROW.findall(self.page(address))

    def every_row(self, address: str) -> list[str]:
        """All rows of a list, by following its pager to the end."""
        found: list[str] = []
        while address:
            text = self.page(address)
            found += ROW.findall(text)
            onward = NEXT.search(text)
            address = onward[1].replace("&amp;", "&") if onward else ""
        return found


def _case(n: int) -> CaseChange:
    """A return that waits for its authorisation; every tenth belongs to one agent, every fourth is late."""
    id = f"many{n:05}"
    task = Task(
        id=f"{id}.1",
        kind="work",
        step="authorising",
        visit=1,
        label=Text("Authorise the return", "返修授权"),
        roles=("service_agent",),
        assignee="service_agent" if n % 10 == 0 else None,
        opened_at=MONDAY,
        due_at=MONDAY + dt.timedelta(minutes=n - MANY // 4),
    )
    after = Case(
        id=id, number=f"RMA-2025-{n:06}", process="factory_return", version=1, opened_at=MONDAY, revision=1,
        leaves=("authorising",), tasks=(task,),
    )  # fmt: skip
    history = [WriteHistory("started", "service_agent", "", 0)]
    return CaseChange(before=None, after=after, subject=f"SN-1 · customer {n % 97}", history=history)


def _fill(desk: ADesk, numbers: range) -> None:
    for first in range(numbers.start, numbers.stop, AT_ONCE):

        def work(unit: UnitOfWork, first: int = first) -> None:
            for n in range(first, min(first + AT_ONCE, numbers.stop)):
                unit.save(_case(n))

        desk.house.store.write(work)


@pytest.fixture
def reader(desk: ADesk) -> Iterator[Reader]:
    secret = desk.house.accounts.sign_in("service_agent", PASSWORD, address="127.0.0.1")
    app = create_app(desk.house)
    counter = Counter(app)
    server = make_server("localhost", 0, counter, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    reader = Reader(server.server_port, f"aftercare={secret}", counter)
    reader.page("/inbox")
    keep_catalogue(app)
    yield reader
    server.shutdown()
    thread.join()
    server.server_close()


def _statements(desk: ADesk, reader: Reader, address: str) -> int:
    store = desk.house.store
    assert isinstance(store, DatabaseStore)
    with counting(store) as counted:
        reader.page(address)
    return counted.statements


def test_the_inbox_is_as_frugal_and_quick_with_ten_thousand_tasks_as_with_a_thousand(
    desk: ADesk, reader: Reader
) -> None:
    addresses = ("/inbox", "/inbox?whose=all", "/inbox?overdue=1", "/inbox?process=factory_return")
    _fill(desk, range(FEW))
    reader.page("/inbox")
    few = [_statements(desk, reader, address) for address in addresses]
    _fill(desk, range(FEW, MANY))
    reader.page("/inbox")
    many = [_statements(desk, reader, address) for address in addresses]
    assert many == few
    assert max(many) <= 10

    reader.counter.seconds.clear()
    for n in range(40):
        reader.page(addresses[n % len(addresses)])
    assert sorted(reader.counter.seconds)[37] < P95_CPU_SECONDS

    _pages_lead_to_every_task_once(desk, reader)
    _filters_and_searches_find(reader)


def _pages_lead_to_every_task_once(desk: ADesk, reader: Reader) -> None:
    mine = reader.every_row("/inbox?whose=mine")
    assert mine == [f"many{n:05}.1" for n in range(0, MANY, 10)]
    assert len(reader.rows("/inbox")) == PAGE
    assert "<strong>1000+</strong> Overdue" in reader.page("/inbox")
    onward = NEXT.search(reader.page("/inbox"))
    assert onward is not None
    second = onward[1].replace("&amp;", "&")
    assert _statements(desk, reader, second) <= _statements(desk, reader, "/inbox")


def _filters_and_searches_find(reader: Reader) -> None:
    late = reader.every_row("/inbox?whose=mine&overdue=1")
    assert late == [f"many{n:05}.1" for n in range(0, MANY // 4, 10)]
    assert reader.rows("/inbox?process=complaint") == []
    assert reader.rows("/cases?text=RMA-2025-009876") == ["many09876"]
    assert len(reader.rows("/cases?text=customer+42")) == PAGE
