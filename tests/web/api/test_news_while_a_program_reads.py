"""A program reads a task, a carrier tells something, the program writes: what the carrier told survives."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.api.room import Room
from tests.web.api.test_hooks import DELIVERED, PICKED_UP, aftership


@pytest.fixture
def task(room: Room) -> Any:
    """A parcel under way whose row Lin is about to correct."""
    case = room.shipment()
    aftership(room, PICKED_UP)
    assert (
        room.post(f"/cases/{case}/move", {"to": "correct_parcels", "reason": "a number"}, by="mei").status_code == 200
    )
    return next(task["id"] for task in room.get("/tasks").get_json()["tasks"] if task["step"] == "correct_parcels")


def rows(read: dict[str, Any]) -> list[dict[str, Any]]:
    return list(next(field["value"] for field in read["asked"] if field["name"] == "parcels"))


def complete(room: Room, task: str, parcels: Any, language: str = "en", **more: Any) -> Any:
    body = {"outcome": "done", "values": {"parcels": parcels}, **more}
    return room.post(f"/tasks/{task}/complete", body, headers={"Idempotency-Key": "one", "Accept-Language": language})


def test_what_a_carrier_tells_between_reading_and_writing_survives_and_the_program_reads_again(
    room: Room, task: str
) -> None:
    read = room.get(f"/tasks/{task}").get_json()
    assert [row["state"] for row in rows(read)] == ["moving"]
    assert aftership(room, DELIVERED).get_json()["taken"] == 1

    answer = complete(room, task, rows(read), seen=read["seen"])
    told = answer.get_json()
    assert (answer.status_code, told["code"], list(told["fields"])) == (409, "overtaken", ["parcels"])
    assert told["detail"].startswith("'Parcels' changed after you opened it.")
    assert "“包裹”的内容已有变化" in complete(room, task, rows(read), "zh", seen=read["seen"]).get_json()["detail"]

    silent = complete(room, task, rows(read))
    told = silent.get_json()
    assert (silent.status_code, told["title"], told["code"]) == (428, "Precondition Required", "unseen")
    assert "'seen'" in told["detail"]

    fresh = room.get(f"/tasks/{task}").get_json()
    assert [row["state"] for row in rows(fresh)] == ["delivered"]
    done = complete(room, task, rows(fresh), seen=fresh["seen"])
    assert done.status_code == 200
    assert complete(room, task, rows(fresh), seen=fresh["seen"]).get_json() == done.get_json()
    case = room.get(f"/cases/{done.get_json()['case']}").get_json()
    [parcels] = [field["value"] for field in case["fields"] if field["name"] == "parcels"]
    assert [row["state"] for row in parcels] == ["delivered"]


def test_who_writes_no_rows_need_not_say_what_was_seen(room: Room, task: str) -> None:
    read = room.get(f"/tasks/{task}").get_json()
    aftership(room, DELIVERED)
    answer = room.post(f"/tasks/{task}/complete", {"outcome": "done", "seen": read["seen"]})
    assert answer.status_code == 200
