"""A mail that somebody changes in the database, past the program, never leaves; an administrator is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from adapters.database.store import DatabaseStore
from engine.delivery import Delivery
from engine.effects import CallAdapter, SendMail
from engine.kept import OutgoingMail
from tests.contract.building import a_case, begun, save

CONFIRMED = SendMail("m1", "customer", "wang@example.com", "您的维修", "已收到。\n", by="anna")


@dataclass
class Outside:
    """A mail server that takes everything, and a desk that hears what came back."""

    sent: list[OutgoingMail] = field(default_factory=list)
    bounced: list[str] = field(default_factory=list)

    def send(self, mail: OutgoingMail) -> None:
        self.sent.append(mail)

    def call(self, order: CallAdapter) -> dict[str, object]:
        raise AssertionError("nothing is called here")

    def call_answered(self, *_: object) -> None:
        raise AssertionError("nothing is called here")

    call_failed = call_answered

    def mail_bounced(self, case: str, mail: SendMail, reason: str) -> None:
        self.bounced.append(reason)


def send(store: DatabaseStore, outside: Outside) -> None:
    Delivery(store, outside, outside, dt.timedelta(seconds=30), outside).send_mails()


@pytest.mark.parametrize("column", ["to", "subject", "body"])
def test_a_changed_mail_stays_and_is_put_before_an_administrator(database: DatabaseStore, column: str) -> None:
    outside = Outside()
    save(database, begun(a_case(), mails=[CONFIRMED]))
    with database.reading.begin() as past_the_program:
        past_the_program.execute(text(f"UPDATE outbox SET \"{column}\" = 'thief@example.com'"))

    send(database, outside)
    assert outside.sent == [] and len(outside.bounced) == 1, "whoever confirmed it must not believe it left"
    (incident,) = database.read(lambda screens: screens.incidents())
    assert "changed" in incident.text.en and incident.text.zh

    database.write(lambda unit: unit.settle_incident(incident.id, "ada"))
    send(database, outside)
    assert outside.sent == [], "settling sends no other text either"


def test_a_mail_that_nobody_touched_leaves(database: DatabaseStore) -> None:
    outside = Outside()
    save(database, begun(a_case(), mails=[CONFIRMED]))
    send(database, outside)
    assert [mail.order.body for mail in outside.sent] == [CONFIRMED.body]
