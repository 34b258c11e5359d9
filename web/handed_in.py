"""Files that come with a form: those that are taken, and why the others are not. A form that is shown again keeps the first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import g, request

from engine.definition.model.vocabulary import FILE_TYPES
from engine.definition.texts import Text
from engine.file_kinds import wrong_kind
from engine.offers import FieldOffer
from engine.refusals import FormRefusal, Refusal
from web import current
from web.attachments import UsableFiles
from web.inputs import KEPT, PREFIX


def files_of(fields: Iterable[FieldOffer]) -> dict[str, list[dict[str, Any]]]:
    """By field of files that stands in the form: what was kept, and what is new and taken."""
    found: dict[str, list[dict[str, Any]]] = {}
    for field in fields:
        name = PREFIX + field.name
        there = name in request.form or name in request.files or f"{name}{KEPT}" in request.form
        if field.type not in FILE_TYPES or field.read_only or not there:
            continue
        drawn = field.type == "signature"
        files = kept(f"{name}{KEPT}") + taken(field.name, name, ("image",) if drawn else field.accept)
        found[field.name] = files[-1:] if drawn else files
    return found


def kept(name: str) -> list[dict[str, Any]]:
    """Files that this person handed in before, or that hang on the case."""
    usable = UsableFiles(current.house().files)
    described = (usable.get(id) for id in request.form.getlist(name) if id)
    return [dict(found[0]) for found in described if found is not None]


def taken(field: str, name: str, accept: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The uploads of a part that are stored now; what speaks against the others is remembered for `refuse_the_others`."""
    good: list[dict[str, Any]] = []
    for upload in request.files.getlist(name):
        if upload.filename:
            try:
                file = dict(current.house().files.put(upload.filename, upload.read(), by=current.me().id))
            except Refusal as refusal:
                _refused().setdefault(field, []).append(refusal.text)
                continue
            if wrong := wrong_kind(file["name"], file["type"], accept):
                _refused().setdefault(field, []).append(wrong)
            else:
                good.append(file)
    return good


def refuse_the_others() -> None:
    """Raises FormRefusal when a file of this request was not taken: the good ones stay in the form, these do not."""
    if wrong := _refused():
        raise FormRefusal({field: _together(texts) for field, texts in wrong.items()})


def _refused() -> dict[str, list[Text]]:
    if "refused_files" not in g:
        g.refused_files = {}
    refused: dict[str, list[Text]] = g.refused_files
    return refused


def _together(texts: Sequence[Text]) -> Text:
    return Text(" ".join(text.en for text in texts), "".join(text.say("zh-Hans") for text in texts))
