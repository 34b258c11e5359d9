"""A case as text and back: one JSON document, so that a case is loaded and saved in one piece."""

from __future__ import annotations

import json

from pydantic import TypeAdapter, ValidationError

from engine.case import Case

_CASE: TypeAdapter[Case] = TypeAdapter(Case)


def written(case: Case) -> str:
    """The document of a case."""
    return _CASE.dump_json(case).decode()


def read(document: str) -> Case:
    """The case of a document, also of one that an earlier release has written."""
    try:
        return _CASE.validate_json(document)
    except ValidationError:
        return _CASE.validate_json(_as_written_now(document))


def _as_written_now(document: str) -> str:
    """Rows of the case's ladder whose escalation was put away were named by their number alone."""
    case = json.loads(document)
    case["put_away"] = [f":{row}" if isinstance(row, int) else row for row in case.get("put_away", ())]
    return json.dumps(case)
