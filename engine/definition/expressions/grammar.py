"""Reads a condition or formula into its tree, in linear time and within fixed limits; every refusal is a sentence of ours.

It knows the grammar alone: which fields, choices and steps there are is the type check's business.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast

from engine.definition.expressions.cursor import Cursor
from engine.definition.expressions.functions import FUNCTIONS, KNOWN, TABLE_FUNCTIONS
from engine.definition.expressions.problem import ExpressionProblem, What
from engine.definition.expressions.tokens import Token, tokens
from engine.definition.expressions.tree import (
    And,
    Call,
    Compare,
    Day,
    Expression,
    In,
    Is,
    IsSet,
    Item,
    Known,
    Not,
    Number,
    OfTable,
    Or,
    Path,
    PlusMinus,
    Quoted,
    Sign,
    StepName,
    Sum,
    Word,
    YesNo,
)
from engine.definition.expressions.words import JOINING, YES_NO_WORDS, refuse_reserved

MOST_CHARACTERS = 400

COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def parse(text: str, what: What = "condition") -> Expression:
    """The tree of a condition (or of a formula without its `=`). Raises ExpressionProblem, and nothing else."""
    try:
        if len(text) > MOST_CHARACTERS:
            raise ExpressionProblem("P401.long", MOST_CHARACTERS + 1, most=str(MOST_CHARACTERS), length=str(len(text)))
        if not text.strip():
            raise ExpressionProblem("P401.empty", 1)
        return _Reader(tokens(text)).whole()
    except ExpressionProblem as wrong:
        raise wrong.about(text, what) from None


def parse_value(text: str) -> Expression | None:
    """The tree of a value that begins with `=`; None when it does not and so is plain text. Columns count the `=`."""
    if not text.startswith("="):
        return None
    try:
        return parse(" " + text[1:], "formula")
    except ExpressionProblem as wrong:
        raise wrong.about(text, "formula") from None


_A_VALUE = {"expected": "a field, a number, a date or a 'text'", "expected_zh": "字段、数字、日期或'文本'"}
_A_CHOICE = {"expected": "a choice", "expected_zh": "选项"}
_A_TABLE = {"expected": "the name of a table", "expected_zh": "表格名称"}
_A_COLUMN = {"expected": "a column of a table, like parts.cost,", "expected_zh": "表格的列（如 parts.cost）"}
_A_STEP = {"expected": "the name of a step", "expected_zh": "步骤名称"}


class _Reader(Cursor):
    """Recursive descent: one method per level of the grammar, from the weakest binding to the strongest."""

    def whole(self) -> Expression:
        expression = self._either()
        if self.token.kind != "end":
            raise self.left_over()
        return expression

    def _either(self) -> Expression:
        parts, column = [self._both()], self.token.column
        while self.accept("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else self.made(Or(tuple(parts), column=column))

    def _both(self) -> Expression:
        parts, column = [self._denial()], self.token.column
        while self.accept("and"):
            parts.append(self._denial())
        return parts[0] if len(parts) == 1 else self.made(And(tuple(parts), column=column))

    def _denial(self) -> Expression:
        column = self.token.column
        if not self.accept("not"):
            return self._comparison()
        self.deeper(column)
        part = self._denial()
        self.depth -= 1
        return self.made(Not(part, column=column))

    def _comparison(self) -> Expression:
        left = self._sum()
        if not self._at_comparison():
            return left
        token = self.take()
        compared: Expression
        if token.text == "is":
            compared = self._is(left, token.column)
        elif token.text == "in":
            compared = In(left, self._list(), column=token.column)
        elif token.text == "not":
            self.take()
            compared = In(left, self._list(), negated=True, column=token.column)
        else:
            compared = Compare(cast(Sign, token.text), left, self._sum(), column=token.column)
        if self._at_comparison():
            raise ExpressionProblem("P401.chained", self.token.column, found=self.token.text)
        return self.made(compared)

    def _at_comparison(self) -> bool:
        token = self.token
        if token.kind == "sign":
            return token.text in COMPARISONS
        return token.kind == "path" and (
            token.text in ("is", "in") or (token.text == "not" and self.tokens[self.at + 1].text == "in")
        )

    def _is(self, subject: Expression, column: int) -> Expression:
        negated = self.accept("not")
        token = self.take()
        if token.kind == "text":
            return Is(subject, token.text[1:-1], negated, column=column, word_column=token.column)
        if token.kind == "end":
            raise ExpressionProblem("P401.ends", token.column, **_A_CHOICE)
        if token.kind != "path" or "." in token.text:
            raise ExpressionProblem("P401.is_word", token.column, found=token.text)
        if token.text == "set":
            return IsSet(subject, negated, column=column)
        if token.text not in YES_NO_WORDS:
            refuse_reserved(token.text, token.column)
        return Is(subject, YES_NO_WORDS.get(token.text, token.text), negated, column=column, word_column=token.column)

    def _list(self) -> tuple[Item, ...]:
        opening = self.take()
        if opening.text != "[":
            raise ExpressionProblem("P401.list", opening.column, found=opening.text)
        if self.token.text == "]":
            raise ExpressionProblem("P401.empty_list", opening.column)
        items = [self._item()]
        while self.accept(","):
            items.append(self._item())
        self.close("]", opening)
        return tuple(items)

    def _item(self) -> Item:
        token = self.token
        if token.kind == "path" and token.text not in YES_NO_WORDS:
            self.take()
            refuse_reserved(token.text, token.column)
            if "." in token.text:
                raise ExpressionProblem("P401.list_item", token.column, found=token.text)
            return self.made(Word(token.text, column=token.column))
        if token.kind == "end":
            raise ExpressionProblem("P401.ends", token.column, **_A_CHOICE)
        literal = self._literal()
        if literal is None:
            raise ExpressionProblem("P401.list_item", token.column, found=token.text)
        return literal

    def _sum(self) -> Expression:
        first, column = self._term(), self.token.column
        rest: list[tuple[PlusMinus, Expression]] = []
        while self.token.text in ("+", "-"):
            sign = cast(PlusMinus, self.take().text)
            rest.append((sign, self._term()))
        return self.made(Sum(first, tuple(rest), column=column)) if rest else first

    def _term(self) -> Expression:
        literal = self._literal()
        if literal is not None:
            return literal
        token = self.take()
        if token.kind == "path":
            return self._named(token)
        if token.text == "(":
            self.deeper(token.column)
            inside = self._either()
            self.close(")", token)
            self.depth -= 1
            return inside
        if token.kind == "end":
            raise ExpressionProblem("P401.ends", token.column, **_A_VALUE)
        if token.text == "[":
            raise ExpressionProblem("P401.list_place", token.column)
        raise ExpressionProblem("P401.expected", token.column, found=token.text, **_A_VALUE)

    def _literal(self) -> Number | Quoted | YesNo | Day | None:
        token = self.token
        if token.text == "-" and token.kind == "sign":
            self.take()
            if self.token.kind != "number":
                raise ExpressionProblem("P401.minus", token.column)
            return self.made(Number(_number("-" + self.take().text), column=token.column))
        if token.kind == "number":
            return self.made(Number(_number(self.take().text), column=token.column))
        if token.kind == "text":
            return self.made(Quoted(self.take().text[1:-1], column=token.column))
        if token.kind == "date":
            return self.made(Day(_day(self.take()), column=token.column))
        if token.kind == "path" and token.text in YES_NO_WORDS:
            return self.made(YesNo(YES_NO_WORDS[self.take().text], column=token.column))
        return None

    def _named(self, token: Token) -> Expression:
        if self.token.text == "(":
            return self._call(token)
        refuse_reserved(token.text, token.column)
        if token.text in KNOWN:
            return self.made(Known(token.text, column=token.column))
        return self.made(Path(tuple(token.text.split(".")), column=token.column))

    def _call(self, name: Token) -> Expression:
        opening = self.take()
        if name.text in KNOWN:
            raise ExpressionProblem("P401.no_brackets", name.column, name=name.text)
        if name.text in JOINING:
            raise ExpressionProblem("P401.expected", name.column, found=name.text, **_A_VALUE)
        if name.text in TABLE_FUNCTIONS:
            return self._of_table(name, opening)
        if name.text not in FUNCTIONS and "." in name.text:
            raise ExpressionProblem("P401.method", name.column, found=name.text)
        self.deeper(name.column)
        arguments: list[Expression] = []
        if self.token.text != ")":
            arguments.append(self._argument(name.text, 0))
            while self.accept(","):
                arguments.append(self._argument(name.text, len(arguments)))
        self.close(")", opening)
        self.depth -= 1
        return self.made(Call(name.text, tuple(arguments), column=name.column))

    def _of_table(self, name: Token, opening: Token) -> Expression:
        function = TABLE_FUNCTIONS[name.text]
        wanted = _A_COLUMN if function.of_column else _A_TABLE
        token = self.take()
        if token.kind == "end":
            raise ExpressionProblem("P401.ends", token.column, **wanted)
        table, _, cell = token.text.partition(".")
        if token.kind != "path" or "." in cell or bool(cell) is not function.of_column:
            raise ExpressionProblem("P401.expected", token.column, found=token.text, **wanted)
        refuse_reserved(token.text, token.column)
        condition: Expression | None = None
        if function.may_have_condition and self.accept(","):
            self.deeper(token.column)
            condition = self._either()
            self.depth -= 1
        if self.token.text == ",":
            raise ExpressionProblem("P401.arguments", name.column, name=name.text, usage=function.usage)
        self.close(")", opening)
        return self.made(OfTable(name.text, table, cell, condition, column=token.column))

    def _argument(self, function: str, position: int) -> Expression:
        takes = FUNCTIONS[function].takes if function in FUNCTIONS else ()
        if takes[position : position + 1] != ("step",):
            return self._sum()
        first = self._step_word()
        name = first.text
        while "." not in name and self.accept("/"):
            name += "/" + self._step_word().text
        return self.made(StepName(name, column=first.column))

    def _step_word(self) -> Token:
        token = self.take()
        if token.kind == "end":
            raise ExpressionProblem("P401.ends", token.column, **_A_STEP)
        if token.kind != "path":
            raise ExpressionProblem("P401.expected", token.column, found=token.text, **_A_STEP)
        return token


def _number(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)


def _day(token: Token) -> date:
    try:
        return date.fromisoformat(token.text)
    except ValueError:
        raise ExpressionProblem("P401.date", token.column, found=token.text) from None
