"""`up` as a real program: it answers, keeps everything, stops cleanly by either signal, and says what is in its way."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers.child import free_port

PROJECT = Path(__file__).resolve().parents[2]
LONGEST = 90


@contextmanager
def started(*arguments: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """The program with its words in a pipe; gone at the end whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-u", "-m", "cli", *arguments],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen[str], words: str) -> str:
    """Reads what the program says until these words; fails when it ends or takes too long."""
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    said, until = b"", time.monotonic() + LONGEST
    while words.encode() not in said:
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        more = os.read(pipe, 4096) if ready else b""
        assert more, f"'{words}' did not come; the program said: {said.decode()}"
        said += more
    return said.decode()


def get(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_stops_cleanly(desk_data: Path, how: signal.Signals) -> None:
    port = free_port()
    with started("up", "--no-demo", "--port", str(port), "--data", str(desk_data)) as process:
        said = wait_for(process, "Ctrl-C")
        assert f"http://localhost:{port}" in said
        assert str(desk_data) in said
        assert get(port, "/healthz") == (200, "ok\n")
        assert get(port, "/sign-in")[0] == 200
        process.send_signal(how)
        rest, _ = process.communicate(timeout=30)
        assert (process.returncode, rest.strip()) == (0, "")
    assert not list(desk_data.glob("*.db-wal"))


def test_a_port_that_is_taken_is_told_in_one_sentence(desk_data: Path) -> None:
    port = free_port()
    with started("up", "--no-demo", "--port", str(port), "--data", str(desk_data)) as first:
        wait_for(first, "Ctrl-C")
        with started("up", "--no-demo", "--port", str(port), "--data", str(desk_data)) as second:
            said, _ = second.communicate(timeout=LONGEST)
        assert second.returncode == 2
        assert (
            said == f"Port {port} is in use. Is Aftercare running already? Else choose another one: --port {port + 1}\n"
        )


def test_a_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with started("up", "--port", str(free_port()), "--data", str(tmp_path / "a file" / "data")) as process:
        said, _ = process.communicate(timeout=LONGEST)
    assert process.returncode == 2
    assert said.splitlines()[-1].startswith("Cannot write in ")


def test_the_production_server_wants_postgresql_for_several_processes(desk_data: Path) -> None:
    with started("run", "--workers", "2", "--data", str(desk_data), AFTERCARE_LANGUAGE="zh") as process:
        said, _ = process.communicate(timeout=LONGEST)
    assert process.returncode == 2
    assert said.startswith("多个服务进程需要 PostgreSQL")


def test_the_production_server_serves_and_stops(desk_data: Path) -> None:
    port = free_port()
    with started("run", "--data", str(desk_data), AFTERCARE_PORT=str(port)) as process:
        wait_for(process, f"Aftercare serves on 127.0.0.1:{port}.")
        assert get(port, "/healthz")[0] == 200
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0
