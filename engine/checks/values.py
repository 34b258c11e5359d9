"""Whether a value that is written in a process fits where it goes: a plain one as it stands, a formula by its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from engine.definition.compiled import Spot, Value
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions import Scope, ValueType, check
from engine.definition.expressions.kinds import CALLED
from engine.definition.expressions.problem import meant

YES_NO = frozenset({"yes", "no", "true", "false"})


def value_flaws(value: Value, wanted: ValueType | None, spot: Spot, scope: Scope) -> Iterator[Flaw]:
    """What is wrong with a value where `wanted` is needed (None: anything)."""
    if value.formula is not None:
        # The tree begins behind the "=", and the columns of its nodes count that already.
        for wrong in check(value.formula, scope, wanted=wanted):
            yield Flaw(wrong.key, spot, wrong.names, wrong.column)
    elif wanted is not None and value.plain is not None:
        yield from plain_flaws(value.plain, wanted, spot)


def plain_flaws(written: object, wanted: ValueType, spot: Spot) -> Iterator[Flaw]:
    """What is wrong with a value written as such."""
    text = str(written)
    match wanted.kind:
        case "choice":
            if text not in wanted.choices:
                yield _no_choice(text, wanted, spot)
        case "choices":
            for one in written if isinstance(written, Sequence) and not isinstance(written, str) else [written]:
                if str(one) not in wanted.choices:
                    yield _no_choice(str(one), wanted, spot)
        case "yes_no":
            if not isinstance(written, bool) and text not in YES_NO:
                yield _unfit(text, wanted, spot)
        case "date" | "datetime":
            if not _is_date(text, wanted.kind == "datetime"):
                yield Flaw(f"P411.{wanted.kind}", spot, {"text": text})
        case "number" | "money":
            if isinstance(written, bool) or not isinstance(written, int | float):
                yield _unfit(text, wanted, spot)
        case "text" | "long_text" | "email" | "phone":
            if isinstance(written, Mapping | list | tuple):
                yield _unfit("…", wanted, spot)
        case "table":
            yield from _row_flaws(written, wanted, spot)
        case _:
            pass  # records, persons and files are looked up when they are used


def _row_flaws(written: object, wanted: ValueType, spot: Spot) -> Iterator[Flaw]:
    """A table as it stands: a list of rows, `[]` for none, each with its columns."""
    columns = dict(wanted.columns)
    if not isinstance(written, Sequence) or isinstance(written, str):
        yield _unfit(str(written), wanted, spot)
        return
    for n, row in enumerate(written):
        if not isinstance(row, Mapping):
            yield _unfit(str(row), wanted, under(spot, n))
            continue
        for name, cell in row.items():
            if name == "row" and wanted.rows:
                continue
            if name not in columns:
                names = {"column": str(name), "table": spot.path[-1], "meant": meant(str(name), columns)}
                yield Flaw("P453.column", under(spot, n, name), names)
            elif cell is not None:
                yield from plain_flaws(cell, columns[name], under(spot, n, name))


def _no_choice(text: str, wanted: ValueType, spot: Spot) -> Flaw:
    return Flaw("P436.choice", spot, {"text": text, "meant": meant(text, wanted.choices)})


def _unfit(text: str, wanted: ValueType, spot: Spot) -> Flaw:
    return Flaw("P436.kind", spot, {"text": text, "kind": CALLED[wanted.kind]})


def _is_date(text: str, with_time: bool) -> bool:
    try:
        if with_time:
            dt.datetime.fromisoformat(text)
        else:
            dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
