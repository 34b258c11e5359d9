"""A case, a new case, a record, a process: every page shows what it is for and lets people do what they may."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor, place, typed

Visit = Callable[[str], Visitor]


@pytest.fixture
def case(office: ADesk) -> str:
    return office.start("note", "ann", unit="U-1").case


def test_a_new_case_is_opened_from_its_form(office: ADesk, visit: Visit) -> None:
    ann = visit("ann")
    assert "Repair note" in ann.page("/start")
    answer = ann.send("/start/note", "/start/note", **typed(unit="U-1", words="Leaks"))
    assert answer.status_code == 303
    page = ann.page(place(answer))
    assert "NOTE-" in page
    assert "is open." in page


def test_an_unknown_serial_number_is_told_at_the_field(visit: Visit) -> None:
    answer = visit("ann").send("/start/note", "/start/note", **typed(unit="U-404", words="Leaks"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="f-unit-error"' in page
    assert 'value="U-404"' in page


def test_a_second_case_of_the_same_unit_is_opened_only_on_purpose(office: ADesk, visit: Visit, case: str) -> None:
    ann = visit("ann")
    first = ann.send("/start/note", "/start/note", **typed(unit="U-1"))
    assert first.status_code == 409
    page = first.get_data(as_text=True)
    assert office.case(case).number in page and "U-1 has an open case of this kind already." in page
    again = ann.send("/start/note", "/start/note", sure="1", **typed(unit="U-1"))
    assert again.status_code == 303


def test_a_process_one_may_not_start_is_not_there(visit: Visit) -> None:
    ben = visit("ben")
    assert "Repair note" not in ben.page("/start") or "lock" in ben.page("/start")
    assert ben.send("/start", "/start/note", **typed(unit="U-1")).status_code in (403, 404)


def test_a_record_page_starts_a_case_with_the_unit_filled_in(visit: Visit) -> None:
    ann = visit("ann")
    page = ann.page("/records/serial_number/U-1")
    assert "In warranty until 2 Mar 2027 (365 days left)" in page
    link = re.search(r'href="(/start/note\?[^"]+)"', page)
    assert link is not None
    assert 'value="U-1"' in ann.page(link[1].replace("&amp;", "&"))


def test_looking_up_finds_by_a_part_of_the_number(visit: Visit) -> None:
    found = visit("ann").client.get("/look-up/serial_number?q=U-").get_json()
    assert [f["key"] for f in found] == ["U-1", "U-2"]


def test_a_whole_number_says_what_is_open_about_it_but_for_the_case_one_is_in(
    office: ADesk, visit: Visit, case: str
) -> None:
    ann, number, other = visit("ann"), office.case(case).number, office.start("note", "ann", unit="U-1")
    told = [one["more"] for one in ann.client.get("/look-up/serial_number?q=u-1").get_json()]
    assert told[0].endswith(f"open: {other.number} Repair note, {number} Repair note")
    here = ann.client.get(f"/look-up/serial_number?q=U-1&task={office.work(case, 'look').id}").get_json()
    assert other.number in here[0]["more"] and number not in here[0]["more"]
    assert "open:" not in visit("out").client.get("/look-up/serial_number?q=U-1").get_json()[0]["more"]
    assert "open:" not in ann.client.get("/look-up/serial_number?q=U-").get_json()[0]["more"]


def test_a_search_for_a_whole_number_opens_it(office: ADesk, visit: Visit, case: str) -> None:
    ann = visit("ann")
    assert place(ann.client.get(f"/search?q={office.case(case).number}")) == f"/cases/{case}"
    assert place(ann.client.get("/search?q=U-2")) == "/records/serial_number/U-2"


def test_what_a_search_finds_is_named_as_people_name_it(office: ADesk, visit: Visit, case: str) -> None:
    page = visit("mei").page("/search?q=U-")
    assert f">{office.case(case).number}</a>" in page
    assert '<span class="faint">维修单</span>' in page, "a process is called by its name"
    assert "U-1 U-1" not in re.sub(r"<[^>]+>", " ", page)


def test_a_case_shows_where_it_is_and_how_it_came_there(office: ADesk, visit: Visit, case: str) -> None:
    visit("ben").press(f"/tasks/{office.work(case, 'look').id}", "bad", **typed(words="Seal"))
    page = visit("ann").page(f"/cases/{case}")
    assert "Second look" in page
    assert "Ben Bench" in page
    assert re.search(r'class="milestone-now" aria-current="step"', page)
    assert "<svg" in page


def test_a_date_beside_the_owner_says_what_is_meant(office: ADesk, visit: Visit) -> None:
    text = PROCESS.replace("calendar: always", "calendar: always\ndue: 3 days")
    office.house.publishing.publish_all([("note.yaml", text)], None, "a deadline")
    case = office.start("note", "mei", unit="U-2").case
    assert re.search(r"</svg> 期限 <", visit("mei").page(f"/cases/{case}"))


def test_a_default_is_no_fact_until_a_form_has_asked_for_it(office: ADesk, visit: Visit) -> None:
    text = PROCESS.replace("broken: {type: yes_no,", "broken: {type: yes_no, default: false,")
    text = text.replace(
        "ask: [words]\n        optional: [story, count, price, broken,",
        "ask: [words, broken]\n        optional: [story, count, price,",
    )
    office.house.publishing.publish_all([("note.yaml", text)], None, "a default")
    case = office.start("note", "ann", unit="U-2").case
    assert "<dt>Broken</dt>" not in visit("ann").page(f"/cases/{case}")
    visit("ben").press(f"/tasks/{office.work(case, 'look').id}", "good", **typed(words="Fine", broken="no"))
    assert "<dt>Broken</dt>" in visit("ann").page(f"/cases/{case}")


def test_a_comment_with_a_double_press_stands_with_its_writer(office: ADesk, visit: Visit, case: str) -> None:
    ann = visit("ann")
    assert ann.send(f"/cases/{case}", f"/cases/{case}/comment", text="Called <b>them</b>").status_code == 303
    page = ann.page(f"/cases/{case}")
    assert "Called &lt;b&gt;them&lt;/b&gt;" in page


def test_an_event_is_entered_by_its_button(office: ADesk, visit: Visit, case: str) -> None:
    ann = visit("ann")
    assert "Unit is lost" in ann.page(f"/cases/{case}")
    assert ann.send(f"/cases/{case}", f"/cases/{case}/events/unit.lost").status_code == 303
    assert office.case(case).ended == "gone"
    assert "Gone" in ann.page("/cases")


def test_cancelling_asks_for_a_reason_and_reopening_brings_it_back(office: ADesk, visit: Visit, case: str) -> None:
    ann = visit("ann")
    page = ann.page(f"/cases/{case}")
    assert 'data-confirm="' in page
    assert ann.send(f"/cases/{case}", f"/cases/{case}/cancel", reason="Sold").status_code == 303
    assert office.case(case).ended == "cancelled"
    assert ann.send(f"/cases/{case}", f"/cases/{case}/reopen", reason="Not sold").status_code == 303
    task = visit("ben").page(f"/tasks/{office.work(case, 'look').id}")
    assert "Round 2: opened again by Ann Agent," in task and "Not sold" in task
    assert office.case(case).is_open


def test_moving_by_hand_says_who_may(office: ADesk, visit: Visit, case: str) -> None:
    answer = visit("ann").send(f"/cases/{case}", f"/cases/{case}/move", to="second", reason="Skip")
    assert answer.status_code == 403
    assert office.case(case).leaves == ("look",)


def test_cancelling_what_is_closed_tells_that_somebody_was_faster(office: ADesk, visit: Visit, case: str) -> None:
    ann = visit("ann")
    form = {"form_token": ann.token(), "reason": "Again"}
    ann.client.post(f"/cases/{case}/cancel", data=form)
    answer = ann.client.post(f"/cases/{case}/cancel", data=form)
    assert answer.status_code == 409
    assert "Nothing was changed." in answer.get_data(as_text=True)


def test_a_process_shows_its_steps_its_rules_with_verdicts_and_its_file(visit: Visit) -> None:
    page = visit("ann").page("/processes/note")
    assert 'id="step-look"' in page
    assert "never: settled before look" in page
    assert "proved" in page
    assert "2 hours" in page


def test_an_administrator_publishes_a_changed_file_with_a_reason(office: ADesk, visit: Visit) -> None:
    ada, text = visit("ada"), PROCESS.replace("Second look", "Third look")
    checked = ada.send("/process-file", "/process-file", process="note", text=text, act="check")
    assert "May be published" in checked.get_data(as_text=True)
    without = ada.send("/process-file", "/process-file", process="note", text=text, act="publish")
    assert without.status_code == 422
    done = ada.send("/process-file", "/process-file", process="note", text=text, act="publish", reason="Clearer")
    assert place(done) == "/processes/note"
    page = ada.page("/processes/note")
    assert "Third look" in page
    assert "Version 2" in page
    assert "Clearer" in page


def test_a_broken_file_is_shown_with_its_findings_beside_the_lines(visit: Visit) -> None:
    text = PROCESS.replace("next: settled", "next: nowhere")
    answer = visit("ada").send("/process-file", "/process-file", process="note", text=text, act="publish", reason="x")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "code-marked" in page
    assert "next: nowhere" in page
    assert "Second look" in page


def test_people_are_added_and_cannot_lock_themselves_out(office: ADesk, visit: Visit) -> None:
    ada = visit("ada")
    new = {"id": "new", "name": "Newman", "email": "n@office.example", "roles": ["bench"], "password": "office-2026"}
    assert ada.send("/people", "/people", **new).status_code == 303
    assert visit("new").client.get("/inbox").status_code == 200
    twice = ada.send("/people", "/people", **new)
    assert twice.status_code == 409
    assert 'value="Newman"' in twice.get_data(as_text=True)
    alone = ada.send("/people/ada", "/people/ada", name="Ada", roles=["agent"], active="1")
    assert alone.status_code == 403


def test_a_key_is_shown_once(visit: Visit) -> None:
    ada = visit("ada")
    answer = ada.send("/people/ann", "/people/ann/tokens", label="ERP", days="30")
    secret = re.search(r'class="mono">([^<]{20,})<', answer.get_data(as_text=True))
    assert secret is not None
    page = ada.page("/people/ann")
    assert secret[1] not in page
    assert "ERP" in page


def test_a_new_password_ends_the_session(visit: Visit) -> None:
    ann = visit("ann")
    wrong = ann.send("/me", "/me", old="no", new="fresh-office-26", again="fresh-office-26")
    assert wrong.status_code == 422
    right = ann.send("/me", "/me", old="office-2026", new="fresh-office-26", again="fresh-office-26")
    assert place(right) == "/sign-in"
    assert ann.client.get("/inbox").status_code == 302
    assert ann.sign_in("ann", "fresh-office-26").status_code == 303


def test_wrong_addresses_show_a_page_and_no_traceback(visit: Visit) -> None:
    ann = visit("ann")
    for address in (
        "/nowhere",
        "/records/nothing",
        "/processes/nothing",
        "/files/..",
        "/cases/number/NOTE-0",
        "/mails/1",
    ):
        answer = ann.client.get(address)
        assert answer.status_code == 404, address
        assert "Traceback" not in answer.get_data(as_text=True)
    assert ann.client.post("/inbox", data={"form_token": ann.token()}).status_code == 405
