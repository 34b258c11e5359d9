"""Which digests are due when, what they list, and what they say. Monday is 2026-03-02, the site's clock is Shanghai's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from engine.case import Case, Pause
from engine.definition.compiled import DigestList, Site
from engine.definition.compiling import compile_site
from engine.definition.reading import read_site
from engine.definition.texts import Text
from engine.digests import Line, case_line, digest_day, is_at_risk, is_listed, letter, steps_named
from engine.screen_rows import CaseRow
from tests.engine.stage import SITE, process

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


def site(digest: str = "", calendar: str = "{days: mon-fri, hours: [09:00-12:00, 13:30-18:00]}") -> Site:
    text = SITE.replace("{days: mon-fri, hours: 09:00-17:00}", calendar) + (
        f"digests: {{it: {{label: Late | 逾期, to: boss, at: 08:30{digest}, list: [{{overdue: true}}]}}}}\n"
    )
    model = read_site(text, "_site.yaml").model
    assert model is not None
    made, flaws = compile_site(model)
    assert not flaws
    return made


def day(now: str, digest: str = "", **more: str) -> dt.date | None:
    made = site(digest, **more)
    return digest_day(made.digests[0], made, at(now))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("03-02 08:29", None),  # before its hour
        ("03-02 08:45", None),  # its hour has come, the office is still closed
        ("03-02 09:00", "03-02"),
        ("03-02 12:30", None),  # nobody reads at lunch
        ("03-02 13:30", "03-02"),  # a morning without a worker is made up for
        ("03-02 17:59", "03-02"),
        ("03-02 18:00", None),  # … until the office closes
        ("03-07 10:00", None),  # Saturday
    ],
)
def test_a_daily_digest_goes_once_its_hour_has_come_while_the_office_is_open(now: str, expected: str | None) -> None:
    assert day(now) == (dt.date.fromisoformat(f"2026-{expected}") if expected else None)


def test_a_weekly_digest_goes_on_its_day_and_on_no_other() -> None:
    days = [day(f"03-{n:02} 10:00", ", days: mon") is not None for n in range(2, 9)]

    assert days == [True, False, False, False, False, False, False]


def test_the_digest_of_a_closed_day_goes_on_the_next_open_one() -> None:
    closed = "{days: mon-fri, hours: 09:00-17:00, closed: [2026-03-02, 2026-03-03]}"

    assert day("03-02 10:00", ", days: mon", calendar=closed) is None
    assert day("03-04 10:00", ", days: mon", calendar=closed) == dt.date(2026, 3, 4)
    assert day("03-05 10:00", ", days: mon", calendar=closed) is None


def test_an_hour_after_closing_never_comes() -> None:
    made = site().digests[0]
    late = dt.time(19)

    assert (
        digest_day(type(made)("it", made.label, made.to, late, None, "office", made.lists), site(), at("03-02 19:30"))
        is None
    )


def a_row(due: str | None, opened: str = "03-02 09:00") -> CaseRow:
    return CaseRow(
        "c1", "R-1", "trial", 1, "SN-1 · ACME", (Text("Repair", "维修"),), "open", None, "boss",
        at(opened), None, None, at(due) if due else None, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "listed"),
    [("03-03 12:00", False), ("03-03 15:00", False), ("03-03 15:01", True), ("03-06 10:00", True)],
)
def test_a_case_is_at_risk_when_more_than_the_share_of_its_open_time_is_used_or_it_is_late(
    now: str, listed: bool
) -> None:
    made = site(calendar="{days: mon-fri, hours: 09:00-17:00}").calendar("office")

    row = a_row("03-04 13:00")  # 20 open hours; 70 % of them end on Tuesday at 15:00
    assert is_listed(DigestList(used=70), row, made, at(now)) is listed


def test_time_for_which_the_clock_of_a_case_stood_was_not_used() -> None:
    weekdays = site(calendar="{days: mon-fri, hours: 09:00-17:00}").calendar("office")
    stood = Pause(at("03-02 09:00"), at("03-16 09:00"))  # of the 20 open hours that are left nothing is used
    case = Case(
        "c1", "R-1", "trial", 1, opened_at=at("03-02 09:00"), due_at=at("03-18 13:00"), pauses=(stood,), owner=None
    )

    assert is_listed(DigestList(used=70), a_row("03-18 13:00"), weekdays, at("03-16 10:00"))  # a row knows no pauses
    assert [is_at_risk(case, 70, weekdays, at(now)) for now in ("03-16 10:00", "03-17 15:00", "03-17 15:01")] == [
        False, False, True,
    ]  # fmt: skip


def test_a_case_without_a_deadline_is_neither_at_risk_nor_late_but_it_is_listed_by_its_step() -> None:
    calendar, now = site().calendar("office"), at("03-20 10:00")

    assert not is_listed(DigestList(used=1), a_row(None), calendar, now)
    assert not is_listed(DigestList(overdue=True), a_row(None), calendar, now)
    assert is_listed(DigestList(process="trial", steps=("writing",)), a_row(None), calendar, now)


def test_a_named_step_means_the_steps_inside_it_too() -> None:
    made = process("""
        steps:
          asking: {use: ask_twice, outcomes: {fine: done_well, unhappy: done_well, silent: done_well}}
          done_well: {end: success, label: Done | 完成}
        """)

    assert {"asking", "asking/asking", "asking/waiting"} <= steps_named(made, DigestList(steps=("asking",)))
    assert steps_named(made, DigestList(steps=("waiting",))) == {"asking/waiting"}


def test_the_letter_speaks_the_language_of_its_reader() -> None:
    made, now = site(), at("03-04 09:00")
    lines = [
        case_line(a_row("03-03 17:00"), "https://desk.example"),
        case_line(a_row("03-05 17:00"), "https://desk.example"),
    ]

    assert letter(made.digests[0], made, lines, now, "en") == (
        "Late (2)",
        "R-1 · Repair · SN-1 · ACME · overdue since 3 March 2026, 17:00\nhttps://desk.example/cases/c1\n\n"
        "R-1 · Repair · SN-1 · ACME · due 5 March 2026, 17:00\nhttps://desk.example/cases/c1",
    )
    assert letter(made.digests[0], made, lines[:1], now, "zh-Hans") == (
        "逾期（1）",
        "R-1 · 维修 · SN-1 · ACME · 已于2026年3月3日 17:00到期\nhttps://desk.example/cases/c1",
    )


def test_urgent_cases_come_first_and_are_called_so() -> None:
    made, now = site(), at("03-04 09:00")
    calm = Line("R-1", Text("Repair", "维修"), "", None, "https://desk.example/cases/1")
    urgent = replace(calm, number="R-2", urgent=True)

    for language, told in (("en", "Urgent: R-2 · Repair"), ("zh-Hans", "紧急：R-2 · 维修")):
        subject, body = letter(made.digests[0], made, [calm, urgent], now, language)
        assert subject.startswith(("1 urgent - ", "紧急 1 项，"))
        assert body.startswith(told) and "R-1" in body.removeprefix(told)


def test_a_very_long_digest_says_how_many_more_there_are() -> None:
    made = site()
    lines = [Line(f"R-{n}", Text("Repair", "维修"), "", None, f"https://desk.example/cases/{n}") for n in range(103)]

    subject, body = letter(made.digests[0], made, lines, at("03-04 09:00"), "en")

    assert subject == "Late (103)"
    assert body.endswith("https://desk.example/cases/99\n\n… and 3 more")
