"""Who is away is entered over JSON as on the pages: for oneself, or by an administrator for anybody."""

from __future__ import annotations

from typing import Any

from tests.web.api.room import Room

UNTIL = "2026-03-05T09:00:00+08:00"


def holders(room: Room, case: str) -> list[Any]:
    return [task["assignee"] for task in room.get(f"/cases/{case}").get_json()["tasks"]]


def test_the_tasks_of_who_goes_away_are_with_the_deputy_at_once(room: Room) -> None:
    room.house.accounts.change("mei", by=None, roles=frozenset({"sales", "sales_manager"}))
    case = room.shipment()
    room.post("/events", {"id": "1", "name": "parcel.delivered", "values": {"tracking_no": "SF1001"}}, "bot")
    before = holders(room, case)
    assert "lin" in before
    answer = room.ask("PUT", "/me/absence", json={"until": UNTIL, "deputy": "mei"})
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["absence"]["deputy"] == "mei"
    assert holders(room, case) == ["mei" if one == "lin" else one for one in before]
    assert room.get("/me").get_json()["absence"]["until"].startswith("2026-03-05T01:00:00")
    assert room.ask("DELETE", "/me/absence").get_json() == {"absence": None}
    assert room.get("/me").get_json()["absence"] is None
    assert "lin" not in holders(room, case), "what was handed on stays"


def test_an_administrator_enters_it_for_somebody_else_and_nobody_else_may(room: Room) -> None:
    body = {"until": UNTIL, "since": "2026-03-04T09:00:00+08:00"}
    assert room.ask("PUT", "/people/lin/absence", "mei", json=body).status_code == 403
    assert room.ask("PUT", "/people/nobody/absence", "ada", json=body).status_code == 404
    kept = room.ask("PUT", "/people/lin/absence", "ada", json=body).get_json()["absence"]
    assert (kept["since"][:19], kept["deputy"]) == ("2026-03-04T01:00:00", None)
    assert room.get("/people/lin/absence", "ada").get_json()["absence"] == kept
    assert room.ask("DELETE", "/people/lin/absence", "ada").status_code == 200
    assert room.get("/people/lin/absence", "ada").get_json() == {"absence": None}


def test_what_cannot_be_is_told_at_its_field(room: Room) -> None:
    for body, field in (
        ({"until": "2020-01-01T00:00:00Z"}, "until"),
        ({"until": UNTIL, "deputy": "lin"}, "deputy"),
        ({"until": UNTIL, "deputy": "nobody"}, "deputy"),
    ):
        answer = room.ask("PUT", "/me/absence", json=body)
        assert (answer.status_code, list(answer.get_json()["fields"])) == (422, [field])
    assert room.ask("PUT", "/me/absence", json={"until": "2026-03-05T09:00:00"}).status_code in (400, 422)
