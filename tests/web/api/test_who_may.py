"""Nobody without a token, nobody with the wrong role, nobody near a case that is not theirs; a cookie does not count."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.api.every_operation import OPERATIONS, Operation
from tests.web.api.room import Room

every = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
about_a_case = pytest.mark.parametrize(
    "operation", [o for o in OPERATIONS if o.is_about_a_case], ids=lambda operation: operation.name
)


def refused(answer: Any) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json", answer.text
    told = answer.get_json()
    assert told["status"] == answer.status_code
    assert told["detail"]
    return answer.status_code, told["code"]


@pytest.fixture(scope="module")
def case(looked_at: Room) -> str:
    """A consignment of Lin's, which Tao of the workshop may not see."""
    return looked_at.shipment()


def test_every_operation_of_the_document_is_asked_here(looked_at: Room) -> None:
    document = looked_at.get("/openapi.json", by=None).get_json()
    documented = {o["operationId"] for path in document["paths"].values() for o in path.values()}
    assert documented == {operation.name for operation in OPERATIONS}


@every
def test_without_a_token_nobody_comes_in(looked_at: Room, operation: Operation) -> None:
    answer = operation.ask(looked_at, None)
    assert refused(answer) == (401, "sign_in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer wrong", "Basic bGluOng=", "bearer " + "x" * 5000])
def test_what_is_no_token_of_ours_does_not_open(looked_at: Room, header: str) -> None:
    assert refused(looked_at.get("/me", by=None, headers={"Authorization": header})) == (401, "sign_in")


def test_a_session_cookie_alone_does_not_open(room: Room) -> None:
    secret = room.house.accounts.sign_in("lin", "a password")
    assert secret
    room.client.set_cookie("aftercare", secret)
    assert refused(room.get("/me", by=None)) == (401, "sign_in")
    assert refused(room.post("/events", {"id": "1", "name": "a.b"}, by=None)) == (401, "sign_in")


def test_a_token_works_without_a_forms_secret_from_another_site(room: Room) -> None:
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert room.post("/process-files/check", {"text": "process: x"}, headers=headers).status_code == 200


def test_a_withdrawn_token_does_not_open(room: Room) -> None:
    (token,) = room.house.accounts.tokens("lin")
    room.house.accounts.revoke_token(token["id"], by="lin")
    assert refused(room.get("/me")) == (401, "sign_in")


def test_the_token_of_somebody_who_left_does_not_open(room: Room) -> None:
    room.house.accounts.change("lin", by="ada", active=False)
    assert refused(room.get("/me")) == (401, "sign_in")


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.needs], ids=lambda operation: operation.name)
def test_the_wrong_role_is_told_who_may(room: Room, operation: Operation) -> None:
    for by in ("lin", "mei", "tao"):
        answer = operation.ask(room, by)
        assert refused(answer) == (403, "role")
        assert "Administrator" in answer.get_json()["detail"]
    assert operation.ask(room, operation.needs).status_code in (200, 201)


@about_a_case
def test_a_case_of_others_does_not_exist(looked_at: Room, case: str, operation: Operation) -> None:
    """Not even by a different sentence, and nothing is changed."""
    before = looked_at.get(f"/cases/{case}").get_json()
    foreign = operation.ask(looked_at, "tao", case=case, task=f"{case}.1")
    missing = operation.ask(looked_at, "tao")
    assert refused(foreign) == refused(missing) == (404, "unknown")
    assert foreign.get_json() == missing.get_json()
    assert looked_at.get(f"/cases/{case}").get_json() == before


def test_a_case_of_others_is_in_no_list(looked_at: Room, case: str) -> None:
    assert [c["id"] for c in looked_at.get("/cases").get_json()["cases"]] == [case]
    assert looked_at.get("/cases", by="tao").get_json()["cases"] == []
    assert looked_at.get("/tasks?whose=all", by="tao").get_json()["tasks"] == []


STRANGE = [
    "%00",
    "..",
    "%2e%2e",
    "x" * 3000,
    "'%20or%201=1",
    "%F0%9F%98%80",
    "-1",
    "1.1.1",
    ":",
    "case%0d%0aX:%20y",
    "%FF",
]


@about_a_case
def test_a_strange_id_is_simply_not_there(looked_at: Room, operation: Operation) -> None:
    answers = {id: operation.ask(looked_at, "ada", case=id, task=id).status_code for id in STRANGE}
    assert set(answers.values()) <= {404, 405}, answers


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "1.0", "x", "%00", "١"])
def test_a_strange_version_is_simply_not_there(looked_at: Room, number: str) -> None:
    assert refused(looked_at.get(f"/processes/shipment_tracking/versions/{number}"))[0] == 404


@pytest.mark.parametrize(
    "path", ["/records/dragon", "/records/customer/%00", "/records/customer/nobody", "/look-up/x?text=y"]
)
def test_a_strange_record_is_simply_not_there(looked_at: Room, path: str) -> None:
    assert refused(looked_at.get(path))[0] == 404


def test_too_many_requests_of_one_person_wait_and_others_do_not(room: Room) -> None:
    room.app.config["API_REQUESTS_A_MINUTE"] = 3
    answers = [room.get("/me").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert refused(room.get("/me")) == (429, "too_many")
    assert room.get("/me", by="mei").status_code == 200


def test_who_asks_is_told_who_they_are(room: Room) -> None:
    told = room.get("/me", by="bot").get_json()
    assert (told["id"], told["roles"], "send_events" in told["acts"], "publish" in told["acts"]) == (
        "bot",
        ["integration"],
        True,
        False,
    )
