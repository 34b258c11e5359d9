"""Cuts the text of an expression into tokens in one pass, and refuses signs that mean nothing here with the cure."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple, TypeAlias

from engine.definition.expressions.problem import ExpressionProblem

TokenKind: TypeAlias = Literal["date", "number", "path", "text", "sign", "end"]


class Token(NamedTuple):
    """A piece of the text and the column (from 1) where it begins."""

    kind: TokenKind
    text: str
    column: int


_PIECE = re.compile(
    r"""(?P<space>\s+)
      | (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?!\w))
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<path>[^\W\d]\w*(?:\.\w+)*)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<wrong>===|!==|=>|=<|<>|&&|&|\|\||\||!(?!=)|=(?!=)|\*\*|[*%^])
      | (?P<sign>==|!=|<=|>=|[<>+\-()\[\],/])""",
    re.VERBOSE,
)
_AFTER_NUMBER = re.compile(r"[\w.]+")
_TIME_OF_DAY = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}")
_BETTER = {
    "===": "==",
    "!==": "!=",
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
}
_TYPED_IN_CHINESE = {
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "。": ".",
    "、": ",",
    "【": "[",
    "】": "]",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
}


def tokens(text: str) -> list[Token]:
    """All tokens, ended by one of kind "end". Raises ExpressionProblem at the first sign that cannot be read."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            raise _unreadable(text, at)
        column, at = at + 1, piece.end()
        match piece.lastgroup:
            case "space":
                continue
            case "wrong":
                raise _wrong_sign(piece.group(), column)
            case "date" if _TIME_OF_DAY.match(text, at):
                raise ExpressionProblem("P401.time_of_day", column, date=piece.group())
            case "number" if rest := _AFTER_NUMBER.match(text, at):
                raise ExpressionProblem("P401.number", column, found=piece.group() + rest.group())
            case "date" | "number" | "path" | "text" | "sign" as kind:
                found.append(Token(kind, piece.group(), column))
    found.append(Token("end", "", len(text.rstrip()) + 1))
    return found


def _wrong_sign(sign: str, column: int) -> ExpressionProblem:
    if sign == "=":
        return ExpressionProblem("P401.equals", column)
    if sign in _BETTER:
        return ExpressionProblem("P401.other_sign", column, sign=sign, better=_BETTER[sign])
    return ExpressionProblem("P401.arithmetic", column, sign=sign)


def _unreadable(text: str, at: int) -> ExpressionProblem:
    character = text[at]
    if character in "'\"":
        return ExpressionProblem("P401.open_quote", at + 1, quote=character)
    plain = _TYPED_IN_CHINESE.get(character) or unicodedata.normalize("NFKC", character)
    if plain != character and plain.isascii() and plain.isprintable():
        return ExpressionProblem("P401.wide_character", at + 1, character=character, plain=plain)
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return ExpressionProblem("P401.character", at + 1, character=shown)
