"""Over JSON too, who is kept from a task gets it only from who may waive that, with a reason."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.journeys.a_desk import ADesk
from tests.web.office import office_app


def client_of(office: ADesk, person: str) -> FlaskClient:
    client = office_app(office).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = (
        f"Bearer {office.house.accounts.issue_token(person, 'programs', by=None)}"
    )
    return client


def reassigned(client: FlaskClient, task: str, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"/api/v1/tasks/{task}/reassign", json=body)
    return answer.status_code, answer.get_json()


def test_a_waiver_needs_the_role_and_a_reason(office: ADesk) -> None:
    case = office.start("note", "ann", unit="U-1").case
    office.press(case, "look", "good", "ben", words="Seal")
    task = office.work(case, "second").id
    office.house.desk.claim_task(task, "bea")
    bea, mei = client_of(office, "bea"), client_of(office, "mei")

    assert bea.get(f"/api/v1/tasks/{task}").get_json()["waivable"] == []
    assert mei.get(f"/api/v1/tasks/{task}").get_json()["waivable"] == ["ben"]
    status, told = reassigned(bea, task, to="ben", reason="quicker")
    assert (status, told["code"]) == (403, "different_person")
    status, told = reassigned(mei, task, to="ben")
    assert (status, told["code"], list(told["fields"])) == (422, "form", ["reason"])
    assert reassigned(mei, task, to="ben", reason="Bea is ill")[0] == 200
    assert (office.work(case, "second").assignee, office.work(case, "second").excluded) == ("ben", ())
    assert [row.kind for row in office.history(case)].count("waived") == 1
