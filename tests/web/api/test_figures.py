"""Figures over JSON: what the page shows, for whoever the page shows it to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.effects import RecordKpi
from engine.kept import CaseChange
from engine.store import UnitOfWork
from tests.web.api.room import Room


@pytest.fixture
def measured(room: Room) -> Room:
    """A consignment of which three things were measured: two calls in time and one late."""
    case_id = room.shipment()
    facts = [
        RecordKpi("confirmation_time", hours * 3600, who, hours < 3)
        for hours, who in ((1, "lin"), (2, "lin"), (5, "mei"))
    ]

    def measure(uow: UnitOfWork) -> None:
        case = uow.case(case_id)
        assert case is not None
        uow.save(CaseChange(before=case, after=replace(case, revision=case.revision + 1), kpis=facts))

    room.house.store.write(measure)
    return room


def told(room: Room, by: str, asked: str = "") -> list[tuple[Any, ...]]:
    answer = room.get(f"/kpis{asked}", by)
    assert answer.status_code == 200, answer.text
    return [
        (f["kpi"], f["per"], f["count"], f["median"], round(f["in_target"], 2)) for f in answer.get_json()["figures"]
    ]


def test_whoever_sees_a_process_reads_its_figures_and_their_own(measured: Room) -> None:
    assert told(measured, "lin") == [("confirmation_time", None, 3, 7200.0, 0.67)]
    assert told(measured, "lin", "?apart=true") == [
        ("confirmation_time", None, 3, 7200.0, 0.67),
        ("confirmation_time", "lin", 2, 5400.0, 1.0),
    ]


def test_an_administrator_reads_those_of_everybody(measured: Room) -> None:
    assert [row[1] for row in told(measured, "ada", "?apart=true")] == [None, "lin", "mei"]
    figure = measured.get("/kpis", "ada").get_json()["figures"][0]
    assert (figure["kind"], figure["target"], figure["met"]) == ("time", "within 1 working day", None)


def test_only_what_was_measured_on_these_days_and_in_this_process_is_told(measured: Room) -> None:
    assert told(measured, "ada", "?since=2020-01-01&until=2020-12-31") == []
    assert told(measured, "ada", "?process=complaint") == []
    assert len(told(measured, "ada", "?since=9999-12-31&until=0001-01-01&process=shipment_tracking")) == 1
    for no_day in ("soon", "0.0", "20260302", "2026-W10-1", "2026-02-30", "2026-03-02T00:00"):
        assert measured.get(f"/kpis?since={no_day}", "ada").status_code == 400
    assert measured.get("/kpis?since=2026-03-02", "ada").status_code == 200
