"""The doors of every request: session cookie, forgery check, security headers. Must not know any page.

A form's token is the session's own secret; before sign-in it is a random one kept in a cookie of this computer.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from typing import cast

from flask import Flask, abort, g, request
from flask import Response as FlaskResponse
from werkzeug import Response

from engine.definition.texts import Text
from engine.refusals import Refusal
from web import current
from web.bearer import bearer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
}
_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "[::1]"}


def open_doors(app: Flask) -> None:
    """Hang the doors into an app: first who is there, then whether a change was really asked for by them."""
    app.before_request(refuse_odd_addresses)
    app.before_request(find_session)
    app.before_request(refuse_forgeries)
    app.after_request(finish)


def is_api() -> bool:
    """What programs talk to: no cookie counts there, a token in the header or a signature does."""
    return current.is_for_programs()


def refuse_odd_addresses() -> None:
    """No address of ours holds a NUL, and no database takes one."""
    if "\0" in request.path or "%00" in request.query_string.decode("latin-1"):
        abort(404 if "\0" in request.path else 400)


def find_session() -> None:
    """Who is there: by token in the JSON interface, by cookie everywhere else."""
    g.signed_in = bearer() if request.path.startswith("/api/") else None
    secret = "" if is_api() else request.cookies.get(cookie_name("aftercare"), "")
    if secret:
        g.signed_in = current.house().accounts.session(secret)


def refuse_forgeries() -> None:
    """A change needs the form's own token, and must not come from another site."""
    if request.method in SAFE or is_api():
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refusal("forged", _FORGED)
    given = request.headers.get("X-Form-Token", "") or request.form.get("form_token", "")
    if not given or not hmac.compare_digest(given.encode(), form_token().encode()):
        raise Refusal("forged", _FORGED)
    if any("\0" in text for pair in request.form.items(multi=True) for text in pair):
        abort(400)  # no keyboard writes a NUL, and no database takes one


_FORGED = Text(
    "This form has expired or did not come from this site. Nothing was changed; open the page again and repeat it.",
    "此表单已过期或并非来自本站。未作任何更改，请重新打开页面后再试。",
)


def form_token() -> str:
    """What every form carries."""
    signed = current.signed_in()
    if signed is not None:
        return signed.csrf
    if "form_token" not in g:
        g.form_token = request.cookies.get(cookie_name("aftercare-form")) or secrets.token_urlsafe(32)
        g.form_token_used = True
    return cast(str, g.form_token)


def finish(response: FlaskResponse) -> FlaskResponse:
    """Headers on every answer; pages are never kept by shared computers."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if "ETag" not in response.headers else "private, no-cache"
    if g.get("form_token_used") and cookie_name("aftercare-form") not in request.cookies:
        set_cookie(response, "aftercare-form", g.form_token)
    return response


def cookie_name(name: str) -> str:
    """`__Host-` binds a cookie to this very host and to https; without https the browser would refuse it."""
    return f"__Host-{name}" if request.is_secure else name


def set_cookie(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """A cookie of ours: never for scripts, never for other sites."""
    response.set_cookie(
        cookie_name(name), value, max_age=seconds, httponly=True, secure=request.is_secure, samesite="Lax", path="/"
    )


def end_cookie(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(cookie_name(name), path="/", httponly=True, secure=request.is_secure, samesite="Lax")


def may_sign_in_here() -> bool:
    """Passwords travel over https, on this very computer, or where the administrator allows plain http."""
    return request.is_secure or is_this_computer() or current.house().settings.plain_http


def is_plain() -> bool:
    """True when somebody on the network could read along: shown as a banner on every page."""
    return not request.is_secure and not is_this_computer()


def is_this_computer() -> bool:
    """Asked from the computer it runs on, by a name of that computer."""
    host = request.host.rpartition(":")[0] if ":" in request.host.rpartition("]")[2] else request.host
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    return near and host in _LOOPBACK_NAMES
