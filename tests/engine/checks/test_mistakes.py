"""Every mistake is told with its code, at its line and column, in English and Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import engine
from engine.definition.messages import (
    alike,
    choosing,
    graph,
    mail,
    migrate,
    rules,
    stages,
    tables,
    time_rows,
    units,
    vocabulary,
)
from engine.definition.problems import catalogue
from tests.engine.checks import mistakes
from tests.engine.checks.a_loan import FILES, Mistake, checked

ALL = [
    *mistakes.GRAPH,
    *mistakes.OTHERS,
    *mistakes.CONDITIONS,
    *mistakes.VOCABULARY,
    *mistakes.TABLES,
    *mistakes.TIME,
    *mistakes.MAIL,
    *mistakes.RULES,
]
_OWN_TESTS = {
    "P313.missing",
    "P334.end",
    "P334.field",
    "P335.end",
    "P335.next",
    "P335.outcomes",
    "P335.table",
    "P322.nested",
    "P324.too_many",
    "P425.mixed",
    "P432.mail",
    "P443.default",
    "P444.free_text",
    "P448.key",
    "P461.taken",
    "P462.site",
    "P462.word",
    "P471.at",
    "P471.mine",
    "P471.nothing",
    "P471.process",
    "P471.step",
    "P471.steps",
    "P471.used",
    "P473.attribute",
    "P473.nothing",
    "P504.gone",
}
"""Told of by tests of their own, because more than one place changes, or another file."""


@pytest.mark.parametrize("mistake", ALL, ids=[mistake.key for mistake in ALL])
def test_a_mistake_is_told_at_its_place_in_both_languages(mistake: Mistake) -> None:
    files, (line, column) = mistake.texts()

    found = {(p.code, p.place.file, p.place.line, p.place.column, p.level): p for p in checked(files).problems}

    told = found.get((mistake.key.partition(".")[0], mistake.file, line, column, mistake.level))
    assert told is not None, f"expected {mistake.key} at {line}:{column}, found {[p.line() for p in found.values()]}"
    assert re.fullmatch(_shape(catalogue()[mistake.key].en), told.message.en), told.message.en
    assert re.fullmatch(_shape(catalogue()[mistake.key].zh), told.message.zh), told.message.zh
    assert any("一" <= character <= "鿿" for character in told.message.zh)
    assert told.message.en != told.message.zh
    assert bool(told.hint.en) == bool(told.hint.zh)
    assert "{" not in re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{(?:year|seq|yr)\}|\{[a-z_]+:.*", "", told.message.en)


def _shape(sentence: str) -> str:
    """A sentence of the catalogue as a pattern: anything may stand where a name is filled in."""
    filled = re.sub(r"(?<!\{)\{[a-z_]+\}(?!\})", "\0", sentence).format()
    return re.escape(filled).replace("\0", ".+").replace("\\.+", ".+")


def test_the_loan_itself_is_without_any_problem() -> None:
    report = checked(FILES)

    assert report.problems == ()
    assert report.ok
    assert [verdict.verdict for verdict in report.verdicts] == ["proved", "kept"]


def test_every_sentence_on_processes_is_told_for_some_mistake() -> None:
    told = {mistake.key for mistake in ALL} | _OWN_TESTS
    modules = (alike, choosing, graph, mail, migrate, rules, stages, tables, time_rows, units, vocabulary)
    sentences = {key for module in modules for key in module.SENTENCES}

    assert sentences - told == set()


def test_every_key_that_is_used_has_a_sentence_and_every_sentence_is_used() -> None:
    used = set()
    built = set()
    for path in Path(engine.__file__).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        if path.parent.name == "messages":
            continue
        used |= set(re.findall(r"""["'](P\d{3}(?:\.[a-z0-9_]+)?)["']""", text))
        built |= set(re.findall(r'f"(P\d{3})\.\{', text))
    sentences = set(catalogue())

    groups = {key for key in used if key not in sentences}
    assert {key for key in groups if not any(known.startswith(key) for known in sentences)} == set()
    assert {key for key in sentences - used if key.partition(".")[0] not in built} == set()
