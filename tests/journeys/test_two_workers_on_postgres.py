"""A return is credited while two worker processes look after it, on a real PostgreSQL, a real Redis, mail server and ERP. One
of them is killed in each worst moment: with the case rung but not committed, with a letter handed over, with a call made."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from adapters.clock import SetClock
from adapters.settings import Settings
from adapters.wiring import open_house
from tests.journeys.a_desk import ADesk, open_desk, prepare
from tests.journeys.a_return import AUTHORISED, RECEIVED, as_judged
from tests.servers.postgres import plain
from tests.servers.smtp import Letter, MailServer

# Mail to staff waits for the morning when this runs at night.
MAIL_TO_GO = "SELECT id FROM outbox WHERE state <> 'sent' AND coalesce(not_before, now()) <= now()"
KEY = "a-key-between-the-desk-and-its-erp-0001"


def wait_until(right: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Look again and again; what was waited for stands in the failure."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if right():
            return
        pause.wait(0.05)
    pytest.fail(f"waited {seconds} s until {what}")


class SlowMail(MailServer):
    """Has a letter and keeps its sender waiting for the word that it has it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.may_answer = threading.Event()
        self.may_answer.set()

    def take(self, letter: Letter) -> None:
        super().take(letter)
        self.may_answer.wait(60)

    def sent_by(self, subject: str) -> list[str]:
        """Which workers handed over the letters with a subject like this."""
        return [letter.sender.partition("@")[0] for letter in self.letters if subject in letter.subject]


class Erp:
    """Makes a document for each key, once, and keeps the asker waiting until it may answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.documents: dict[str, str] = {}
        self.may_answer = threading.Event()

    def answer(self, worker: str, key: str) -> bytes:
        document = self.documents.setdefault(key, f"CN-{len(self.documents) + 1}")
        self.asked.append((worker, key))
        self.may_answer.wait(60)
        return json.dumps({"document": document}).encode()


@contextmanager
def an_erp() -> Iterator[tuple[Erp, int]]:
    erp = Erp()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = erp.answer(self.path.strip("/"), asked["key"])
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """The asker was killed."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield erp, server.server_address[1]
        erp.may_answer.set()
        server.shutdown()
        thread.join()


class Workers:
    """Worker processes by name, as an administrator starts them; mail server, ERP and database can tell them apart."""

    def __init__(self, environment: dict[str, str], folder: Path, erp_port: int) -> None:
        self._environment, self._folder, self._erp_port = environment, folder, erp_port
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._killed = 0

    def start(self, *names: str) -> None:
        for name in names:
            own = {
                "AFTERCARE_MAIL_FROM": f"{name}@acme.example",
                "AFTERCARE_ADAPTER_ERP_CREDIT_NOTE": f"http://127.0.0.1:{self._erp_port}/{name}",
                "PGAPPNAME": name,
            }
            with (self._folder / f"{name}.log").open("ab") as log:
                order = [sys.executable, "-m", "workers"]
                self._running[name] = subprocess.Popen(order, env=self._environment | own, stdout=log, stderr=log)

    def kill(self, name: str) -> None:
        """No time to say goodbye; another one comes in its place."""
        process = self._running.pop(name)
        process.kill()
        self._killed += 1
        assert process.wait(30) == -signal.SIGKILL

    def stop(self) -> None:
        """All are told to stop once they are at work, and end well."""
        wait_until(lambda: self.said().count("At work on") >= len(self._running) + self._killed, "all are at work")
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        assert [process.wait(60) for process in self._running.values()] == [0] * len(self._running)

    def kill_all(self) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()

    def said(self) -> str:
        return "".join(page.read_text("utf-8") for page in sorted(self._folder.glob("*.log")))


@pytest.fixture
def mail() -> Iterator[SlowMail]:
    server = SlowMail()
    server.start()
    yield server
    server.may_answer.set()
    server.stop()


@pytest.fixture
def case(postgres_url: str, tmp_path: Path) -> str:
    """A return that nobody has looked at for ten days: its timers are overdue."""
    past = open_desk(tmp_path / "past", postgres_url)
    prepare(past)
    past.clock.set(dt.datetime.now(dt.UTC) - dt.timedelta(days=10))
    case = past.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    past.house.close()
    return case


@pytest.fixture
def desk(case: str, postgres_url: str, redis_url: str, tmp_path: Path) -> Iterator[ADesk]:
    """The side of the pages, in this process, on the server's clock."""
    settings = Settings(data=tmp_path / "web", database_url=postgres_url, redis_url=redis_url)
    house = open_house(settings)
    yield ADesk(house, SetClock(house.clock.now()))
    house.close()


@pytest.fixture
def workers_and_erp(postgres_url: str, redis_url: str, mail: SlowMail, tmp_path: Path) -> Iterator[tuple[Workers, Erp]]:
    plainly = {name: value for name, value in os.environ.items() if not name.startswith(("AFTERCARE_", "PG"))}
    environment = plainly | {
        "AFTERCARE_DATA": str(tmp_path / "workers"),
        "AFTERCARE_DATABASE_URL": postgres_url,
        "AFTERCARE_REDIS_URL": redis_url,
        "AFTERCARE_SMTP_URL": f"smtp://127.0.0.1:{mail.port}",
        "AFTERCARE_LEASE_SECONDS": "2",
        "AFTERCARE_OPERATIONS_KEY": KEY,
        "AFTERCARE_PRIVATE_ADDRESSES": "1",
    }
    with an_erp() as (erp, port):
        workers = Workers(environment, tmp_path, port)
        yield workers, erp
        erp.may_answer.set()
        workers.kill_all()


def rows(url: str, question: str) -> list[Any]:
    with psycopg.connect(plain(url), autocommit=True) as connection:
        return [row[0] for row in connection.execute(question).fetchall()]


@contextmanager
def nothing_can_be_committed_about_cases(url: str) -> Iterator[Callable[[], str]]:
    """Holds the history against writing; gives the name of the worker that has rung and waits to write it down."""

    def at_the_door() -> list[Any]:
        return rows(
            url,
            "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
            " WHERE NOT granted AND relation = 'history'::regclass"
            " AND datname = current_database() AND application_name IN ('one', 'two')",
        )

    def name() -> str:
        wait_until(lambda: bool(at_the_door()), "a worker rings")
        return str(at_the_door()[0])

    with psycopg.connect(plain(url)) as connection:
        connection.execute("LOCK TABLE history IN SHARE MODE")
        yield name


def rang(desk: ADesk, case: str) -> list[str]:
    """The moments of the timers that were answered; one for urgent cases is passed over."""
    return [row.details["due_at"] for row in desk.history(case) if row.kind in {"rang", "passed_over"}]


def test_a_return_is_credited_once_whichever_worker_dies(
    desk: ADesk, case: str, workers_and_erp: tuple[Workers, Erp], mail: SlowMail, postgres_url: str, redis_url: str
) -> None:
    workers, erp = workers_and_erp
    now = desk.house.clock.now()
    overdue = sorted(t.fire_at for t in desk.case(case).timers if t.fire_at and t.fire_at <= now)
    assert overdue

    # Timers: killed with the case rung and nothing committed.
    with nothing_can_be_committed_about_cases(postgres_url) as waiting_to_write:
        workers.start("one", "two")
        killed = waiting_to_write()
        assert rang(desk, case) == []
        workers.kill(killed)
    wait_until(lambda: len(rang(desk, case)) >= len(overdue), "all has rung")
    assert rang(desk, case) == [moment.isoformat() for moment in overdue]
    escalations = [task.about for task in desk.case(case).tasks if task.kind == "escalation"]
    assert len(escalations) == len(set(escalations)) > 0
    workers.start(killed)
    wait_until(lambda: rows(postgres_url, MAIL_TO_GO) == [], "all mail is out")

    # A mail: killed with the letter handed over and nobody told.
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    (draft,) = [task for task in desk.case(case).tasks if task.kind == "draft"]
    mail.may_answer.clear()
    desk.house.desk.complete_task(draft.id, "sent", {}, "service_agent", mail=draft.mail)
    wait_until(lambda: len(mail.sent_by("SN-1")) == 1, "a worker hands the letter over")
    (killed,) = mail.sent_by("SN-1")
    workers.kill(killed)
    mail.may_answer.set()
    wait_until(lambda: len(mail.sent_by("SN-1")) == 2, "the other one sends it again")
    assert killed not in mail.sent_by("SN-1")[1:]
    workers.start(killed)

    # A call: killed with the document made and nobody told; and Redis forgets everything, before and meanwhile.
    forget = redis.Redis.from_url(redis_url).flushdb
    desk.house.desk.receive_event("scan-1", "goods.scanned", {"sn": "SN-1"}, "gate")
    desk.press(case, "receiving", "registered", "warehouse", **RECEIVED)
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("credit"))
    desk.press(case, "agree_credit", "done", "service_supervisor", credit_amount="120")
    desk.press(case, "approve_credit", "approved", "service_manager")
    forget()
    wait_until(lambda: len(erp.asked) == 1, "a worker asks for the credit note")
    ((killed, key),) = erp.asked
    workers.kill(killed)
    forget()
    erp.may_answer.set()
    wait_until(lambda: "crediting" not in desk.case(case).leaves, "the case has its answer")
    assert {asked for _, asked in erp.asked} == {key} and killed not in [worker for worker, _ in erp.asked[1:]]
    workers.start(killed)

    desk.press(case, "call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    assert desk.case(case).ended == "settled"
    workers.stop()

    # Each thing had one effect.
    assert erp.documents == {key: "CN-1"} and desk.case(case).values["credit_document"] == "CN-1"
    kinds = Counter(row.kind for row in desk.history(case))
    assert kinds["rang"] + kinds["passed_over"] == len(overdue)
    assert (kinds["called"], kinds["failed"], kinds["answered"]) == (0, 0, 1)
    assert list(desk.house.store.read(lambda screens: screens.incidents())) == []
    copies = Counter(str(letter.message["Message-ID"]) for letter in mail.letters)
    twice = [letter.subject for letter in mail.letters if copies[str(letter.message["Message-ID"])] > 1]
    assert len(twice) == 2 and all("SN-1" in subject for subject in twice)
    assert rows(postgres_url, MAIL_TO_GO) == []
    assert "Traceback" not in workers.said()
