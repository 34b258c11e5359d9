"""Which mail server to use and how: read from one address like smtp://name:password@host:587?starttls=1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from adapters.secret import Secret

Security = Literal["plain", "starttls", "tls"]
STANDARD_PORT: dict[Security, int] = {"plain": 25, "starttls": 587, "tls": 465}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server. `trust` is a file with the certificate authority of a company's own server."""

    host: str
    port: int = 25
    security: Security = "plain"
    user: str = ""
    password: Secret | None = None
    sender: str = ""
    trust: str = ""


def read_smtp_url(url: str) -> SmtpServer:
    """Reads `smtp://` and `smtps://` with `?starttls=1`, `from=` and `ca=`. Raises ValueError; never repeats the URL."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    security = security_of(parts.scheme, options.pop("starttls", "0"))
    server = SmtpServer(
        host=parts.hostname or "",
        port=parts.port or STANDARD_PORT[security],
        security=security,
        user=unquote(parts.username or ""),
        password=Secret(unquote(parts.password)) if parts.password else None,
        sender=options.pop("from", ""),
        trust=options.pop("ca", ""),
    )
    if not server.host or options or parts.path not in ("", "/") or bool(server.user) != bool(server.password):
        raise ValueError("not the address of a mail server")
    return server


def security_of(scheme: str, starttls: str) -> Security:
    match scheme, starttls:
        case "smtp", "0":
            return "plain"
        case "smtp", "1":
            return "starttls"
        case "smtps", "0":
            return "tls"
        case _:
            raise ValueError("smtp://, smtp:// with starttls=1, or smtps://")
