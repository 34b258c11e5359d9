"""What is wrong in one condition or formula: a key of the catalogue, a column in its text, and the words to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal, TypeAlias

from engine.definition.problems import Place, Problem, problem
from engine.definition.texts import Text

What: TypeAlias = Literal["condition", "formula"]

_SHOWN = 70  # a longer condition is cut in messages: the column says the rest
_MOST_LISTED = 12
_IN_CHINESE: dict[What, str] = {"condition": "条件", "formula": "公式"}


class ExpressionProblem(Exception):
    """Raised by `parse`, listed by `check`. `column` counts from 1 within the text of the expression."""

    def __init__(self, key: str, column: int, **names: str) -> None:
        super().__init__(key, column)
        self.key = key
        self.column = column
        self.names = names

    def about(self, text: str, what: What) -> ExpressionProblem:
        """The same problem, naming the condition or formula it was found in."""
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        self.names = {**self.names, "condition": shown, "what": what, "what_zh": _IN_CHINESE[what]}
        return self

    def at(self, start: Place) -> Problem:
        """The problem to show, when the text of the expression begins at `start` and stands on one line."""
        return problem(self.key, start._replace(column=start.column + self.column - 1), **self.names)

    def __repr__(self) -> str:
        return f"ExpressionProblem({self.key!r}, {self.column}, {self.names!r})"


def similar(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    close = get_close_matches(name.lower(), sorted(set(known)), n=1, cutoff=0.6)
    return close[0] if close else None


NOT_ALIKE = Text(
    "'earlier' needs  alike: {by: [[sn, cause_code]], within: 180 days}  in the process",
    "使用 earlier 需要在流程中写  alike: {by: [[sn, cause_code]], within: 180 days}",
)


def meant(name: str, known: Iterable[str]) -> Text:
    """The hint for an unknown name: the one that was probably meant, else those that may be written."""
    names = list(dict.fromkeys(known))
    if name == "earlier" and name not in names:
        return NOT_ALIKE
    close = similar(name, names)
    if close:
        return Text(f"did you mean '{close}'?", f"是否想写“{close}”？")
    if not names:
        return Text("none is declared here", "此处尚未定义")
    shown, more = names[:_MOST_LISTED], len(names) > _MOST_LISTED
    return Text(
        "possible: " + ", ".join(shown) + (", …" if more else ""), "可用：" + "、".join(shown) + ("…" if more else "")
    )
