"""A fragment is told by whoever uses it what else its forms ask, and where a field of its own is one of the process."""

from __future__ import annotations

from tests.engine.stage import Stage

BODY = """
fields:
  paid: {type: yes_no, label: Paid too much | 多收费, show_if: visited}
  visited: {type: yes_no, label: Somebody was there | 已上门}
steps:
  after_a_visit:
    use: ask_twice
    with: {asks: [paid]}
    outcomes: {fine: after_a_letter, unhappy: after_a_letter, silent: closed}
  after_a_letter:
    use: ask_twice
    outcomes: {fine: closed, unhappy: closed, silent: closed}
  closed: {end: success, label: Closed | 已结案}
"""
FIRST, SECOND = "clerk completes after_a_visit/asking.reached", "clerk completes after_a_letter/asking.reached"


def test_what_a_use_asks_besides_is_required_there_and_not_asked_elsewhere() -> None:
    played = Stage(BODY, visited=True).lines("clerk starts")
    refused = played.refused(FIRST, happy=True)
    assert refused.codes == ("paid",)
    played.lines((FIRST, {"happy": True, "paid": False}))
    steps = played.process.steps
    assert steps["after_a_visit/asking"].task.form.takes == ("happy", "paid", "why")
    assert steps["after_a_letter/asking"].task.form.takes == ("happy", "why")
    played.lines((SECOND, {"happy": True}))
    assert played.ended == "closed"


def test_the_process_says_when_it_is_asked_at_all() -> None:
    played = Stage(BODY, visited=False).lines("clerk starts", (FIRST, {"happy": True}))
    assert played.at == ("after_a_letter/asking",)


def test_a_choice_of_the_process_takes_the_place_of_a_text() -> None:
    body = BODY.replace(
        "fields:\n", "fields:\n  why: {type: choice, label: Why | 原因, choices: {late: Late | 迟到}}\n", 1
    )
    played = Stage(body, visited=False).lines("clerk starts")
    assert played.refused(FIRST, happy=True, why="rude").codes == ("why",)
    assert played.lines((FIRST, {"happy": True, "why": "late"})).at == ("after_a_letter/asking",)
