"""Figures: months on the wall of the site, and when a share keeps to its target."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.compiled import CompiledKpi
from engine.definition.model.vocabulary import Kpi
from engine.definition.texts import Text
from engine.figures import (
    Period,
    between,
    grouped_by,
    is_met,
    is_their_own,
    last_month,
    may_be_apart,
    this_month,
    twelve_months,
)
from engine.people import Person
from engine.screen_rows import FigureRow
from tests.engine.stage import process


def test_a_month_begins_and_ends_at_midnight_of_the_site() -> None:
    since, until = last_month(dt.date(2026, 3, 14)).bounds(ZoneInfo("Asia/Shanghai"))
    assert since == dt.datetime(2026, 1, 31, 16, tzinfo=dt.UTC)
    assert until == dt.datetime(2026, 2, 28, 16, tzinfo=dt.UTC)


def test_twelve_months_are_this_one_and_eleven_before() -> None:
    assert twelve_months(dt.date(2026, 3, 14)) == Period(dt.date(2025, 4, 1), dt.date(2026, 3, 14))
    assert twelve_months(dt.date(2026, 12, 31)).first == dt.date(2026, 1, 1)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.dates(dt.date(2001, 1, 1), dt.date(2990, 1, 1)))
def test_last_month_touches_this_one_on_every_day(today: dt.date) -> None:
    assert last_month(today).last + dt.timedelta(days=1) == this_month(today).first
    assert twelve_months(today).first.month == today.month % 12 + 1


@pytest.mark.parametrize(
    ("target", "share", "met"),
    [
        (0.95, 0.96, True),
        (0.95, 0.94, False),
        (0.05, 0.04, True),
        (0.05, 0.06, False),
        (0.0, 0.0, True),
        (None, 1.0, None),
    ],
)
def test_a_target_under_a_half_is_a_most_and_any_other_a_least(
    target: float | None, share: float, met: bool | None
) -> None:
    kpi = CompiledKpi("late", Kpi(label=Text("Late", "迟")), target_share=target)
    assert is_met(kpi, FigureRow("note", "late", None, 10, share, share, 0, 0)) is met


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.dates(), st.dates())
def test_any_two_days_make_a_period_that_can_be_asked_for(one: dt.date, other: dt.date) -> None:
    period = between(one, other)
    since, until = period.bounds(ZoneInfo("Asia/Shanghai"))
    assert period == between(other, one) and since < until


PEOPLE = """
fields:
  sn: {type: record, of: serial_number, label: Unit | 产品}
  helper: {type: user, label: Helper | 协助人}
  blamed: {type: user, label: Blamed | 责任人, visible_to: boss}
kpis:
  a: {label: A | 甲, share: not overdue, per: sn.salesperson}
  b: {label: B | 乙, share: not overdue, per: helper}
  c: {label: C | 丙, share: not overdue, per: blamed}
  d: {label: D | 丁, share: not overdue, per: sn.product}
steps:
  look: {label: Look | 检查, task: {role: clerk}, due: 1 day, next: over}
  over: {end: success, label: Over | 结束}
"""


def test_whom_a_record_names_is_a_person_too_and_a_field_kept_from_somebody_parts_no_figure_for_them() -> None:
    asked = process(PEOPLE)
    a, b, c, d = asked.kpis
    assert [grouped_by(asked, kpi) for kpi in asked.kpis] == ["people", "people", "people", "values"]
    clerk = Person("li", "Li", frozenset({"clerk"}))
    assessor = Person("su", "Su", frozenset({"assessor"}))
    boss = Person("bo", "Bo", frozenset({"assessor", "boss"}))
    assert [may_be_apart(asked, kpi, clerk) for kpi in (a, b, c, d)] == [False, False, False, True]
    assert [may_be_apart(asked, kpi, assessor) for kpi in (a, b, c, d)] == [True, True, False, True]
    assert may_be_apart(asked, c, boss)
    assert [is_their_own(asked, kpi, clerk, "li") for kpi in (a, b, c, d)] == [True, True, False, False]
    assert not is_their_own(asked, a, clerk, "su")
