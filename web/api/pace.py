"""How fast programs may ask: so many requests a minute for each person, counted where all processes see it if there is Redis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from flask import Blueprint, Flask, current_app, request
from flask_limiter import Limiter

from web import current

A_MINUTE = "API_REQUESTS_A_MINUTE"
USUAL = 600


def keep_pace(app: Flask, rooms: Iterable[Blueprint]) -> None:
    """Answer 429 to whoever asks faster. Without Redis, or while it is away, each process counts for itself."""
    app.config.setdefault(A_MINUTE, USUAL)
    redis = current_redis(app)
    limiter = Limiter(
        who,
        storage_uri=redis or "memory://",
        storage_options={"socket_connect_timeout": 1, "socket_timeout": 1} if redis else {},
        in_memory_fallback_enabled=bool(redis),
        headers_enabled=False,
    )
    limiter.init_app(app)
    for room in rooms:
        limiter.limit(pace)(room)


def who() -> str:
    """The person, or the computer when nobody is known."""
    signed = current.signed_in()
    return f"person {signed.person.id}" if signed else f"address {request.remote_addr}"


def pace() -> str:
    """The limit now."""
    return f"{int(current_app.config[A_MINUTE])} per minute"


def current_redis(app: Flask) -> str:
    """The address of Redis, "" without one."""
    return cast(str, getattr(app.extensions["aftercare"].settings, "redis_url", None) or "")
