"""Whatever is asked, the interface answers as its document says, and never with a fault: made-up requests, seeded.

The document is given ids that exist, so that requests get past the door. Cases and tasks change underneath, as in life.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.web.api.every_operation import OPERATIONS
from tests.web.api.room import Room, move_in

load_all_checks()
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    unsupported_method,
]
FEWEST = 1_500


@pytest.fixture(scope="module")
def asked_anything(prepared_house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A house with consignments in several places."""
    room = move_in(prepared_house, tmp_path_factory.mktemp("anything") / "copy")
    for n in range(4):
        room.shipment(tracking_no=f"SF{n}")
        room.post("/events", {"id": f"{n}", "name": "parcel.delivered", "values": {"tracking_no": f"SF{n % 2}"}}, "bot")
    yield room
    room.house.close()


@pytest.fixture(scope="module")
def schema(asked_anything: Room) -> Any:
    room = asked_anything
    document = room.get("/openapi.json", by=None).get_json()
    cases = [case["id"] for case in room.get("/cases").get_json()["cases"]]
    tasks = [task["id"] for task in room.get("/tasks").get_json()["tasks"]]
    known = {
        "case_id": [*cases, "nothing"],
        "task_id": [*tasks, f"{cases[0]}.77", "nothing.1"],
        "process": ["shipment_tracking", "nothing"],
        "number": ["1", "2"],
        "record_type": ["customer", "order", "nothing"],
        "record_id": ["C1", "ACME-1", "nobody"],
        "person_id": ["mei", "tao", "nobody"],
        "event_name": ["parcel.scanned", "parcel.lost", "nothing"],
    }
    for ways in document["paths"].values():
        for operation in ways.values():
            del operation["security"]  # every request below carries a token; without one: see test_who_may
            for parameter in operation["parameters"]:
                if parameter["in"] == "path":
                    parameter["schema"] = {"type": "string", "enum": known[parameter["name"]]}
    members = document["components"]["schemas"]
    members["StartCase"]["properties"]["process"]["enum"] = ["shipment_tracking", "nothing"]
    members["MoveCase"]["properties"]["to"]["enum"] = ["in_transit", "delivered", "nowhere"]
    members["ChangeOwner"]["properties"]["owner"]["enum"] = ["mei", "lin", "nobody"]
    members["EnterAbsence"]["properties"]["deputy"]["anyOf"] = [{"enum": ["mei", "lin", "nobody"]}, {"type": "null"}]
    members["CompleteTask"]["properties"]["outcome"]["enum"] = ["reached", "sent", "no_answer", "done", "nothing"]
    loaded = schemathesis.openapi.from_dict(document)
    loaded.app = room.app
    return loaded


def test_thousands_of_made_up_requests_are_answered_as_documented(schema: Any, asked_anything: Room) -> None:
    """In one test, so that the answers are counted in one place."""
    answers: Counter[int] = Counter()
    for operation in OPERATIONS:
        ask_anything(schema.find_operation_by_id(operation.name), operation.name, asked_anything, answers)
    assert sum(answers.values()) >= FEWEST
    assert (
        {200, 201, 400, 403, 404, 409, 422} <= set(answers) <= {200, 201, 400, 403, 404, 405, 409, 413, 415, 422, 428}
    )


def ask_anything(operation: Any, name: str, room: Room, answers: Counter[int]) -> None:
    fitting, odd = (operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))

    @settings(
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(fitting, odd), by=st.sampled_from(["ada", "lin", "mei"]))
    def ask(case: Any, by: str) -> None:
        response = case.call(headers={"Authorization": f"Bearer {room.tokens[by]}"})
        answers[response.status_code] += 1
        case.validate_response(response, checks=CHECKS + ([] if is_fine(name, response) else [negative_data_rejection]))

    ask()


def is_fine(name: str, response: Any) -> bool:
    """Where an odd request need not be refused: in a part of a form, null is four letters like any others; and what is too
    large was refused before it could be found odd."""
    return name == "upload_file" or response.status_code == 413
