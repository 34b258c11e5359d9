"""The served document is complete, and nothing of it comes from elsewhere."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.web.api.room import Room


@pytest.fixture(scope="module")
def document(looked_at: Room) -> Any:
    answer = looked_at.get("/openapi.json", by=None)
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    return answer.get_json()


def operations(document: Any) -> list[tuple[str, str, Any]]:
    return [(path, method, o) for path, ways in document["paths"].items() for method, o in ways.items()]


def test_it_is_openapi_3_1(document: Any) -> None:
    assert document["openapi"].startswith("3.1")


def test_every_operation_says_what_it_does_and_how_it_refuses(document: Any) -> None:
    for path, method, operation in operations(document):
        assert operation["summary"], path
        assert operation["security"] == [{"token": []}], path
        refusals = {code: r for code, r in operation["responses"].items() if code >= "400"}
        assert {"400", "401", "429"} <= set(refusals), path
        assert all(list(r["content"]) == ["application/problem+json"] for r in refusals.values()), path
        assert "{" not in path or "404" in refusals, path
        if method == "post":
            assert "Idempotency-Key" in [p["name"] for p in operation["parameters"]], path
        if "requestBody" in operation:
            assert {"413", "415", "422"} <= set(refusals), path


def test_everything_it_refers_to_is_in_it(document: Any) -> None:
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(re.findall(r'"(#/[^"]+)"', json.dumps(document))) <= known


def test_it_names_no_address_elsewhere(document: Any) -> None:
    assert "://" not in json.dumps(document)


def test_the_pages_are_not_in_it(document: Any) -> None:
    assert all(path.startswith("/api/v1/") for path in document["paths"])
