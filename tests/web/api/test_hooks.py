"""Carriers and partners are heard when they sign, once, in the order of what happened; forgers are not heard at all."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.secret import Secret
from adapters.signing import signed
from engine.kept import PublishedVersion
from tests.web.api.room import MONDAY, SECRETS, SHIPPED, Room, move_in

MORNING = "2026-03-03T0{}:00:00+08:00"


def checkpoint(tag: str, hour: int, subtag: str = "", place: str = "Suzhou") -> dict[str, Any]:
    return {
        "slug": "sf-express",
        "tag": tag,
        "subtag": subtag or f"{tag}_001",
        "checkpoint_time": MORNING.format(hour),
        "location": place,
        "message": f"{tag} at {hour}",
    }


PICKED_UP = checkpoint("InTransit", 1, "InTransit_002")
SCANNED = checkpoint("InTransit", 3, place="Wuxi")
DELIVERED = checkpoint("Delivered", 5, place="Shanghai")


def aftership(
    room: Room, *checkpoints: dict[str, Any], key: bytes = b"aftership-secret", number: str = "SF1001"
) -> Any:
    """A delivery as AfterShip signs it."""
    body: Any = {"event": "tracking_update", "ts": 1772503200, "msg": {"tracking_number": number, "slug": "sf-express"}}
    body["msg"]["checkpoints"] = list(checkpoints)
    raw = json.dumps(body).encode()
    signature = base64.b64encode(hmac.new(key, raw, hashlib.sha256).digest()).decode()
    return room.client.post("/hooks/aftership", data=raw, headers={"aftership-hmac-sha256": signature})


def kuaidi100(room: Room, *lines: tuple[str, str], salt: str = "salt") -> Any:
    """A push as Kuaidi100 signs it: lines of a code and a moment, newest first."""
    told = [{"context": f"状态 {code}", "ftime": at, "statusCode": code, "areaName": "苏州"} for code, at in lines]
    param = json.dumps({"status": "polling", "lastResult": {"nu": "SF1001", "com": "shunfeng", "data": told}})
    sign = hashlib.md5((param + salt).encode(), usedforsecurity=False).hexdigest().upper()
    form = urlencode({"sign": sign, "param": param})
    return room.client.post("/hooks/kuaidi100", data=form, content_type="application/x-www-form-urlencoded")


def partner(
    room: Room,
    event: dict[str, Any],
    *,
    id: str = "msg-1",
    at: dt.datetime = MONDAY,
    key: Secret | None = None,
    sender: str = "warehouse_2",
) -> Any:
    """A message as a partner signs it."""
    raw = json.dumps(event).encode()
    headers = signed(id, at, raw, key or SECRETS["hook_keys"][0])
    return room.client.post(f"/hooks/events/{sender}", data=raw, headers=headers)


def kinds(room: Room, case: str) -> list[str]:
    entries = room.get(f"/cases/{case}/history").get_json()["entries"]
    return [entry["details"]["event"] for entry in entries if entry["kind"] == "arrived"]


def test_a_carriers_news_moves_the_case_in_the_order_of_what_happened(room: Room) -> None:
    case = room.shipment()
    answer = aftership(room, SCANNED, PICKED_UP)
    assert (answer.status_code, answer.get_json()) == (200, {"received": 2, "taken": 2})
    assert kinds(room, case) == ["parcel.picked_up", "parcel.scanned"]
    assert room.steps(case) == ["in_transit"]


def test_news_told_twice_counts_once(room: Room) -> None:
    case = room.shipment()
    aftership(room, PICKED_UP)
    assert aftership(room, PICKED_UP, SCANNED).get_json() == {"received": 2, "repeated": 1, "taken": 1}
    assert aftership(room, PICKED_UP, SCANNED).get_json() == {"received": 2, "repeated": 2}
    assert kinds(room, case) == ["parcel.picked_up", "parcel.scanned"]


def test_late_news_does_not_bring_a_delivered_parcel_back_on_its_way(room: Room) -> None:
    case = room.shipment()
    aftership(room, DELIVERED)
    assert room.steps(case) == ["confirm_arrival"]
    assert aftership(room, SCANNED).get_json() == {"received": 1, "late": 1}
    assert (room.steps(case), kinds(room, case)) == (["confirm_arrival"], ["parcel.delivered"])


def test_late_news_of_one_parcel_says_nothing_about_another(room: Room) -> None:
    first, second = room.shipment(), room.shipment(tracking_no="SF1002")
    aftership(room, DELIVERED)
    assert aftership(room, SCANNED, number="SF1002").get_json() == {"received": 1, "taken": 1}
    assert (room.steps(first), room.steps(second)) == (["confirm_arrival"], ["in_transit"])


def test_news_before_the_case_is_kept_and_heard_when_it_starts(room: Room) -> None:
    assert aftership(room, PICKED_UP).get_json() == {"received": 1, "kept": 1}
    assert room.steps(room.shipment()) == ["in_transit"]


def test_a_carriers_news_never_ends_a_case(room: Room) -> None:
    case = room.shipment()
    aftership(room, checkpoint("Exception", 2, "Exception_013"))
    assert room.steps(case) == ["decide_lost"]
    assert room.get(f"/cases/{case}").get_json()["ended"] is None


def test_of_two_scans_of_one_moment_the_further_one_counts(room: Room) -> None:
    case = room.shipment()
    aftership(room, PICKED_UP, checkpoint("Delivered", 3))
    assert aftership(room, SCANNED).get_json() == {"received": 1, "late": 1}
    assert room.steps(case) == ["confirm_arrival"]


def test_news_that_the_case_refuses_is_put_before_a_clerk_and_the_rest_is_heard(room: Room) -> None:
    strict = (SHIPPED / "shipment_tracking.yaml").read_text("utf-8")
    strict = strict.replace("last_place: {type: text,", "last_place: {type: text, pattern: '[A-Za-z-]+',")
    version = PublishedVersion("shipment_tracking", 2, strict, "strict", MONDAY, None)
    room.house.store.write(lambda uow: uow.publish(version))
    case = room.shipment()
    odd = checkpoint("InTransit", 2, place="Dock 7")
    assert aftership(room, PICKED_UP, odd, DELIVERED).get_json() == {"received": 3, "taken": 2, "set_aside": 1}
    assert room.steps(case) == ["confirm_arrival"]
    (waiting,) = room.house.store.read(lambda s: s.unmatched())
    assert (waiting.name, waiting.values["place"]) == ("parcel.scanned", "Dock 7")
    assert "Parcels" in waiting.reason
    assert aftership(room, odd).get_json() == {"received": 1, "repeated": 1}


def test_kuaidi100_is_answered_in_its_own_words(room: Room) -> None:
    case = room.shipment()
    answer = kuaidi100(room, ("0", "2026-03-03 10:00:00"), ("103", "2026-03-03 08:00:00"))
    assert (answer.status_code, answer.get_json()["returnCode"], answer.get_json()["result"]) == (200, "200", True)
    assert kinds(room, case) == ["parcel.picked_up", "parcel.scanned"]


def test_a_partner_tells_of_an_event(room: Room) -> None:
    case = room.shipment()
    event = {"event": "parcel.delivered", "values": {"tracking_no": "SF1001", "place": "Wuxi"}}
    assert partner(room, event).get_json() == {"state": "taken"}
    assert room.steps(case) == ["confirm_arrival"]


def test_a_partners_message_replayed_counts_once(room: Room) -> None:
    case = room.shipment()
    event = {"event": "parcel.scanned", "values": {"tracking_no": "SF1001"}}
    states = [partner(room, event).get_json()["state"] for _ in range(3)]
    assert (states, kinds(room, case)) == (["taken", "repeated", "repeated"], ["parcel.scanned"])


def test_a_partners_message_replayed_under_other_names_counts_once(room: Room) -> None:
    case = room.shipment()
    event = {"event": "parcel.scanned", "values": {"tracking_no": "SF1001"}}
    states = [partner(room, event, sender=name).get_json()["state"] for name in ("warehouse_2", "warehouse_3", "x")]
    assert (states, kinds(room, case)) == (["taken", "repeated", "repeated"], ["parcel.scanned"])


def test_two_partners_may_use_the_same_ids_for_different_messages(room: Room) -> None:
    case = room.shipment()
    for sender, place in (("warehouse_2", "Wuxi"), ("warehouse_3", "Suzhou")):
        event = {"event": "parcel.scanned", "values": {"tracking_no": "SF1001", "place": place}}
        assert partner(room, event, sender=sender).get_json() == {"state": "taken"}
    assert kinds(room, case) == ["parcel.scanned", "parcel.scanned"]


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24 * 365])
def test_a_partners_message_of_another_time_is_not_heard(room: Room, minutes: int) -> None:
    at = MONDAY + dt.timedelta(minutes=minutes)
    assert partner(room, {"event": "parcel.scanned", "values": {}}, at=at).status_code == 401


def test_a_forger_changes_nothing(room: Room) -> None:
    case = room.shipment()
    event = {"event": "parcel.delivered", "values": {"tracking_no": "SF1001"}}
    answers = [
        aftership(room, DELIVERED, key=b"guessed"),
        kuaidi100(room, ("3", "2026-03-03 10:00:00"), salt="guessed"),
        partner(room, event, key=Secret("guessed-key-of-a-partner-00000000")),
        room.client.post("/hooks/aftership", data=b"{}"),
        room.client.post("/hooks/kuaidi100", data=b"sign=&param={}"),
        room.client.post("/hooks/events/warehouse_2", json=event),
    ]
    assert [answer.status_code for answer in answers] == [401] * 6
    assert (room.steps(case), kinds(room, case)) == (["waiting_for_pickup"], [])


def test_a_session_or_a_token_does_not_replace_a_signature(room: Room) -> None:
    headers = {"Authorization": f"Bearer {room.tokens['ada']}"}
    assert room.client.post("/hooks/aftership", data=b"{}", headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/hooks/aftership", "/hooks/kuaidi100", "/hooks/events/warehouse_2"])
def test_without_a_secret_a_hook_is_closed_and_says_so(prepared_house: Path, tmp_path: Path, path: str) -> None:
    nothing = {"aftership_secret": None, "kuaidi100_salt": None, "hook_keys": ()}
    room = move_in(prepared_house, tmp_path / "closed", **nothing)
    answer = room.client.post(path, data=b"{}", headers={"Accept-Language": "zh"})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "not_set_up")
    assert "AFTERCARE_" in answer.get_json()["detail"]
    assert "请管理员" in answer.get_json()["detail"]
    room.house.close()


def test_a_signed_but_broken_message_is_refused_and_the_next_one_is_heard(room: Room) -> None:
    case = room.shipment()
    assert aftership(room, {"tag": "Delivered"}).status_code == 400
    assert kuaidi100(room, ("3", "some day")).get_json()["result"] is False
    assert partner(room, {"event": "Not A Name"}).status_code == 400
    assert aftership(room, PICKED_UP).status_code == 200
    assert room.steps(case) == ["in_transit"]


def test_a_heap_of_bytes_is_not_read(room: Room) -> None:
    assert room.client.post("/hooks/aftership", data=b"x" * (1024 * 1024 + 1)).status_code == 413


def test_a_hook_answers_posts_alone(room: Room) -> None:
    assert room.client.get("/hooks/aftership").status_code == 405


def test_news_that_no_case_can_take_keeps_nobody_from_starting_it(room: Room) -> None:
    news = {"event": "parcel.scanned", "values": {"tracking_no": "SF1001", "place": "x" * 600}}
    assert partner(room, news).get_json() == {"state": "kept"}
    case = room.shipment()
    assert kinds(room, case) == []
    (waiting,) = room.house.store.read(lambda screens: screens.unmatched())
    assert (waiting.state, "500 characters" in waiting.reason) == ("several", True)


@pytest.mark.parametrize("time", ["yesterday", 5, {"at": 1}])
def test_news_of_a_moment_that_is_none_is_refused_and_forgets_nothing(room: Room, time: Any) -> None:
    case, values = room.shipment(), {"tracking_no": "SF1001", "place": "Wuxi"}
    seen = {"event": "parcel.scanned", "values": values | {"time": "2026-03-02T05:00:00+00:00"}}
    assert partner(room, seen, id="m-1").get_json() == {"state": "taken"}
    answer = partner(room, {"event": "parcel.scanned", "values": values | {"time": time}}, id="m-2")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "wrong_value")
    assert kinds(room, case) == ["parcel.scanned"]


def test_a_name_without_an_end_is_no_name_of_an_event(room: Room) -> None:
    assert partner(room, {"event": "a" * 81, "values": {}}).status_code == 400
