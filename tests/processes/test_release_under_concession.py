"""What the page of the factory return tells a site that wants releases under concession is taken as it stands there, and proved."""

from __future__ import annotations

import re
from pathlib import Path

from engine.checks.report import check_process
from processes import SHARED, SITE, paths

PAGE = Path(__file__).parents[2] / "docs" / "processes" / "factory_return.md"
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in paths().items()}
RULE, WIDER = (
    f"never: shipping before {passed} since"
    for passed in ("final_test.passed", "final_test.passed or concession.signed")
)
STAGE = "report_failure, decide_unit]"
STORY = """
  - scenario: Released under concession
    given: {sn: {number: SN-1}, measure: repair, tested_unit: {number: SN-1}, test_kind: full, in_step: decide_unit, done_by: {reinspection: quality_engineer, repair: workshop}}
    steps:
      - {when: service_manager completes decide_unit.concession, with: {decision_reason: a scratch}, then: {at: concession}}
      - {when: service_manager completes concession.signed, then: {refused: concession_consent}}
      - {when: service_manager completes concession.signed, with: {concession_consent: [mail.pdf]}, then: {at: shipping}}
"""


def _with_the_lines_of_the_page() -> str:
    """The shipped file with the three pieces of the page where the page says they belong."""
    field, outcome, step = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    text = TEXTS["factory_return.yaml"] + STORY
    for old, new in (
        ("\nfields:\n", f"\nfields:\n{field}"),
        ("      repair_again:", f"{outcome}      repair_again:"),
        ("  # -- payment", f"{step}  # -- payment"),
        (STAGE, STAGE.replace("]", ", concession]")),
        (RULE, WIDER),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_site_that_adds_these_lines_may_release_under_concession() -> None:
    text = _with_the_lines_of_the_page()
    report = check_process(text.encode(), "factory_return.yaml", TEXTS[SITE].encode(), TEXTS[SHARED].encode())
    assert [(p.place.line, p.message.en) for p in report.problems if p.level == "error"] == []
    proved = {v.rule.text for v in report.verdicts if v.verdict == "proved"}
    assert any(rule.startswith(WIDER) for rule in proved)
