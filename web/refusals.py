"""The one place where a "no" becomes a page and a status: refusals of the engine, wrong addresses, and our own faults."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from engine.refusals import FormRefusal, Refusal
from web import current
from web.doors import SAFE, is_api
from web.inputs import Input
from web.problems import http_problem, not_signed_in, problem, problem_of
from web.rules import SignInFirst
from web.words import CATALOGUE, say

log = logging.getLogger("aftercare.web")

STATUS = {
    "form": 422,
    "wrong_value": 422,
    "role": 403,
    "same_person": 403,
    "different_person": 403,
    "not_allowed": 403,
    "not_publishable": 422,
    "nothing_chosen": 422,
    "held": 409,
    "forged": 400,
    "malformed": 400,
    "unknown": 404,
    "rule": 409,
    "closed": 409,
    "paused": 409,
    "stale": 409,
    "conflict": 409,
    "overtaken": 409,
    "unseen": 428,
    "not_heard": 409,
    "too_late": 409,
    "too_many_events": 409,
    "too_many": 429,
    "too_much_follows": 409,
    "too_many_ways": 422,
    "endless": 409,
    "open_beside": 409,
    "call_out": 409,
    "passed_day": 409,
}
SOMEBODY_WAS_FASTER = frozenset({"stale", "closed", "conflict"})
"""Showing the form again would not help: what it was about is no longer there."""

WRONG_INSIDE = frozenset({"outcome", "to", "owner"})
Answer = tuple[Any, int]


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal. What is unknown inside a request (an outcome, a colleague) is a wrong value of it."""
    if refusal.code == "unknown" and refusal.concerns in WRONG_INSIDE:
        return 422
    return STATUS.get(refusal.code, 409)


def refused(refusal: Refusal, again: Callable[[Refusal], Any], *, back: str = "") -> Answer:
    """The answer to a form that was refused: the same page with everything typed, unless somebody else was faster.

    `back` is where to go in that case; a form without it is always shown again.
    """
    if back and refusal.code in SOMEBODY_WAS_FASTER:
        return page_of(refusal, back=back)
    return again(refusal), status_of(refusal)


def field_errors(refusal: Refusal | None) -> dict[str, str]:
    """What is wrong with which field, in the person's language."""
    match refusal:
        case None:
            return {}
        case FormRefusal():
            return {name: current.say_text(text) for name, text in refusal.fields.items()}
        case _:
            return {refusal.concerns: current.say_text(refusal.text)} if refusal.concerns else {}


def told_in_order(refusal: FormRefusal, inputs: Sequence[Input]) -> list[tuple[str, str, str]]:
    """Field or cell, what the field is called, and what is wrong there: from the top of the form to its end."""
    labels = {field.name: field.label for field in inputs}
    places = {name: n for n, name in enumerate(labels)}
    found = [(name, name.partition(".")[0], current.say_text(text)) for name, text in refusal.fields.items()]
    found.sort(key=lambda one: places.get(one[1], len(places)))
    return [(name, labels.get(field, ""), text) for name, field, text in found]


def page_of(refusal: Refusal, *, back: str = "") -> Answer:
    """A refusal as a page of its own."""
    if is_api():
        return problem_of(refusal, status_of(refusal)), status_of(refusal)
    faster = refusal.code in SOMEBODY_WAS_FASTER
    page = render_template(
        "refusals/refusal.html", refusal=refusal, faster=faster, back=back or _own_path(request.referrer or "")
    )
    return page, status_of(refusal)


def catch_all(app: Flask) -> None:
    """Hang the handlers into an app: nobody ever sees a traceback."""
    app.register_error_handler(Refusal, page_of)
    app.register_error_handler(SignInFirst, _ask_to_sign_in)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _our_fault)


def _ask_to_sign_in(_: SignInFirst) -> Any:
    if is_api():
        return not_signed_in()
    if request.headers.get("X-Part"):
        return "", 401
    wanted = request.full_path.rstrip("?") if request.method in SAFE else _own_path(request.referrer or "")
    return redirect(url_for("sign_in.ask", next=wanted or None, kept=None if request.method in SAFE else 1))


def _own_path(address: str) -> str:
    """The path of an address on this very host, else nothing."""
    # A path that begins with two strokes would be another host.
    path = address.removeprefix(request.host_url)
    return f"/{path}" if address.startswith(request.host_url) and path[:1] not in ("/", "\\") else ""


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    if is_api():
        return _with_headers_of(error, http_problem(status, error.name))
    known = status if f"http.{status}.title" in CATALOGUE else 400
    return _with_headers_of(error, Response(render_template("refusals/http.html", status=status, known=known), status))


def _with_headers_of(error: HTTPException, response: Response) -> Response:
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _our_fault(error: Exception) -> Any:
    """A fault of ours: logged under an id that the page shows, and nothing else of it is shown."""
    fault = secrets.token_hex(4)
    log.error("fault %s at %s %s", fault, request.method, request.path, exc_info=error)
    if is_api():
        return problem(500, "fault", say("fault.text", current.language(), id=fault))
    return render_template("refusals/fault.html", fault=fault), 500
