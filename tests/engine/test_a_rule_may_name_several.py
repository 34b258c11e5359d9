"""`never: A before B or E`: one of several is enough, in the proof as at run time; a misspelt one is told."""

from __future__ import annotations

import pytest

from engine.checks.prover import prove_all
from engine.refusals import Refusal
from tests.engine.stage import Stage, process

ANSWERS = """
fields:
  way: {type: text, label: Way | 方式}
permissions: {see: clerk, move: boss}
steps:
  answer:
    label: Answer | 答复
    task: {role: clerk}
    due: 1 day
    timers: standard
    outcomes:
      by_mail: {label: By mail | 邮件, next: closed}
      by_letter: {label: By letter | 信函, next: closed}
      not_at_all: {label: Not at all | 不答复, next: SILENT}
  thinking:
    label: Think | 考虑
    task: {role: clerk}
    due: 1 day
    timers: standard
    next: answer
  closed: {end: success, label: Closed | 结案}
  silent: {end: failure, label: Silent | 未答复}
rules:
  - never: closed before answer.by_mail or answer.by_letter
  - always: answer.by_mail or answer.by_letter or answer.not_at_all after thinking
"""


def test_one_of_several_is_enough_for_the_proof() -> None:
    sound = process(ANSWERS.replace("SILENT", "silent"))
    assert [verdict.verdict for verdict in prove_all(sound)] == ["proved", "proved"]

    leaking = process(ANSWERS.replace("SILENT", "closed"))
    assert [verdict.verdict for verdict in prove_all(leaking)] == ["violated", "proved"]


def test_one_of_several_is_enough_at_run_time() -> None:
    for outcome in ("by_mail", "by_letter"):
        stage = Stage(ANSWERS.replace("SILENT", "silent"))
        stage.lines("clerk starts", f"clerk completes answer.{outcome}")
        assert stage.case.ended == "closed"


def test_a_move_by_hand_past_all_of_them_is_refused_in_a_sentence_that_names_them() -> None:
    stage = Stage(ANSWERS.replace("SILENT", "silent"))
    stage.lines("clerk starts")
    with pytest.raises(Refusal, match=r"Answer: By letter / Answer: By mail"):
        stage.lines("boss moves to closed")
