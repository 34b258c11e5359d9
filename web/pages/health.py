"""Is it there: what a load balancer asks. Says nothing but yes or no."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from web import current
from web.rules import rule

screen = Blueprint("health", __name__)


@screen.get("/healthz")
@rule("everyone")
def show() -> Any:
    answer, status = ("ok\n", 200) if current.house().store.ping() else ("the database does not answer\n", 503)
    return answer, status, {"Content-Type": "text/plain; charset=utf-8"}
