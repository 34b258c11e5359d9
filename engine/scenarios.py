"""Plays given/when/then against `decide` with virtual time: what publishing asks, and what `try` shows line by line.

Nothing else knows how to simulate. A role's name is one test person of that role, `technician_2` is a second one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.definition.compiled import Compiled, Move
from engine.definition.model.process import Scenario
from engine.definition.texts import Text
from engine.refusals import Refusal
from engine.rehearsal import NotReadable, Rehearsal, Seen


@dataclass(frozen=True, slots=True)
class LineResult:
    """One line played: what the case looks like after it, and `failure` when something was not as told."""

    when: str
    at: dt.datetime
    leaves: tuple[str, ...]
    milestone: str | None
    ended: str | None
    tasks: tuple[Mapping[str, Any], ...]
    seen: Seen
    refusal: tuple[str, ...] = ()
    failure: Text | None = None
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario played to its end or to its first failure."""

    name: str
    lines: tuple[LineResult, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as told."""
        return all(line.failure is None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Played:
    """All scenarios of a process, and which of its moves they used."""

    results: tuple[ScenarioResult, ...]
    used: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()

    @property
    def passed(self) -> bool:
        """Whether every scenario came out as told."""
        return all(result.passed for result in self.results)

    @property
    def coverage(self) -> float:
        """The share of moves that some scenario used, 0 to 1."""
        return len(self.used & self.all) / len(self.all) if self.all else 1.0

    @property
    def unused(self) -> tuple[str, ...]:
        """Moves that no scenario used."""
        return tuple(sorted(self.all - self.used))


def play_all(process: Compiled) -> Played:
    """Every scenario of a process."""
    used: set[str] = set()
    results: list[ScenarioResult] = []
    for scenario in process.file.scenarios:
        result, moves = play(process, scenario)
        results.append(result)
        used |= {unit_of(move) for move in moves}
    return Played(tuple(results), frozenset(used), frozenset(unit_of(move) for move in process.moves))


def unit_of(move: Move) -> str:
    """What counts as one move for coverage: a move that may start anywhere (cancel, reopen, anytime) counts once."""
    return (
        move.trigger if move.kind in ("cancel", "reopen", "anytime") or move.trigger.startswith("timer:#") else move.id
    )


def play(process: Compiled, scenario: Scenario) -> tuple[ScenarioResult, Sequence[Move]]:
    """One scenario, up to its first failure; and the moves it used."""
    try:
        rehearsal = Rehearsal(process, scenario.given)
    except (NotReadable, Refusal) as wrong:
        text = wrong.text
        broken = LineResult("given", _zero(), (), None, None, (), Seen(), failure=text, unreadable=True)
        return ScenarioResult(scenario.scenario, (broken,)), ()
    lines: list[LineResult] = []
    for step in scenario.steps:
        line = _play_line(rehearsal, step.when, step.with_, step.then)
        lines.append(line)
        if line.failure is not None:
            break
    return ScenarioResult(scenario.scenario, tuple(lines)), rehearsal.moves


def _zero() -> dt.datetime:
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _play_line(rehearsal: Rehearsal, when: str, values: Mapping[str, Any], then: Mapping[str, Any]) -> LineResult:
    refusal: Refusal | None = None
    failure: Text | None = None
    unreadable = False
    try:
        rehearsal.play(when, values)
    except Refusal as said:
        refusal = said
    except NotReadable as wrong:
        failure, unreadable = wrong.text, True
    if failure is None:
        failure = _compare(rehearsal, when, then, refusal)
    case = rehearsal.case
    return LineResult(
        when=when,
        at=rehearsal.now,
        leaves=case.leaves if case else (),
        milestone=case.milestone if case else None,
        ended=case.ended if case else None,
        tasks=rehearsal.open_tasks(),
        seen=rehearsal.seen,
        refusal=_codes(refusal),
        failure=failure,
        unreadable=unreadable,
    )


def _codes(refusal: Refusal | None) -> tuple[str, ...]:
    return refusal.codes if refusal else ()


def _compare(rehearsal: Rehearsal, when: str, then: Mapping[str, Any], refusal: Refusal | None) -> Text | None:
    """The first expectation that is not met, in words."""
    if refusal is not None and "refused" not in then:
        return _say(
            rehearsal, when, Text(f"it was refused: {refusal.text.en}", f"操作被拒绝：{refusal.text.say('zh-Hans')}")
        )
    for word, wanted in then.items():
        positive, negated = (word[4:], True) if word.startswith("not_") else (word, False)
        expectation = _EXPECTATIONS.get(positive)
        if expectation is None:
            known = ", ".join(_EXPECTATIONS)
            return Text(
                f"'{word}' is not a word for 'then'; use {known}", f"“{word}”不是 then 中可用的词，可用：{known}"
            )
        actual = expectation(rehearsal, refusal)
        for one in wanted if isinstance(wanted, list | tuple) else [wanted]:
            if _is_met(positive, one, actual) is negated:
                shown = _shown(actual)
                en = f"expected {'not ' if negated else ''}{positive} {_shown(one)}, but {positive} is {shown}"
                zh = f"期望{'不' if negated else ''} {positive} {_shown(one)}，实际为 {shown}"
                return _say(rehearsal, when, Text(en, zh))
    return None


def _say(rehearsal: Rehearsal, when: str, what: Text) -> Text:
    local = rehearsal.local_now
    return Text(
        f"after '{when}' on {local:%a %m-%d %H:%M}: {what.en}", f"在“{when}”（{local:%m-%d %H:%M}）之后：{what.zh}"
    )


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(_shown(one) for one in sorted(value, key=str)) + "]"
    return "-" if value is None else str(value)


def _is_met(word: str, wanted: Any, actual: Any) -> bool:
    if word == "fields":
        return isinstance(wanted, Mapping) and all(_same(value, actual.get(name)) for name, value in wanted.items())
    if isinstance(actual, list | tuple) and isinstance(wanted, Mapping):  # how often: {started: {factory_return: 3}}
        return all(actual.count(str(name)) == times for name, times in wanted.items())
    if isinstance(actual, list | tuple | set | frozenset):
        return str(wanted) in {str(one) for one in actual}
    return _same(wanted, actual)


def _same(wanted: Any, actual: Any, *, begins: bool = True) -> bool:
    """Of a text, such as a moment, its beginning is enough, but not in the cells of a table."""
    flags = {"yes": True, "no": False, "true": True, "false": False}
    if isinstance(actual, bool):
        return flags.get(str(wanted).lower()) is actual
    if actual is None or wanted is None:
        return actual is wanted or str(wanted) in ("", "-")
    if isinstance(wanted, Mapping) and isinstance(actual, Mapping):
        return wanted.keys() == actual.keys() and all(_same(wanted[key], actual[key], begins=False) for key in wanted)
    if isinstance(wanted, list | tuple) and isinstance(actual, list | tuple):
        return len(wanted) == len(actual) and all(
            _same(*pair, begins=False) for pair in zip(wanted, actual, strict=True)
        )
    try:
        return float(wanted) == float(actual)
    except (TypeError, ValueError):
        return str(wanted) == str(actual) or (begins and isinstance(actual, str) and actual.startswith(str(wanted)))


def _at(rehearsal: Rehearsal, _: Refusal | None) -> set[str]:
    return rehearsal.places()


_EXPECTATIONS: dict[str, Any] = {
    "at": _at,
    "milestone": lambda r, _: r.case.milestone if r.case else None,
    "ended": lambda r, _: r.case.ended if r.case else None,
    "task_for": lambda r, _: r.seen.tasks_for,
    "reminded": lambda r, _: r.seen.reminded,
    "mailed": lambda r, _: r.seen.mailed,
    "drafted": lambda r, _: r.seen.drafted,
    "withdrawn": lambda r, _: r.seen.withdrawn,
    "sent": lambda r, _: r.seen.sent,
    "told": lambda r, _: r.seen.told,
    "started": lambda r, _: r.seen.started,
    "called": lambda r, _: r.seen.called,
    "emitted": lambda r, _: r.seen.emitted,
    "fields": lambda r, _: r.fields(),
    "clock": lambda r, _: "paused" if r.case and r.case.paused else "running",
    "refused": lambda _, refusal: _codes(refusal),
}
"""What may stand under `then`, and how it is looked up after a line."""


def words() -> tuple[str, ...]:
    """Every word that may stand under `then`."""
    return (*_EXPECTATIONS, *(f"not_{word}" for word in _EXPECTATIONS))


@dataclass(frozen=True, slots=True)
class Failure:
    """A scenario that did not come out as told: which, which line (-1: `given`), and why."""

    scenario: int
    line: int
    why: Text
    unreadable: bool = field(default=False)


def failures(played: Played) -> list[Failure]:
    """Every failed line of every scenario, by position in the file."""
    found: list[Failure] = []
    for n, result in enumerate(played.results):
        for m, line in enumerate(result.lines):
            if line.failure is not None:
                found.append(Failure(n, -1 if line.when == "given" else m, line.failure, line.unreadable))
    return found
