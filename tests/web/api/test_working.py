"""A program works a case from its start to its end, with nothing but the interface."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from tests.web.api.room import SHIPMENT, Room

ARRIVED = {
    "arrived_on": "2026-03-02", "on_time": True, "right_place": True, "receiver": "Ms Li", "packaging": "intact",
    "goods": "fine",
}  # fmt: skip
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fea7"
    "9a3b2e0000000049454e44ae426082"
)


def arrived(room: Room) -> tuple[str, str]:
    """A consignment that was delivered: the case, and the task to ask the customer."""
    case = room.shipment()
    event = {"id": "e-1", "name": "parcel.delivered", "values": {"tracking_no": "SF1001"}}
    assert room.post("/events", event, by="bot").get_json() == {"state": "taken", "cases": [case]}
    tasks = room.get(f"/cases/{case}").get_json()["tasks"]
    return case, next(t["id"] for t in tasks if t["step"] == "confirm_arrival")


def complete(room: Room, task: str, values: dict[str, Any], **more: Any) -> Any:
    return room.post(f"/tasks/{task}/complete", {"outcome": "reached", "values": values} | more)


def test_a_case_is_started_worked_and_ended(room: Room) -> None:
    case, task = arrived(room)
    offer = room.get(f"/tasks/{task}").get_json()
    assert [field["name"] for field in offer["asked"]][:2] == ["arrived_on", "on_time"]
    buttons = [button["name"] for button in offer["outcomes"]]
    assert buttons == ["reached", "not_there", "no_answer", "no_reply", "refused", "wrong_number"]

    assert complete(room, task, ARRIVED, visit=offer["visit"]).status_code == 200

    told = room.get(f"/cases/{case}").get_json()
    assert (told["ended"], told["milestone"]) == ("delivered", "confirmed")


def test_a_form_is_refused_field_by_field_in_the_language_of_the_request(room: Room) -> None:
    _, task = arrived(room)
    answer = room.post(
        f"/tasks/{task}/complete",
        {"outcome": "reached", "values": ARRIVED | {"packaging": "soaked", "arrived_on": None}},
        headers={"Accept-Language": "zh-CN,zh;q=0.9"},
    )
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.get_json()["fields"] == {
        "arrived_on": "请填写“实际到货日期”。",
        "packaging": "请从以下选项中选择：完好, 压凹, 破裂, 受潮, 被开封, 其他破损, 不清楚。",
    }
    assert answer.headers["Content-Language"] == "zh-Hans"


def test_an_uploaded_file_is_handed_in_by_its_id(room: Room) -> None:
    case, task = arrived(room)
    uploaded = room.ask("POST", "/files", data={"file": (io.BytesIO(PNG), "box.png")})
    assert (uploaded.status_code, uploaded.get_json()["type"]) == (201, "image/png")

    assert complete(room, task, ARRIVED | {"photos": [uploaded.get_json()["id"]]}).status_code == 200

    photos = next(f for f in room.get(f"/cases/{case}").get_json()["fields"] if f["name"] == "photos")
    assert photos["value"] == [uploaded.get_json()]


def test_what_a_sender_says_about_a_file_is_not_believed(room: Room) -> None:
    case, task = arrived(room)
    id = room.ask("POST", "/files", data={"file": (io.BytesIO(PNG), "box.png")}).get_json()["id"]
    lie = {"id": id, "name": "<script>.html", "type": "image/svg+xml", "size": 1}
    assert complete(room, task, ARRIVED | {"photos": [lie]}).status_code == 200
    photos = next(f for f in room.get(f"/cases/{case}").get_json()["fields"] if f["name"] == "photos")
    assert (photos["value"][0]["name"], photos["value"][0]["type"]) == ("box.png", "image/png")


def test_a_file_that_nobody_uploaded_is_refused_by_its_field(room: Room) -> None:
    _, task = arrived(room)
    answer = complete(room, task, ARRIVED | {"photos": ["nothing"]})
    assert (answer.status_code, list(answer.get_json()["fields"])) == (422, ["photos"])


def test_the_same_key_twice_starts_one_case(room: Room) -> None:
    body, key = {"process": "shipment_tracking", "values": SHIPMENT}, {"Idempotency-Key": "order-7"}
    first, second = (room.post("/cases", body, headers=key) for _ in range(2))
    assert first.get_json() == second.get_json()
    assert len(room.get("/cases").get_json()["cases"]) == 1


def test_the_same_key_twice_comments_once(room: Room) -> None:
    case = room.shipment()
    for _ in range(2):
        answer = room.post(f"/cases/{case}/comments", {"text": "called twice"}, headers={"Idempotency-Key": "c-1"})
        assert answer.status_code == 201
    entries = room.get(f"/cases/{case}/history").get_json()["entries"]
    assert [entry["kind"] for entry in entries].count("commented") == 1


def test_the_same_key_twice_stores_one_file(room: Room) -> None:
    def upload() -> Any:
        part = {"file": (io.BytesIO(PNG), "box.png")}
        return room.ask("POST", "/files", data=part, headers={"Idempotency-Key": "photo"}).get_json()

    assert upload() == upload()


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [
        ("/cases/{case}/comments", {"text": "called"}, {"text": "wrote"}),
        ("/cases", {"process": "shipment_tracking", "values": SHIPMENT}, {"process": "shipment_tracking", "values": SHIPMENT | {"batch_no": "B-2"}}),
    ],
)  # fmt: skip
def test_another_content_under_the_same_key_is_told_that_it_was_not_taken(
    room: Room, path: str, first: Any, second: Any
) -> None:
    address, key = path.format(case=room.shipment(tracking_no="SF0")), {"Idempotency-Key": "k-1"}
    assert room.post(address, first, headers=key).status_code == 201
    refused = room.post(address, second, headers=key)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "conflict")
    assert room.post(address, first, headers=key).status_code == 201


def test_a_file_uploaded_anew_is_the_same_content_under_the_same_key(room: Room) -> None:
    case = room.shipment()
    for _ in range(2):
        id = room.ask("POST", "/files", data={"file": (io.BytesIO(PNG), "box.png")}).get_json()["id"]
        body = {"text": "see here", "files": [id]}
        assert room.post(f"/cases/{case}/comments", body, headers={"Idempotency-Key": "k"}).status_code == 201


def test_a_press_repeated_with_its_key_gets_the_first_answer_not_a_refusal(room: Room) -> None:
    case = room.shipment()
    task = room.get(f"/cases/{case}").get_json()["tasks"][0]["id"]
    for key in ("r-1", "r-1"):
        assert room.post(f"/tasks/{task}/release", headers={"Idempotency-Key": key}).status_code == 200
    for key in ("c-1", "c-1"):
        assert room.post(f"/tasks/{task}/claim", headers={"Idempotency-Key": key}).status_code == 200


def test_a_task_that_somebody_finished_is_closed_for_others(room: Room) -> None:
    _, task = arrived(room)
    complete(room, task, ARRIVED)
    assert room.get(f"/tasks/{task}").status_code == 409
    again = complete(room, task, ARRIVED)
    assert (again.status_code, again.get_json()["code"]) == (409, "closed")


def test_another_visit_than_the_one_looked_at_is_stale(room: Room) -> None:
    _, task = arrived(room)
    answer = complete(room, task, ARRIVED, visit=7)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "stale")


def test_an_outcome_that_does_not_exist_is_a_wrong_value(room: Room) -> None:
    _, task = arrived(room)
    answer = room.post(f"/tasks/{task}/complete", {"outcome": "vanished"})
    assert answer.status_code == 422 and re.search(r"choose: \w+ \([A-Z]", answer.get_json()["detail"]), (
        "codes and labels"
    )


def test_a_task_is_paused_resumed_and_given_to_somebody(room: Room) -> None:
    _, task = arrived(room)
    until = {"reason": "call later", "until": "2026-03-03T14:30:00+08:00"}
    assert room.post(f"/tasks/{task}/pause", until).status_code == 200
    assert [t["id"] for t in room.get("/tasks?paused=true").get_json()["tasks"]] == [task]
    assert complete(room, task, ARRIVED).get_json()["code"] == "paused"
    assert room.post(f"/tasks/{task}/resume").status_code == 200
    refused = room.post(f"/tasks/{task}/reassign", {"to": "tao", "reason": "ill"})
    assert (refused.status_code, refused.get_json()["code"]) == (403, "role")
    assert room.post(f"/tasks/{task}/reassign", {"to": None, "reason": "ill"}).status_code == 200
    assert room.get(f"/tasks/{task}").get_json()["acts"][0]["name"] == "claim"


def test_a_mail_draft_is_changed_and_then_confirmed(room: Room) -> None:
    case = room.shipment()
    task = room.get(f"/cases/{case}").get_json()["tasks"][0]["id"]
    mail = {"to": "li@acme.example", "subject": "Your goods", "body": "They are on their way."}
    assert room.post(f"/tasks/{task}/draft", mail).status_code == 200
    assert room.get(f"/tasks/{task}").get_json()["mail"]["subject"] == "Your goods"
    confirmed = room.post(f"/tasks/{task}/complete", {"outcome": "sent", "mail": mail | {"subject": "Your order"}})
    assert confirmed.status_code == 200
    waiting = room.house.store.read(lambda s: s.mails(case_id=case)).rows
    assert [(m.to, m.subject) for m in waiting] == [("li@acme.example", "Your order")]


def test_a_case_is_moved_cancelled_and_reopened_by_who_may(room: Room) -> None:
    case = room.shipment()
    refused = room.post(f"/cases/{case}/cancel", {"reason": "changed their mind"})
    assert (refused.status_code, refused.get_json()["code"]) == (403, "role")
    assert "Sales manager" in refused.get_json()["detail"]
    assert room.post(f"/cases/{case}/move", {"to": "in_transit", "reason": "seen"}, by="mei").status_code == 200
    assert room.steps(case) == ["in_transit"]
    forbidden = room.post(f"/cases/{case}/move", {"to": "delivered", "reason": "hurry"}, by="mei")
    assert (forbidden.status_code, forbidden.get_json()["code"]) == (409, "rule")
    nowhere = room.post(f"/cases/{case}/move", {"to": "the_moon", "reason": "?"}, by="mei")
    assert nowhere.status_code == 422
    assert room.post(f"/cases/{case}/cancel", {"reason": "over"}, by="mei").status_code == 200
    again = room.post(f"/cases/{case}/cancel", {"reason": "over"}, by="mei")
    assert (again.status_code, again.get_json()["code"]) == (409, "closed")


def test_an_event_is_entered_by_hand_on_a_case_that_waits_for_it(room: Room) -> None:
    case = room.shipment()
    heard = room.post(
        f"/cases/{case}/events/parcel.picked_up", {"values": {"tracking_no": "SF1001", "place": "Suzhou"}}
    )
    assert (heard.status_code, room.steps(case)) == (200, ["in_transit"])


def test_an_event_is_not_entered_by_somebody_who_only_has_a_task_in_the_case(room: Room) -> None:
    """Tao changed teams: one task is still his, the case is not."""
    case = room.shipment()
    task = room.get(f"/cases/{case}").get_json()["tasks"][0]["id"]
    assert room.get(f"/cases/{case}", by="tao").status_code == 404
    room.house.accounts.change("tao", by="ada", roles=frozenset({"shipping_clerk"}))
    assert room.post(f"/tasks/{task}/reassign", {"to": "tao"}).status_code == 200
    room.house.accounts.change("tao", by="ada", roles=frozenset({"workshop"}))
    assert room.get(f"/cases/{case}", by="tao").status_code == 200
    refused = room.post(f"/cases/{case}/events/parcel.lost", {"values": {}}, by="tao")
    assert (refused.status_code, refused.get_json()["code"]) == (403, "role")
    assert room.steps(case) == ["waiting_for_pickup"]


def test_lists_are_read_page_by_page_to_their_end(room: Room) -> None:
    started = {room.shipment(tracking_no=f"SF{n}") for n in range(5)}
    seen, after = [], ""
    while True:
        page = room.get(f"/cases?limit=2&after={after}").get_json()
        seen += [case["id"] for case in page["cases"]]
        after = page["next"]
        if not after:
            break
    assert (len(seen), set(seen)) == (5, started)


def test_a_history_is_read_page_by_page_to_its_end(room: Room) -> None:
    case = room.shipment()
    for n in range(4):
        room.post(f"/cases/{case}/comments", {"text": f"note {n}"})
    first = room.get(f"/cases/{case}/history?limit=3").get_json()
    rest = room.get(f"/cases/{case}/history?limit=3&after={first['next']}").get_json()
    assert [len(first["entries"]), len(rest["entries"]), rest["next"]] == [3, 2, ""]


def test_a_number_like_a_known_one_needs_a_reason_over_json_too(room: Room) -> None:
    enter = {"attributes": {"number": "CH-8-1003"}}
    assert room.post("/records/serial_number", enter).status_code == 201
    enter = {"attributes": {"number": "CH-8-1OO3"}}
    refused = room.post("/records/serial_number", enter)
    assert (refused.status_code, set(refused.get_json()["fields"])) == (422, {"number", "because"})
    assert room.post("/records/serial_number", enter | {"because": "both nameplates seen"}).status_code == 201


def test_a_word_is_no_proof_even_where_the_form_takes_words(room: Room) -> None:
    _, task = arrived(room)
    answer = complete(room, task, ARRIVED | {"photos": "nothing"})
    assert (answer.status_code, list(answer.get_json()["fields"])) == (422, ["photos"])
