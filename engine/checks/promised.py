"""Whether rules hold on every way, KPIs can be counted, texts speak both languages, and migration leads somewhere (P410-P520)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.given import Given
from engine.checks.prover import Verdict
from engine.checks.values import plain_flaws
from engine.checks.written import texts, used_fragments
from engine.definition.compiled import Spot
from engine.definition.compiling import Flaw
from engine.definition.expressions.problem import meant
from engine.definition.model.basics import Part

_PER_WORDS = ("owner", "assignee", "role", "customer")


def broken_rules(verdicts: tuple[Verdict, ...]) -> Iterator[Flaw]:
    """A rule that some way breaks is refused with the shortest such way (P503)."""
    for verdict in verdicts:
        if verdict.verdict == "violated":
            names = {"rule": verdict.rule.text, "path": " → ".join(verdict.path)}
            yield Flaw("P503.broken", verdict.rule.spot, names)


def kpis(given: Given) -> Iterator[Flaw]:
    """A KPI is told apart by owner, assignee, role, customer, a choice, record or user field, or what a record says (P510)."""
    for kpi in given.process.kpis:
        per = kpi.definition.per
        if per is None or per in _PER_WORDS:
            continue
        path = tuple(per.split("."))
        kind = given.scope.type_of(path)
        told_apart = ("choice", "record", "user") if len(path) == 1 else ("choice", "record", "user", "text")
        if kind is None or kind.kind not in told_apart:
            fields = [n for n, field in given.process.fields.items() if field.type in ("choice", "record", "user")]
            spot = Spot("process", ("kpis", kpi.name, "per"))
            yield Flaw("P510.per", spot, {"per": per, "meant": meant(per, [*_PER_WORDS, *fields])})


def both_languages(given: Given) -> Iterator[Flaw]:
    """Every text is there in both languages; else the other one is shown (P410)."""
    yield from _missing(given, given.process.file, Spot("process", ()))
    for name, fragment in used_fragments(given).items():
        yield from _missing(given, fragment, Spot("library", ("fragments", name)))


def _missing(given: Given, part: Part, spot: Spot) -> Iterator[Flaw]:
    for text, path in texts(part):
        if "en" in given.site.languages and not text.en:
            yield Flaw("P410.english", Spot(spot.file, (*spot.path, *path)), {"text": _short(text.zh)})
        elif "zh-Hans" in given.site.languages and not text.zh:
            yield Flaw("P410.chinese", Spot(spot.file, (*spot.path, *path)), {"text": _short(text.en)})


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def migration(given: Given) -> Iterator[Flaw]:
    """Cases move from an older version to steps and fields of this one (P520)."""
    migrate = given.process.migrate
    if migrate is None:
        return
    spot = Spot("process", ("migrate",))
    if migrate.from_ >= given.process.version:
        yield Flaw("P520.version", Spot("process", ("migrate", "from")), {"from_": migrate.from_, "version": given.process.version})  # fmt: skip
    for old, new in migrate.steps.items():
        if new not in given.process.steps:
            here = Spot("process", (*spot.path, "steps", old))
            yield Flaw("P520.step", here, {"step": new, "meant": meant(new, given.scope.steps())})
    for name, value in migrate.set.items():
        here = Spot("process", (*spot.path, "set", name))
        kind = given.scope.type_of(tuple(name.split(".")))
        if kind is None:
            yield Flaw("P408.unknown", here, {"field": name, "meant": meant(name, given.process.fields)})
        elif not str(value).startswith("="):
            yield from plain_flaws(value, kind, here)
