"""Published versions, people, and the log of administrative acts."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.account_book import Account
from adapters.clock import SetClock
from engine.kept import PublishedVersion
from engine.people import Person
from engine.refusals import Refusal
from tests.contract.building import DAY, HOUR, MONDAY, AnyStore, changed, open_case, save


def a_version(process: str = "complaint", number: int = 1, **given: Any) -> PublishedVersion:
    usual: dict[str, Any] = {
        "text": "process: 投诉\n",
        "checksum": "abc",
        "published_at": MONDAY,
        "published_by": "boss",
    }
    return PublishedVersion(process, number, **(usual | given))


def publish(store: AnyStore, *versions: PublishedVersion) -> None:
    for version in versions:
        store.write(lambda unit, v=version: unit.publish(v))


def test_versions_are_found_by_number_or_as_the_newest(store: AnyStore) -> None:
    first, second = a_version(), a_version(number=2, reason="shorter")
    publish(store, first, second)
    assert store.write(lambda u: u.version("complaint", 1)) == first
    assert store.write(lambda u: u.version("complaint")) == second
    assert store.write(lambda u: u.version("complaint", 3)) is None
    assert store.write(lambda u: u.version("nothing")) is None


def test_the_newest_of_each_kind(store: AnyStore) -> None:
    site = a_version("_site", kind="site")
    publish(store, a_version(), a_version(number=2), a_version("return"), site, a_version("_shared", kind="library"))
    newest = store.write(lambda u: u.newest("process"))
    assert [(v.process, v.number) for v in newest] == [("complaint", 2), ("return", 1)]
    assert list(store.write(lambda u: u.newest("site"))) == [site]


def test_a_published_number_is_taken_for_ever(store: AnyStore) -> None:
    publish(store, a_version())
    with pytest.raises(Refusal) as refused:
        publish(store, a_version(text="other"))
    assert refused.value.code == "conflict"
    assert store.write(lambda u: u.version("complaint")) == a_version()


def test_lists_of_versions_count_open_cases(store: AnyStore) -> None:
    publish(
        store, a_version("factory_return"), a_version("factory_return", 2), a_version("x", published_at=MONDAY + DAY)
    )
    publish(store, a_version("_site", kind="site"))
    case = open_case(store, "c1")
    open_case(store, "c2")
    save(store, changed(case, ended="closed", ended_at=MONDAY))
    rows = store.read(lambda s: s.versions("factory_return"))
    assert [(v.number, v.open_cases) for v in rows] == [(2, 0), (1, 1)]
    assert [(v.process, v.number) for v in store.read(lambda s: s.versions())] == [("x", 1), ("factory_return", 2)]


def test_people_are_everybody_inactive_ones_too(store: AnyStore) -> None:
    anna = Person("anna", "安娜", frozenset({"sales", "warehouse"}), "anna@example.com", True, "zh-Hans")
    bo = Person("bo", "Bo", active=False)
    assert store.write(lambda u: u.people()) == {}

    def hire(person: Person) -> None:
        store.write_book(lambda book: book.put_account(Account(person, None)))

    hire(anna)
    assert store.write(lambda u: u.people()) == {"anna": anna}
    hire(bo)
    assert store.write(lambda u: u.people()) == {"anna": anna, "bo": bo}
    assert store.read(lambda s: s.people()) == {"anna": anna, "bo": bo}


def test_people_do_not_remember_what_was_rolled_back(store: AnyStore) -> None:
    def fail(book: Any) -> None:
        book.put_account(Account(Person("ghost", "Ghost"), None))
        assert "ghost" in book.people()
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        store.write_book(fail)
    store.write_book(lambda book: book.put_account(Account(Person("anna", "Anna"), None)))
    assert set(store.write(lambda u: u.people())) == {"anna"}


def test_administrative_acts_are_kept_newest_first(store: AnyStore, clock: SetClock) -> None:
    store.write(lambda u: u.audit("published", "boss", "complaint", {"number": 2, "原因": "更短"}))
    clock.advance(HOUR)
    store.write(lambda u: u.audit("imported", None, "customers", {}))
    assert [dict(a) for a in store.read(lambda s: s.audit())] == [
        {"at": MONDAY + HOUR, "action": "imported", "by": None, "about": "customers", "details": {}},
        {
            "at": MONDAY,
            "action": "published",
            "by": "boss",
            "about": "complaint",
            "details": {"number": 2, "原因": "更短"},
        },
    ]
    assert len(store.read(lambda s: s.audit(1))) == 1
