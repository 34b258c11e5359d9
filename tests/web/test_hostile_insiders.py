"""People who work here and try more than they may: files, confidential fields, relatives of a case, odd moments."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.kept import KeptEvent
from engine.people import Person
from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk, open_desk
from tests.web.office import PASSWORD, PROCESS, Visitor, furnish, office_app, place, typed
from tests.web.pages.test_task_page import PNG

Visit = Callable[[str], Visitor]
SECRET = "Dropped by our own driver"
NOWHERE = "0" * 32


@pytest.fixture
def confidential(tmp_path: Path) -> Iterator[ADesk]:
    """The same office, whose agents may not read the story and the photos."""
    process = PROCESS
    for kind in ("type: long_text", "type: files, accept: image"):
        process = process.replace(kind, f"{kind}, visible_to: [bench]")
    desk = open_desk(tmp_path)
    furnish(desk, process)
    yield desk
    desk.house.close()


def come(desk: ADesk, name: str) -> Visitor:
    visitor = Visitor(office_app(desk))
    assert visitor.sign_in(name).status_code == 303
    return visitor


def ask(desk: ADesk, name: str, path: str, body: Any = None) -> Any:
    """A request of the JSON interface by this person's token."""
    secret = desk.house.accounts.issue_token(name, "test", by=None)
    client, headers = office_app(desk).test_client(), {"Authorization": f"Bearer {secret}"}
    address = f"/api/v1{path}"
    return client.post(address, json=body, headers=headers) if body else client.get(address, headers=headers)


def commented(visitor: Visitor, case: str) -> str:
    """The id of a file that this visitor has added to a case."""
    address = f"/cases/{case}/comment"
    visitor.send(f"/cases/{case}", address, text="See here", files=(io.BytesIO(b"a list"), "list.txt"))
    return visitor.page(f"/cases/{case}").partition(f"/cases/{case}/files/")[2][:32]


def test_the_file_of_a_case_opens_for_those_who_see_the_case(office: ADesk, visit: Visit) -> None:
    case = office.start("note", "ann", unit="U-1").case
    file = commented(visit("ann"), case)
    assert visit("mei").client.get(f"/cases/{case}/files/{file}").data == b"a list"
    assert visit("out").client.get(f"/cases/{case}/files/{file}").status_code == 404


def test_the_id_of_a_file_alone_opens_it_for_nobody_but_its_sender(office: ADesk, visit: Visit) -> None:
    ann = visit("ann")
    file = commented(ann, office.start("note", "ann", unit="U-1").case)
    assert ann.client.get(f"/files/{file}").status_code == 200
    for name in ("mei", "out", "ada"):
        assert visit(name).client.get(f"/files/{file}").status_code == 404


def test_a_file_of_another_case_does_not_open_through_a_case_one_sees(office: ADesk, visit: Visit) -> None:
    first, second = (office.start("note", "ann", unit=unit).case for unit in ("U-1", "U-2"))
    file = commented(visit("ann"), first)
    assert visit("mei").client.get(f"/cases/{second}/files/{file}").status_code == 404
    assert visit("mei").client.get(f"/cases/{second}/files/{NOWHERE}").status_code == 404


def test_somebody_elses_file_cannot_be_hung_on_a_case_of_ones_own(office: ADesk, visit: Visit) -> None:
    first, second = (office.start("note", "ann", unit=unit).case for unit in ("U-1", "U-2"))
    file = commented(visit("ann"), first)
    answer = ask(office, "mei", f"/cases/{second}/comments", {"text": "mine now", "files": [file]})
    assert answer.status_code == 422
    assert ask(office, "ann", f"/cases/{second}/comments", {"text": "mine", "files": [file]}).status_code == 201


def test_the_history_keeps_what_a_field_hides(confidential: ADesk) -> None:
    case = confidential.start("note", "ann", unit="U-1").case
    confidential.press(case, "look", "good", "ben", words="Seal", story=SECRET)
    assert SECRET not in come(confidential, "ann").page(f"/cases/{case}")
    told = ask(confidential, "ann", f"/cases/{case}/history").get_data(as_text=True)
    assert SECRET not in told
    assert "Seal" in told
    assert SECRET in ask(confidential, "bea", f"/cases/{case}/history").get_data(as_text=True)


def test_a_file_in_a_hidden_field_stays_closed(confidential: ADesk) -> None:
    case, ben = confidential.start("note", "ann", unit="U-1").case, come(confidential, "ben")
    task = f"/tasks/{confidential.work(case, 'look').id}"
    ben.press(task, "good", **typed(words="Seal"), **{"f.photos": (io.BytesIO(PNG), "seal.png")})
    file = confidential.case(case).values["photos"][0]["id"]
    assert come(confidential, "bea").client.get(f"/cases/{case}/files/{file}").status_code == 200
    assert come(confidential, "ann").client.get(f"/cases/{case}/files/{file}").status_code == 404


def test_a_number_tells_a_stranger_nothing(office: ADesk, visit: Visit) -> None:
    number = office.start("note", "ann", unit="U-1").number
    assert visit("ann").client.get(f"/cases/number/{number}").status_code == 302
    assert visit("out").client.get(f"/cases/number/{number}").status_code == 404


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59-14:00", "0001-01-01", "²"])
def test_a_moment_out_of_all_calendars_is_refused(office: ADesk, visit: Visit, moment: str) -> None:
    ben, case = visit("ben"), office.start("note", "ann", unit="U-1").case
    task = f"/tasks/{office.work(case, 'look').id}"
    assert ben.send(task, f"{task}/pause", reason="Later", until=moment).status_code == 422
    assert ben.press(task, "good", **typed(words="Seal", back_at=moment)).status_code == 422
    assert ben.send(task, task, outcome="good", visit="²", **typed(words="Seal")).status_code == 303


def test_numbers_that_no_store_holds_are_no_fault(visit: Visit) -> None:
    ada = visit("ada")
    assert ada.client.get("/processes/note/versions/99999999999999999999").status_code == 404
    assert ada.send("/people/ann", "/people/ann/tokens", label="x", days="²").status_code == 200


def test_the_way_back_leads_to_no_other_host(visit: Visit) -> None:
    ann = visit("ann")
    for referrer in ("http://localhost//evil.example/x", "http://localhost/\\evil.example"):
        answer = ann.client.post("/language", data={"language": "en"}, headers={"Referer": referrer})
        assert answer.status_code == 400
        assert "evil.example" not in answer.get_data(as_text=True)
    answer = ann.send("/help", "/sign-out")
    assert place(answer) == "/sign-in"


def test_an_event_that_a_case_took_is_not_discarded_afterwards(office: ADesk, visit: Visit) -> None:
    case = office.start("note", "ann", unit="U-1").case
    kept = KeptEvent("test:1", "unit.lost", {"unit": "U-1"}, "test", office.clock.now(), "several")
    office.house.store.write(lambda uow: uow.keep_event(kept))
    office.house.desk.assign_event("test:1", case, "ada")
    with pytest.raises(Refusal) as refused:
        office.house.desk.discard_event("test:1", "ada", "I would rather not have heard it")
    assert refused.value.code == "closed"


def test_who_closed_a_task_writes_nothing_into_a_case_that_is_closed_to_them(office: ADesk, visit: Visit) -> None:
    case, ben = office.start("note", "ann", unit="U-1").case, visit("ben")
    task = f"/tasks/{office.work(case, 'look').id}"
    assert ben.press(task, "good", **typed(words="Seal")).status_code == 303
    assert ben.client.get(task).status_code == 200
    assert ben.send("/help", f"{task}/comment", text="And another thing").status_code == 404
    assert [row for row in office.history(case) if row.kind == "commented"] == []


def test_an_event_is_assigned_to_no_case_that_the_clerk_may_not_see(office: ADesk, visit: Visit) -> None:
    office.house.accounts.create(Person("sam", "Sam", frozenset({"service_agent"})), PASSWORD, by=None)
    done = office.start("note", "ann", unit="U-1")
    kept = KeptEvent("test:1", "unit.lost", {"unit": "U-1"}, "test", office.clock.now(), "several")
    office.house.store.write(lambda uow: uow.keep_event(kept))
    for number in (done.number, done.case, "NOTE-9"):
        assert visit("sam").send("/unmatched", "/unmatched/test:1", number=number).status_code == 404
    assert visit("ada").send("/unmatched", "/unmatched/test:1", number=done.number).status_code == 303


def looked_at_again(desk: ADesk) -> tuple[str, str]:
    """A case that was reopened after its story had been told, and the address of its task."""
    case = desk.start("note", "ann", unit="U-1").case
    desk.press(case, "look", "good", "ben", words="Seal", story=SECRET)
    desk.press(case, "second", "done", "bea")
    desk.house.desk.reopen_case(case, "ann", "it squeaks again")
    return case, f"/tasks/{desk.work(case, 'look').id}"


def test_a_form_shows_what_a_field_hides_only_to_those_who_may_read_it(confidential: ADesk) -> None:
    _, task = looked_at_again(confidential)
    assert SECRET not in come(confidential, "ann").page(task)
    assert SECRET not in ask(confidential, "ann", task).get_data(as_text=True)
    assert SECRET in come(confidential, "bea").page(task)
    assert SECRET in ask(confidential, "bea", task).get_data(as_text=True)


def test_who_may_not_read_a_field_empties_it_by_no_form(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    furnish(desk, PROCESS.replace("type: long_text", "type: long_text, visible_to: [agent]"))
    case, task = looked_at_again(desk)
    answer = come(desk, "ben").press(task, "good", **typed(words="Seal", story=""))
    assert answer.status_code == 303
    assert desk.case(case).values["story"] == SECRET
    desk.house.close()


def test_a_mail_tells_nobody_what_a_field_hides_from_them(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    told = PROCESS.replace("It is done: {{ words }}", "It is done: {{ story }}").replace("{{ words }}", "{{ story }}")
    furnish(desk, told.replace("type: long_text", "type: long_text, visible_to: [agent]"))
    case = desk.start("note", "ann", unit="U-1").case
    task = desk.work(case, "look").id
    desk.house.desk.complete_task(task, "good", {"words": "Seal", "story": SECRET}, "ben")
    desk.press(case, "second", "done", "bea")
    draft = next(task for task in desk.case(case).tasks if task.kind == "draft")
    assert draft.mail is not None and SECRET in draft.mail.body
    for name, reads in (("ann", True), ("ada", False)):
        page = come(desk, name).page(f"/tasks/{draft.id}")
        assert (SECRET in page) is reads
        assert (SECRET in ask(desk, name, f"/tasks/{draft.id}").get_data(as_text=True)) is reads
    desk.house.desk.complete_task(draft.id, "sent", {}, draft.assignee or "ann", mail=draft.mail)
    (mail,) = desk.house.store.read(lambda screens: screens.mails(case_id=case).rows)
    assert SECRET in come(desk, "ann").page(f"/mails/{mail.id}")
    holder = Person("cleo", "Cleo", frozenset({"bench"}), "cleo@office.example")
    desk.house.accounts.create(holder, PASSWORD, by=None)
    desk.house.desk.reopen_case(case, "ann", "it squeaks again")
    assert mail.id not in come(desk, "cleo").page(f"/cases/{case}")
    assert come(desk, "cleo").client.get(f"/mails/{mail.id}").status_code == 404
    desk.house.close()
