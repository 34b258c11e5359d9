"""Checks the names, choices and kinds of an expression against its scope before anything runs: misspelt means refused.

It reads no values. Every finding has the exact column; a name that is unknown silences what would only follow from it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, assert_never

from engine.definition.expressions.check_calls import kind_of_call, kind_of_table
from engine.definition.expressions.fitting import called, comparable, fits, sum_of
from engine.definition.expressions.functions import KNOWN
from engine.definition.expressions.kinds import (
    CHOOSING,
    DATE,
    DAYS,
    NUMBER,
    NUMBERS,
    TEXT,
    TEXTS,
    YES_NO,
    Scope,
    ValueType,
)
from engine.definition.expressions.naming import unknown_name
from engine.definition.expressions.problem import ExpressionProblem, similar
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
    Quoted,
    StepName,
    Sum,
    Word,
    YesNo,
    start_of,
)
from engine.definition.expressions.unparse import unparse
from engine.definition.expressions.words import EMPTY_WORDS

Wanted: TypeAlias = Literal["condition"] | ValueType | None

_LITERALS: dict[type, ValueType] = {Number: NUMBER, Quoted: TEXT, YesNo: YES_NO, Day: DATE, Word: TEXT, StepName: TEXT}


def check(expression: Expression, scope: Scope, *, wanted: Wanted) -> list[ExpressionProblem]:
    """Everything wrong, in order of columns. `wanted`: a condition, a value of a kind, or (None) anything."""
    checking = _Check(scope, expression, wanted)
    match wanted:
        case None:
            checking.kind(expression)
        case "condition":
            checking.condition(expression)
        case ValueType():
            checking.value(expression, wanted)
    text = unparse(expression)
    found = [wrong.about(text, "condition" if wanted == "condition" else "formula") for wrong in checking.found]
    return sorted(found, key=lambda wrong: wrong.column)


def type_of(expression: Expression, scope: Scope) -> ValueType | None:
    """What kind of value an expression gives; None where a name or function is unknown or the kinds do not fit."""
    checking = _Check(scope, expression, None)
    found = checking.kind(expression)
    return None if checking.found else found


class _Check:
    def __init__(self, scope: Scope, whole: Expression, wanted: Wanted) -> None:
        self.scope = scope
        self.whole = whole
        self.wanted = wanted
        self.found: list[ExpressionProblem] = []

    def condition(self, node: Expression) -> ValueType:
        """A place where only yes or no makes sense."""
        given = self.kind(node)
        if given is not None and given.kind != "yes_no":
            key = "P401.not_condition"
            example = ""
            if isinstance(node, Path) and given.kind == "choice" and given.choices:
                key, example = "P401.not_condition_as", f"{unparse(node)} is {given.choices[0]}"
            elif isinstance(node, Path) and given.kind in NUMBERS:
                key, example = "P401.not_condition_as", f"{unparse(node)} > 0"
            elif isinstance(node, Path):
                key, example = "P401.not_condition_as", f"{unparse(node)} is set"
            self.wrong(key, start_of(node), subject=unparse(node), example=example, **called("kind", given))
        return YES_NO

    def value(self, node: Expression, wanted: ValueType) -> None:
        """A place where a value of one kind is wanted: a field that is set, an argument that is handed over."""
        given = self.kind(node)
        if given is None:
            return
        if isinstance(node, Quoted) and wanted.kind in CHOOSING:
            self._choice(node.text, node.column, "", wanted)
        elif not fits(given, wanted):
            kinds = {**called("kind", given), **called("wanted", wanted)}
            self.wrong("P401.wanted", start_of(node), subject=unparse(node), **kinds)

    def kind(self, node: Expression) -> ValueType | None:
        """The kind of a node, after everything below it was checked."""
        match node:
            case Or() | And():
                for part in node.parts:
                    self.condition(part)
                return YES_NO
            case Not():
                return self.condition(node.part)
            case Compare():
                self._compare(node)
                return YES_NO
            case Is():
                self._is(node)
                return YES_NO
            case IsSet():
                self._asked(node.subject)
                return YES_NO
            case In():
                self._in(node)
                return YES_NO
            case Sum():
                return self._sum(node)
            case Number() | Quoted() | YesNo() | Day() | Word() | StepName():
                return _LITERALS[type(node)]
            case Known():
                return KNOWN[node.name].gives
            case Call():
                return kind_of_call(self, node)
            case OfTable():
                return kind_of_table(self, node)
            case Path():
                return self._path(node)
            case _:
                assert_never(node)

    def _compare(self, node: Compare) -> None:
        left, right = self.kind(node.left), self.kind(node.right)
        if left is None or right is None:
            return
        for literal, other_node, other in ((node.right, node.left, left), (node.left, node.right, right)):
            if isinstance(literal, Quoted) and self._quoted_against(literal, other_node, other, node):
                return
        if "choices" in (left.kind, right.kind):
            subject = node.left if left.kind == "choices" else node.right
            self.wrong("P401.choices", node.column, subject=unparse(subject))
        elif not comparable(left, right):
            self.wrong("P401.kinds", node.column, **called("left", left), **called("right", right))
        elif node.sign not in ("==", "!=") and left.kind not in NUMBERS | DAYS:
            self.wrong("P401.order", node.column, sign=node.sign, **called("kind", left))

    def _quoted_against(self, literal: Quoted, subject: Expression, kind: ValueType, node: Compare) -> bool:
        """Quotes are where slips happen: around a choice, nothing, a number, a date. True: nothing more to say."""
        if kind.kind == "choice" and node.sign in ("==", "!="):
            self._choice(literal.text, literal.column, unparse(subject), kind)
            return True
        if kind.kind in TEXTS and not literal.text.strip() and not isinstance(subject, Quoted):
            self.wrong("P401.blank", literal.column, subject=unparse(subject))
            return True
        if kind.kind in NUMBERS | DAYS:
            self.wrong(
                "P401.quoted", literal.column, text=literal.text, subject=unparse(subject), **called("kind", kind)
            )
            return True
        return False

    def _is(self, node: Is) -> None:
        kind = self._asked(node.subject)
        if kind is None:
            return
        subject = unparse(node.subject)
        word = ("yes" if node.word else "no") if isinstance(node.word, bool) else node.word
        if kind.kind in CHOOSING:
            self._choice(word, node.word_column, subject, kind)
        elif kind.kind == "yes_no" and isinstance(node.word, bool):
            return
        elif word in EMPTY_WORDS:
            better = f"{subject} is set" if node.negated else f"{subject} is not set"
            self.wrong("P401.empty_word", node.word_column, word=word, better=better)
        else:
            key = "P401.yes_no" if kind.kind == "yes_no" else "P401.is_text" if kind.kind in TEXTS else "P401.is_kind"
            self.wrong(key, node.word_column, word=word, subject=subject, **called("kind", kind))

    def _asked(self, subject: Expression) -> ValueType | None:
        if isinstance(subject, Path | Known):
            return self.kind(subject)
        self.kind(subject)
        self.wrong("P401.is_subject", start_of(subject), subject=unparse(subject))
        return None

    def _in(self, node: In) -> None:
        kind = self.kind(node.subject)
        if kind is None:
            return
        subject = unparse(node.subject)
        for item in node.items:
            self._listed(item, subject, kind)

    def _listed(self, item: Item, subject: str, kind: ValueType) -> None:
        if kind.kind in CHOOSING and isinstance(item, Word | Quoted):
            self._choice(item.name if isinstance(item, Word) else item.text, item.column, subject, kind)
        elif isinstance(item, Word):
            key = "P401.unquoted" if kind.kind in TEXTS else "P401.item"
            self.wrong(key, item.column, item=item.name, subject=subject, **called("kind", kind))
        elif isinstance(item, Quoted) and kind.kind in NUMBERS | DAYS:
            self.wrong("P401.quoted", item.column, text=item.text, subject=subject, **called("kind", kind))
        else:
            given = self.kind(item)
            if given is not None and (not comparable(kind, given) or kind.kind in CHOOSING):
                self.wrong("P401.item", item.column, item=unparse(item), subject=subject, **called("kind", kind))

    def _choice(self, word: str, column: int, subject: str, kind: ValueType) -> None:
        if word in kind.choices:
            return
        meant = similar(word, kind.choices)
        choices = ", ".join(kind.choices)
        if meant:
            self.wrong("P401.choice_similar", column, word=word, subject=subject, choices=choices, similar=meant)
        elif word in EMPTY_WORDS:
            self.wrong("P401.choice_empty", column, word=word, subject=subject, choices=choices)
        else:
            self.wrong("P401.choice", column, word=word, subject=subject, choices=choices)

    def _sum(self, node: Sum) -> ValueType | None:
        total = self._addable(node.first)
        for sign, term in node.rest:
            added = self._addable(term)
            if total is None or added is None:
                total = None
                continue
            result = sum_of(total, sign, added)
            if result is None:
                words = {**called("left", total), **called("right", added)}
                self.wrong("P401.sum_dates" if total.kind in DAYS else "P401.sum", start_of(term), sign=sign, **words)
            total = result
        return total

    def _addable(self, node: Expression) -> ValueType | None:
        kind = self.kind(node)
        if kind is None or kind.kind in NUMBERS | DAYS:
            return kind
        self.wrong("P401.not_addable", start_of(node), subject=unparse(node), **called("kind", kind))
        return None

    def _path(self, node: Path) -> ValueType | None:
        known = self.scope.type_of(node.names)
        if known is None:
            wanted = self.wanted if isinstance(self.wanted, ValueType) else None
            self.found.append(unknown_name(node, self.scope, self.whole, wanted))
        return known

    def in_a_row(self, table: str, condition: Expression) -> None:
        """A condition on the rows of a table: names are its columns first."""
        inside = _Check(self.scope.row_of(table), condition, "condition")
        inside.condition(condition)
        self.found += inside.found

    def wrong(self, key: str, column: int, **names: str) -> None:
        """One more finding."""
        self.found.append(ExpressionProblem(key, column, **names))
