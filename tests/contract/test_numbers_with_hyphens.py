"""A number is the same with hyphens and without: news and likeness, also of a case that was saved before that counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from adapters.carriers.parcels import Checkpoint, events
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import CaseChange, PublishedVersion, Subscription
from engine.people import Person
from engine.store import UnitOfWork
from tests.contract.building import MONDAY, AnyStore
from tests.contract.test_the_same_begins_by_itself import SITE

DELIVERED = "parcel.delivered"
PARCEL = """
process: parcel
version: 1
label: Parcel | 包裹
number: P-{seq}
alike: {by: [[tracking_no]], within: 30 days}
fields: {tracking_no: {type: text, label: Number | 单号}}
events: {parcel.delivered: {match: tracking_no, data: {tracking_no: text}, label: There | 送达}}
permissions: {see: clerk}
start: {role: clerk, form: {ask: [tracking_no]}}
steps:
  under_way: {label: Under way | 运输中, task: {role: clerk}, due: 1 day, next: there, events: {parcel.delivered: there}}
  there: {end: success, label: There | 送达}
"""


@pytest.fixture
def desk(store: AnyStore) -> Desk:
    def publish(work: UnitOfWork) -> None:
        for name, text in (("_site", SITE), ("parcel", PARCEL)):
            kind = "site" if name == "_site" else "process"
            work.publish(PublishedVersion(name, 1, text, name, work.now, None, "", kind))

    store.write(publish)
    accounts = StaffAccounts(store, store.ids, method="scrypt:1024:8:1")
    accounts.create(Person("carl", "carl", frozenset({"clerk"}), "carl@x.example"), None, by=None)
    return Desk(store, Definitions(), store.ids, LocalBell())


def begun(desk: Desk, number: str) -> str:
    return desk.start_case("parcel", {"tracking_no": number}, "carl").case


def as_it_was_saved_before(store: AnyStore, case_id: str, number: str) -> None:
    """What the case is found by holds its number as it was typed."""

    def save(work: UnitOfWork) -> None:
        case = work.case(case_id)
        assert case is not None
        listens = [Subscription(DELIVERED, "tracking_no", number, "under_way")]
        key = f'[["tracking_no"],["{number.casefold()}"]]'
        work.save(
            CaseChange(before=case, after=replace(case, revision=case.revision + 1), listens=listens, alike=[key])
        )

    store.write(save)


def printed(desk: Desk, number: str) -> tuple[str, ...]:
    """Which cases take it when a carrier tells this number."""
    (event,) = events([Checkpoint("JD", number, "Delivered", "x", MONDAY)])
    return desk.receive_event(event.id, event.name, event.values, "carrier").cases


@pytest.mark.parametrize(("typed", "told"), [("JD-0012-88", "JD001288"), ("JD001288", "jd-0012 88")])
def test_a_number_told_with_other_hyphens_than_it_was_typed_reaches_its_case(desk: Desk, typed: str, told: str) -> None:
    case = begun(desk, typed)
    assert printed(desk, told) == (case,)


def test_news_and_a_second_case_find_the_one_that_was_saved_before(store: AnyStore, desk: Desk) -> None:
    first = begun(desk, "JD-0012-88")
    as_it_was_saved_before(store, first, "JD-0012-88")
    second = store.read(lambda screens: screens.case(begun(desk, "jd-0012-88")))
    assert second is not None and second.earlier is not None and second.earlier["id"] == first
    as_it_was_saved_before(store, second.id, "OTHER")
    assert printed(desk, "JD-0012-88") == (first,)


def test_who_waited_for_an_ended_parcel_is_told_of_its_news_however_the_number_is_written(
    store: AnyStore, desk: Desk
) -> None:
    case = begun(desk, "JD001288")
    assert printed(desk, "JD-0012-88") == (case,)
    desk.receive_event("late", DELIVERED, {"tracking_no": "JD-0012-88"}, "a partner")
    history = store.read(lambda screens: screens.history(case))
    assert history[-1].kind == "heard_too_late"
