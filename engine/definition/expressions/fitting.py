"""Which kinds of value can be compared, added, or put where another kind is wanted."""

from __future__ import annotations

from engine.definition.expressions.kinds import (
    CALLED,
    DAYS,
    DURATION_DAYS,
    MONEY,
    NUMBER,
    NUMBERS,
    TEXTS,
    ValueType,
)


def comparable(left: ValueType, right: ValueType) -> bool:
    """Whether two kinds can be compared at all; records only with records of the same type."""
    if left.kind == right.kind:
        return left.kind not in ("files", "table", "nothing") and _same_record_type(left, right)
    return any({left.kind, right.kind} <= family for family in (TEXTS, NUMBERS, DAYS))


def fits(given: ValueType, wanted: ValueType) -> bool:
    """Whether a value of one kind can be put where the other is wanted. A date is no moment: it has no time of day."""
    if given.kind == wanted.kind == "table":
        return _same_columns(given, wanted)
    if given.kind == wanted.kind:
        return _same_record_type(given, wanted) and (not wanted.choices or set(given.choices) <= set(wanted.choices))
    if given.kind == "choice" and wanted.kind in ("text", "long_text"):
        return True
    return any({given.kind, wanted.kind} <= family for family in (TEXTS, NUMBERS))


def sum_of(left: ValueType, sign: str, right: ValueType) -> ValueType | None:
    """The kind of a sum: dates move by days, two dates differ by days, an amount stays an amount. None: no such sum."""
    if left.kind in DAYS and right.kind in DAYS:
        return NUMBER if sign == "-" else None
    if left.kind in DAYS:
        return None if right.kind == "money" else left
    if right.kind in DAYS:
        return right if sign == "+" and left.kind != "money" else None
    if "money" in (left.kind, right.kind):
        return MONEY
    return DURATION_DAYS if "duration_days" in (left.kind, right.kind) else NUMBER


def called(name: str, given: ValueType) -> dict[str, str]:
    """How a message calls a kind, in both languages: `{name}` and `{name_zh}`."""
    words = CALLED[given.kind]
    return {name: words.en, f"{name}_zh": words.zh}


def _same_columns(given: ValueType, wanted: ValueType) -> bool:
    """Whether rows of one table can stand in the other: the same columns of fitting kinds, and the same fixed rows."""
    ours, theirs = dict(given.columns), dict(wanted.columns)
    same = ours.keys() == theirs.keys() and set(given.rows) == set(wanted.rows)
    return same and all(fits(kind, theirs[name]) for name, kind in ours.items())


def _same_record_type(left: ValueType, right: ValueType) -> bool:
    return left.of == right.of or left.of is None or right.of is None
