"""The pages over HTTP: gunicorn inside this program (waitress on Windows). A stop finishes what was asked for.

The server's own process holds no database: each worker opens the house for itself after it was made, because neither
threads nor SQLite survive being copied.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from adapters.bell import LocalBell
from adapters.settings import Settings
from adapters.wiring import House, open_house
from cli.demo import DEMO_PASSWORD, holds_demo
from cli.refusing import refuse
from web.app import create_app
from workers.ticker import Ticker, errands_of

THREADS = 8


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve. `ticks`: this process also rings timers and sends mail. `ready` is called once, when pages can be had."""

    settings: Settings
    ticks: bool
    workers: int = 1
    threads: int = THREADS
    ready: Callable[[], None] = field(default=lambda: None)


def serve(serving: Serving) -> None:
    """Serves until SIGTERM or Ctrl-C. A port that is taken is refused before anything begins."""
    refuse_taken_port(serving.settings.host, serving.settings.port)
    if sys.platform == "win32":
        serve_in_one_process(serving)
    else:
        from cli.serving_gunicorn import serve_with_gunicorn

        serve_with_gunicorn(serving)


def refuse_taken_port(host: str, port: int) -> None:
    """One sentence when somebody listens there already, or nobody may."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as door:
            if sys.platform != "win32":
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise refuse(
                f"Port {port} is in use. Is Aftercare running already? Else choose another one: --port {port + 1}",
                f"端口 {port} 已被占用。Aftercare 是否已在运行？否则请换一个端口：--port {port + 1}",
            ) from error
        reason = error.strerror or str(error)
        raise refuse(
            f"Cannot listen on {host}:{port} ({reason}). Choose another one: --host, --port.",
            f"无法监听 {host}:{port}（{reason}）。请另选：--host、--port。",
        ) from error


class OpenHouse:
    """The house of one server process: open while it serves, with a ticker beside it when it is to tick."""

    def __init__(self, serving: Serving) -> None:
        self.house: House = open_house(serving.settings)
        self._stop = threading.Event()
        self._ticker: threading.Thread | None = None
        if serving.ticks:
            bell = self.house.bell if isinstance(self.house.bell, LocalBell) else LocalBell()
            run = Ticker(errands_of(self.house), bell).run
            self._ticker = threading.Thread(target=run, args=(self._stop,), name="ticker")
            self._ticker.start()

    def app(self) -> Any:
        """The pages; in a demo the sign-in page shows its people."""
        return create_app(self.house, demo_password=DEMO_PASSWORD if holds_demo(self.house) else "")

    def close(self) -> None:
        """Lets the ticker finish what it does, then closes the store."""
        self._stop.set()
        if self._ticker is not None:
            self._ticker.join()
        self.house.close()


def serve_in_one_process(serving: Serving) -> None:
    """Where processes cannot be copied."""
    import waitress  # type: ignore[import-untyped]  # it has no types

    opened = OpenHouse(serving)
    try:
        settings = serving.settings
        server = waitress.create_server(opened.app(), host=settings.host, port=settings.port, threads=serving.threads)
        serving.ready()
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    finally:
        opened.close()
