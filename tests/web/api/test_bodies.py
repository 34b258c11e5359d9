"""What cannot be meant is refused before it reaches the desk: broken JSON, odd numbers, other types, too much of it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine.kept import PublishedVersion
from tests.web.api.room import MONDAY, SHIPMENT, SHIPPED, Room

JSON = "application/json"


def start(room: Room, raw: bytes, content_type: str = JSON, **headers: str) -> Any:
    return room.ask("POST", "/cases", data=raw, content_type=content_type, headers=headers)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"process": NaN}',
        b'{"process": 1e999}',
        b'{"process": 123456789012345678901234567890}',
        b'{"process": ' + b"9" * 5000 + b"}",
        b'{"process": "\\u0000"}',
        b'{"process": "\\ud800"}',
        b'{"\\ud800": 1}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"values": ' + b'{"a":' * 30 + b"1" + b"}" * 31,
    ],
    ids=lambda raw: raw[:20].decode("latin-1"),
)
def test_what_is_no_json_that_can_be_kept_is_malformed(looked_at: Room, raw: bytes) -> None:
    answer = start(looked_at, raw)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        (b"[]", ["body"]),
        (b"null", ["process"]),
        (b"{}", ["process"]),
        (b'{"process": 7}', ["process"]),
        (b'{"process": "x", "vlaues": {}}', ["vlaues"]),
        (b'{"process": "x", "values": []}', ["values"]),
    ],
)
def test_a_body_of_the_wrong_form_is_refused_member_by_member(looked_at: Room, raw: bytes, fields: list[str]) -> None:
    answer = start(looked_at, raw)
    assert (answer.status_code, list(answer.get_json()["fields"])) == (422, fields)


def test_members_are_named_wrong_in_chinese_too(looked_at: Room) -> None:
    answer = start(looked_at, b"{}", **{"Accept-Language": "zh-TW, en;q=0.5"})
    assert answer.get_json()["fields"] == {"process": "缺少此项。"}
    assert answer.get_json()["detail"] == "请更正请求：process。"


@pytest.mark.parametrize(
    "type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_json_is_sent_as_json(looked_at: Room, type: str) -> None:
    """A page of another site can send none of these types as if it were a form."""
    assert start(looked_at, b'{"process": "shipment_tracking"}', type).status_code == 415


def test_a_body_larger_than_a_form_can_be_is_not_read(looked_at: Room) -> None:
    answer = start(looked_at, b'{"process": "' + b"x" * (1024 * 1024) + b'"}')
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")


def test_an_upload_larger_than_allowed_is_not_read(looked_at: Room) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + b"a" * 22 * 1024 * 1024
    answer = looked_at.ask("POST", "/files", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413


def test_an_upload_without_a_file_says_what_is_missing(looked_at: Room) -> None:
    answer = looked_at.ask("POST", "/files", data={"other": "x"}, content_type="multipart/form-data")
    assert (answer.status_code, answer.get_json()["concerns"]) == (422, "file")


@pytest.mark.parametrize("key", ["a b", "x" * 65, "键".encode().decode("latin-1")])
def test_an_idempotency_key_that_cannot_be_kept_is_refused(looked_at: Room, key: str) -> None:
    answer = start(looked_at, b'{"process": "shipment_tracking"}', **{"Idempotency-Key": key})
    assert (answer.status_code, list(answer.get_json()["fields"])) == (400, ["Idempotency-Key"])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=1000000000", "limit"),
        ("limit=x", "limit"),
        ("state=lost", "state"),
        ("text=" + "x" * 201, "text"),
        ("pgae=2", "pgae"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused(looked_at: Room, query: str, field: str) -> None:
    answer = looked_at.get(f"/cases?{query}")
    assert (answer.status_code, list(answer.get_json()["fields"])) == (400, [field])


@pytest.mark.parametrize("query", ["after=x", "after=%F0%9F%98%80", "after=bnVsbA", "text=%25_%5C", "process=nothing"])
def test_a_key_of_no_page_and_odd_letters_find_nothing_worse(looked_at: Room, query: str) -> None:
    assert looked_at.get(f"/cases?{query}").status_code == 200
    assert looked_at.get("/tasks?" + query.replace("text", "role")).status_code == 200


def test_a_nul_in_a_parameter_is_malformed(looked_at: Room) -> None:
    assert looked_at.get("/cases?text=%00").status_code == 400


@pytest.mark.parametrize(
    "value", [[["a"]], {"a": {"b": []}}, 10**15, -0.1, True, "x" * 50_000, "0001-01-01T00:00:00+14:00"]
)
@pytest.mark.parametrize("field", ["customer", "promised_on", "batch_no", "from_return", "shipped_on"])
def test_an_odd_value_is_refused_by_its_field(looked_at: Room, field: str, value: Any) -> None:
    body = {"process": "shipment_tracking", "values": {field: value}}
    answer = looked_at.post("/cases", body)
    assert answer.status_code == 422


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "soon", 7, {"a": 1}, ["x"]])
def test_an_event_of_an_odd_time_is_refused_by_name_and_changes_nothing(room: Room, time: Any) -> None:
    case = room.shipment()
    before = room.get(f"/cases/{case}").get_json()["fields"]
    values = {"tracking_no": "SF1001", "place": "Wuxi", "time": time}
    for name in ("parcel.picked_up", "parcel.scanned", "parcel.out_for_delivery"):
        answer = room.post("/events", {"id": name, "name": name, "values": values}, by="bot")
        assert answer.status_code == 422
    assert room.get(f"/cases/{case}").get_json()["fields"] == before


@pytest.mark.parametrize(
    ("name", "values", "why"),
    [
        ("parcel.devilered", {"tracking_no": "SF9"}, "No process knows the event"),
        ("parcel.delivered", {"tracking_no": None}, "give it: tracking_no"),
        ("parcel.delivered", {"a": 1}, "give it: tracking_no"),
        ("parcel.delivered", {"tracking_no": "SF9", "occurred_at": "yesterday"}, "it has: .*, time, tracking_no"),
        ("parcel.delivered", {"tracking_no": "SF9", "time": "yesterday"}, "must be a moment, like 2026"),
        ("parcel.delivered", {"tracking_no": ["SF9"]}, "must be one text"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_though_nobody_waits_for_it(
    room: Room, name: str, values: dict[str, Any], why: str
) -> None:
    answer = room.post("/events", {"id": "1", "name": name, "values": values}, by="bot")
    assert answer.status_code == 422
    assert re.search(why, answer.get_json()["detail"])
    sent = {"id": "1", "name": "parcel.delivered", "values": {"tracking_no": "SF9"}}
    assert room.post("/events", sent, by="bot").get_json()["state"] == "kept"


def test_an_event_is_looked_at_by_the_version_of_the_case_that_waits_for_it(room: Room) -> None:
    def told(id: str, **values: str) -> Any:
        return room.post("/events", {"id": id, "name": "parcel.scanned", "values": values}, by="bot").get_json()

    case = room.shipment()
    assert told("1", tracking_no="SF1001", place="Wuxi")["state"] == "taken"
    text = (SHIPPED / "shipment_tracking.yaml").read_text("utf-8")
    text = text.replace("parcel.scanned: {match: {tracking_no:", "parcel.scanned: {match: {waybill:")
    version = PublishedVersion("shipment_tracking", 2, text, "another name", MONDAY, None)
    room.house.store.write(lambda uow: uow.publish(version))
    assert told("1", tracking_no="SF1001", place="Wuxi")["state"] == "repeated"
    assert told("2", tracking_no="SF1001", place="Suzhou") == {"state": "taken", "cases": [case]}
    assert "has no value 'plaec'" in told("3", tracking_no="SF1001", plaec="Suzhou")["detail"]
    assert "give it: waybill" in told("3", tracking_no="SF9")["detail"]
    assert told("3", waybill="SF9")["state"] == "kept"


def test_an_event_without_an_offset_is_of_the_sites_clock(room: Room) -> None:
    case = room.shipment()
    values = {"tracking_no": "SF1001", "place": "Wuxi", "time": "2026-03-02T08:30:00"}
    room.post("/events", {"id": "1", "name": "parcel.picked_up", "values": values}, by="bot")
    fields = {field["name"]: field["value"] for field in room.get(f"/cases/{case}").get_json()["fields"]}
    assert fields["parcels"][0]["last_seen"] == "2026-03-02T00:30:00+00:00"


@pytest.mark.parametrize("promised", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_counts_is_refused(looked_at: Room, promised: str) -> None:
    answer = looked_at.post("/cases", {"process": "shipment_tracking", "values": SHIPMENT | {"promised_on": promised}})
    assert (answer.status_code, list(answer.get_json()["fields"])) == (422, ["promised_on"])
