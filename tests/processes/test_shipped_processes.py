"""What every shipped file promises to the person who opens it on the first day."""

from __future__ import annotations

import re

import pytest

from engine.checks.report import Report, check_in_house, check_library, check_site, read_house
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.scenarios import Played, play_all, unit_of
from engine.subjects import mail_name
from processes import SHARED, SITE, paths
from tests.processes.shipped import NAMES, house, shipped

TEXTS = {name: path.read_bytes() for name, path in paths().items()}
EACH = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    alone = [shipped(name) for name in NAMES]
    return {
        name: check_in_house(
            TEXTS[f"{name}.yaml"], f"{name}.yaml", house(), {each.id: each for each in alone if each.id != name}
        )
        for name in NAMES
    }


@pytest.fixture(scope="module")
def played(reports: dict[str, Report]) -> dict[str, Played]:
    """What came of the scenarios of each file."""
    return {name: play_all(report.process) for name, report in reports.items() if report.process is not None}


def test_the_site_comes_first_then_the_shared_pieces_then_the_processes() -> None:
    assert list(paths()) == [
        "_site.yaml",
        "_shared.yaml",
        "complaint.yaml",
        "consultation.yaml",
        "customer_care.yaml",
        "customer_care_item.yaml",
        "eight_d.yaml",
        "factory_return.yaml",
        "onsite_repair.yaml",
        "purchase_follow_up.yaml",
        "remote_help.yaml",
        "return_order.yaml",
        "shipment_tracking.yaml",
        "warranty_renewal.yaml",
    ]


def test_the_site_file_and_the_shared_file_have_no_problem() -> None:
    assert check_site(TEXTS[SITE]).problems == ()
    assert check_library(TEXTS[SHARED], TEXTS[SITE]).problems == ()


@EACH
def test_a_shipped_process_has_no_problem_and_not_even_a_warning(name: str, reports: dict[str, Report]) -> None:
    assert [(p.place.line, p.code, p.message.en) for p in reports[name].problems] == []


@EACH
def test_no_two_mails_of_a_process_are_called_the_same(name: str, reports: dict[str, Report]) -> None:
    process = reports[name].process
    assert process is not None
    for language in ("en", "zh-Hans"):
        names = [(mail_name(process, id) or Text()).say(language) for id in process.mails]
        assert sorted(names) == sorted(set(names))


@EACH
def test_every_rule_of_order_is_proved_and_every_other_is_kept_at_run_time(
    name: str, reports: dict[str, Report]
) -> None:
    verdicts = {v.rule.text: v.verdict for v in reports[name].verdicts}
    assert verdicts
    assert {rule: verdict for rule, verdict in verdicts.items() if verdict not in ("proved", "kept")} == {}


@EACH
def test_every_scenario_comes_out_as_told(name: str, played: dict[str, Played]) -> None:
    wrong = [line.failure.en for result in played[name].results for line in result.lines if line.failure]
    assert wrong == []


@EACH
def test_the_scenarios_use_most_moves_of_the_process_itself(name: str, played: dict[str, Played]) -> None:
    own = _moves(shipped(name), "process")
    unused = own - played[name].used
    assert len(unused) <= 0.15 * len(own), sorted(unused)


def test_nearly_every_move_of_the_shared_fragments_is_used_by_the_scenarios_of_some_process(
    played: dict[str, Played],
) -> None:
    every: set[str] = set()
    used: set[str] = set()
    for name in NAMES:
        every |= {_inside(move) for move in _moves(shipped(name), "library")}
        used |= {_inside(move) for move in played[name].used}
    assert len(every - used) <= 0.1 * len(every), sorted(every - used)


def _moves(process: Compiled, written_in: str) -> set[str]:
    return {unit_of(move) for move in process.moves if move.spot.file == written_in}


def _inside(move: str) -> str:
    """A move of a fragment without the step that uses it."""
    return re.sub(r"\w+/", "", move)


def test_nothing_ships_before_judgement_and_test_is_promised_in_so_many_words(reports: dict[str, Report]) -> None:
    proved = {v.rule.text for v in reports["factory_return"].verdicts if v.verdict == "proved"}
    assert "never: shipping before reinspection.passed since receiving, shipping.shipped" in proved
    work = "receiving, repair, long_test, deep_analysis, replacing, order_parts, final_test, shipping"
    assert f"never: shipping before final_test.passed since {work}" in proved
    assert "never: ship_swap before advance_judging.agreed since authorising" in proved
    assert "never: ship_swap before test_swap.passed since choose_swap, test_swap, ship_swap" in proved


def test_only_the_unit_of_a_return_order_ends_without_a_call_of_its_own(reports: dict[str, Report]) -> None:
    verdicts = {v.rule.text: v.verdict for v in reports["factory_return"].verdicts}
    for end in ("returned", "settled", "not_received"):
        assert any(rule.startswith(f"never: {end} before follow_up") for rule in verdicts)
    assert verdicts["never: line_done when order_number is not set"] == "kept"
    order = {v.rule.text: v.verdict for v in reports["return_order"].verdicts}
    assert order["never: closed before follow_up since lines"] == "proved"


@EACH
def test_neither_a_carrier_nor_the_calendar_ends_a_case(name: str, reports: dict[str, Report]) -> None:
    process = reports[name].process
    assert process is not None
    ends = {step.name for step in process.steps.values() if step.ends_case}
    by_themselves = {
        move.id
        for move in process.moves
        if move.target in ends and (move.kind == "timer" or (move.kind == "event" and move.name.startswith("parcel.")))
    }
    assert by_themselves == set()


@EACH
def test_notices_hold_nothing_typed_freely_so_that_a_site_may_let_them_go_at_once(name: str) -> None:
    site = TEXTS[SITE].replace(b"\nladder: standard", b"\nauto_confirm_notices: true\nladder: standard")
    assert site != TEXTS[SITE]
    report = check_in_house(TEXTS[f"{name}.yaml"], f"{name}.yaml", read_house(site, TEXTS[SHARED]), {})
    assert [problem.message.en for problem in report.problems if problem.code == "P444"] == []
