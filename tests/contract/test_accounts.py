"""`Accounts`: who may come in, for how long, and how guessing is slowed down."""

from __future__ import annotations

import datetime as dt

import pytest

from adapters.accounts import StaffAccounts
from adapters.clock import SetClock
from adapters.ids import CountingIds
from engine.people import Person
from engine.refusals import Refusal
from tests.contract.building import DAY, HOUR, AnyStore

CHEAP = "scrypt:1024:8:1"
ANNA = Person("anna", "安娜", frozenset({"sales"}), "anna@example.com")
WORD = "correct horse"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def accounts(store: AnyStore) -> StaffAccounts:
    made = StaffAccounts(store, CountingIds("t"), method=CHEAP)
    made.create(ANNA, WORD, by=None)
    return made


def enter(accounts: StaffAccounts, password: str = WORD, person: str = "anna") -> str:
    secret = accounts.sign_in(person, password)
    assert secret is not None
    return secret


def test_the_right_password_opens_a_session(accounts: StaffAccounts) -> None:
    signed_in = accounts.session(enter(accounts))
    assert signed_in is not None
    assert signed_in.person == ANNA
    assert len(signed_in.csrf) >= 32


def test_wrong_names_passwords_and_secrets_open_nothing(accounts: StaffAccounts) -> None:
    assert accounts.sign_in("anna", "wrong password") is None
    assert accounts.sign_in("nobody", WORD) is None
    assert accounts.sign_in("", "") is None
    assert accounts.session("made up") is None
    assert accounts.token("made up") is None


def test_an_account_without_a_password_lets_nobody_in(accounts: StaffAccounts) -> None:
    accounts.create(Person("bo", "Bo"), None, by="anna")
    assert accounts.sign_in("bo", "") is None
    assert accounts.sign_in("bo", "None") is None
    accounts.change("bo", by="anna", password="long enough")
    assert accounts.sign_in("bo", "long enough") is not None


def test_no_secret_is_kept_as_it_is(accounts: StaffAccounts, store: AnyStore) -> None:
    secret, token = enter(accounts), accounts.issue_token("anna", "ERP", by="anna")
    account = store.read_book(lambda book: book.account("anna"))
    assert account is not None
    assert account.password_hash is not None
    assert account.password_hash.startswith("scrypt:")
    assert store.read_book(lambda book: book.stored_session(secret)) is None
    assert store.read_book(lambda book: book.stored_token(token)) is None


def test_a_session_ends_after_an_idle_hour(accounts: StaffAccounts, clock: SetClock) -> None:
    secret = enter(accounts)
    clock.advance(59 * MINUTE)
    assert accounts.session(secret) is not None
    clock.advance(59 * MINUTE)
    assert accounts.session(secret) is not None
    clock.advance(60 * MINUTE)
    assert accounts.session(secret) is None


def test_a_session_ends_after_twelve_hours_however_busy(accounts: StaffAccounts, clock: SetClock) -> None:
    secret = enter(accounts)
    for _ in range(23):
        clock.advance(HOUR / 2)
        assert accounts.session(secret) is not None
    clock.advance(HOUR / 2)
    assert accounts.session(secret) is None


def test_signing_out_ends_one_session(accounts: StaffAccounts) -> None:
    here, there = enter(accounts), enter(accounts)
    accounts.sign_out(here)
    assert accounts.session(here) is None
    assert accounts.session(there) is not None


def test_new_roles_a_new_password_or_leaving_end_the_sessions(accounts: StaffAccounts) -> None:
    secret = enter(accounts)
    accounts.change("anna", by="boss", name="Anna", language="zh-Hans")
    assert accounts.session(secret) is not None
    accounts.change("anna", by="boss", roles=frozenset({"warehouse"}))
    assert accounts.session(secret) is None
    secret = enter(accounts)
    accounts.change("anna", by="boss", password="another word")
    assert accounts.session(secret) is None
    assert accounts.sign_in("anna", WORD) is None
    secret = enter(accounts, "another word")
    accounts.change("anna", by="boss", active=False)
    assert accounts.session(secret) is None
    assert accounts.sign_in("anna", "another word") is None


def test_a_session_shows_the_person_as_the_person_is_now(accounts: StaffAccounts) -> None:
    secret = enter(accounts)
    accounts.change("anna", by="boss", email="new@example.com")
    signed_in = accounts.session(secret)
    assert signed_in is not None
    assert signed_in.person.email == "new@example.com"


def test_guessing_is_stopped_and_others_are_not(accounts: StaffAccounts, clock: SetClock) -> None:
    accounts.create(Person("bo", "Bo"), WORD, by=None)
    for _ in range(10):
        assert accounts.sign_in("anna", "wrong password") is None
    with pytest.raises(Refusal) as refused:
        accounts.sign_in("anna", WORD)
    assert refused.value.code == "too_late"
    assert "15" in refused.value.text.zh
    assert accounts.sign_in("bo", WORD) is not None
    clock.advance(15 * MINUTE)
    assert accounts.sign_in("anna", WORD) is not None


def test_a_success_begins_the_count_anew(accounts: StaffAccounts) -> None:
    for _ in range(3):
        for _ in range(9):
            accounts.sign_in("anna", "wrong password")
        enter(accounts)


def test_an_address_that_guesses_many_names_is_stopped(accounts: StaffAccounts) -> None:
    for n in range(50):
        accounts.sign_in(f"name{n}", "wrong password", address="10.0.0.9")
    with pytest.raises(Refusal):
        accounts.sign_in("anna", WORD, address="10.0.0.9")
    assert accounts.sign_in("anna", WORD, address="10.0.0.1") is not None


def test_poor_accounts_are_refused_with_a_reason(accounts: StaffAccounts) -> None:
    for person, password, code in (
        (ANNA, WORD, "conflict"),
        (Person("has space", "x"), WORD, "wrong_value"),
        (Person("carl", "Carl"), "short", "wrong_value"),
    ):
        with pytest.raises(Refusal) as refused:
            accounts.create(person, password, by="boss")
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        accounts.change("nobody", by="boss", name="x")
    assert refused.value.code == "unknown"
    with pytest.raises(Refusal):
        accounts.issue_token("nobody", "x", by="boss")


def test_a_token_speaks_for_its_person_until_it_is_revoked_or_runs_out(
    accounts: StaffAccounts, clock: SetClock
) -> None:
    short = accounts.issue_token("anna", "ERP", by="boss", days=1)
    long = accounts.issue_token("anna", "报表", by="boss")
    signed_in = accounts.token(short)
    assert signed_in is not None
    assert (signed_in.person, signed_in.csrf) == (ANNA, "")
    clock.advance(DAY)
    assert accounts.token(short) is None
    assert accounts.token(long) is not None
    shown = accounts.tokens("anna")
    assert [t["label"] for t in shown] == ["ERP", "报表"]
    assert shown[1]["last_used_at"] == clock.now()
    assert set(shown[0]) == {"id", "label", "issued_at", "last_used_at", "ends_at"}
    accounts.revoke_token(shown[1]["id"], by="boss")
    assert accounts.token(long) is None
    assert accounts.tokens("nobody") == []


def test_a_token_of_somebody_who_left_is_worth_nothing(accounts: StaffAccounts) -> None:
    token = accounts.issue_token("anna", "ERP", by="boss")
    accounts.change("anna", by="boss", active=False)
    assert accounts.token(token) is None


def test_every_way_in_leaves_a_trace(accounts: StaffAccounts, store: AnyStore) -> None:
    accounts.sign_in("anna", "wrong password")
    enter(accounts)
    acts = [a["action"] for a in store.read(lambda s: s.audit())]
    assert acts == ["signed_in", "sign_in_failed", "account_created"]


def test_a_token_of_who_left_does_not_come_back_with_them(accounts: StaffAccounts) -> None:
    token = accounts.issue_token("anna", "erp", by="anna")
    for is_here in (False, True):
        accounts.change("anna", by="boss", active=is_here)
    assert accounts.token(token) is None
    assert accounts.tokens("anna") == []
    assert accounts.token(accounts.issue_token("anna", "erp", by="anna")) is not None
