"""gunicorn as a part of this program: its settings are ours, and Ctrl-C lets requests finish as SIGTERM does."""

from __future__ import annotations

import signal
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # it has no types
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]  # it has no types

from cli.serving import OpenHouse, Serving

LONGEST = 120
"""Seconds after which a process that answers nothing is replaced: far more than the slowest page."""

LAST_REQUESTS = 20
"""Seconds that requests under way have to finish when the server is stopped."""


def serve_with_gunicorn(serving: Serving) -> None:
    """Never returns: ends this program with 0 when it was stopped."""
    CalmArbiter(Server(serving)).run()


class CalmArbiter(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Ctrl-C once is a stop like any other; twice is at once."""

    def handle_int(self) -> None:
        """As SIGTERM."""
        self.handle_term()


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """What gunicorn asks of an application."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._opened: OpenHouse | None = None
        super().__init__()

    def load_config(self) -> None:
        """Our settings; gunicorn reads no file and no environment."""
        serving, settings = self._serving, self._serving.settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        given = {
            "bind": f"{host}:{settings.port}",
            "workers": serving.workers,
            "worker_class": "gthread",
            "threads": serving.threads,
            "timeout": LONGEST,
            "graceful_timeout": LAST_REQUESTS,
            "keepalive": 5,
            "loglevel": "error",
            "proc_name": "aftercare",
            "control_socket_disable": True,
            "post_worker_init": self._begun,
            "worker_exit": self._ended,
        }
        for name, value in given.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """In the new process: the house and its pages."""
        self._opened = OpenHouse(self._serving)
        return self._opened.app()

    def _begun(self, worker: Any) -> None:
        # The terminal sends Ctrl-C to everybody; the arbiter alone tells its workers what to do.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if worker.age == 1:
            self._serving.ready()

    def _ended(self, arbiter: Any, worker: Any) -> None:
        if self._opened is not None:
            self._opened.close()
