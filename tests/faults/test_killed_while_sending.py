"""Workers die while they send, in the worst moment there is: the server has the letter, the database does not know."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.database import open_store
from adapters.ids import RandomIds
from engine.effects import SendMail
from tests.contract.building import AnyStore, a_case, begun, save
from tests.servers.smtp import MailServer

MAILS, KILLS = 30, 4
EVERYBODY = {f"{n}@example.com" for n in range(MAILS)}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/desk.db"


@pytest.fixture
def store(url: str) -> Iterator[AnyStore]:
    clock = SystemClock()
    opened = open_store(url, clock, RandomIds(clock))
    yield opened
    opened.close()


def order_mails(store: AnyStore) -> None:
    mails = [SendMail(f"m{n}", "customer", f"{n}@example.com", f"Mail {n}", "Hello.\n") for n in range(MAILS)]
    save(store, begun(a_case(), mails=mails))


@contextmanager
def a_worker(url: str, server: MailServer, folder: Path, lease: int) -> Iterator[subprocess.Popen[str]]:
    """A worker that is at work; told to stop at the end unless it was killed."""
    given = [url, str(server.port), str(folder), str(lease)]
    order = [sys.executable, "-m", "tests.faults.mail_worker", *given]
    with subprocess.Popen(order, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
        try:
            yield worker
            if worker.poll() is None:
                worker.send_signal(signal.SIGTERM)
                assert worker.wait(30) == 0
        finally:
            worker.kill()


def test_no_mail_is_lost_and_a_second_copy_is_one_that_a_mailbox_recognises(
    url: str, store: AnyStore, tmp_path: Path, smtp_server: MailServer
) -> None:
    order_mails(store)
    for kill in range(KILLS):
        with a_worker(url, smtp_server, tmp_path, lease=1) as worker:
            smtp_server.wait_for(len(smtp_server.letters) + 1 + kill)
            worker.kill()
            worker.wait()
    with a_worker(url, smtp_server, tmp_path, lease=1):
        for _ in range(MAILS + KILLS):
            if {letter.recipients[0] for letter in smtp_server.letters} == EVERYBODY:
                break
            smtp_server.wait_for(len(smtp_server.letters) + 1)

    copies = Counter(letter.recipients[0] for letter in smtp_server.letters)
    assert set(copies) == EVERYBODY
    assert sum(copies.values()) - MAILS <= KILLS
    ids = {(letter.recipients[0], letter.message["Message-ID"]) for letter in smtp_server.letters}
    assert len(ids) == len({id for _, id in ids}) == MAILS


def test_without_a_kill_no_mail_has_a_second_copy(
    url: str, store: AnyStore, tmp_path: Path, smtp_server: MailServer
) -> None:
    with a_worker(url, smtp_server, tmp_path, lease=60), a_worker(url, smtp_server, tmp_path, lease=60):
        order_mails(store)
        smtp_server.wait_for(MAILS, seconds=60)

    assert sorted(letter.recipients[0] for letter in smtp_server.letters) == sorted(EVERYBODY)
