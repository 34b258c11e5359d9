"""The words of the language itself, which no field, step or choice can be called, and the refusals of them."""

from __future__ import annotations

from engine.definition.expressions.problem import ExpressionProblem

YES_NO_WORDS = {"yes": True, "true": True, "no": False, "false": False}
JOINING = frozenset({"and", "or", "not", "is", "in"})
NEVER_NAMES = JOINING | {"null", "on", "off", "if", "else"}
SOMETIMES_NAMES = frozenset({"join", "start", "case", "event", "owner", "starter", "assignee", "due", "entry"})
EMPTY_WORDS = frozenset({"empty", "blank", "nothing", "missing", "unset", "none"})


def refuse_reserved(path: str, column: int) -> None:
    """Raise for a word of the language, or one that YAML reads in its own way, in the place of a name or choice."""
    for name in path.split("."):
        if name == "null":
            raise ExpressionProblem("P402.null", column)
        if name in ("on", "off"):
            raise ExpressionProblem("P402.on_off", column, word=name, better="yes" if name == "on" else "no")
        if name in NEVER_NAMES or (name in YES_NO_WORDS and name != path):
            raise ExpressionProblem("P402.word", column, word=name)
        column += len(name) + 1
