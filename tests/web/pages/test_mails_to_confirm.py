"""The page of mails that wait for a person: beside the work, or as the whole work of a step, whichever version says so."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from tests.journeys.a_desk import ADesk
from tests.web.office import LIBRARY, PROCESS, SITE, Visitor
from tests.web.pages.test_task_page import PNG

WITH_A_MAIL = PROCESS.replace(
    "    task: {role: bench, different_person_from: look, may_be_waived_by: agent, form: {show: [words]}}",
    "    task: {role: bench, draft_mail: result}",
).replace("    on_done: [{draft_mail: result}]\n    next: settled", "    outcomes: {sent: settled, not_sent: look}")


def publish(office: ADesk, process: str) -> None:
    files = [("_site.yaml", SITE), ("_shared.yaml", LIBRARY), ("note.yaml", process)]
    office.house.publishing.publish_all(files, None, "changed")


def test_a_case_of_an_older_version_shows_its_mail_though_the_newest_has_none_there(
    office: ADesk, visit: Callable[[str], Visitor]
) -> None:
    publish(office, WITH_A_MAIL)
    case = office.start("note", "ann", unit="U-1").case
    office.press(case, "look", "good", "ben", words="Seal")
    assert "Your unit U-1" in visit("ben").page("/drafts")

    publish(office, PROCESS.replace("Second look", "Another look"))
    newer = office.start("note", "ann", unit="U-2").case
    office.press(newer, "look", "good", "ben", words="Leak")
    assert office.case(newer).version > office.case(case).version
    page = visit("bea").page("/drafts")
    assert "Your unit U-1" in page and "Your unit U-2" not in page, "in the newest version that step writes none"


def test_who_types_what_a_customer_will_read_is_told_so_and_warned_of_another_language(
    office: ADesk, visit: Callable[[str], Visitor]
) -> None:
    publish(office, WITH_A_MAIL)
    case = office.start("note", "ann", unit="U-1").case
    form = visit("ben").page(f"/tasks/{office.work(case, 'look').id}")
    assert form.count("Goes word for word into a mail to the customer, who reads English.") == 1, "words, not the story"

    office.press(case, "look", "good", "ben", words="密封圈老化")
    address, bea = f"/tasks/{office.work(case, 'second').id}", visit("bea")
    assert "this in it is not: “It is done: 密封圈老化”" in bea.page(address)
    office.pass_time(days=3)
    bea = visit("bea")
    mail = {"mail_to": "cui@customer.example", "mail_subject": "U-1", "mail_body": "密封圈老化，2026年3月3日前答复"}
    asked = bea.press(address, "sent", **mail)
    assert asked.status_code == 409 and 'name="day_known"' in asked.get_data(as_text=True)
    assert office.case(case).ended is None, "a day that has passed meanwhile is asked about once more"
    bea.press(address, "sent", day_known="1", **mail)
    assert office.case(case).ended == "settled", "it can be sent all the same"


def test_a_customer_without_an_address_is_told_another_way_and_the_history_keeps_the_words(
    office: ADesk, visit: Callable[[str], Visitor]
) -> None:
    publish(office, WITH_A_MAIL)
    office.add("customer", "C-1", name="Cui Ltd", language="en")
    case = office.start("note", "ann", unit="U-1").case
    office.press(case, "look", "good", "ben", words="Seal")
    address = f"/tasks/{office.work(case, 'second').id}"
    bea = visit("bea")
    assert "This customer has no mail address" in bea.page(address)
    letter = bea.page(f"{address}/letter")
    assert "Cui Ltd" in letter and office.case(case).number in letter and "It is done: Seal" in letter
    assert visit("out").client.get(f"{address}/letter").status_code == 404, "nothing of theirs"

    silent = bea.press(address, "sent:told", extra_told_by="letter")
    assert silent.status_code == 422
    page = silent.get_data(as_text=True)
    assert "Write whom you told, and what was said." in page and '<option value="letter" selected>' in page

    said = {"extra_told_by": "letter", "extra_told_words": "Registered letter RR 12"}
    assert "Add a copy of the letter" in bea.press(address, "sent:told", **said).get_data(as_text=True)
    photo = (io.BytesIO(PNG), "receipt.png")
    long = bea.press(address, "sent:told", extra_told_by="letter", extra_told_words="", extra_told_proof=photo)
    kept = re.search(r'name="kept_told_proof" value="(\w+)" checked>receipt.png', long.get_data(as_text=True))
    assert kept is not None, "what was uploaded is not asked twice"
    bea.press(address, "sent:told", kept_told_proof=kept[1], **said)
    assert office.case(case).ended == "settled"
    history = visit("ann").page(f"/cases/{case}")
    assert "receipt.png" in history
    assert "In the place of the mail: Your unit (by letter) – Registered letter RR 12" in history
    assert "completed: told otherwise" in history


def test_an_outcome_that_is_called_told_is_one_like_any_other(office: ADesk, visit: Callable[[str], Visitor]) -> None:
    publish(office, PROCESS.replace("      good: {label", "      told: {label").replace("look.good", "look.told"))
    case = office.start("note", "ann", unit="U-1").case
    visit("ben").press(f"/tasks/{office.work(case, 'look').id}", "told", **{"f.words": "Seal"})
    assert office.case(case).leaves == ("second",)


def test_who_empties_a_wrong_address_may_say_how_the_customer_was_told(
    office: ADesk, visit: Callable[[str], Visitor]
) -> None:
    publish(office, WITH_A_MAIL)
    case = office.start("note", "ann", unit="U-1").case
    office.press(case, "look", "good", "ben", words="Seal")
    address = f"/tasks/{office.work(case, 'second').id}"
    bea = visit("bea")
    assert "This customer has no mail address" not in bea.page(address)
    emptied = {"mail_to": "", "mail_subject": "Your unit", "mail_body": "It is done"}
    page = bea.press(address, "sent", **emptied).get_data(as_text=True)
    assert "or say how else the customer was told" in page and "This customer has no mail address" not in page
    assert "The address was taken away here; on record is cui@customer.example" in page
    nobody = bea.press(address, "sent", **emptied | {"mail_to": "cui at customer"}).get_data(as_text=True)
    assert "“cui at customer” is no mail address" in nobody
    two = bea.press(address, "sent", **emptied | {"mail_to": "cui@customer.example；a@b.example"})
    assert two.status_code == 422 and "A mail goes to one address; leave one of these 2." in two.get_data(as_text=True)
    said = {"extra_told_by": "in_person", "extra_told_words": "At the counter", **emptied}
    assert "There is a mail address on record" in bea.press(address, "sent:told", **said).get_data(as_text=True)
    bea.press(address, "sent:told", extra_told_proof=(io.BytesIO(PNG), "receipt.png"), **said)
    assert office.case(case).ended == "settled"
