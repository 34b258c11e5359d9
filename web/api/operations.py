"""How an operation of the JSON interface is declared: who may ask, what it takes, what it gives, and how it says no.

Every operation documents all its answers; a test asks each of them and finds no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar, cast

from apiflask import APIBlueprint
from flask import request
from pydantic import BaseModel
from werkzeug.exceptions import UnsupportedMediaType

from engine.definition.texts import Text
from engine.refusals import FormRefusal
from web import rules
from web.problems import MEDIA_TYPE

View = TypeVar("View", bound=Callable[..., Any])

ADDRESS = "/api/v1"
LARGEST_BODY = 1024 * 1024
KEY = "Idempotency-Key"
KEY_FORM = r"^[A-Za-z0-9._:-]{1,64}$"
TOKEN = "token"  # noqa: S105  # the name of the scheme in the document
WHY = {
    400: "The request cannot be read: no JSON, a wrong parameter or header: `malformed`, where possible with `fields`.",
    401: "No token, or one that is not valid (any more).",
    403: "Your roles do not allow this; the sentence says who may. Codes `role`, `same_person`, `different_person`, `not_allowed`.",
    404: "There is no such thing, or you may not see it.",
    409: "It cannot be done as things stand: `closed`, `held`, `paused`, `stale`, `conflict`, `rule`, `not_heard`, `too_late`,"
    " `overtaken` with `fields`.",
    413: "The body is larger than what is accepted.",
    415: "The body is not sent as application/json.",
    422: "A value is missing or wrong: `form` with one sentence for each field, or `wrong_value`.",
    428: "A table that holds rows already is written without saying in which state it was read: `unseen` with `fields`.",
    429: "Too many requests in a short time.",
}


def room(name: str, tag: str, about: str) -> APIBlueprint:
    """The operations on one kind of thing."""
    return APIBlueprint(f"api_{name}", __name__, url_prefix=ADDRESS, tag={"name": tag, "description": about})


def operation(
    rule: str,
    gives: type[BaseModel],
    *,
    status: int = 200,
    said: str = "Done.",
    takes: type[BaseModel] | None = None,
    asks: type[BaseModel] | None = None,
    refuses: tuple[int, ...] = (),
) -> Callable[[View], View]:
    """Declare an operation. `takes` is its JSON body (`body`), `asks` its parameters (`asked`), `refuses` the statuses it
    answers with beyond those that every operation can."""

    def declare(view: View) -> View:
        api = APIBlueprint("declaring", __name__)
        done: Callable[..., Any] = view
        if takes is not None:
            done = api.input(takes, location="json", arg_name="body")(done)
        if asks is not None:
            done = api.input(asks, location="query", arg_name="asked")(done)
        done = api.output(gives, status_code=status, description=said)(done)
        done = _checked(done, has_body=takes is not None)
        always = {400, 401, 429} | ({413, 415, 422} if takes is not None else set())
        refusals = cast(Any, _problems(sorted({*refuses, *always})))
        done = api.doc(operation_id=view.__name__, security=TOKEN, responses=refusals)(done)
        return cast(View, rules.rule(rule)(done))

    return declare


def idempotency_key() -> str:
    """The key of this request, "" without one: the same request with the same key is done once."""
    return request.headers.get(KEY, "")


def _checked(view: Callable[..., Any], *, has_body: bool) -> Callable[..., Any]:
    @wraps(view)
    def check(*args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and not re.match(KEY_FORM, request.headers.get(KEY, "none"), re.ASCII):
            raise MalformedRequest({KEY: _BAD_KEY})
        if has_body:
            request.max_content_length = LARGEST_BODY
            if request.mimetype != "application/json":
                raise UnsupportedMediaType
        return view(*args, **kwargs)

    return check


class MalformedRequest(FormRefusal):
    """A parameter or a header that cannot be meant."""

    def __init__(self, fields: Mapping[str, Text]) -> None:
        super().__init__(fields)
        self.code = "malformed"


_BAD_KEY = Text("1 to 64 letters, digits, dots, dashes, colons.", "1 至 64 个字母、数字、点、连字符或冒号。")


def _problems(statuses: list[int]) -> dict[int | str, dict[str, Any]]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {s: {"description": f"{HTTPStatus(s).phrase}. {WHY[s]}", "content": content} for s in statuses}
