"""A record that a scenario names is what the site says its attributes are: yes and no are answers, not words."""

from __future__ import annotations

from typing import Any

import pytest

from engine.rehearsal import Rehearsal
from tests.processes.shipped import shipped

GREETING: dict[str, Any] = {
    "title": "Spring", "care_type": "greeting", "content": "A good spring", "occasion_on": "2026-03-20",
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "ended"), [("yes", "skipped"), (True, "skipped"), ("no", None), (False, None), (None, None)]
)
def test_a_yes_of_a_record_is_a_yes(written: Any, ended: str | None) -> None:
    customer = {"code": "C-1", "name": "ACME", "do_not_call": written}
    stage = Rehearsal(shipped("customer_care_item"), {"start_at": "2026-03-02 09:00", "customer": customer, **GREETING})
    stage.play("care_officer starts", {})
    assert stage.case is not None
    assert stage.case.ended == ended


def test_what_is_the_same_in_every_fixed_row_is_said_once() -> None:
    given = {"in_step": "shipping", "checklist": {"ok": "yes"}}
    stage = Rehearsal(shipped("factory_return"), given)
    stage.play("1 hour passes", {})
    rows = shipped("factory_return").fields["checklist"].rows
    assert rows is not None
    assert stage.fields()["checklist"] == [{"row": row, "ok": True} for row in rows]
