"""One short sentence after a redirect ("Done: ..."), carried by a cookie and shown once. A link cannot forge it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote, unquote

from flask import Flask, g, redirect, request
from flask import Response as FlaskResponse
from werkzeug import Response

from web import current
from web.doors import cookie_name, end_cookie, set_cookie
from web.words import CATALOGUE, say

COOKIE = "aftercare-said"
MOST = 150
"""So many characters of a value: a Chinese one takes nine bytes here, and a cookie holds some 4,000 for two values."""


def then(address: str, key: str = "", **values: str) -> Response:
    """Go to a page of ours and say there what was done; 303, so that reloading repeats nothing."""
    response = redirect(address, code=303)
    if key:
        set_cookie(response, COOKIE, _carried(key, values), seconds=60)
    return response


def _carried(key: str, values: Mapping[str, str]) -> str:
    """What the cookie holds; of a longer value the beginning, so that it fits."""
    short = {name: text if len(text) <= MOST else f"{text[: MOST - 1]}…" for name, text in values.items()}
    return quote(json.dumps([key, short], ensure_ascii=False))


def sentence() -> str:
    """What was done just now, for the page that is being made."""
    try:
        key, values = json.loads(unquote(request.cookies.get(cookie_name(COOKIE), "")))
        g.said = True
        return say(key, current.language(), **values) if key in CATALOGUE else ""
    except (ValueError, TypeError, KeyError, IndexError):
        return ""


def speak(app: Flask) -> None:
    """Forget a sentence once a page has shown it."""

    @app.after_request
    def forget(response: FlaskResponse) -> FlaskResponse:
        if g.get("said") and response.status_code < 300:
            end_cookie(response, COOKIE)
        return response
