"""Events: who listens, what was seen before, and what nobody took."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from adapters.clock import SetClock
from engine.kept import KeptEvent, Subscription
from tests.contract.building import DAY, MONDAY, AnyStore, a_case, begun, changed, open_case, save

DELIVERED = Subscription("delivered", "tracking", "T-1", "shipping")
BUTTON = Subscription("call_back", "", "", "shipping")


def names(found: Any) -> list[tuple[str, str]]:
    return [(case, s.value) for case, s in found]


def test_cases_that_listen_are_found_by_key_and_value(store: AnyStore) -> None:
    open_case(store, "c1", listed={"listens": [DELIVERED, BUTTON]})
    open_case(store, "c2", listed={"listens": [replace(DELIVERED, value="T-2")]})
    assert names(store.write(lambda u: u.listening("delivered"))) == [("c1", "T-1"), ("c2", "T-2")]
    assert list(store.write(lambda u: u.listening_for("delivered", {"tracking": "T-1"}))) == [("c1", DELIVERED)]
    assert names(store.write(lambda u: u.listening_for("delivered", {"order": "T-1"}))) == []
    assert names(store.write(lambda u: u.listening_for("delivered", {}))) == []
    assert list(store.write(lambda u: u.listening("call_back"))) == [("c1", BUTTON)]


def test_several_keys_of_an_event_find_every_case_that_agrees_with_one(store: AnyStore) -> None:
    open_case(store, "c1", listed={"listens": [DELIVERED]})
    open_case(store, "c2", listed={"listens": [Subscription("delivered", "order", "SO-1", "shipping")]})
    found = store.write(lambda u: u.listening_for("delivered", {"tracking": "T-1", "order": "SO-1"}))
    assert [case for case, _ in found] == ["c1", "c2"]


def test_of_each_process_the_case_that_ended_last_is_found(store: AnyStore) -> None:
    gone = replace(DELIVERED, name="ended:delivered", step="")
    for id, process, at, value in (
        ("c1", "sending", MONDAY, "T-1"),
        ("c2", "sending", MONDAY + DAY, "T-1"),
        ("c3", "repair", MONDAY, "T-1"),
        ("c4", "repair", MONDAY + DAY, "T-2"),
        ("c5", "care", MONDAY - DAY, "T-1"),
    ):
        case = a_case(id, process=process, leaves=("over",), ended="over", ended_at=at)
        save(store, begun(case, listens=[replace(gone, value=value)], category="closed"))
    open_case(store, "c6", listed={"listens": [DELIVERED]})
    told = {"tracking": "T-1", "place": "Bremen"}
    assert store.write(lambda u: list(u.ended_last("ended:delivered", told, since=MONDAY))) == ["c2", "c3"]
    assert store.write(lambda u: list(u.ended_last("ended:delivered", {}, since=MONDAY))) == []


def test_a_case_that_went_on_listens_no_more(store: AnyStore) -> None:
    case = open_case(store, listed={"listens": [DELIVERED, BUTTON]})
    case = save(store, changed(case, change={"listens": [BUTTON]}))
    assert names(store.write(lambda u: u.listening("delivered"))) == []
    assert len(store.write(lambda u: u.listening("call_back"))) == 1
    save(store, changed(case))
    assert names(store.write(lambda u: u.listening("call_back"))) == []


def test_within_a_transaction_what_was_just_saved_listens_already(store: AnyStore) -> None:
    def work(unit: Any) -> Any:
        unit.save(begun(a_case(), listens=[DELIVERED]))
        return unit.listening_for("delivered", {"tracking": "T-1"})

    assert len(store.write(work)) == 1


def test_the_same_event_of_a_sender_is_seen_once(store: AnyStore) -> None:
    assert store.write(lambda u: u.event_seen("dhl/1")) is False
    assert store.write(lambda u: u.event_seen("dhl/1")) is True
    assert store.write(lambda u: u.event_seen("dhl/2")) is False


def test_events_nobody_took_are_kept_and_tried_again_in_order(store: AnyStore) -> None:
    late = KeptEvent("e2", "delivered", {"运单": "T-2"}, "dhl", MONDAY + DAY)
    early = KeptEvent("e1", "delivered", {"tracking": "T-1"}, "dhl", MONDAY)
    other = KeptEvent("e3", "scanned", {}, "dhl", MONDAY)
    store.write(lambda u: [u.keep_event(e) for e in (late, early, other)])
    assert list(store.write(lambda u: u.kept_events(["delivered"]))) == [early, late]
    assert list(store.write(lambda u: u.kept_events([]))) == []
    store.write(lambda u: u.keep_event(replace(early, state="taken", reason="c1")))
    assert list(store.write(lambda u: u.kept_events(["delivered", "scanned"]))) == [other, late]
    kept = store.write(lambda u: u.kept_event("e1"))
    assert kept is not None
    assert (kept.state, kept.reason) == ("taken", "c1")
    assert store.write(lambda u: u.kept_event("e9")) is None


def test_events_without_a_taker_are_shown_when_several_could_or_after_seven_days(
    store: AnyStore, clock: SetClock
) -> None:
    several = KeptEvent("e1", "delivered", {}, "dhl", MONDAY, "several", "c1, c2")
    alone = KeptEvent("e2", "delivered", {}, "dhl", MONDAY + DAY)
    taken = KeptEvent("e3", "delivered", {}, "dhl", MONDAY, "taken")
    store.write(lambda u: [u.keep_event(e) for e in (several, alone, taken)])
    assert [e.id for e in store.read(lambda s: s.unmatched())] == ["e1"]
    assert [e.id for e in store.read(lambda s: s.news_kept(["delivered"], MONDAY))] == ["e2", "e1"]
    assert [e.id for e in store.read(lambda s: s.news_kept(["delivered"], MONDAY + DAY))] == ["e2"]
    assert list(store.read(lambda s: s.news_kept(["scanned"], MONDAY))) == []
    clock.advance(8 * DAY)
    assert [e.id for e in store.read(lambda s: s.unmatched())] == ["e2", "e1"]
    assert store.read(lambda s: s.unmatched(1))[0].id == "e2"


def test_a_case_listens_for_several_values_of_one_event_and_is_found_once_by_each(store: AnyStore) -> None:
    numbers = ("T-1", "T-2", "T-3")
    parcels = [replace(DELIVERED, value=number) for number in numbers]
    case = open_case(store, "c1", listed={"listens": [*parcels, parcels[0]]})
    open_case(store, "c2", listed={"listens": [replace(DELIVERED, value="T-4")]})
    for number in numbers:
        found = store.write(lambda u, number=number: u.listening_for("delivered", {"tracking": number}))
        assert names(found) == [("c1", number)]
    assert names(store.write(lambda u: u.listening("delivered"))) == [*(("c1", n) for n in numbers), ("c2", "T-4")]

    case = save(store, changed(case, change={"listens": [parcels[0], replace(DELIVERED, value="T-9")]}))
    assert names(store.write(lambda u: u.listening("delivered"))) == [("c1", "T-1"), ("c1", "T-9"), ("c2", "T-4")]
    assert names(store.write(lambda u: u.listening_for("delivered", {"tracking": "T-2"}))) == []


def test_children_that_have_no_case_yet_keep_their_places(store: AnyStore) -> None:
    places = {"lines#1": "c2", "lines#2": "", "lines#10": ""}
    open_case(store, "c1", children=places, open_children=("c2",))
    kept = store.read(lambda s: s.case("c1"))
    assert kept is not None
    assert dict(kept.children) == places
