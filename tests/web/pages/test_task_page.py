"""The task page: what is typed arrives as values, what is wrong stands at its field, and one press counts once."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from engine.people import Person
from tests.journeys.a_desk import ADesk
from tests.web.office import PASSWORD, Visitor, place, typed

Visit = Callable[[str], Visitor]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" + "1f15c4890000000d49444154789c6360000002000001"
    "e5274de20000000049454e44ae426082"
)


@pytest.fixture
def case(office: ADesk) -> str:
    return office.start("note", "ann", unit="U-1").case


def task_of(office: ADesk, case: str, step: str = "look") -> str:
    return f"/tasks/{office.work(case, step).id}"


def values(office: ADesk, case: str) -> dict[str, Any]:
    return dict(office.case(case).values)


def test_everything_typed_arrives_as_a_value_of_its_type(office: ADesk, visit: Visit, case: str) -> None:
    ben = visit("ben")
    sent = typed(
        words="Seal", story="Line one\r\nline two", count="1,2", price="￥1,250.50", broken="yes", colour="blue",
        parts=["pump", "cable"], seen_on="2026-03-01", back_at="2026-03-05T09:30", mail="a@b.example", call="+86 21 5555 0101",
        helper="bea",
    )  # fmt: skip
    answer = ben.press(task_of(office, case), "good", **sent)
    assert answer.status_code == 303, re.findall(r"field-error[^>]*>.*?</p>", answer.get_data(as_text=True))
    now = values(office, case)
    assert now["words"] == "Seal"
    assert now["story"] == "Line one\nline two"
    assert now["count"] == 12
    assert str(now["price"]) == "1250.50"
    assert now["broken"] is True
    assert now["colour"] == "blue"
    assert sorted(now["parts"]) == ["cable", "pump"]
    assert now["seen_on"] == "2026-03-01"
    assert dt.datetime.fromisoformat(now["back_at"]) == dt.datetime(2026, 3, 5, 1, 30, tzinfo=dt.UTC)
    assert now["helper"] == "bea"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("count", "many"), ("count", "100"), ("price", "-1"), ("seen_on", "yesterday"), ("back_at", "soon"),
        ("mail", "not an address"), ("colour", "green"), ("helper", "ann"), ("helper", "nobody"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_at_its_field_and_nothing_typed_is_lost(
    office: ADesk, visit: Visit, case: str, field: str, wrong: str
) -> None:
    answer = visit("ben").press(
        task_of(office, case), "good", **typed(words="Keep me", story="And me", **{field: wrong})
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in page
    assert f'id="f-{field}-error"' in page
    assert 'value="Keep me"' in page
    assert "And me</textarea>" in page
    assert "words" not in values(office, case) or values(office, case)["words"] != "Keep me"


def test_a_missing_field_is_told_and_linked(office: ADesk, visit: Visit, case: str) -> None:
    answer = visit("ben").press(task_of(office, case), "good", **typed(words=""))
    assert answer.status_code == 422
    assert 'href="#f-words"' in answer.get_data(as_text=True)


def test_a_field_that_depends_on_another_is_on_the_page_for_those_without_script(
    office: ADesk, visit: Visit, case: str
) -> None:
    page = visit("ben").page(task_of(office, case))
    assert 'name="f.why_red"' in page
    assert 'data-show-if="colour is red"' in page


def test_what_nobody_asked_for_is_not_written(office: ADesk, visit: Visit, case: str) -> None:
    sent = dict(typed(words="Fine", unit="U-2")) | {"owner": "ben", "milestone": "looked", "f.nonsense": "x"}
    assert visit("ben").press(task_of(office, case), "good", **sent).status_code == 303
    assert values(office, case)["unit"] == "U-1"
    assert office.case(case).owner == "ann"


def test_a_photo_hangs_on_the_case_and_comes_back_as_a_download(office: ADesk, visit: Visit, case: str) -> None:
    ben = visit("ben")
    photo = (io.BytesIO(PNG), "../../etc/seal.png")
    assert ben.press(task_of(office, case), "good", **typed(words="Seal", photos=photo)).status_code == 303
    file = values(office, case)["photos"][0]
    assert "/" not in file["name"]
    answer = ben.client.get(f"/files/{file['id']}")
    assert answer.get_data() == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_page_dressed_as_a_photo_is_refused_and_the_photo_beside_it_stays(
    office: ADesk, visit: Visit, case: str
) -> None:
    page = (io.BytesIO(b"<html><script>alert(1)</script></html>"), "seal.png")
    ben, task = visit("ben"), task_of(office, case)
    photos = [page, (io.BytesIO(b"MZ\x90"), "door.jpg"), (io.BytesIO(PNG), "seal.png")]
    answer = ben.press(task, "good", **typed(words="Seal", photos=photos))
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422 and shown.count("is a program or a web page") >= 2
    kept = re.findall(r'name="f\.photos\.kept" value="(\w+)" checked', shown)
    assert len(kept) == 1
    assert ben.press(task, "good", **typed(words="Seal"), **{"f.photos.kept": kept[0]}).status_code == 303


def test_a_refused_form_keeps_the_photos_it_brought(office: ADesk, visit: Visit, case: str) -> None:
    ben, task = visit("ben"), task_of(office, case)
    again = ben.press(task, "good", **typed(words="", photos=(io.BytesIO(PNG), "seal.png")))
    kept = re.search(r'name="f\.photos\.kept" value="(\w+)" checked', again.get_data(as_text=True))
    assert kept is not None
    assert ben.press(task, "good", **typed(words="Seal"), **{"f.photos.kept": kept[1]}).status_code == 303
    assert [f["name"] for f in values(office, case)["photos"]] == ["seal.png"]


def test_a_double_press_counts_once_and_leads_to_the_same_page(office: ADesk, visit: Visit, case: str) -> None:
    ben, task = visit("ben"), task_of(office, case)
    page = ben.page(task)
    key = re.findall(r'name="key" value="(\w+)"', page)[0]
    form = {"form_token": ben.token(), "outcome": "good", "key": key, "visit": "1", **typed(words="Once")}
    first, second = (ben.client.post(task, data=form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert [h.kind for h in office.history(case)].count("completed") == 1


def test_who_goes_back_and_writes_something_else_is_told_that_the_first_counts(
    office: ADesk, visit: Visit, case: str
) -> None:
    ben, task = visit("ben"), task_of(office, case)
    form = {"form_token": ben.token(), "outcome": "good", "key": "k1", "visit": "1"}
    assert ben.client.post(task, data={**form, **typed(words="Once")}).status_code == 303
    again = ben.client.post(task, data={**form, **typed(words="Twice")})
    assert again.status_code == 409
    assert office.case(case).values["words"] == "Once"


def test_the_back_button_shows_what_became_of_the_task(office: ADesk, visit: Visit, case: str) -> None:
    ben, task = visit("ben"), task_of(office, case)
    ben.press(task, "good", **typed(words="Done"))
    page = ben.page(task)
    assert "This task is done" in page
    assert "Ben Bench" in page


def test_who_comes_second_is_told_that_somebody_was_faster(office: ADesk, visit: Visit, case: str) -> None:
    ben, bea, task = visit("ben"), visit("bea"), task_of(office, case)
    form = {"form_token": bea.token(), "outcome": "good", "key": "bea1", "visit": "1", **typed(words="Second")}
    ben.press(task, "good", **typed(words="First"))
    answer = bea.client.post(task, data=form)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "This task was finished before you pressed; your press did not count" in page
    assert "It was finished as “Nothing wrong”." in page
    assert values(office, case)["words"] == "First"


def test_whoever_is_done_reads_what_comes_next_and_who_has_it(office: ADesk, visit: Visit, case: str) -> None:
    both = Person("max", "Max", frozenset({"agent", "bench"}), "max@office.example")
    office.house.accounts.create(both, PASSWORD, by=None)
    max, task = visit("max"), task_of(office, case)
    after = max.press(task, "good", **typed(words="Fine")).headers["Location"]
    assert re.search(r"done\. Next: Second look \(Bench, [^)]+\)\.", max.page(after))


def test_who_worked_on_what_was_called_off_meanwhile_is_told_so_and_keeps_the_words(
    office: ADesk, visit: Visit, case: str
) -> None:
    bea, task = visit("bea"), task_of(office, case)
    long = {
        "form_token": bea.token(),
        "outcome": "good",
        "key": "b1",
        "visit": "1",
        **typed(words="A seal was worn out"),
    }
    office.house.desk.cancel_case(case, "ann", "The customer withdrew")
    page = bea.client.post(task, data=long).get_data(as_text=True)
    assert "This task is no longer needed" in page and "This task is done" not in page
    assert "A seal was worn out" in page


def test_an_outcome_that_is_closed_says_why(office: ADesk, visit: Visit, case: str) -> None:
    page = visit("ann").page(task_of(office, case))
    assert re.search(r'value="good"[^>]* disabled aria-describedby="why-all"', page)
    assert re.search(r'id="why-all">.*Bench', page)


def test_whoever_did_the_first_look_no_longer_sees_the_second(office: ADesk, visit: Visit, case: str) -> None:
    ben = visit("ben")
    ben.press(task_of(office, case), "good", **typed(words="Mine"))
    assert ben.client.get(task_of(office, case, "second")).status_code == 404
    assert visit("bea").client.get(task_of(office, case, "second")).status_code == 200


def test_claiming_giving_back_pausing_and_resuming(office: ADesk, visit: Visit, case: str) -> None:
    ben, task = visit("ben"), task_of(office, case)
    assert place(ben.send(task, f"{task}/claim")) == task
    assert office.work(case, "look").assignee == "ben"
    ben.send(task, f"{task}/release")
    assert office.work(case, "look").assignee is None
    ben.send(task, f"{task}/claim")
    again = ben.send(task, f"{task}/pause", reason="Waiting for a seal", until="")
    page = again.get_data(as_text=True)
    assert again.status_code == 422 and "Say when to look at it again." in page and ">Waiting for a seal<" in page
    ben.send(task, f"{task}/pause", reason="Waiting for a seal", until="2026-03-04")
    assert office.work(case, "look").paused
    assert office.work(case, "look").resume_at == dt.datetime(2026, 3, 4, 1, tzinfo=dt.UTC)
    assert "Why: Waiting for a seal" in ben.page(task)
    for address in (task, f"/cases/{case}"):
        assert "the clock stands still" in ben.page(address), "no page shows a due that does not count"
    ben.send(task, f"{task}/resume")
    assert not office.work(case, "look").paused


def test_the_draft_leaves_as_it_was_confirmed(office: ADesk, visit: Visit, case: str) -> None:
    visit("ben").press(task_of(office, case), "good", **typed(words="Fine"))
    visit("bea").press(task_of(office, case, "second"), "done")
    draft = next(t for t in office.case(case).tasks if t.kind == "draft")
    ann = visit("ann")
    assert "Your unit U-1" in ann.page("/drafts")
    address = f"/tasks/{draft.id}"
    kept = ann.press(address, "keep_draft", mail_to="cui@customer.example", mail_subject="Kept", mail_body="Later")
    assert place(kept) == address
    assert 'value="Kept"' in ann.page(address)
    mail = {"mail_to": "cui@customer.example", "mail_subject": "Ready", "mail_body": "Dear Cui\r\nall is well"}
    assert ann.press(address, "sent", **mail).status_code == 303
    sent = office.house.store.read(lambda s: s.mails(case_id=case)).rows[0]
    assert (sent.subject, sent.body, sent.to, sent.by) == (
        "Ready",
        "Dear Cui\nall is well",
        "cui@customer.example",
        "ann",
    )


def test_a_mail_without_an_address_is_refused_at_its_field(office: ADesk, visit: Visit, case: str) -> None:
    visit("ben").press(task_of(office, case), "good", **typed(words="Fine"))
    visit("bea").press(task_of(office, case, "second"), "done")
    draft = next(t for t in office.case(case).tasks if t.kind == "draft")
    mail = {"mail_to": "", "mail_subject": "Ready", "mail_body": "Dear Cui"}
    answer = visit("ann").press(f"/tasks/{draft.id}", "sent", **mail)
    assert answer.status_code == 422
    assert 'id="f-mail_to-error"' in answer.get_data(as_text=True)
