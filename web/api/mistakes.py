"""What is wrong with a body or a parameter, said in both languages: the words for pydantic's findings."""

from __future__ import annotations

from typing import Any

from apiflask.exceptions import HTTPError
from flask import Response
from pydantic import ValidationError

from engine.definition.texts import Text
from web import current
from web.problems import http_problem, problem

WORDS: dict[str, Text] = {
    "missing": Text("This is missing.", "缺少此项。"),
    "extra_forbidden": Text("There is no such member; look at the document.", "没有这一项，请查看接口文档。"),
    "string_type": Text("A text is needed here.", "此处需要文字。"),
    "string_too_short": Text("This text is too short.", "文字过短。"),
    "string_too_long": Text("This text is too long.", "文字过长。"),
    "string_pattern_mismatch": Text("This text does not have the form in the document.", "格式与接口文档不符。"),
    "int_type": Text("A whole number is needed here.", "此处需要整数。"),
    "int_parsing": Text("A whole number is needed here.", "此处需要整数。"),
    "int_from_float": Text("A whole number is needed here.", "此处需要整数。"),
    "int_parsing_size": Text("This number is too large.", "数字过大。"),
    "greater_than_equal": Text("This number is too small.", "数字过小。"),
    "less_than_equal": Text("This number is too large.", "数字过大。"),
    "bool_type": Text("Answer true or false.", "请填写 true 或 false。"),
    "bool_parsing": Text("Answer true or false.", "请填写 true 或 false。"),
    "dict_type": Text("An object is needed here.", "此处需要对象。"),
    "model_type": Text("An object is needed here.", "此处需要对象。"),
    "list_type": Text("A list is needed here.", "此处需要列表。"),
    "too_long": Text("There are too many of these.", "数量过多。"),
    "literal_error": Text("Choose one of the values in the document.", "请从接口文档列出的取值中选择。"),
    "moment": Text(
        "Write a moment with its offset, like 2026-03-02T14:30:00+08:00.",
        "请填写带时区的时间，例如 2026-03-02T14:30:00+08:00。",
    ),
}
OTHER = Text("This value does not fit.", "取值不符合要求。")
BODY = Text("Please correct the request: {names}.", "请更正请求：{names}。")


def answer(error: HTTPError) -> Response:
    """APIFlask's own refusals in our form: a wrong parameter is 400, a wrong body 422."""
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        return http_problem(error.status_code, error.message or "")
    in_query = "query" in (error.detail if isinstance(error.detail, dict) else {})
    fields = {_place(found): current.say_text(_word(found)) for found in cause.errors(include_url=False)}
    detail = current.say_text(BODY).format(names=", ".join(list(fields)[:10]))
    return problem(*((400, "malformed") if in_query else (422, "form")), detail, fields=fields)


def _place(found: Any) -> str:
    return ".".join(str(part) for part in found["loc"])[:200] or "body"


def _word(found: Any) -> Text:
    return WORDS.get(str(found["type"]), OTHER)


def install(app: Any) -> None:
    """Hang the answer into an app.

    Not by `error_processor`: that one takes over every wrong address, and people would read JSON instead of a page.
    """
    app.error_callback = answer
