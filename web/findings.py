"""What checking a process file found, ready to stand beside its lines. Reads the report; judges nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition.problems import Problem
from engine.definition.texts import Text
from web import current

TONES = {"error": "late", "warning": "soon"}


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
class Verdict:
    """A promise and whether it was proved; `path` is the way that would break it."""

    text: str
    verdict: str
    path: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found."""

    ok: bool
    found: tuple[Finding, ...]
    by_line: Mapping[int, tuple[Finding, ...]]
    rules: tuple[Verdict, ...]
    scenarios: tuple[tuple[str, bool], ...]
    coverage: str


def findings_of(report: Any) -> Findings:
    """A report of the checks as a page shows it."""
    found = tuple(sorted((_finding(p) for p in report.problems), key=lambda f: (f.line, f.column)))
    by_line: dict[int, tuple[Finding, ...]] = {}
    for one in found:
        by_line[one.line] = (*by_line.get(one.line, ()), one)
    return Findings(
        ok=bool(report.ok),
        found=found,
        by_line=by_line,
        rules=tuple(_verdict(r) for r in getattr(report, "rules", ())),
        scenarios=tuple(_scenario(s) for s in getattr(report, "scenarios", ())),
        coverage=_words(getattr(report, "coverage", "")),
    )


def _finding(problem: Problem) -> Finding:
    return Finding(
        line=problem.place.line,
        column=problem.place.column,
        level=problem.level,
        tone=TONES[problem.level],
        code=problem.code,
        text=_words(problem.message),
        hint=_words(problem.hint),
    )


def _verdict(rule: Any) -> Verdict:
    path = getattr(rule, "path", ()) or ()
    way = path if isinstance(path, str) else " → ".join(_words(p) for p in path)
    return Verdict(
        _words(getattr(rule, "text", "") or getattr(rule, "rule", "")), str(getattr(rule, "verdict", "")), way
    )


def _scenario(scenario: Any) -> tuple[str, bool]:
    name = getattr(scenario, "name", "") or getattr(scenario, "scenario", "")
    return _words(name), bool(getattr(scenario, "ok", getattr(scenario, "passed", True)))


def _words(value: Any) -> str:
    if isinstance(value, Text):
        return current.say_text(value)
    return "" if value is None else str(value)
