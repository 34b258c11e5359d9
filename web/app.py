"""Puts the pages together over a house. Knows every screen by name and none of their contents."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from apiflask import APIFlask
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from adapters.wiring import House
from web import doors, refusals, rules, said, templating
from web.api import open_api
from web.pages import SCREENS

STATIC = Path(__file__).parent / "static"
MEGABYTE = 1024 * 1024


def create_app(house: House, *, demo_password: str = "") -> APIFlask:
    """The web application over this house. Fails when a page forgets to say who may see it.

    `demo_password` is the one password of all people of the demo: with it the sign-in page shows them as cards.
    """
    app = APIFlask("web", title="Aftercare", version="1", docs_path=None, spec_path=None, json_errors=False)
    app.extensions["aftercare"] = house
    app.config["AFTERCARE_DEMO_PASSWORD"] = demo_password
    settings = house.settings
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_upload + MEGABYTE,
        MAX_FORM_MEMORY_SIZE=2 * MEGABYTE,
        MAX_FORM_PARTS=10_000,  # a table of 200 rows with every column it may have
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,
    )
    _trust_proxies(app, settings.trusted_proxies)
    doors.open_doors(app)
    app.before_request(rules.check_rule)
    said.speak(app)
    templating.furnish(app, versioned)
    refusals.catch_all(app)
    for screen in SCREENS:
        app.register_blueprint(screen)
    open_api(app)
    rules.rule("everyone")(app.view_functions["static"])
    rules.refuse_undeclared(app)
    return app


@cache
def versioned(name: str) -> str:
    """A file's own fingerprint, so that browsers may keep it for ever and still get a new one."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def _trust_proxies(app: Flask, count: int) -> None:
    """Believe forwarded addresses only from as many proxies as the administrator named (none by default)."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # Flask's own way to wrap
