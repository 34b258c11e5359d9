"""Which attachments somebody may open or hand in: their own uploads, and what hangs on a case they see.

A file's id cannot be guessed, but it can be kept: who may not see a case any more must not open its files either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from engine.confidential import hidden_fields, readable_history
from engine.ports import Files
from web import current
from web.beside import process_of
from web.rules import case_of


def address_of(file_id: str) -> str:
    """Where a page links to for a file: the case that the page is about opens it."""
    case_id = _case_of_request()
    if case_id:
        return url_for("files.of_case", case_id=case_id, file_id=file_id)
    return url_for("files.download", file_id=file_id)


def is_mine(file_id: str) -> bool:
    """Whether this person uploaded it."""
    return current.house().files.sent_by(file_id) == current.me().id


def hangs_on(case_id: str, file_id: str) -> bool:
    """Whether a file is in a field or in the history of a case, as far as this person may read them."""
    case, history = current.read(lambda screens: (screens.case(case_id), screens.history(case_id)))
    process = process_of(case) if case is not None else None
    if case is None or process is None:
        return False
    hidden = hidden_fields(process, case, current.me())
    places: list[Any] = [value for name, value in case.values.items() if name not in hidden]
    places += [row.details for row in readable_history(history, process, case, current.me())]
    return any(id == file_id for id in _ids_in(places))


@dataclass(frozen=True, slots=True)
class UsableFiles:
    """The files that a form of this request may name: to everybody else's it is blind."""

    files: Files

    def get(self, file_id: str) -> tuple[Mapping[str, Any], bytes] | None:
        """One that is mine, or hangs on the case that this request is about."""
        found = self.files.get(file_id)
        case_id = _case_of_request()
        usable = found is not None and (is_mine(file_id) or (case_id and hangs_on(case_id, file_id)))
        return found if usable else None


def _case_of_request() -> str:
    named = request.view_args or {}
    return str(named.get("case_id") or case_of(str(named.get("task_id", ""))))


def _ids_in(value: Any) -> Iterator[str]:
    """The ids of all files that are described somewhere in a value."""
    match value:
        case Mapping():
            if "size" in value and isinstance(value.get("id"), str):
                yield value["id"]
            for inner in value.values():
                yield from _ids_in(inner)
        case list() | tuple():
            for inner in value:
                yield from _ids_in(inner)
