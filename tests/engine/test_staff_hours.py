"""Whose hours a mail to staff waits for."""

from __future__ import annotations

import datetime as dt

from engine.definition.calendar_reading import calendar_from
from engine.definition.compiled import Site
from engine.people import Person
from engine.staff_hours import TOGETHER, leaves_at

ZONE = "Asia/Shanghai"
OFFICE = calendar_from({"days": "mon-fri", "hours": ["09:00-18:00"]}, ZONE)
FACTORY = calendar_from({"days": "mon-sat", "hours": ["08:00-17:00"]}, ZONE)
SATURDAY = dt.datetime.fromisoformat("2026-03-07T10:00+08:00").astimezone(dt.UTC)
MONDAY_IN_THE_OFFICE = dt.datetime.fromisoformat("2026-03-09T09:00+08:00")


def leaves(mail_hours: dict[str, str], *roles: str) -> dt.datetime:
    calendars = {"office": OFFICE, "factory": FACTORY}
    site = Site("acme", ("en",), ZONE, {}, calendars, {}, {}, mail_hours=mail_hours)
    return leaves_at(site, Person("li", "Li", frozenset(roles), "li@example.com"), FACTORY, SATURDAY)


def test_a_mail_of_the_factory_waits_for_the_monday_of_who_works_in_the_office() -> None:
    hours = {"everybody": "office", "warehouse": "factory"}
    assert leaves(hours, "manager") == MONDAY_IN_THE_OFFICE + TOGETHER
    assert leaves(hours, "warehouse") == SATURDAY + TOGETHER
    assert leaves(hours, "manager", "warehouse") == SATURDAY + TOGETHER, "who works in both is there already"


def test_where_no_hours_are_said_those_of_the_process_count() -> None:
    assert leaves({}, "manager") == leaves({"warehouse": "office"}, "manager") == SATURDAY + TOGETHER
