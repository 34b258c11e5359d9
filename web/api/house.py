"""What is not about one case: who asks, events from outside, uploads, and the document of this interface."""

from __future__ import annotations

import json
from typing import Any, cast

from apiflask import APIFlask
from flask import Response, current_app, request
from werkzeug.exceptions import UnsupportedMediaType

from engine.authority import ACTS, can
from engine.definition.texts import Text
from engine.refusals import Refusal
from engine.store import UnitOfWork
from web import current, rules
from web.api.absences import absence_of
from web.api.models.house import EventTaken, FileTold, Me, SendEvent
from web.api.operations import idempotency_key, operation, room

house = room("house", "House", "Who asks, events from outside, files.")
DOCUMENT = "aftercare api document"


@house.get("/me")
@operation("staff", Me, said="You.")
def read_me() -> Me:
    """Read whose token this is and what it allows."""
    me = current.me()
    acts = [act for act in ACTS if can(me, act)]
    roles, absence = sorted(me.roles), absence_of(me)
    return Me(id=me.id, name=me.name, language=me.language, roles=roles, acts=acts, absence=absence)


@house.post("/events")
@operation("send_events", EventTaken, takes=SendEvent, refuses=(403, 409, 422), said="What became of it.")
def send_event(body: SendEvent) -> EventTaken:
    """Tell of something that happened outside. The case that waits for it is found by the values."""
    me = current.me().id
    received = current.house().desk.receive_event(body.id, body.name, body.values, f"api:{me}", by=me)
    return EventTaken(state=received.state, cases=list(received.cases))


@house.post("/files")
@operation("staff", FileTold, status=201, refuses=(409, 413, 415, 422), said="The file is stored.")
def upload_file() -> FileTold:
    """Upload a file for a field of type `files`; hand in its id there."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Refusal("wrong_value", Text("Send a part named 'file'.", "请提交名为“file”的文件。"), concerns="file")
    key = f"upload:{current.me().id}:{idempotency_key()}" if idempotency_key() else ""
    stored = _answered(key) if key else None
    if stored is None:
        stored = dict(current.house().files.put(upload.filename, upload.read(), by=current.me().id))
        if key:
            _keep_answer(key, stored)
    return FileTold(id=stored["id"], name=stored["name"], type=stored["type"], size=stored["size"])


@house.get("/openapi.json")
@house.doc(hide=True)
@rules.rule("everyone")
def document() -> Response:
    """The document of this interface (OpenAPI 3.1)."""
    text = current_app.extensions.get(DOCUMENT)
    if text is None:
        text = current_app.extensions[DOCUMENT] = json.dumps(cast(APIFlask, current_app).spec, ensure_ascii=False)
    return Response(text, content_type="application/json")


def _answered(key: str) -> dict[str, Any] | None:
    def look(uow: UnitOfWork) -> str | None:
        return uow.remembered(key)

    known = current.house().store.write(look)
    return json.loads(known) if known else None


def _keep_answer(key: str, answer: dict[str, Any]) -> None:
    text = json.dumps(answer, ensure_ascii=False)

    def keep(uow: UnitOfWork) -> None:
        uow.remember(key, text)

    current.house().store.write(keep)
