"""What checking a process file found, ready to stand beside its lines. Reads the review; judges nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.checks.prover import Verdict
from engine.definition.problems import Problem
from engine.publishing import Review
from engine.scenarios import ScenarioResult
from web import current

TONES = {"error": "late", "warning": "soon"}
VERDICT_TONES = {"proved": "good", "kept": "good", "violated": "late"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at its line; line 0 is the whole file."""

    line: int
    column: int
    level: str
    tone: str
    code: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """A promise and what was proved about it; `path` is the way that would break it."""

    text: str
    because: str
    verdict: str
    tone: str
    path: str


@dataclass(frozen=True, slots=True)
class ScenarioFinding:
    """A story and whether it came out as told; `why` says where it did not."""

    name: str
    passed: bool
    why: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found about a file. `coverage` is the share of moves that some scenario uses, in per cent."""

    ok: bool
    found: tuple[Finding, ...]
    by_line: Mapping[int, tuple[Finding, ...]]
    rules: tuple[RuleFinding, ...]
    scenarios: tuple[ScenarioFinding, ...]
    coverage: int | None


def findings_of(review: Review) -> Findings:
    """A review as a page shows it."""
    found = tuple(sorted((_finding(p) for p in review.problems), key=lambda f: (f.line, f.column)))
    by_line: dict[int, tuple[Finding, ...]] = {}
    for one in found:
        by_line[one.line] = (*by_line.get(one.line, ()), one)
    return Findings(
        ok=review.ok,
        found=found,
        by_line=by_line,
        rules=tuple(rule_finding(verdict) for verdict in review.verdicts),
        scenarios=tuple(_scenario(result) for result in review.played.results) if review.played else (),
        coverage=round(review.played.coverage * 100) if review.played else None,
    )


def rule_finding(verdict: Verdict) -> RuleFinding:
    """A verdict in words."""
    return RuleFinding(
        text=verdict.rule.text,
        because=current.say_text(verdict.rule.because),
        verdict=verdict.verdict,
        tone=VERDICT_TONES.get(verdict.verdict, "soon"),
        path=" → ".join(verdict.path),
    )


def _finding(problem: Problem) -> Finding:
    return Finding(
        line=problem.place.line,
        column=problem.place.column,
        level=problem.level,
        tone=TONES[problem.level],
        code=problem.code,
        text=current.say_text(problem.message),
        hint=current.say_text(problem.hint),
    )


def _scenario(result: ScenarioResult) -> ScenarioFinding:
    line = next((line for line in result.lines if line.failure is not None), None)
    why = f"{line.when}: {current.say_text(line.failure)}" if line and line.failure else ""
    return ScenarioFinding(result.name, result.passed, why)
