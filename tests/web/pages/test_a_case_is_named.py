"""A field may name another case by its number: looked up while typing, kept as it is written elsewhere, shown as a link."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.refusals import FormRefusal
from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor, place, typed

Visit = Callable[[str], Visitor]
ENQUIRY = """
process: enquiry
version: 1
label: Enquiry | 咨询
number: ENQ-{seq}
calendar: always
fields:
  about: {type: case, of: [note, enquiry], label: About the case | 相关工单}
  twin: {type: case, of: enquiry, label: Twin | 相同咨询}
  others:
    type: table
    label: Others | 其他工单
    columns:
      other: {type: case, of: note, label: Case | 工单}
permissions: {see: [agent], cancel: agent}
start: {role: [agent, stranger], form: {optional: [about, twin, others]}}
steps:
  answering:
    label: Answer | 答复
    task: {role: agent, form: {show: [about, others], optional: [about, twin, others]}}
    due: 1 day
    timers: standard
    outcomes: {again: answering, told: handing}
  handing:
    label: Hand over | 移交
    run: enquiry_child
    with: {about: = case.number, mother: = case.number}
    outcomes: {closed: closed, cancelled: closed}
  closed: {end: success, label: Closed | 已结案}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""
CHILD = """
process: enquiry_child
version: 1
label: Part of an enquiry | 子咨询
number: EC-{seq}
calendar: always
fields:
  about: {type: case, of: enquiry, label: About the case | 相关工单}
  mother: {type: case, of: enquiry, label: Mother | 上级工单}
  again: {type: case, of: note, label: Again | 再次}
permissions: {see: [bench], cancel: bench}
start: {role: bench, form: {optional: [about]}}
steps:
  looking:
    label: Look | 查看
    task: {role: bench, form: {show: [about]}}
    due: 1 day
    timers: standard
    outcomes: {done: {do: [{set: {again: NOTE-77}}], next: closed}}
  closed: {end: success, label: Closed | 已结案}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""


@pytest.fixture
def note(office: ADesk) -> str:
    """The number of a case that may be named."""
    files = [("enquiry.yaml", ENQUIRY), ("enquiry_child.yaml", CHILD)]
    office.house.publishing.publish_all(files, None, "cases are named")
    return office.start("note", "ann", unit="U-1").number


def refused(office: ADesk, by: str, **values: object) -> dict[str, str]:
    with pytest.raises(FormRefusal) as caught:
        office.start("enquiry", by, **values)
    return {name: text.en for name, text in caught.value.fields.items()}


def test_a_number_is_kept_as_the_case_has_it_however_it_was_typed(office: ADesk, note: str) -> None:
    for said in (note, f"  {note.lower()} ", note.replace("-", "－")):
        case = office.start("enquiry", "ann", about=said, others=[{"other": said}]).case
        assert office.case(case).values["about"] == note
        assert office.case(case).values["others"] == [{"other": note}]


def test_an_unknown_number_and_one_of_another_process_are_refused_at_their_field(office: ADesk, note: str) -> None:
    said = "There is no case 'NOTE-99' that could be named here; pick one from the list."
    assert refused(office, "ann", about="NOTE-99") == {"about": said}
    assert list(refused(office, "ann", twin=note)) == ["twin"]
    wrong = refused(office, "ann", others=[{"other": note}, {"other": "NOTE-99"}])
    assert wrong == {"others.2.other": f"Row 2, Case: {said}"}


def test_a_case_that_somebody_may_not_see_is_none_to_that_person(office: ADesk, note: str) -> None:
    unknown = refused(office, "out", about="NOTE-99")["about"]
    assert refused(office, "out", about=note)["about"] == unknown.replace("NOTE-99", note)
    assert office.start("enquiry", "ann", about=note).number


def test_what_stood_there_already_stays_for_whoever_may_not_see_it(office: ADesk, note: str) -> None:
    text = ENQUIRY.replace("version: 1", "version: 2", 1).replace(
        "task: {role: agent, form", "task: {role: stranger, form"
    )
    office.house.publishing.publish_all([("enquiry.yaml", text)], None, "others answer")
    case = office.start("enquiry", "ann", about=note, others=[{"other": note}]).case
    office.press(case, "answering", "again", "out", about=note, others=[{"other": note}])
    with pytest.raises(FormRefusal):
        office.press(case, "answering", "again", "out", about=note, others=[{"other": "NOTE-2"}])


def test_what_a_case_hands_over_and_what_an_action_sets_is_taken(office: ADesk, note: str, visit: Visit) -> None:
    asked = office.start("enquiry", "ann", about=note)
    office.press(asked.case, "answering", "told", "ann")
    child = office.case(asked.case).children["handing"]
    assert office.case(child).values["about"] == office.case(child).values["mother"] == asked.number
    assert not [task for task in office.case(child).tasks if task.kind == "record"]
    assert f"Case: {office.case(child).number}" in visit("ada").page(f"/cases/{asked.case}"), (
        "the history names it, too"
    )
    office.press(child, "looking", "done", "ben")
    assert office.case(child).values["again"] == "NOTE-77"


def test_while_typing_only_cases_that_may_be_named_are_offered(office: ADesk, visit: Visit, note: str) -> None:
    enquiry = office.start("enquiry", "ann").number
    ann, out = visit("ann"), visit("out")
    offered = ann.client.get("/cases/look-up/note, enquiry?q=-00000").get_json()
    assert {one["key"] for one in offered} == {note, enquiry}
    assert [one["key"] for one in ann.client.get("/cases/look-up/note?q=u-1").get_json()] == [note]
    assert out.client.get("/cases/look-up/note,enquiry?q=-00000").get_json() == []
    assert ann.client.get("/cases/look-up/note?q=").get_json() == []


def test_a_page_asks_with_a_look_up_and_shows_a_link(office: ADesk, visit: Visit, note: str) -> None:
    case = office.start("enquiry", "ann", about=note, others=[{"other": note}]).case
    ann, address = visit("ann"), f"/tasks/{office.work(case, 'answering').id}"
    page = ann.page(address)
    assert 'data-look-up="/cases/look-up/note,%20enquiry"' in page
    assert f'value="{note}"' in page
    assert ann.page(f"/cases/{case}").count(f'href="/cases/number/{note}"') >= 2
    answer = ann.press(address, "again", **typed(about="NOTE-99"))
    assert answer.status_code == 422 and 'id="f-about-error"' in answer.get_data(as_text=True)
    assert 'value="NOTE-99"' in answer.get_data(as_text=True)
    assert (
        place(ann.client.get(f"/cases/number/{note}")) == f"/cases/{office.house.store.read(lambda s: s.case_id(note))}"
    )
