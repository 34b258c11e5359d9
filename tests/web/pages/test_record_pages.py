"""A record that nobody has imported is entered on a page, and a wrong one corrected, with the reason kept."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor, typed

Visit = Callable[[str], Visitor]
NEW = "/records/customer/new"


def test_a_new_customer_on_the_telephone_is_entered_and_found(office: ADesk, visit: Visit) -> None:
    ada = visit("ada")
    assert 'value="C-77"' in ada.page(f"{NEW}?key=C-77")

    answer = ada.send(NEW, NEW, **typed(code="C-77", name="新客户 & Sons", email="new@sons.example"))

    assert answer.status_code == 303
    assert "新客户 &amp; Sons" in ada.page("/records/customer/C-77")
    found = office.house.store.read(lambda screens: screens.record_history("customer", "C-77"))
    assert {change["by"] for change in found} == {"ada"}


def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_lost(visit: Visit) -> None:
    ada = visit("ada")
    answer = ada.send(NEW, NEW, **typed(code="C-78", name="Half", email="not a mail"))
    assert answer.status_code == 422
    assert "is not a mail address" in answer.text and 'value="Half"' in answer.text
    nameless = ada.send(NEW, NEW, **typed(code="C-78", email="half@a.example"))
    assert nameless.status_code == 422 and 'id="f-name-error"' in nameless.text and "half@a.example" in nameless.text


def test_a_key_is_given_once(visit: Visit) -> None:
    ada = visit("ada")
    ada.send(NEW, NEW, **typed(code="C-79", name="First"))
    answer = ada.send(NEW, NEW, **typed(code="C-79", name="Second"))
    assert answer.status_code == 422 and "is there already" in answer.text


def test_a_correction_needs_its_reason_and_leaves_the_warranty_alone(office: ADesk, visit: Visit) -> None:
    office.add("serial_number", "SN-5", product="Pump", warranty_until="2027-01-01")
    ada = visit("ada")
    page = "/records/serial_number/SN-5/change"
    refused = ada.send(page, page, **typed(product="Big pump", reason=" "))
    assert refused.status_code == 422 and "Say why it is changed" in refused.text

    ada.send(page, page, **typed(product="Big pump", warranty_until="2030-01-01", reason="typing mistake"))

    record = office.house.store.read(lambda screens: screens.record("serial_number", "SN-5"))
    assert record is not None
    assert (record.attributes["product"], record.attributes["warranty_until"]) == ("Big pump", "2027-01-01")
    assert "typing mistake" in ada.page("/records/serial_number/SN-5")


def test_who_may_not_is_told_who_may(visit: Visit) -> None:
    answer = visit("ben").client.get(NEW)
    assert answer.status_code == 403
    assert 'href="/records/customer/new' not in visit("ben").page("/records/customer")


def test_a_unit_that_was_replaced_leads_to_the_one_that_took_its_place(office: ADesk, visit: Visit) -> None:
    office.add("serial_number", "SN-6", product="Pump", status="replaced", replaced_by="SN-7")
    office.add("serial_number", "SN-7", product="Pump", status="active", replaces="SN-6")
    office.house.store.write(
        lambda uow: uow.write_attribute(
            "serial_number", "SN-7", "warranty_until", "2027-01-01", by="ben", reason="NOTE-1", source="swap_inherit"
        )
    )
    ada = visit("ada")
    old, new = ada.page("/records/serial_number/SN-6"), ada.page("/records/serial_number/SN-7")
    assert '<dt>Replaced by</dt><dd><a href="/records/serial_number/SN-7">SN-7</a>' in old
    assert old.count('href="/records/serial_number/SN-7"') >= 2
    assert '<dt>Replaces</dt><dd><a href="/records/serial_number/SN-6">SN-6</a>' in new
    assert "taken over from the replaced unit" in new


def test_a_number_that_reads_like_a_known_one_asks_whether_it_is_that_unit(office: ADesk, visit: Visit) -> None:
    office.add("serial_number", "CH-8-1003", product="Chiller")
    ada, page = visit("ada"), "/records/serial_number/new"
    assert 'name="f.because"' not in ada.page(page)

    refused = ada.send(page, page, **typed(number="CH-8-1OO3", product="Chiller"))

    assert refused.status_code == 422 and 'name="f.because"' in refused.text and 'value="Chiller"' in refused.text
    assert "&#39;CH-8-1003&#39; is here already" in refused.text and "text=CH-8-1003" in refused.text
    again = ada.send(page, page, **typed(number="CH-8-1OO3", product="Chiller", because=" "))
    assert again.status_code == 422

    entered = ada.send(page, page, **typed(number="CH-8-1OO3", product="Chiller", because="both nameplates seen"))

    assert entered.status_code == 303
    assert "both nameplates seen" in ada.page("/records/serial_number/CH-8-1OO3")


def test_the_changes_of_a_record_are_told_in_the_words_of_its_card(office: ADesk, visit: Visit) -> None:
    office.add("serial_number", "U-8", custody="factory")
    with_new = {"custody": "outbound", "warranty_until": "2027-01-01"}
    office.add("serial_number", "U-8", **with_new)
    page = visit("mei").page("/records/serial_number/U-8")
    changes = page[page.index('class="changes"') :]
    assert "<del>在厂</del>" in changes
    assert "<ins>寄出途中</ins>" in changes
    assert "<ins>outbound</ins>" not in page
    assert "保内，至" in page[: page.index('class="changes"')]


def test_a_unit_that_is_no_longer_used_wears_no_warranty(office: ADesk, visit: Visit) -> None:
    office.add("serial_number", "U-9", customer="C-1", warranty_until="2027-01-01", status="replaced")
    case = office.start("note", "ann", unit="U-9").case
    for address in ("/records/serial_number", "/records/serial_number/U-9", f"/cases/{case}"):
        page = visit("mei").page(address)
        assert "已换出" in page and page.count("保内，至") == (address == "/records/serial_number") * 2, (
            "only U-1 and U-2"
        )
