"""What APIFlask cannot know of the served document: the problem answer, the token, keys, the forms of ids, uploads."""

from __future__ import annotations

from typing import Any

from apiflask import APIFlask

from web.api.models.house import Problem
from web.api.operations import ADDRESS, KEY, KEY_FORM, TOKEN

ABOUT = """The same use cases as the pages, over JSON.

**Tokens.** An administrator makes one on the page of the person (People); send it as `Authorization: Bearer <token>`. A
token may do what its person may do. Cookies do not count here.

**Idempotency.** Send an `Idempotency-Key` with a POST; the same request with the same key is done once and answered alike.

**Pages.** Lists take `after` and `limit` and give `next`; hand it in as `after` until it is empty.

**Language.** `Accept-Language: zh` or `en` decides labels and sentences; codes and ids are the same in both.

**Tables** are lists of objects {column: value}; empty cells are left out. Where rows are fixed, each names its id under
`row`, and rows that are not sent stay as they are.

**Refusals** are `application/problem+json` with a `code`, a `detail` and, for forms, `fields`; a cell of a table goes by
table, row and column, like `parts.2.cost` (rows counted from 1) or `checkpoints.picked_up.occurred_at`."""

PARAMETERS = {
    "case_id": "The id of a case, not its number.",
    "task_id": "The id of a task: that of its case, a dot, a number.",
    "process": "The id of a process.",
    "number": "The number of a version.",
    "record_type": "A record type of the site, like customer or serial_number.",
    "record_id": "A record's id or key.",
    "event_name": "One of the case's `events`.",
    "person_id": "The name of an account.",
}
UPLOAD = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
            }
        }
    },
}


def describe(app: APIFlask) -> None:
    """Settings of the document, and what is added to it."""
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_404_RESPONSE=False,
        AUTO_SERVERS=False,
        INFO={"description": ABOUT},
        SECURITY_SCHEMES={TOKEN: {"type": "http", "scheme": "bearer", "description": "Your token."}},
    )
    app.spec_processor(complete)


def complete(document: Any) -> dict[str, Any]:
    """The document with what all operations share."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/Problem.{model}")
    for name, schema in problem.pop("$defs", {}).items():
        schemas[f"Problem.{name}"] = schema
    schemas["Problem"] = problem
    document["servers"] = [{"url": "/"}]
    for operations in document["paths"].values():
        for method, operation in operations.items():
            _parameters(operation)
            if method == "post":
                operation["parameters"].append(_key())
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    document["paths"][f"{ADDRESS}/files"]["post"]["requestBody"] = UPLOAD
    return dict(document)


def _parameters(operation: dict[str, Any]) -> None:
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            parameter["description"] = PARAMETERS[parameter["name"]]
        elif "description" in parameter.get("schema", {}):
            parameter["description"] = parameter["schema"].pop("description")


def _key() -> dict[str, Any]:
    return {
        "name": KEY,
        "in": "header",
        "required": False,
        "description": "Your own name for this request; sent again it is not done again.",
        "schema": {"type": "string", "pattern": KEY_FORM},
    }
