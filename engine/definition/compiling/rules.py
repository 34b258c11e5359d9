"""Rules and KPIs as written, made ready: which moments they speak of, and which form a rule has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from engine.definition.compiled import CompiledKpi, CompiledRule, LadderRow, Move, Spot, Step
from engine.definition.compiled_parts import deadline_passed
from engine.definition.compiling.flaws import Flaws
from engine.definition.compiling.names import under
from engine.definition.expressions.problem import meant
from engine.definition.model.process import Rule
from engine.definition.model.vocabulary import Kpi
from engine.definition.texts import Text

_ANY = r"\S+(?:\s+or\s+\S+)*"  # one moment or any of several
_SAME = re.compile(rf"(?P<a>{_ANY})\s+and\s+(?P<b>{_ANY})\s+by\s+the\s+same\s+person")
_BEFORE = re.compile(rf"(?P<a>\S+)\s+before\s+(?P<b>{_ANY})(?:\s+since\s+(?P<c>.+))?")
_AFTER = re.compile(rf"(?P<a>{_ANY})\s+after\s+(?P<b>\S+)(?:\s+unless\s+(?P<c>.+))?")
_WHEN = re.compile(rf"(?P<a>{_ANY})\s+when\s+(?P<guard>.+)", re.DOTALL)


class Moments:
    """What a name in a rule may stand for: steps, and outcomes or events of a step; in a KPI that counts also deadlines."""

    def __init__(
        self,
        steps: Mapping[str, Step],
        moves: list[Move],
        called: Mapping[str, tuple[str, ...]],
        ladder: Sequence[LadderRow] = (),
    ) -> None:
        self._steps = steps
        self._called = called
        self._ladder = ladder
        self._finished = {name for move in moves for name in move.finishes}
        self._finished |= {f"{step.name}.{event}" for step in steps.values() for event in step.events}

    def named(self, text: str) -> frozenset[str]:
        """The moments a text means; empty when there is none."""
        step, dot, rest = text.partition(".")
        names = self._called.get(step, ())
        if not dot:
            return frozenset(names)
        return frozenset(m for name in names if (m := f"{name}.{rest}") in self._finished)

    def overdue(self, text: str) -> frozenset[str]:
        """The deadlines that `overdue` (the case's) or `answer.overdue` means, as far as a timer rings at them."""
        if text == "overdue":
            return frozenset({deadline_passed("")} if any(row.is_at_due for row in self._ladder) else ())
        step, _, rest = text.partition(".")
        names = self._called.get(step, ()) if rest == "overdue" else ()
        return frozenset(deadline_passed(n) for n in names if any(row.is_at_due for row in self._steps[n].ladder))

    def like(self, text: str) -> Text:
        """A hint: what might have been meant."""
        step, dot, rest = text.partition(".")
        names = self._called.get(step)
        if dot and names:
            known = sorted(m.removeprefix(f"{names[0]}.") for m in self._finished if m.startswith(f"{names[0]}."))
            return meant(rest, known)
        return meant(step, sorted(self._called))


def compile_rule(written: Rule, spot: Spot, moments: Moments, flaws: Flaws) -> CompiledRule | None:
    """The rule, or None with flaws noted."""
    kind: Literal["never", "always"] = "never" if written.never is not None else "always"
    text = " ".join((written.never or written.always or "").split())
    here = under(spot, kind)
    because = written.because or Text()
    shown = f"{kind}: {text}"
    if kind == "always":
        found = _AFTER.fullmatch(text)
        return _ordered("always_after", found, shown, here, because, moments, flaws)
    if found := _SAME.fullmatch(text):
        a, b = (_people_of(found[x], here, moments, flaws) for x in "ab")
        return CompiledRule("same_person", shown, here, a, b, because=because) if a and b else None
    if (found := _WHEN.fullmatch(text)) and not _BEFORE.fullmatch(text):
        a = _any_of(found["a"], here, moments, flaws)
        guard = flaws.guard(found["guard"], here, found.start("guard"))
        return CompiledRule("never_when", shown, here, a, guard=guard, because=because) if a and guard else None
    if found := _BEFORE.fullmatch(text):
        return _ordered("never_before", found, shown, here, because, moments, flaws)
    found = _AFTER.fullmatch(text)
    if found and found["c"]:
        found = None
    return _ordered("never_after", found, shown, here, because, moments, flaws)


def _ordered(
    form: Literal["never_before", "never_after", "always_after"],
    found: re.Match[str] | None,
    shown: str,
    spot: Spot,
    because: Text,
    moments: Moments,
    flaws: Flaws,
) -> CompiledRule | None:
    if found is None:
        flaws.note("P501.form", spot, rule=shown)
        return None
    a, b = (_any_of(found[x], spot, moments, flaws) for x in "ab")
    named = [name.strip() for name in (found["c"] or "").split(",") if name.strip()]
    sets = [_moment(name, spot, moments, flaws) for name in named]
    if not a or not b or not all(sets):
        return None
    return CompiledRule(form, shown, spot, a, b, frozenset().union(*sets), because=because)


def _moment(text: str, spot: Spot, moments: Moments, flaws: Flaws) -> frozenset[str]:
    found = moments.named(text)
    if not found:
        flaws.note("P502.unknown", spot, moment=text, meant=moments.like(text))
    return found


def _any_of(text: str, spot: Spot, moments: Moments, flaws: Flaws) -> frozenset[str]:
    """`answer.sent or answer.by_letter`: all must be known; any of them counts."""
    found = [_moment(name, spot, moments, flaws) for name in re.split(r"\s+or\s+", text)]
    return frozenset().union(*found) if all(found) else frozenset()


def _people_of(text: str, spot: Spot, moments: Moments, flaws: Flaws) -> frozenset[str]:
    """As `_any_of`, for moments that somebody did; who started the case is one of them."""
    named = [name for name in re.split(r"\s+or\s+", text) if name != "start"]
    found = _any_of(" or ".join(named), spot, moments, flaws) if named else frozenset()
    return found | ({"start"} if "start" in text.split() else set()) if found or not named else frozenset()


def compile_kpi(name: str, written: Kpi, moments: Moments, flaws: Flaws) -> CompiledKpi | None:
    """The KPI, or None with flaws noted."""
    spot = Spot("process", ("kpis", name))
    if _kinds(written) != 1 or (written.from_ is None) != (written.to is None):
        flaws.note("P510.form", spot, kpi=name)
        return None
    if written.share is not None:
        guard = flaws.guard(written.share, under(spot, "share"))
        of = flaws.guard(written.of, under(spot, "of")) if written.of is not None else None
        share = _percent(written.target, under(spot, "target"), flaws)
        return CompiledKpi(name, written, share=guard, of=of, target_share=share) if guard else None
    if written.of is not None:
        flaws.note("P510.of", under(spot, "of"), kpi=name)
    if written.count is not None:
        if written.target is not None:
            flaws.note("P510.count", under(spot, "target"), kpi=name)
        counted = _kpi_moment(written.count, under(spot, "count"), moments, flaws, counts=True)
        return CompiledKpi(name, written, to=counted) if counted else None
    from_, to = (_kpi_moment(text or "", under(spot, key), moments, flaws) for key, text in _ends(written))
    target = flaws.duration(written.target, under(spot, "target")) if written.target else None
    return CompiledKpi(name, written, from_, to, target=target) if from_ and to else None


def _kinds(written: Kpi) -> int:
    """How many kinds of figure this would be at once."""
    return sum(said is not None for said in (written.from_ or written.to, written.share, written.count))


def _ends(written: Kpi) -> tuple[tuple[str, str | None], tuple[str, str | None]]:
    return ("from", written.from_), ("to", written.to)


def _kpi_moment(text: str, spot: Spot, moments: Moments, flaws: Flaws, *, counts: bool = False) -> frozenset[str]:
    """`start`, `assessment.accepted`, or any of several: `answer.sent or answer.by_letter`; of what counts also `overdue`."""
    found: set[str] = set()
    for name in re.split(r"\s+or\s+", text.strip()):
        named = frozenset({"start"}) if name == "start" else moments.named(name)
        if not named and counts:
            named = moments.overdue(name)
        if not named and counts and name.rpartition(".")[2] == "overdue":
            flaws.note("P510.overdue", spot, moment=name)
            return frozenset()
        if not named:
            flaws.note("P510.moment", spot, moment=name, meant=moments.like(name))
            return frozenset()
        found |= named
    return frozenset(found)


def _percent(text: str | None, spot: Spot, flaws: Flaws) -> float | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*%", text.strip())
    if not found or float(found[1]) > 100:
        flaws.note("P510.share", spot, text=text)
        return None
    return float(found[1]) / 100
