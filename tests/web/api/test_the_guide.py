"""What docs/api.md shows can be done as it stands there: the first request, its refusal, every status, the partner's news."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path

import pytest

from engine.records import Record
from tests.web.api.room import SECRETS, Room

GUIDE = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
FIRST_CASE = json.loads(re.findall(r"-d '(.*?)'", GUIDE)[0])
REFUSAL = json.loads(re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)[0])
NEWS = re.findall(r"`(\{\"event\".*?\})`", GUIDE)[0].encode()
STATUSES = {status for line in re.findall(r"^\| (4\d\d[^|]*) \|", GUIDE, re.MULTILINE) for status in line.split(", ")}


@pytest.fixture
def with_its_order(room: Room) -> Room:
    """The house with the order that the guide speaks of."""
    order = Record("order", "O1", "SO-1", "SO-1", {"number": "SO-1", "customer": "C1"})
    room.house.store.write(lambda uow: uow.save_record(order, by=None, source="test"))
    return room


def test_the_first_request_starts_a_case_and_the_partners_news_is_heard_by_it(with_its_order: Room) -> None:
    room = with_its_order
    started = room.post("/cases", FIRST_CASE)
    assert started.status_code == 201, started.text
    id, moment = "message-1", str(int(room.clock.now().timestamp()))
    signed = hmac.new(SECRETS["hook_keys"][0].reveal().encode(), f"{id}.{moment}.".encode() + NEWS, hashlib.sha256)
    headers = {
        "webhook-id": id,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(signed.digest()).decode(),
    }

    heard = room.client.post("/hooks/events/partner", data=NEWS, headers=headers)

    assert heard.status_code == 200, heard.text
    assert "parcel.delivered" in room.get(f"/cases/{started.get_json()['case']}/history").text


def test_a_value_that_is_missing_is_refused_as_the_guide_shows(with_its_order: Room) -> None:
    values = {name: value for name, value in FIRST_CASE["values"].items() if name != "promised_on"}
    answer = with_its_order.post("/cases", FIRST_CASE | {"values": values}, headers={"Accept-Language": "en"})

    assert answer.get_json() | REFUSAL == answer.get_json()


def test_the_guide_explains_every_status_that_says_no(looked_at: Room) -> None:
    document = looked_at.client.get("/api/v1/openapi.json").get_json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    told = {status for operation in operations for status in operation.get("responses", {}) if status.startswith("4")}

    assert told <= STATUSES
