"""A stage for tests of the engine: small processes as text, a site, and a rehearsal to play lines on."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from engine.case import Case
from engine.decide import Decision
from engine.definition.compiled import Compiled
from engine.definition.compiling import compile_process, compile_site
from engine.definition.reading import read_library, read_process, read_site
from engine.effects import Effect
from engine.refusals import Refusal
from engine.rehearsal import Rehearsal

SITE = """
site: test
timezone: Asia/Shanghai
roles:
  clerk: Clerk | 文员
  boss: Boss | 主管
  tester: Tester | 检验员
  fixer: Fixer | 维修员
calendars:
  office: {days: mon-fri, hours: 09:00-17:00}
  always: {days: mon-sun, hours: 00:00-24:00}
records:
  customer: {outside: true, key: code, code: text, name: text, email: email, language: text, salesperson: user}
  serial_number: {key: number, number: text, product: text, customer: customer, salesperson: user, warranty_until: date, location: text, status: text, custody: {type: choice, choices: {customer: At the customer | 客户处, factory: In the factory | 在厂}}, replaces: text, replaced_by: text}
adapters:
  erp.credit: {takes: {amount: money}, gives: {document: text}}
"""

SHARED = """
library: shared
version: 1
ladders:
  standard:
    with: {l1: boss}
    rows:
      - {at: due, remind: assignee, task: $l1}
      - {at: 1 working day after due, every: 1 working day, at_most: 3, mail: boss}
fragments:
  ask_twice:
    label: Ask | 询问
    with: {role: clerk, not_by: [], asks: []}
    fields:
      happy: {type: yes_no, label: Happy | 满意}
      why: {type: text, label: Why | 原因}
    steps:
      asking:
        label: Ask | 询问
        task: {role: $role, different_person_from: $not_by, form: {ask: [happy, $asks], optional: [why]}}
        due: 1 working day
        outcomes:
          reached: {next: [{when: happy, then: fine}, {otherwise: unhappy}]}
          nobody: {skip_form: true, next: [{when: count(asking) >= 2, then: silent}, {otherwise: waiting}]}
      waiting:
        label: Wait | 等待
        waiting_for: customer
        timers: [{at: 1 working day after entry, next: asking}]
      fine: {end: success, label: Fine | 满意}
      unhappy: {end: failure, label: Unhappy | 不满意}
      silent: {end: failure, label: Silent | 无人接听}
"""

HEAD = """
process: trial
version: 1
label: Trial | 试验
calendar: office
start: {role: [clerk, boss]}
"""


def process(body: str, head: str = HEAD) -> Compiled:
    """A process from the text of its body; must compile without a flaw."""
    text = textwrap.dedent(head) + textwrap.dedent(body)
    site_model = read_site(SITE, "_site.yaml").model
    library = read_library(SHARED, "_shared.yaml").model
    assert site_model is not None and library is not None
    site, _ = compile_site(site_model)
    reading = read_process(text, "trial.yaml", site.languages)
    assert reading.model is not None, [problem.line() for problem in reading.problems]
    compiled, flaws = compile_process(reading.model, site, library)
    assert not flaws, flaws
    return compiled


class Stage(Rehearsal):
    """A rehearsal that starts on Monday 2026-03-02 at 09:00 in Shanghai and remembers refusals."""

    def __init__(self, body: str, head: str = HEAD, **given: Any) -> None:
        self.effects: list[Effect] = []
        super().__init__(process(body, head), given)

    def _notice(self, before: Case | None, decision: Decision) -> None:
        self.effects += decision.effects
        super()._notice(before, decision)

    def lines(self, *lines: str | tuple[str, Mapping[str, Any]]) -> Stage:
        """Play lines; each may come with values."""
        for line in lines:
            when, values = line if isinstance(line, tuple) else (line, {})
            self.play(when, values)
        return self

    def refused(self, when: str, **values: Any) -> Refusal:
        """Play a line that must be refused, leaving everything as it was."""
        before = self.case
        try:
            self.play(when, values)
        except Refusal as refusal:
            assert self.case is before
            return refusal
        raise AssertionError(f"'{when}' was not refused")

    @property
    def at(self) -> tuple[str, ...]:
        """Where the case is."""
        assert self.case is not None
        return self.case.leaves

    @property
    def ended(self) -> str | None:
        """How the case ended."""
        assert self.case is not None
        return self.case.ended

    def work(self, step: str) -> Any:
        """The open task of a step."""
        assert self.case is not None
        return next(task for task in self.case.tasks if task.step == step and task.kind == "work")
