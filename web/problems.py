"""A "no" for programs: application/problem+json (RFC 9457) with a code, one sentence, and one sentence for each field.

Must not decide the status of a refusal; `web.refusals` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, current_app

from engine.definition.texts import Text
from engine.refusals import FormRefusal, Refusal
from web import current

MEDIA_TYPE = "application/problem+json"
NOT_SIGNED_IN = Text(
    "Send a valid token: 'Authorization: Bearer <token>'. An administrator makes it on the person's page under People.",
    "请提供有效令牌：“Authorization: Bearer <令牌>”。令牌由管理员在“人员”中该人员的页面创建。",
)
SENTENCES: Mapping[int, Text] = {
    400: Text("This request could not be read.", "无法读取该请求。"),
    404: Text("There is nothing here that you may see.", "此处没有您可以查看的内容。"),
    405: Text("This address does not take this method.", "该地址不支持此方法。"),
    413: Text("This is larger than what is accepted here.", "内容超过了此处允许的大小。"),
    415: Text("Send JSON as 'Content-Type: application/json'.", "请以“Content-Type: application/json”发送 JSON。"),
    429: Text("Too many requests in a short time; wait a minute.", "短时间内请求过多，请稍候一分钟。"),
}
CODES: Mapping[int, str] = {
    400: "malformed",
    404: "unknown",
    405: "method",
    413: "too_large",
    415: "media_type",
    429: "too_many",
}


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """The answer itself. `more` are the members beyond the standard ones: fields, findings."""
    body = {
        "type": f"urn:aftercare:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    } | {name: value for name, value in more.items() if value is not None}
    response = Response(current_app.json.dumps(body), status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = current.language()
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="aftercare"'
    return response


def problem_of(refusal: Refusal, status: int) -> Response:
    """What the engine refused."""
    return problem(
        status,
        refusal.code,
        current.say_text(refusal.text),
        fields=_fields(refusal),
        concerns=refusal.concerns or None,
        findings=_findings(refusal),
    )


def not_signed_in() -> Response:
    """Nobody is known by this request's token."""
    return problem(401, "sign_in", current.say_text(NOT_SIGNED_IN))


def http_problem(status: int, name: str) -> Response:
    """What the web server itself refused."""
    sentence = SENTENCES.get(status)
    return problem(status, CODES.get(status, f"http_{status}"), current.say_text(sentence) if sentence else name)


def _fields(refusal: Refusal) -> dict[str, str] | None:
    if not isinstance(refusal, FormRefusal):
        return None
    return {name: current.say_text(text) for name, text in refusal.fields.items()}


def _findings(refusal: Refusal) -> Sequence[Mapping[str, Any]] | None:
    review = getattr(refusal, "review", None)
    return review.problems_as_json(current.language()) if review is not None else None
