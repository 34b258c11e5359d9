"""When a customer counts as not reached: three attempts that count, on two days and in two ways, each two hours after the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.rehearsal import Rehearsal
from tests.processes.shipped import shipped

VISIT = shipped("onsite_repair")
KNOWN = {"sn": {"number": "SN-7"}, "complaint_text": "noise", "urgency": "impaired", "technician": "technician"}
REACHABLE = {"name": "ACME", "contact": "Ms Li", "phone": "+86 21 5555 0100", "email": "li@acme.example"}
TWO_HOURS = dt.timedelta(hours=2)
BUTTONS = st.sampled_from(["no_answer", "no_reply"])
WAITS = st.one_of(st.integers(1, 300), st.integers(1_000, 5_000))


def _counted(rows: Sequence[Mapping[str, Any]]) -> list[dt.datetime]:
    return [dt.datetime.fromisoformat(row["at"]) for row in rows if row.get("day")]


def _places(played: Rehearsal) -> set[str]:
    assert played.case is not None
    return {leaf.rpartition("/")[2] for leaf in played.case.leaves}


@settings(max_examples=60, derandomize=True, deadline=None)
@example([("no_answer", 1), ("no_reply", 119), ("no_answer", 1), ("no_reply", 1)])
@example([("no_answer", 120), ("no_reply", 120), ("no_answer", 1), ("no_reply", 1_440), ("no_answer", 1)])
@given(st.lists(st.tuples(BUTTONS, WAITS), min_size=1, max_size=9))
def test_for_a_visit_attempts_count_two_hours_apart_however_often_somebody_calls(tries: list[tuple[str, int]]) -> None:
    played = Rehearsal(VISIT, {**KNOWN, "customer": REACHABLE, "in_step": "rebook"})
    for button, wait in tries:
        played.play(f"service_agent completes rebook.{button}", {})
        assert played.case is not None
        rows = played.case.values["contact_attempts"]
        counted = _counted(rows)
        assert all(later - earlier >= TWO_HOURS for earlier, later in pairwise(counted))
        enough = len(counted) >= 3 and len({row["day"] for row in rows if row.get("day")}) >= 2
        assert ("write_letter" in _places(played)) == (enough and len({row["channel"] for row in rows}) == 2)
        played.play(f"{wait} minutes pass", {})
        if "rebook" not in _places(played):
            played.play("service_manager moves to rebook", {})


@settings(max_examples=40, derandomize=True, deadline=None)
@example([("no_answer", 1), ("call_back", 5), ("wrong_number", 1), ("no_answer", 1)])
@given(
    st.lists(st.tuples(st.sampled_from(["no_answer", "call_back", "wrong_number"]), st.integers(1, 200)), max_size=8)
)
def test_in_a_follow_up_attempts_count_two_hours_apart_and_wrong_numbers_never(tries: list[tuple[str, int]]) -> None:
    played = Rehearsal(VISIT, {**KNOWN, "customer": REACHABLE, "in_step": "follow_up"})
    for button, wait in tries:
        if "call_customer" not in _places(played):
            break
        played.play(f"service_agent completes call_customer.{button}", {})
        if "when_to_call" in _places(played):
            at = played.now.replace(second=0) + dt.timedelta(minutes=wait)
            played.play("service_agent completes when_to_call", {"call_back_at": at.isoformat()})
        if "correct_contact" in _places(played):
            played.play("sales completes correct_contact", {"new_phone": "+86 21 5555 0101"})
        played.play(f"{wait} minutes pass", {})
        assert played.case is not None
        rows = played.case.values["attempts"]
        assert all(later - earlier >= TWO_HOURS for earlier, later in pairwise(_counted(rows)))
        assert all(row["outcome"] == "no_answer" for row in rows if row.get("day"))
        if "try_again" in _places(played):
            played.play("1 working day passes", {})
