"""Whether nothing can be forgotten and every moment can be worked out: dues, ladders, calendars (P406, P414, P434, P439)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.checks.given import Given
from engine.checks.said import ladder_rows
from engine.definition.compiled import Compiled, Due, LadderRow, Option, Spot, Step
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions.problem import meant

WAITED_FOR = ("customer", "carrier", "supplier", "anyone")


def nothing_is_forgotten(given: Given) -> Iterator[Flaw]:
    """A task has a due, and a waiting step has a timer (P434); rows that hang on a condition are not enough."""
    for step in given.process.steps.values():
        if step.kind == "task" and not step.due:
            yield from _unless_wrong(given, step, "due", "P434.task")
        if step.kind == "waiting_for" and not step.ladder:
            yield from _unless_wrong(given, step, "timers", "P434.waiting")
        if step.kind in ("task", "waiting_for") and _hangs_on_a_condition(step):
            yield Flaw("P434.if", under(step.spot, "timers"), {"step": step.id})


def _hangs_on_a_condition(step: Step) -> bool:
    """Whether some row of the ladder has an `if`, and none without one tells anybody or leads out."""
    certain = [row for row in step.ladder if row.when is None]
    heard = (row.remind or row.task or row.mail or row.draft_mail or row.moves for row in certain)
    return len(certain) < len(step.ladder) and not any(heard)


def _unless_wrong(given: Given, step: Step, key: str, code: str) -> Iterator[Flaw]:
    """Silent where something is written that could not be read: that has been told."""
    written = given.process.file.steps.get(step.id)
    if written is None or step.inside or getattr(written, key) is None:
        yield Flaw(code, step.spot, {"step": step.id})


def moments(given: Given) -> Iterator[Flaw]:
    """`before due` needs a due (P414); a moment counted from a field needs a field of dates (P439)."""
    for row, step in ladder_rows(given.process):
        due = step.due if step else given.process.due
        spot = _at(row, step)
        if row.at.anchor == "entry":
            continue
        if row.at.anchor == "due":
            if not due:
                yield Flaw("P414.no_due", spot, {"at": row.at_text})
            continue
        yield from _date_field(given, tuple(row.at.anchor.split(".")), spot)


def promises_of_dates(given: Given) -> Iterator[Flaw]:
    """A due that names a field names one of dates (P439); only a step has visits to add up (P414)."""
    yield from _dues(given, given.process.due, Spot("process", ("due",)))
    for n, option in enumerate(given.process.due):
        if option.then.in_total:
            here = under(Spot("process", ("due",)), n, "then" if option.when else "otherwise")
            yield Flaw("P414.total", here, {"text": option.then.text})
    for step in given.process.steps.values():
        yield from _dues(given, step.due, under(step.spot, "due"))


def _dues(given: Given, options: tuple[Option[Due], ...], spot: Spot) -> Iterator[Flaw]:
    for n, option in enumerate(options):
        if option.then.promise:
            yield from _date_field(given, option.then.promise, under(spot, n, "then" if option.when else "otherwise"))


def _date_field(given: Given, path: tuple[str, ...], spot: Spot) -> Iterator[Flaw]:
    kind = given.scope.type_of(path)
    if kind is None or kind.kind not in ("date", "datetime"):
        fields = [name for name, field in given.process.fields.items() if field.type in ("date", "datetime")]
        key = "P439.unknown" if kind is None else "P439.no_date"
        yield Flaw(key, spot, {"field": ".".join(path), "meant": meant(".".join(path), fields)})


def _at(row: LadderRow, step: Step | None) -> Spot:
    """The row itself where the step writes it, else the step's `timers`: a shared ladder suits others."""
    own = under(step.spot, "timers") if step else Spot("process", ("timers",))
    written_here = row.spot.file == own.file and row.spot.path[: len(own.path)] == own.path
    return under(row.spot, "at") if written_here else own


def calendars(given: Given) -> Iterator[Flaw]:
    """Calendars are those of the site (P406)."""
    used = [(given.process.calendar, Spot("process", ("calendar",)))]
    used += [(step.calendar, under(step.spot, "calendar")) for step in given.process.steps.values()]
    for name, spot in used:
        if name and not name.startswith("$") and name not in given.site.calendars:
            yield Flaw("P406.unknown", spot, {"calendar": name, "meant": meant(name, given.site.calendars)})


def pauses(given: Given) -> Iterator[Flaw]:
    """The case clock stands still for someone who is waited for, or in a step (P447)."""
    for n, word in enumerate(given.process.file.pause_while):
        if word not in WAITED_FOR and word not in given.process.called:
            like = meant(word, [*WAITED_FOR, *given.scope.steps()])
            yield Flaw("P447.unknown", Spot("process", ("pause_while", n)), {"word": word, "meant": like})
    for step in given.process.steps.values():
        yield from _pauses_of(given.process, step)
    yield from _standing_for_each_other(given.process)


def _pauses_of(process: Compiled, step: Step) -> Iterator[Flaw]:
    """The clock of a step stands still for steps that can be open beside it, or inside it (P447)."""
    for n, word in enumerate(step.pause_while):
        alone = process.pausing(replace(step, pause_while=(word,)))
        others = [process.steps[name] for name in alone]
        spot = under(step.spot, "pause_while", n) if len(step.pause_while) > 1 else under(step.spot, "pause_while")
        if not others:
            like = meant(word, [other.id for other in process.steps.values() if _open_beside(process, step, other)])
            yield Flaw("P447.step", spot, {"step": step.id, "word": word, "meant": like})
        elif not _open_beside(process, step, others[0]):
            yield Flaw("P447.beside", spot, {"step": step.id, "word": word})


def _standing_for_each_other(process: Compiled) -> Iterator[Flaw]:
    """Steps whose clocks stand still for each other, directly or by way of others, would never tell anybody (P447)."""
    told: set[str] = set()
    for step in process.steps.values():
        reached: set[str] = set()
        fresh = _stands_for(process, step)
        while fresh - reached:
            reached |= fresh
            fresh = set().union(*(_stands_for(process, process.steps[name]) for name in fresh))
        if step.name in reached - told:
            told |= reached
            yield Flaw("P447.circle", under(step.spot, "pause_while"), {"step": step.id})


def _stands_for(process: Compiled, step: Step) -> set[str]:
    """The steps during which the clock of this one stands still, with those inside them."""
    named = {name for name in process.pausing(step) if _open_beside(process, step, process.steps[name])}
    return {name for name, other in process.steps.items() if named and not named.isdisjoint((name, *other.inside))}


def _open_beside(process: Compiled, step: Step, other: Step) -> bool:
    """Whether a case can be in both: the other is inside this one, or each in a branch of its own."""
    if step.name in other.inside:
        return True
    mine, theirs = (*step.inside, step.name), (*other.inside, other.name)
    parted = next(((a, b) for a, b in zip(mine, theirs, strict=False) if a != b), None)
    return parted is not None and all(process.steps[name].kind == "joined" for name in parted)
