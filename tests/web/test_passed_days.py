"""Promised days that went by while a draft waited; days that were over before are history."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.case import MailText
from web.passed_days import passed_day

WRITTEN, TODAY = dt.date(2026, 12, 9), dt.date(2026, 12, 28)


def _passed(body: str) -> dt.date | None:
    return passed_day(MailText("delay", "li@acme.example", "Your unit", body, "en"), WRITTEN, TODAY)


@pytest.mark.parametrize("body", ["We expect it by 17 December 2026.", "预计2026年12月17日前处理完毕。"])
def test_a_promise_that_went_by_while_the_draft_waited_is_found(body: str) -> None:
    assert _passed(body) == dt.date(2026, 12, 17)


@pytest.mark.parametrize(
    "body",
    [
        "We received it on 2 December 2026.",
        "Your unit came in on 9 December 2026.",
        "预计2026年12月28日前处理完毕。",
        "2026年13月40日",
        "The 17 Samples 2026 arrived.",
        "",
    ],
)
def test_history_and_what_is_still_to_come_are_left_alone(body: str) -> None:
    assert _passed(body) is None
