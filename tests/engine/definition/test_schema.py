"""The editors' schema accepts what the language accepts, explains every key, and the files keep their layout."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator, meta
from ruamel.yaml import YAML

from engine.definition.key_help import help_for
from engine.definition.model import LibraryFile, ProcessFile, SiteFile
from engine.definition.parts import NAMES, all_parts, keys_of
from engine.definition.reading import read_library, read_process, read_site
from engine.definition.schema import Schema, library_schema, process_schema, site_schema
from engine.definition.yaml_text import read_tree
from engine.definition.yaml_tree import Tree

SAMPLES = Path(__file__).parent / "samples"
SHIPPED = Path(__file__).parents[3] / "processes"
FILES = sorted([*SAMPLES.glob("*.yaml"), *SHIPPED.glob("*.yaml")])
SCHEMAS: dict[str, Callable[[], Schema]] = {"_site.yaml": site_schema, "_shared.yaml": library_schema}


@cache
def validator(schema: Callable[[], Schema]) -> Draft202012Validator:
    return Draft202012Validator(schema())


def complaints(schema: Callable[[], Schema], text: str) -> list[str]:
    tree = read_tree(text, "x.yaml")
    assert isinstance(tree, Tree)
    written = json.loads(json.dumps(tree.plain()))
    return [f"{each.instance_path}: {each.message}" for each in validator(schema).iter_errors(written)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_valid_file_is_valid_for_an_editor(file: Path) -> None:
    schema = SCHEMAS.get(file.name, process_schema)
    assert complaints(schema, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_survives_an_edit_byte_for_byte(file: Path) -> None:
    yaml = YAML()
    yaml.width = 4096
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.BytesIO()
    yaml.dump(yaml.load(file.read_bytes()), written)
    assert written.getvalue() == file.read_bytes()


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.yaml")), ids=lambda file: file.name)
def test_a_sample_is_read_without_a_problem(file: Path) -> None:
    text = file.read_bytes()
    match file.name:
        case "_site.yaml":
            assert read_site(text, file.name).problems == ()
        case "_shared.yaml":
            assert read_library(text, file.name).problems == ()
        case _:
            assert read_process(text, file.name).problems == ()


@pytest.mark.parametrize("schema", [process_schema, library_schema, site_schema])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_schema_is_one(schema: Callable[[str], Schema], language: str) -> None:
    assert meta.is_valid(schema(language))


def test_every_key_is_explained_in_both_languages() -> None:
    parts = {part for file in (ProcessFile, LibraryFile, SiteFile) for part in all_parts(file)}
    assert parts == NAMES.keys()
    for part in parts:
        for key in keys_of(part):
            text = help_for(part, key)
            assert all((text.en, text.zh)), f"{part.__name__}.{key}"
    due = process_schema("zh-Hans")["$defs"]["Step"]["properties"]["due"]
    assert "期限" in due["description"]


WRONG = [
    ("label: Waiting | 等待归还\n", "lable: Waiting\n"),
    ("waiting_for: customer", "waiting_for: weather"),
    ("skip_form: true", "skip_form: yes"),
    ("end: success, ", ""),
    ("end: success", "end: success, run: loan"),
    ("otherwise: cancelled", "otherwise: cancelled\n            when: urgent"),
    ("version: 2", "version: two"),
    ("- draft_mail: notice", "- draft_mail: notice\n            note: x"),
]


@pytest.mark.parametrize(("old", "new"), WRONG)
def test_an_editor_underlines_what_the_language_refuses(old: str, new: str) -> None:
    text = (SAMPLES / "loan.yaml").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    assert read_process(text, "loan.yaml").model is None
    assert complaints(process_schema, text) != []


def test_an_editor_never_underlines_what_the_language_accepts() -> None:
    chance = random.Random(11)
    words = (SAMPLES / "loan.yaml").read_text(encoding="utf-8").split(" ")
    accepted = 0
    for _ in range(150):
        at, other = chance.randrange(len(words)), chance.randrange(len(words))
        damaged = " ".join([*words[:at], chance.choice((words[other], "7", "[a]", "'x'")), *words[at + 1 :]])
        if read_process(damaged, "loan.yaml").model is not None:
            accepted += 1
            assert complaints(process_schema, damaged) == []
    assert accepted > 10
