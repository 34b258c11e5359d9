"""Where a reader stands in an expression: the token at hand, what must close, and how much there may be of it."""

from __future__ import annotations

from typing import TypeVar

from engine.definition.expressions.problem import ExpressionProblem
from engine.definition.expressions.tokens import Token
from engine.definition.expressions.tree import Expression
from engine.definition.expressions.words import JOINING

MOST_NODES = 100
DEEPEST = 20

_Node = TypeVar("_Node", bound=Expression)


class Cursor:
    """Goes through tokens once, from left to right. What is too long, too deep or left over is refused here."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.at = 0
        self.nodes = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        """The token at hand; at the end it is of the kind `end`."""
        return self.tokens[self.at]

    def take(self) -> Token:
        """The token at hand, and one on."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def accept(self, text: str) -> bool:
        """One on if this very word or sign is at hand."""
        if self.token.text != text:  # a text token keeps its quotes, so it is never taken for a word or a sign
            return False
        self.at += 1
        return True

    def close(self, closing: str, opening: Token) -> None:
        """The bracket that `opening` waits for."""
        if self.accept(closing):
            return
        if self.token.kind == "end":
            raise ExpressionProblem("P401.open_bracket", opening.column, opening=opening.text, closing=closing)
        raise self.left_over()

    def deeper(self, column: int) -> None:
        """One level further in; whoever calls it comes out again by `depth`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionProblem("P401.deep", column, most=str(DEEPEST))

    def made(self, node: _Node) -> _Node:
        """One more node of the tree."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise ExpressionProblem("P401.nodes", node.column, most=str(MOST_NODES))
        return node

    def left_over(self) -> ExpressionProblem:
        """What is to be said of a token that nothing here asks for."""
        token = self.token
        if token.kind == "path" and token.text not in JOINING and token.text.lower() in JOINING:
            return ExpressionProblem("P402.capitals", token.column, word=token.text, better=token.text.lower())
        if token.text in (")", "]"):
            return ExpressionProblem("P401.closing", token.column, closing=token.text)
        if token.text == "[":
            return ExpressionProblem("P401.index", token.column)
        if token.text == "/":
            return ExpressionProblem("P401.arithmetic", token.column, sign="/")
        return ExpressionProblem("P401.left_over", token.column, found=token.text)
