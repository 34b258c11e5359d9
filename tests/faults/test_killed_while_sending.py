"""Workers die while they send, in the worst moment there is: the server has the letter, the database does not know."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.clock import SystemClock
from adapters.database import open_store
from adapters.ids import RandomIds
from engine.effects import SendMail
from tests.contract.building import AnyStore, a_case, begun, save
from tests.servers.smtp import MailServer

MAILS, KILLS = 30, 4


@contextmanager
def ordered(tmp_path: Path) -> Iterator[tuple[str, AnyStore]]:
    """A database in which mails wait."""
    url = f"sqlite:///{tmp_path}/desk.db"
    store = open_store(url, SystemClock(), RandomIds(SystemClock()))
    mails = [SendMail(f"m{n}", "customer", f"{n}@example.com", f"Mail {n}", "Hello.\n") for n in range(MAILS)]
    save(store, begun(a_case(), mails=mails))
    yield url, store
    store.close()


def a_worker(url: str, server: MailServer, folder: Path, lease: int) -> subprocess.Popen[bytes]:
    given = [url, str(server.port), str(folder), str(lease)]
    return subprocess.Popen([sys.executable, "-m", "tests.faults.mail_worker", *given])


def test_no_mail_is_lost_and_a_second_copy_is_one_that_a_mailbox_recognises(
    tmp_path: Path, smtp_server: MailServer
) -> None:
    with ordered(tmp_path) as (url, _):
        for kill in range(KILLS):
            worker = a_worker(url, smtp_server, tmp_path, lease=1)
            smtp_server.wait_for(len(smtp_server.letters) + 1 + kill)
            worker.kill()
            worker.wait()
        last = a_worker(url, smtp_server, tmp_path, lease=1)
        everybody = {f"{n}@example.com" for n in range(MAILS)}
        for _ in range(MAILS + KILLS):
            if {letter.recipients[0] for letter in smtp_server.letters} == everybody:
                break
            smtp_server.wait_for(len(smtp_server.letters) + 1)
        last.send_signal(signal.SIGTERM)
        assert last.wait(30) == 0

    copies = Counter(letter.recipients[0] for letter in smtp_server.letters)
    assert set(copies) == everybody
    assert sum(copies.values()) - MAILS <= KILLS
    ids = {(letter.recipients[0], letter.message["Message-ID"]) for letter in smtp_server.letters}
    assert len(ids) == len({id for _, id in ids}) == MAILS


def test_without_a_kill_no_mail_has_a_second_copy(tmp_path: Path, smtp_server: MailServer) -> None:
    with ordered(tmp_path) as (url, _):
        workers = [a_worker(url, smtp_server, tmp_path, lease=60) for _ in range(2)]
        smtp_server.wait_for(MAILS, seconds=30)
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        assert [worker.wait(30) for worker in workers] == [0, 0]

    assert Counter(letter.recipients[0] for letter in smtp_server.letters) == Counter(
        f"{n}@example.com" for n in range(MAILS)
    )
