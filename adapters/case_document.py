"""A case as text and back: one JSON document, so that a case is loaded and saved in one piece."""

from __future__ import annotations

from pydantic import TypeAdapter

from engine.case import Case

_CASE: TypeAdapter[Case] = TypeAdapter(Case)


def written(case: Case) -> str:
    """The document of a case."""
    return _CASE.dump_json(case).decode()


def read(document: str) -> Case:
    """The case of a document."""
    return _CASE.validate_json(document)
