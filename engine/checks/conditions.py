"""Whether conditions make sense, rows of a choice choose in every case, and what they read has a value (P401-P402, P430-P432)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.checks.filled import Filled, branches_of
from engine.checks.given import Given
from engine.checks.mails import names_missed_in_mail, uses
from engine.checks.said import actions, guards, ladder_rows
from engine.checks.scope import ProcessScope
from engine.definition.compiled import Guard, Move, Spot, Value
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions import (
    Expression,
    Names,
    TooMany,
    check,
    must_be_set,
    names_in,
    never_reached,
    say_assignment,
    uncovered,
    unparse,
)
from engine.definition.expressions.coverage import MOST_COMBINATIONS
from engine.definition.expressions.tree import Path
from engine.definition.texts import Text
from engine.facts import row_columns

Rows = Sequence[tuple[Guard | None, Spot]]
_NEVER_EMPTY: frozenset[Names] = frozenset({("urgent",)})


def meaning(given: Given) -> Iterator[Flaw]:
    """Every name, choice and kind in a condition is known (P401, P402)."""
    for asked in guards(given.process):
        yield from guard_flaws(asked.guard, ProcessScope(given.process, asked.event))
    for rule in given.process.rules:
        if rule.guard:
            yield from guard_flaws(rule.guard, given.scope)
    for kpi in given.process.kpis:
        for guard in filter(None, (kpi.share, kpi.of)):
            yield from guard_flaws(guard, given.scope)


def guard_flaws(guard: Guard, scope: ProcessScope) -> Iterator[Flaw]:
    """What is wrong with one condition."""
    for wrong in check(guard.expression, scope, wanted="condition"):
        yield Flaw(wrong.key, guard.spot, wrong.names, guard.before + wrong.column)


# -- rows -------------------------------------------------------------------------------------------------------------


def rows_choose(given: Given) -> Iterator[Flaw]:
    """Rows cover every case (P430), and each is reached in some (P431)."""
    groups: dict[tuple[str, str], list[Move]] = {}
    for move in given.process.moves:
        if move.kind not in ("cancel", "reopen", "start", "failed") and move.target is not None:
            groups.setdefault((move.trigger, move.source), []).append(move)
    for moves in groups.values():
        event = moves[0].name if moves[0].kind in ("event", "anytime") else ""
        may_stay = event in given.process.row_events
        yield from _rows(given, [(move.when, move.spot) for move in moves], _where(moves[0]), event, may_stay=may_stay)
    for step in given.process.steps.values():
        due = [(option.when, under(step.spot, "due", n, "then")) for n, option in enumerate(step.due)]
        yield from _rows(given, due, Text(f"the start of '{step.id}' (due)", f"{step.id} 开始（due）"), "")
        roles = step.task.role if step.task else ()
        asked = [(option.when, under(step.spot, "task", "role", n, "then")) for n, option in enumerate(roles)]
        yield from _rows(given, asked, Text(f"the start of '{step.id}' (role)", f"{step.id} 开始（role）"), "")
    due = [(option.when, Spot("process", ("due", n, "then"))) for n, option in enumerate(given.process.due)]
    yield from _rows(given, due, Text("the start of the case (due)", "案件开始（due）"), "")


def _where(move: Move) -> Text:
    said = move.trigger.partition(":")[2].partition("@")[0] or move.trigger
    return Text(said, said)


def _rows(given: Given, rows: Rows, where: Text, event: str, *, may_stay: bool = False) -> Iterator[Flaw]:
    if not rows or (len(rows) == 1 and rows[0][0] is None):
        return
    scope = ProcessScope(given.process, event)
    conditions: list[Expression | None] = [guard.expression if guard else None for guard, _ in rows]
    if any(guard and list(guard_flaws(guard, scope)) for guard, _ in rows):
        return  # what a row means is not known: that has been told
    first_otherwise = conditions.index(None) if None in conditions else len(rows)
    for n in range(first_otherwise + 1, len(rows)):
        yield Flaw("P431.after_otherwise", rows[n][1], {"where": where, "row": n + 1})
    filled = next((known for guard, _ in rows if guard and (known := given.filling.at(guard.spot))), Filled())
    required: frozenset[Names] = frozenset((name,) for name in filled.surely) | _NEVER_EMPTY
    rows, conditions = rows[: first_otherwise + 1], conditions[: first_otherwise + 1]
    try:
        example = uncovered(conditions, scope, required)
        never = never_reached(conditions, scope, required)
    except TooMany:
        if None not in conditions and not may_stay:
            yield Flaw("P430.too_many", _whole(rows), {"where": where, "most": MOST_COMBINATIONS})
        return
    if example is not None and not may_stay:
        yield Flaw("P430.uncovered", _whole(rows), {"where": where, "example": say_assignment(example)})
    for n in never:
        guard, spot = rows[n]
        yield Flaw("P431.never", guard.spot if guard else spot, {"where": where, "row": n + 1, "condition": guard.text if guard else "otherwise"})  # fmt: skip


def _whole(rows: Rows) -> Spot:
    """The list of rows as a whole: above the target of the first row and the row itself."""
    spot = rows[0][1]
    return Spot(spot.file, spot.path[:-2])


# -- what may still be empty ------------------------------------------------------------------------------------------


def may_be_empty(given: Given) -> Iterator[Flaw]:
    """What a condition, mail, hand-over or timer reads certainly has a value, whichever way a case came (P432)."""
    for asked in guards(given.process):
        yield from _in_condition(given, asked.guard)
    for step in given.process.steps.values():
        if step.runs:
            needed = _demanded(given, step.runs)
            for name, value in step.hands_over:
                if name in needed:
                    spot = under(step.spot, "with")
                    yield from _handed(given, name, value, under(spot, name), spot, step.for_each or "")
    for done in actions(given.process):
        action = done.action
        needed = _demanded(given, action.target) if action.word == "start" else {name for name, _ in action.values}
        if action.word in ("start", "call"):
            for name, value in action.values:
                if name in needed:
                    yield from _handed(given, name, value, under(action.spot, "with", name), action.spot)
    for use in (each for each in uses(given) if each.written):
        filled = given.filling.at(use.at)
        mail = given.process.mails.get(use.mail)
        for path in sorted(names_missed_in_mail(mail)) if mail and filled else ():
            if filled and not given.filling.has(filled, path[0]):
                yield Flaw("P432.mail", use.spot, {"path": ".".join(path), "mail": use.mail})
    yield from _in_ladders(given)


def _in_condition(given: Given, guard: Guard) -> Iterator[Flaw]:
    filled = given.filling.at(guard.spot)
    if filled is None:
        return
    empty: dict[Names, Expression] = {}
    for parts in branches_of(guard):
        for part in parts:
            if isinstance(part, Path):
                continue  # a bare yes/no reads as "is ticked": not ticked is no
            for path in must_be_set(guard.expression) & names_in(part):
                if not given.filling.has(filled, path[0], parts):
                    empty[path] = part
    for path in sorted(empty):
        names = {"path": ".".join(path), "condition": unparse(guard.expression)}
        yield Flaw("P432.condition", guard.spot, names, guard.before + guard.text.find(".".join(path)) + 1)


def _demanded(given: Given, process: str) -> set[str]:
    """The fields another process must have from the start."""
    child = given.known.get(process)
    return set(child.start_form.ask) if child else set()


def _handed(given: Given, name: str, value: Value, spot: Spot, at: Spot, table: str = "") -> Iterator[Flaw]:
    filled = given.filling.at(at)
    if filled is None or value.formula is None:
        return
    for path in sorted(must_be_set(value.formula)):
        if _may_lack(given, table, path) or not given.filling.has(filled, path[0]):
            if isinstance(value.formula, Path):
                yield Flaw("P432.hand_over", spot, {"path": ".".join(path), "target": name})
            else:
                yield Flaw("P432.value", spot, {"path": ".".join(path), "condition": unparse(value.formula)})


def _may_lack(given: Given, table: str, path: Names) -> bool:
    """Whether a row of this table may be without the cell that `row.<column>` reads."""
    column = row_columns(given.process, table).get(path[1]) if path[0] == "row" and len(path) > 1 else None
    return column is not None and column.default is None and (column.optional or column.required_if is not None)


def _in_ladders(given: Given) -> Iterator[Flaw]:
    """A timer or due that counts from an empty date would never ring."""
    for row, _ in ladder_rows(given.process):
        filled = given.filling.at(row.spot)
        path = row.at.anchor.split(".")
        if filled and row.at.anchor not in ("due", "entry") and not given.filling.has(filled, path[0]):
            yield Flaw("P432.moment", under(row.spot, "at"), {"path": row.at.anchor, "at": row.at_text})
    for step in given.process.steps.values():
        filled = given.filling.at(under(step.spot, "due"))
        for n, option in enumerate(step.due):
            if filled and option.then.promise and not given.filling.has(filled, option.then.promise[0]):
                spot = under(step.spot, "due", n, "then" if option.when else "otherwise")
                yield Flaw("P432.due", spot, {"path": option.then.text})
