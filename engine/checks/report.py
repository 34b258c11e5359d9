"""Everything between a file and "may be published": read, compiled, checked and proved, with every problem at its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.checks import promised
from engine.checks.all import ON_WORDS, OVER_THE_GRAPH
from engine.checks.attributes import holders
from engine.checks.fragments import fragment_flaws
from engine.checks.given import Given
from engine.checks.places import Source, to_problem
from engine.checks.prover import Verdict, prove_all, unproved
from engine.checks.site import digests_of_processes, make_up_days, site_flaws
from engine.definition.compiled import Compiled, Site, Spot
from engine.definition.compiling import Flaw, compile_process, compile_site
from engine.definition.configurations import MOST, TooManyConfigurations
from engine.definition.model import LibraryFile
from engine.definition.problems import Problem
from engine.definition.reading import Reading, read_library, read_process, read_site

SITE_FILE = "_site.yaml"
LIBRARY_FILE = "_shared.yaml"
_UNHEARD = ("P309", "P330")
"""Ends of fragments and children that nobody hears: this alone is why a case gets stuck there, and it is told once."""
_UNSOUND = ("P301", "P302", "P304", "P306", "P307", "P335.next", "P322", "P422.twice")
"""With one of these the graph is not the one that was meant, and nothing is said about it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of checking a file. `process` is there as soon as the file can be read; it may be run when `ok`."""

    problems: tuple[Problem, ...]
    process: Compiled | None = None
    verdicts: tuple[Verdict, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing stands against publishing; warnings do not."""
        return not any(problem.level == "error" for problem in self.problems)

    def problems_as_json(self, language: str = "en") -> list[dict[str, Any]]:
        """`[{file, line, column, level, code, message, hint}]`."""
        return [problem_as_json(problem, language) for problem in self.problems]

    def rules_as_json(self) -> list[dict[str, Any]]:
        """`[{rule, verdict, path}]`, in the order of the file."""
        return [{"rule": v.rule.text, "verdict": v.verdict, "path": list(v.path)} for v in self.verdicts]


def problem_as_json(problem: Problem, language: str = "en") -> dict[str, Any]:
    """One problem as other programs read it."""
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "level": problem.level,
        "code": problem.code,
        "message": problem.message.say(language),
        "hint": problem.hint.say(language),
    }


@dataclass(frozen=True, slots=True)
class House:
    """The site and the shared library as processes refer to them, read once for many checks."""

    site: Site | None
    library: LibraryFile | None
    library_source: Source | None
    problems: tuple[Problem, ...] = ()


def read_house(site_text: str | bytes, library_text: str | bytes = "") -> House:
    """Site and library ready for checks; without a readable site no process can be checked."""
    site_reading = read_site(site_text, SITE_FILE)
    if site_reading.model is None:
        return House(None, None, None, site_reading.problems)
    site, flaws = compile_site(site_reading.model)
    sources = {"process": Source.of(site_reading.tree, site_text)} if site_reading.tree else {}
    wrong = tuple(to_problem(flaw, sources) for flaw in flaws)
    if not library_text:
        return House(site, None, None, wrong)
    library = read_library(library_text, LIBRARY_FILE, site.languages)
    source = Source.of(library.tree, library_text) if library.tree else None
    wrong += tuple(problem for problem in library.problems if problem.level == "error")
    return House(site, library.model, source, wrong)


def check_process(
    text: str | bytes,
    file: str,
    site_text: str | bytes,
    library_text: str | bytes = "",
    others: Mapping[str, Compiled] | None = None,
) -> Report:
    """The report on a process. `others` are the newest versions of the processes it may run or start."""
    return check_in_house(text, file, read_house(site_text, library_text), others or {})


def check_in_house(text: str | bytes, file: str, house: House, others: Mapping[str, Compiled]) -> Report:
    """The report on a process whose site and library were read before."""
    if house.site is None:
        return Report(house.problems)
    reading = read_process(text, file, house.site.languages)
    if reading.model is None or reading.tree is None:
        return Report(_in_order([*house.problems, *reading.problems]))
    process, flaws = compile_process(reading.model, house.site, house.library, checksum_of(text))
    given = Given(process, house.library, others)
    verdicts, flaws = _all_checks(given, flaws)
    sources = {"process": Source.of(reading.tree, text)}
    if house.library_source:
        sources["library"] = house.library_source
    problems = [to_problem(flaw, sources) for flaw in flaws]
    return Report(_in_order([*house.problems, *reading.problems, *problems]), process, verdicts)


def _all_checks(given: Given, compiling: Sequence[Flaw]) -> tuple[tuple[Verdict, ...], list[Flaw]]:
    found = [*compiling, *(flaw for check in ON_WORDS for flaw in check(given))]
    if any(flaw.key.startswith(_UNSOUND) for flaw in found):
        return (), found
    try:
        unheard = any(flaw.key.startswith(_UNHEARD) for flaw in found)
        over_the_graph = [flaw for check in OVER_THE_GRAPH for flaw in check(given)]
        found += [flaw for flaw in over_the_graph if not (unheard and flaw.key.startswith("P321"))]
        verdicts = prove_all(given.process, given.graph)
    except TooManyConfigurations:
        found.append(Flaw("P324.too_many", Spot("process", ("steps",)), {"most": MOST}))
        verdicts = unproved(given.process)
    return verdicts, [*found, *promised.broken_rules(verdicts)]


def check_site(
    text: str | bytes,
    file: str = SITE_FILE,
    years: Sequence[int] = (),
    processes: Mapping[str, Compiled] | None = None,
) -> Report:
    """The report on a site file: its calendars (in these years), record types, operations and digests (of these processes,
    if there are any yet)."""
    reading = read_site(text, file)
    if reading.model is None or reading.tree is None:
        return Report(reading.problems)
    site, flaws = compile_site(reading.model)
    found = [*flaws, *site_flaws(reading.model), *make_up_days(site, years)]
    found += [*digests_of_processes(site, processes), *holders(site, processes)] if processes else ()
    return _simple_report(reading, found, {"process": Source.of(reading.tree, text)})


def check_library(text: str | bytes, site_text: str | bytes, file: str = LIBRARY_FILE) -> Report:
    """The report on a library: each fragment as if a process used it and did nothing else."""
    site_reading = read_site(site_text, SITE_FILE)
    if site_reading.model is None:
        return Report(site_reading.problems)
    site, _ = compile_site(site_reading.model)
    reading = read_library(text, file, site.languages)
    if reading.model is None or reading.tree is None:
        return Report(reading.problems)
    return _simple_report(reading, fragment_flaws(reading.model, site), {"library": Source.of(reading.tree, text)})


def _simple_report(reading: Reading[Any], flaws: Iterable[Flaw], sources: Mapping[str, Source]) -> Report:
    return Report(_in_order([*reading.problems, *(to_problem(flaw, sources) for flaw in flaws)]))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.code)))


def checksum_of(text: str | bytes) -> str:
    """What tells two texts of a version apart."""
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()
