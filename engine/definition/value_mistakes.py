"""What is wrong with a value, in our own words: every complaint of the models becomes a problem at its place.

Nothing pydantic says may reach an author.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from engine.definition.model.acting import ACTION_WORDS
from engine.definition.model.basics import RESERVED
from engine.definition.model.steps import STEP_KINDS
from engine.definition.parts import NAMES, Parts, where
from engine.definition.problems import Place, Problem, problem
from engine.definition.yaml_tree import Block, Node, Path, Scalar, Series, Tree


@dataclass(slots=True)
class Findings:
    """What the shape of a file told already; the complaints about its values are judged in this light."""

    parts: Parts
    problems: list[Problem] = field(default_factory=list)
    silenced: set[Path] = field(default_factory=set)
    """Values already refused: whatever else is wrong with them would only be noise."""
    unknown: dict[Path, set[str]] = field(default_factory=dict)
    """Blocks with unknown keys, and the keys that were probably meant."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint of the models, resolved to the file: `path` exists there, `rest` does not."""

    kind: str
    path: Path
    rest: tuple[Any, ...]
    node: Node
    place: Place
    names: Mapping[str, Any]
    is_key: bool

    @property
    def text(self) -> str:
        """The refused value as it was written, cut to a readable length."""
        written = str(self.path[-1]) if self.is_key else self.node.text if isinstance(self.node, Scalar) else ""
        return written if len(written) <= 60 else written[:57] + "..."


def value_problems(error: ValidationError, tree: Tree, found: Findings) -> list[Problem]:
    """Every complaint as a problem; of a value that may have several shapes, only what is wrong with the shape it has."""
    problems: list[Problem] = []
    misfits: dict[Path, Complaint] = {}
    fitting: set[Path] = set()
    for details in error.errors(include_url=False, include_input=False):
        complaint = _complaint(details, tree)
        if any(complaint.path[: len(path)] == path for path in found.silenced):
            continue
        union = _other_branch(details["loc"], tree)
        if union is not None and union[1]:
            misfits.setdefault(union[0], complaint)
            continue
        if union is not None:
            fitting.add(union[0])
        problems += _explained(complaint, tree, found)
    for path in misfits.keys() - fitting:
        problems.append(problem("P205.either", tree.place_of(path), text=misfits[path].text))
    return problems


def id_problem(written: str, place: Place) -> list[Problem]:
    """What is wrong with an id, if anything."""
    if written in RESERVED:
        return [problem("P208", place, id=written)]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", written):
        return [_bad_id(written, place)]
    return [problem("P209", place, id=written[:20] + "...", limit=40)] if len(written) > 40 else []


# -- from a complaint to the file -------------------------------------------------------------------------------------


def _complaint(details: Any, tree: Tree) -> Complaint:
    loc = tuple(details["loc"])
    is_key = loc[-1:] == ("[key]",)
    if is_key:
        loc = loc[:-1]
    path, rest = _followed(loc, tree)
    node = tree.at(path) or tree.root
    place = tree.key_place_of(path) if is_key else tree.place_of(path)
    return Complaint(details["type"], path, rest, node, place, details.get("ctx", {}), is_key)


def _followed(loc: tuple[Any, ...], tree: Tree) -> tuple[Path, tuple[Any, ...]]:
    """The path in the file, jumping over what a shorthand leaves out and over the names of branches of a union."""
    path = tree.walk(loc)
    last = next(n for n in range(len(loc) + 1) if len(tree.walk(loc[:n])) == len(path))
    return path, loc[last:]


_BRANCHES = re.compile(r"(tuple|list|dict|function|constrained-str|str\b)")


def _other_branch(loc: tuple[Any, ...], tree: Tree) -> tuple[Path, bool] | None:
    """If the complaint comes from a branch of a union: the path of the value, and whether the value has another shape."""
    for n, part in enumerate(loc):
        shape = _shape_of_branch(part)
        if shape is None:
            continue
        path = tree.walk(loc[:n])
        node = tree.at(path)
        if isinstance(node, Block) and node.entry(part) is not None:
            continue
        return path, not isinstance(node, shape)
    return None


def _shape_of_branch(part: Any) -> type[Node] | None:
    if not isinstance(part, str):
        return None
    if part in _PART_NAMES or part.startswith("dict["):
        return Block
    if part.startswith(("tuple[", "list[")):
        return Series
    return Scalar if _BRANCHES.match(part) and not part.isidentifier() else None


_PART_NAMES = frozenset(part.__name__ for part in NAMES)


# -- from a complaint to a sentence -----------------------------------------------------------------------------------


def _explained(complaint: Complaint, tree: Tree, found: Findings) -> list[Problem]:
    match complaint.kind:
        case "missing":
            return _missing(str(complaint.rest[-1]), complaint, tree, found)
        case "missing_label":
            return _missing("label", complaint, tree, found)
        case "extra_forbidden":
            return []  # told by the shape already
        case "too_short" if _is_filled(complaint.node):
            return []  # it has rows, but all of them are wrong, and that is told
        case "one_kind":
            return _kinds(complaint, tree, found)
        case "one_action":
            return _actions(complaint, tree, found)
        case "bad_id":
            return [_bad_id(complaint.text, complaint.place)]
        case "long_id":
            return [problem("P209", complaint.place, id=complaint.text[:20] + "...", limit=40)]
        case _:
            explain = _SENTENCES.get(complaint.kind)
            return [explain(complaint) if explain else problem("P206", complaint.place, text=complaint.text)]


def _is_filled(node: Node) -> bool:
    return (isinstance(node, Series) and bool(node.items)) or (isinstance(node, Block) and bool(node.entries))


def _missing(key: str, complaint: Complaint, tree: Tree, found: Findings) -> list[Problem]:
    if key in found.unknown.get(complaint.path, ()):
        return []  # it is there, misspelt, and that has been said
    place = tree.key_place_of(complaint.path)
    return [problem("P202", place, key=key, where=where(complaint.path, found.parts))]


def _kinds(complaint: Complaint, tree: Tree, found: Findings) -> list[Problem]:
    here = where(complaint.path, found.parts)
    entries = complaint.node.entries if isinstance(complaint.node, Block) else ()
    written = [entry for entry in entries if entry.key in STEP_KINDS]
    if written:
        kinds = ", ".join(entry.key for entry in written)
        return [problem("P204", written[1].key_place, where=here, kinds=kinds)]
    if complaint.path in found.unknown:
        return []
    return [problem("P204.none", tree.key_place_of(complaint.path), where=here, kinds=", ".join(STEP_KINDS))]


def _actions(complaint: Complaint, tree: Tree, found: Findings) -> list[Problem]:
    here = where(complaint.path, found.parts)
    entries = complaint.node.entries if isinstance(complaint.node, Block) else ()
    written = [entry for entry in entries if entry.key in ACTION_WORDS]
    words = ", ".join(ACTION_WORDS)
    if len(written) > 1:
        both = ", ".join(entry.key for entry in written)
        return [problem("P211", written[1].key_place, where=here, written=both)]
    return [problem("P211.none", tree.key_place_of(complaint.path), where=here, words=words)]


def _bad_id(written: str, place: Place) -> Problem:
    better = re.sub(r"[^a-z0-9]+", "_", written.lower()).strip("_")
    if re.fullmatch(r"[a-z][a-z0-9_]{2,39}", better) and better not in RESERVED and "/" not in written:
        return problem("P207.near", place, id=written, near=better)
    return problem("P207", place, id=written)


def _not_a_flag(complaint: Complaint) -> Problem:
    if not isinstance(complaint.node, Scalar):
        return problem("P205.text", complaint.place)
    meant = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
    cure = meant.get(complaint.text.lower())
    if cure:
        return problem("P203.near", complaint.place, text=complaint.text, near=cure)
    return problem("P203", complaint.place, text=complaint.text)


def _not_a_choice(complaint: Complaint) -> Problem:
    if not isinstance(complaint.node, Scalar):
        return problem("P205.text", complaint.place)
    possible = re.findall(r"'([^']*)'", str(complaint.names.get("expected", "")))
    near = difflib.get_close_matches(complaint.text, possible, n=1, cutoff=0.6)
    names = {"text": complaint.text, "possible": ", ".join(possible)}
    if near:
        return problem("P206.near", complaint.place, near=near[0], **names)
    return problem("P206.choice", complaint.place, **names)


def _says(key: str) -> Callable[[Complaint], Problem]:
    return lambda complaint: problem(
        key, complaint.place, text=complaint.text, **{k: v for k, v in complaint.names.items() if k in _LIMITS}
    )


_LIMITS = frozenset({"ge", "le", "gt", "lt", "min_length", "max_length"})


def _says_or_text(key: str) -> Callable[[Complaint], Problem]:
    """A number or a date is wanted: a block or a list there is the wrong shape, not the wrong number."""
    return lambda c: _says(key)(c) if isinstance(c.node, Scalar) else problem("P205.text", c.place)


_SENTENCES: dict[str, Callable[[Complaint], Problem]] = {
    "reserved_id": lambda c: problem("P208", c.place, id=c.text),
    "bad_text": lambda c: problem("P213", c.place),
    "bad_row": lambda c: problem("P210", c.place),
    "one_rule": lambda c: problem("P212", c.place),
    "literal_error": _not_a_choice,
    "model_type": _says("P205.block"),
    "model_attributes_type": _says("P205.block"),
    "dict_type": _says("P205.block"),
    "mapping_type": _says("P205.block"),
    "tuple_type": _says("P205.list"),
    "list_type": _says("P205.list"),
    "string_type": _says("P205.text"),
    "string_too_short": _says("P206.blank"),
    "too_short": lambda c: _says("P206.blank" if isinstance(c.node, Scalar) else "P206.none")(c),
    "greater_than_equal": _says("P206.least"),
    "less_than_equal": _says("P206.most"),
} | {
    kind: explain
    for kinds, explain in {
        ("bool_type", "bool_parsing"): _not_a_flag,
        ("int_type", "int_parsing", "int_from_float", "int_parsing_size"): _says_or_text("P206.whole"),
        ("bad_bound",): _says_or_text("P206.number"),
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"): _says_or_text(
            "P206.date"
        ),
    }.items()
    for kind in kinds
}
