"""Whether a server is gone after its starter was killed without warning."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.servers import child

PROJECT = Path(__file__).resolve().parents[2]


def ends_with_its_starter(script: str, seconds: float = 20) -> None:
    """The script starts a server and prints its port; then it is killed, and nobody may answer at that port."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    starter = subprocess.Popen(
        [sys.executable, "-c", "import sys\n" + script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert starter.stdin and starter.stdout
    with starter.stdin, starter.stdout:
        port = int(starter.stdout.readline())
        assert answers(port)
        starter.send_signal(signal.SIGKILL)
        starter.wait()
    until = time.monotonic() + seconds
    while answers(port):
        assert time.monotonic() < until, f"the server at port {port} still answers {seconds} s after its starter died"
    for name in ("postgres", "valkey"):
        child.sweep(Path(tempfile.gettempdir()), name)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True
