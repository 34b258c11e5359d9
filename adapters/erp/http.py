"""Asks an outside system over HTTP: one signed POST, one JSON answer, no redirects. Must not try again: the case does.

What is sent: `{"operation", "key", "values"}` with an `Idempotency-Key` and our signature headers (`adapters.signing`).
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import quote, urlsplit

from adapters.erp.network import Network, NotAllowed
from adapters.secret import Secret
from adapters.signing import signed
from engine.effects import CallAdapter
from engine.ports import CallRefused, Clock

SECONDS = 5.0
MOST_BYTES = 64 * 1024


class HttpOperation:
    """One operation at one address from the settings. An answer takes at most `seconds` in all and 64 KB."""

    def __init__(
        self,
        url: str,
        key: Secret,
        clock: Clock,
        network: Network,
        *,
        seconds: float = SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        parts = urlsplit(url)
        self._host, self._secure = parts.hostname or "", parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._key, self._clock, self._network = key, clock, network
        self._seconds, self._tls = seconds, tls

    def call(self, order: CallAdapter) -> Mapping[str, Any]:
        """The object that the system answers; raises `CallRefused` for everything else."""
        asked = {"operation": order.operation, "key": order.key, "values": dict(order.values)}
        body = json.dumps(asked, ensure_ascii=False, default=str).encode("utf-8")
        try:
            with self.line() as line:
                line.request("POST", self._path, body, self.headers(order, body))
                answer = line.getresponse()
                return understood(order.operation, answer.status, answer.read(MOST_BYTES + 1))
        except NotAllowed as wrong:
            raise CallRefused(f"{order.operation}: {wrong}") from wrong
        except (OSError, http.client.HTTPException) as broken:
            raise CallRefused(f"{order.operation}: no answer from {self._host} ({spoken(broken)}).") from broken

    def headers(self, order: CallAdapter, body: bytes) -> Mapping[str, str]:
        # Keys may hold Chinese step names; a header may not.
        key = quote(order.key, safe=":/._-")[:200]
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
            "User-Agent": "Aftercare",
            "Connection": "close",
            "Idempotency-Key": key,
            **signed(key, self._clock.now(), body, self._key),
        }

    @contextmanager
    def line(self) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut when the time is over, however slowly the other side speaks."""
        plain = self._network.connect(self._host, self._port, self._seconds)
        line = http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)
        alarm = threading.Timer(self._seconds, cut, [plain])
        alarm.daemon = True
        alarm.start()
        try:
            line.sock = self.encrypted(plain) if self._secure else plain
            yield line
        finally:
            alarm.cancel()
            line.close()
            plain.close()

    def encrypted(self, plain: socket.socket) -> socket.socket:
        # A copy of the handle: wrapping takes it over, and the alarm must still reach the connection.
        context = self._tls or ssl.create_default_context()
        return context.wrap_socket(plain.dup(), server_hostname=self._host)


def understood(operation: str, status: int, body: bytes) -> Mapping[str, Any]:
    if not 200 <= status < 300:
        said = " ".join(body[:1000].decode("utf-8", "replace").split())[:200]
        raise CallRefused(f"{operation}: the system answered {status} {said}".rstrip() + ".")
    if len(body) > MOST_BYTES:
        raise CallRefused(f"{operation}: the answer has more than {MOST_BYTES // 1024} KB.")
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise CallRefused(f"{operation}: the answer is not a JSON object.")
    return answer


def spoken(broken: Exception) -> str:
    return str(broken) or type(broken).__name__


def cut(plain: socket.socket) -> None:
    with suppress(OSError):  # it may be over already
        plain.shutdown(socket.SHUT_RDWR)
