"""From the text of a process, library or site file to its typed model, or to every problem with its place and cure.

It reads the grammar only; whether names exist, paths end and rules hold is asked by `engine.checks`.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from pydantic import ValidationError

from engine.definition.model import LibraryFile, ProcessFile, SiteFile
from engine.definition.model.basics import Part
from engine.definition.model.site import RecordDef
from engine.definition.parts import NAMES, all_parts, homes_of, keys_of, parts_of, where
from engine.definition.problems import Problem, problem
from engine.definition.texts import LANGUAGES, Text
from engine.definition.value_mistakes import Findings, id_problem, value_problems
from engine.definition.yaml_text import read_tree
from engine.definition.yaml_tree import Block, Path, Scalar, Tree

File = TypeVar("File", bound=Part)
MAX_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Reading(Generic[File]):
    """What came of reading a file. `model` is there when no problem is an error; `tree` knows the place of everything."""

    model: File | None
    problems: tuple[Problem, ...]
    tree: Tree | None


def read_process(text: str | bytes, file: str, languages: Sequence[str] = LANGUAGES) -> Reading[ProcessFile]:
    """A process file. `languages` is the site's order of the two halves of `English | 中文`."""
    return _read(ProcessFile, text, file, tuple(languages))


def read_library(text: str | bytes, file: str, languages: Sequence[str] = LANGUAGES) -> Reading[LibraryFile]:
    """`_shared.yaml`: ladders and fragments."""
    return _read(LibraryFile, text, file, tuple(languages))


def read_site(text: str | bytes, file: str) -> Reading[SiteFile]:
    """`_site.yaml`; the order of the languages is its own key `languages`."""
    return _read(SiteFile, text, file, None)


@lru_cache(maxsize=32)  # checking, publishing and compiling read the same text again; what came of it never changes
def _read(file_model: type[File], text: str | bytes, file: str, languages: tuple[str, ...] | None) -> Reading[File]:
    tree = read_tree(text, file)
    if not isinstance(tree, Tree):
        return Reading(None, tuple(tree), None)
    if not isinstance(tree.root, Block):
        return Reading(None, (problem("P205.file", tree.root.place),), tree)
    plain = tree.plain()
    own = plain.get("languages")
    order = languages or (own if isinstance(own, list) else LANGUAGES)
    read: File | None = None
    found = _structure(tree, file_model)
    try:
        read = file_model.model_validate(plain, context={"languages": order})
    except ValidationError as error:
        found.problems += value_problems(error, tree, found)
        if not found.problems:  # a refusal nobody explained must not look like an acceptance
            found.problems.append(problem("P206", tree.root.place, text=error.errors()[0]["type"]))
    problems = _in_order([*found.problems, *tree.warnings])
    sound = not any(each.level == "error" for each in problems)
    return Reading(read if sound else None, problems, tree)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    once = dict.fromkeys(problems)
    return tuple(sorted(once, key=lambda each: each.place))[:MAX_PROBLEMS]


# -- what the shape alone tells ---------------------------------------------------------------------------------------


def _structure(tree: Tree, file_model: type[Part]) -> Findings:
    """Unknown keys, and keys with nothing behind them: the models would refuse the first and overlook the second."""
    found = Findings(parts_of(tree, file_model))
    for path, part in found.parts.items():
        block = tree.at(path)
        for entry in block.entries if isinstance(block, Block) else ():
            here = (*path, entry.key)
            if entry.key not in keys_of(part):
                if part is RecordDef:  # its attributes are the site's own words
                    found.problems += id_problem(entry.key, entry.key_place)
                else:
                    _unknown_key(entry.key, path, tree, file_model, found)
            elif isinstance(entry.node, Scalar) and entry.node.plain and not entry.node.text:
                found.silenced.add(here)
                found.problems.append(problem("P206.empty", entry.key_place, key=entry.key))
    return found


def _unknown_key(key: str, path: Path, tree: Tree, file_model: type[Part], found: Findings) -> None:
    place = tree.key_place_of((*path, key))
    part = found.parts[path]
    near = difflib.get_close_matches(key, keys_of(part), n=1, cutoff=0.7)
    homes = homes_of(key, file_model)
    far = difflib.get_close_matches(key, _all_keys(file_model), n=1, cutoff=0.8)
    found.unknown.setdefault(path, set()).update(near)
    here = where(path, found.parts)
    if homes:
        found.problems.append(problem("P201.belongs", place, key=key, where=here, homes=_homes(homes)))
    elif near:
        found.problems.append(problem("P201.near", place, key=key, where=here, near=near[0]))
    elif far:
        found.problems.append(
            problem("P201.far", place, key=key, where=here, near=far[0], homes=_homes(homes_of(far[0], file_model)))
        )
    else:
        found.problems.append(problem("P201", place, key=key, where=here, keys=", ".join(keys_of(part))))


def _all_keys(file_model: type[Part]) -> list[str]:
    return list(dict.fromkeys(key for part in all_parts(file_model) for key in keys_of(part)))


def _homes(parts: Sequence[type[Part]]) -> Text:
    names = [NAMES[part] for part in parts]
    return Text(", ".join(name.en for name in names), "、".join(name.zh for name in names))
