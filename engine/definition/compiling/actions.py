"""Actions and ladders as written, made ready: values and formulas told apart, durations and moments read, settings filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from engine.definition.compiled import Action, Due, LadderRow, Option, Spot, Value
from engine.definition.compiling.flaws import Flaws
from engine.definition.compiling.names import Level, under
from engine.definition.durations import Duration
from engine.definition.expressions.problem import meant
from engine.definition.model.acting import Action as WrittenAction
from engine.definition.model.acting import Ladder, LadderUse, TimerRow
from engine.definition.model.basics import Row
from engine.definition.moments import parse_moment
from engine.definition.texts import Text

_RETRY = re.compile(r"(?P<times>\d{1,3})\s+times?\s*,\s*every\s+(?P<every>.+)", re.IGNORECASE)
_IN_TOTAL = re.compile(r"(?P<en>.+?)\s+in\s+total|共\s*(?P<zh>.+)", re.IGNORECASE)
_LOOKS_TIMED = re.compile(r"\d|^P", re.ASCII)


def compile_actions(written: Sequence[WrittenAction], spot: Spot, level: Level, flaws: Flaws) -> tuple[Action, ...]:
    """The actions of one list, in order."""
    return tuple(_action(action, under(spot, n), level, flaws) for n, action in enumerate(written))


def _action(written: WrittenAction, spot: Spot, level: Level, flaws: Flaws) -> Action:
    word = written.word
    values, key = _given(written)
    tries, every = _retry(written.retry, under(spot, "retry"), flaws)
    return Action(
        word=cast(Any, word),
        spot=spot,
        target=str(level.fill(written.template or "")) if word == "mail" else _target(written, level),
        roles=tuple(str(role) for role in level.fill(written.mail or ())),
        values=compile_values(values, under(spot, *key), level, flaws),
        save=tuple(written.save.items()),
        tries=tries,
        retry_every=every,
        if_it_fails=written.if_it_fails,
        note=written.note or Text(),
        where=flaws.guard(written.where, under(spot, "where")) if written.where else None,
    )


def _given(written: WrittenAction) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """The values of an action, and under which keys they were written."""
    match written.word:
        case "set":
            return written.set or {}, ("set",)
        case "add_row":
            table = next(iter(written.add_row or {}), "")
            return (written.add_row or {}).get(table, {}), ("add_row", table)
        case "set_rows":
            rows = next(iter(written.set_rows or {}), "")
            return (written.set_rows or {}).get(rows, {}), ("set_rows", rows)
        case "swap_unit" if written.swap_unit:
            swap = written.swap_unit
            return {"new": f"= {swap.new}", "warranty": swap.warranty, "reason": swap.reason}, ("swap_unit",)
        case "change_warranty" if written.change_warranty:
            change = written.change_warranty
            return {"until": change.until, "source": change.source, "reason": change.reason}, ("change_warranty",)
        case _:
            return written.with_, ("with",)


def _target(written: WrittenAction, level: Level) -> str:
    table = next(iter(written.add_row or written.set_rows or {}), "")
    unit = (
        written.swap_unit.old if written.swap_unit else written.change_warranty.unit if written.change_warranty else ""
    )
    mail = written.draft_mail or written.withdraw_mail
    return str(level.fill(mail or written.call or written.start or written.emit or table or unit))


def compile_values(written: Mapping[str, Any], spot: Spot, level: Level, flaws: Flaws) -> tuple[tuple[str, Value], ...]:
    """Names to values, each plain or a formula."""
    return tuple((name, flaws.value(level.fill(value), under(spot, name))) for name, value in written.items())


def _retry(text: str | None, spot: Spot, flaws: Flaws) -> tuple[int, Duration | None]:
    if text is None:
        return 1, None
    found = _RETRY.fullmatch(text.strip())
    if not found:
        flaws.note("P412.retry", spot, text=text)
        return 1, None
    return int(found["times"]), flaws.duration(found["every"], spot)


def compile_due(rows: Sequence[Row] | None, spot: Spot, level: Level, flaws: Flaws) -> tuple[Option[Due], ...]:
    """A deadline: one, or one of several by condition."""
    options: list[Option[Due]] = []
    for n, row in enumerate(rows or ()):
        here = under(spot, n, "then" if row.then else "otherwise")
        guard = flaws.guard(row.when, under(spot, n, "when")) if row.when else None
        text = str(level.fill(row.chosen[0])) if row.chosen else ""
        due = _due(text, here, flaws)
        if due and (guard or not row.when):
            options.append(Option(guard, due))
    return tuple(options)


def _due(text: str, spot: Spot, flaws: Flaws) -> Due | None:
    if not _LOOKS_TIMED.search(text) and re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", text):
        return Due(promise=tuple(text.split(".")), text=text)
    in_total = _IN_TOTAL.fullmatch(text.strip())
    duration = flaws.duration(in_total["en"] or in_total["zh"] if in_total else text, spot)
    return Due(duration=duration, text=text, in_total=in_total is not None) if duration else None


def compile_ladder(
    written: LadderUse | Sequence[TimerRow] | None,
    spot: Spot,
    level: Level,
    flaws: Flaws,
    own: Mapping[str, Ladder],
    shared: Mapping[str, Ladder],
    standard: str,
) -> tuple[tuple[LadderRow, ...], tuple[TimerRow, ...]]:
    """The rows of a ladder, and beside them the rows as written (their `next` makes moves).

    `standard` names the ladder to use where none is written ("": none).
    """
    if written is None:
        if not standard:
            return (), ()
        written = LadderUse(use=standard)
    if isinstance(written, LadderUse):
        ladder = own.get(written.use) or shared.get(written.use)
        if ladder is None:
            flaws.note("P413.unknown", spot, ladder=written.use, meant=meant(written.use, sorted({*own, *shared})))
            return (), ()
        for name in written.with_:
            if name not in ladder.with_:
                like = meant(name, ladder.with_)
                flaws.note("P413.setting", under(spot, "with", name), setting=name, ladder=written.use, meant=like)
        settings = {**ladder.with_, **{name: level.fill(value) for name, value in written.with_.items()}}
        filled = Level("fragment", level.spot, outer=level, settings=settings)
        home = Spot("process" if written.use in own else "library", ("ladders", written.use, "rows"))
        rows: Sequence[TimerRow] = ladder.rows
    else:
        filled, home, rows = level, spot, written
    compiled = tuple(_row(row, under(home, n), filled, flaws) for n, row in enumerate(rows))
    return compiled, tuple(rows)


def _row(row: TimerRow, spot: Spot, level: Level, flaws: Flaws) -> LadderRow:
    at = str(level.fill(row.at))
    moment = flaws.understood(parse_moment, at, under(spot, "at"))
    effects = (row.remind, row.task, row.mail, row.draft_mail, row.do, row.next)
    if not any(effects):
        flaws.note("P417.no_effect", spot, at=at)
    if row.every and row.next and not row.if_:
        flaws.note("P416.leaves", spot, at=at)
    return LadderRow(
        at=moment or parse_moment("entry"),
        at_text=at,
        spot=spot,
        every=flaws.duration(str(level.fill(row.every)), under(spot, "every")) if row.every else None,
        at_most=row.at_most,
        remind=tuple(str(role) for role in level.fill(row.remind or ())),
        task=str(level.fill(row.task)) if row.task else None,
        label=row.label,
        mail=tuple(str(role) for role in level.fill(row.mail or ())),
        template=level.fill(row.template),
        draft_mail=level.fill(row.draft_mail),
        do=compile_actions(row.do, under(spot, "do"), level, flaws),
        moves=row.next is not None,
        when=flaws.guard(row.if_, under(spot, "if")) if row.if_ else None,
    )
