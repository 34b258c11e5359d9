"""From a file to a version: checked, proved, its scenarios played, and stored; nothing that fails is published.

A version never changes. A file that says the same as the newest version, however it is formatted, makes no new one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.checks.places import Source, to_problem
from engine.checks.report import (
    House,
    Report,
    check_in_house,
    check_library,
    check_site,
    checksum_of,
    read_house,
)
from engine.definition.compiled import Compiled, Spot
from engine.definition.compiling import Flaw, compile_process
from engine.definition.problems import Problem
from engine.definition.reading import read_library, read_process, read_site
from engine.definition.texts import Text
from engine.definitions import Definitions, Versions
from engine.kept import PublishedVersion
from engine.refusals import Refusal
from engine.scenarios import Played, failures, play_all
from engine.store import Store, UnitOfWork

Kind = Literal["process", "library", "site"]
_VERSION = re.compile(r"^version:[ \t]*\d+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Review(Report):
    """Everything that was found out about a file: what checking it told, and the scenarios as they were played (only for a
    process without errors)."""

    kind: Kind = "process"
    played: Played | None = None


class NotPublishable(Refusal):
    """A file with errors; `review` says which and where."""

    def __init__(self, review: Review) -> None:
        errors = [problem for problem in review.problems if problem.level == "error"]
        first = errors[0]
        super().__init__(
            "not_publishable",
            Text(
                f"Not published, {len(errors)} to mend. First: {first.line('en')}",
                f"未发布，共有 {len(errors)} 处需要修改。第一处：{first.line('zh-Hans')}",
            ),
            concerns=first.place.file,
        )
        self.review = review


class Publishing:
    """Checks and publishes files against what is published already."""

    def __init__(self, store: Store, definitions: Definitions) -> None:
        self._store = store
        self._definitions = definitions

    def check(self, text: str | bytes, file: str) -> Review:
        """What is to be said about a file. Nothing is stored; no mistake in the file raises anything."""
        return self._store.read(lambda screens: self._review(screens, text, file))

    def publish(self, text: str, file: str, by: str | None, reason: str = "") -> PublishedVersion:
        """A new version, or the newest one when nothing has changed. Raises NotPublishable."""
        return self.publish_all([(file, text)], by, reason)[0]

    def publish_all(self, files: Sequence[tuple[str, str]], by: str | None, reason: str = "") -> list[PublishedVersion]:
        """Several files that belong together, in one transaction: all of them or none. The site first, then the library;
        processes may name each other. Raises NotPublishable for the first file with errors."""
        ordered = sorted(files, key=lambda named: ("site", "library", "process").index(kind_of(named[1])))

        def work(uow: UnitOfWork) -> list[PublishedVersion]:
            together = _Together(self._texts(uow), self._others(uow), dict(ordered))
            published = [self._publish_one(uow, text, file, together, by, reason) for file, text in ordered]
            self._definitions.forget_site()
            return published

        return self._store.write(work)

    def _review(self, versions: Versions, text: str | bytes, file: str) -> Review:
        decoded = text.decode("utf-8-sig", "replace") if isinstance(text, bytes) else text
        return _Together(self._texts(versions), self._others(versions), {file: decoded}).review(text, file)

    def _texts(self, versions: Versions) -> tuple[str, str]:
        """The newest site and library, "" where there is none yet."""
        site, library = (next(iter(versions.newest(kind)), None) for kind in ("site", "library"))
        return (site.text if site else "", library.text if library else "")

    def _others(self, versions: Versions) -> dict[str, Compiled]:
        if not versions.newest("site"):
            return {}
        return {process.id: process for process in self._definitions.newest(versions)}

    def _publish_one(
        self, uow: UnitOfWork, text: str, file: str, together: _Together, by: str | None, reason: str
    ) -> PublishedVersion:
        review = together.review(text, file)
        if not review.ok:
            raise NotPublishable(review)
        name = review.process.id if review.process else f"_{review.kind}"
        newest = uow.version(name)
        if newest is not None and newest.kind != review.kind:
            raise Refusal("conflict", Text(f"'{name}' is the name of a {newest.kind}.", f"“{name}”已被占用。"))
        if newest is not None and _says_the_same(newest.text, text, review.kind):
            return newest
        found = _VERSION.search(text)  # a site file has no version of its own
        written = int(found[0].rpartition(":")[2]) if found else 1
        number = max(written, newest.number + 1) if newest else written
        text = _VERSION.sub(f"version: {number}", text, count=1)
        version = PublishedVersion(name, number, text, checksum_of(text), uow.now, by, reason, review.kind)
        uow.publish(version)
        uow.audit("published", by, f"{name} {number}", {"reason": reason, "checksum": version.checksum})
        return version


def review_files(files: Mapping[str, str], wanted: Mapping[str, str | bytes]) -> dict[str, Review]:
    """What is to be said about files that belong together, without a store: `files` are all of them (site, library and
    processes), `wanted` those that are asked about, as they were found."""
    together = _Together(("", ""), {}, files)
    return {name: together.review(content, name) for name, content in wanted.items()}


class _Together:
    """Files that are checked against each other and against what is published."""

    def __init__(self, published: tuple[str, str], others: Mapping[str, Compiled], files: Mapping[str, str]) -> None:
        kinds = {kind_of(text): text for text in files.values()}
        self._site = kinds.get("site", published[0])
        self._library = kinds.get("library", published[1])
        self._house: House = read_house(self._site, self._library)
        self._published = others
        self._others = {**others, **self._compiled(files)}

    def _compiled(self, files: Mapping[str, str]) -> dict[str, Compiled]:
        """The processes among the files, as far as they can be read, so that they may name each other."""
        site = self._house.site
        found: dict[str, Compiled] = {}
        for file, text in files.items():
            if kind_of(text) == "process" and site is not None:
                model = read_process(text, file, site.languages).model
                if model is not None:
                    found[model.process] = compile_process(model, site, self._house.library)[0]
        return found

    def review(self, text: str | bytes, file: str) -> Review:
        kind = kind_of(text if isinstance(text, str) else text.decode("utf-8-sig", "replace"))
        if kind == "site":
            return _plain(kind, check_site(text, file, processes=self._others))
        if kind == "library":
            return _plain(kind, check_library(text, self._site, file))
        report = check_in_house(text, file, self._house, self._others)
        if not report.ok or report.process is None:
            return Review(report.problems, report.process, report.verdicts, kind)
        played = play_all(report.process)
        gone = self._rules_that_are_gone(text, file, report.process)
        problems = [*report.problems, *gone, *_failed(text, file, report.process, played)]
        return Review(tuple(sorted(problems, key=lambda p: p.place)), report.process, report.verdicts, kind, played)

    def _rules_that_are_gone(self, text: str | bytes, file: str, process: Compiled) -> list[Problem]:
        """A warning for each rule of the newest version that the file no longer has: nobody drops a promise unseen."""
        newest, tree = self._published.get(process.id), read_process(text, file, process.site.languages).tree
        if newest is None or tree is None:
            return []
        kept = {rule.text for rule in process.rules}
        flaws = [
            Flaw("P504.gone", Spot("process", ("rules",)), {"rule": rule.text, "version": newest.version})
            for rule in newest.rules
            if rule.text not in kept
        ]
        return [to_problem(flaw, {"process": Source.of(tree, text)}) for flaw in flaws]


def _plain(kind: Kind, report: Report) -> Review:
    return Review(report.problems, kind=kind)


def _failed(text: str | bytes, file: str, process: Compiled, played: Played) -> list[Problem]:
    """A problem for each scenario that did not come out as told, at the line where it went wrong."""
    tree = read_process(text, file, process.site.languages).tree
    if tree is None:
        return []
    sources = {"process": Source.of(tree, text)}
    found: list[Problem] = []
    for failure in failures(played):
        scenario = played.results[failure.scenario].name
        at = ("given",) if failure.line < 0 else ("steps", failure.line, "then")
        spot = Spot("process", ("scenarios", failure.scenario, *at))
        key = "P602.unreadable" if failure.unreadable else "P601.failed"
        found.append(to_problem(Flaw(key, spot, {"scenario": scenario, "why": failure.why}), sources))
    return found


def kind_of(text: str) -> Kind:
    """What a file is, by its first key."""
    for line in text.splitlines():
        if line.startswith("site:"):
            return "site"
        if line.startswith("library:"):
            return "library"
        if line.startswith("process:"):
            return "process"
    return "process"


def _says_the_same(old: str, new: str, kind: Kind) -> bool:
    """Whether two texts mean the same, their version number and layout apart."""
    readers: Mapping[str, Any] = {"process": read_process, "library": read_library, "site": read_site}
    models = [readers[kind](_VERSION.sub("version: 1", text, count=1), "file").model for text in (old, new)]
    return models[0] is not None and bool(models[0] == models[1])
