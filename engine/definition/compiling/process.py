"""A whole process: its steps, its moves, its rules and its vocabulary, with the fragments it uses made part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from engine.definition.compiled import (
    Compiled,
    CompiledKpi,
    CompiledRule,
    Guard,
    LadderRow,
    Site,
    Spot,
    Step,
    table_matched,
)
from engine.definition.compiling.actions import compile_actions, compile_due, compile_ladder
from engine.definition.compiling.flaws import Flaw, Flaws
from engine.definition.compiling.moves import Moves, around_the_steps, of_the_case_ladder
from engine.definition.compiling.names import Level
from engine.definition.compiling.rules import Moments, compile_kpi, compile_rule
from engine.definition.compiling.steps import Steps, compile_anytime, compile_form
from engine.definition.expressions import fields_in
from engine.definition.model import LibraryFile, ProcessFile
from engine.definition.model.acting import Ladder
from engine.definition.model.basics import Part
from engine.definition.texts import Text

P = TypeVar("P", bound=Part)


def compile_process(
    file: ProcessFile, site: Site, library: LibraryFile | None = None, checksum: str = ""
) -> tuple[Compiled, list[Flaw]]:
    """The process and what is wrong with it; with flaws of level error it may be checked further, but not run."""
    flaws = Flaws()
    level = Level("process", Spot("process", ("steps",)))
    standard = site.ladder if library and site.ladder in library.ladders else ""
    work = Steps(file, library, standard, flaws, anytime=compile_anytime(file, level, flaws))
    work.compile(level, file.steps)
    steps = _in_one_table(work, flaws)
    fields = _merged("fields", file.fields, work, flaws)
    events = _merged("events", file.events, work, flaws)
    moves = Moves(flaws, steps, [], [name for name, event in events.items() if table_matched(event, fields)])
    around_the_steps(file, steps, level, moves)
    for written in work.found:
        if steps.get(written.step.name) is written.step:
            moves.of_step(written)
    shared = library.ladders if library else {}
    ladder, rows = compile_ladder(
        file.timers, Spot("process", ("timers",)), level, flaws, file.ladders, shared, standard if file.due else ""
    )
    of_the_case_ladder(rows, steps, level, moves)
    speaks_of = Moments(steps, moves.found, _called(steps), ladder)
    mails = _merged("mails", file.mails, work, flaws)
    compiled = Compiled(
        id=file.process,
        version=file.version,
        label=file.label,
        about=file.about or Text(),
        file=file,
        site=site,
        steps=steps,
        moves=tuple(moves.found),
        first=file.start.next or next(iter(file.steps)),
        fields=fields,
        events=events,
        mails=mails,
        on_sent={
            name: compile_actions(mail.on_sent, Spot("process", ("mails", name, "on_sent")), level, flaws)
            for name, mail in mails.items()
            if mail.on_sent
        },
        milestones=dict(file.milestones),
        start_form=compile_form(file.start.form, level),
        rules=_rules(file, speaks_of, flaws),
        kpis=_kpis(file, speaks_of, flaws),
        due=compile_due(file.due, Spot("process", ("due",)), level, flaws),
        ladder=ladder,
        anytime=work.anytime,
        calendar=file.calendar or "",
        urgent_when=_urgent_when(file, fields, flaws),
        answers_for_drafts=_called_by(ladder) or _answers_for_drafts(standard, level, shared),
        alike=file.alike.by if file.alike else (),
        alike_within=flaws.duration(file.alike.within, Spot("process", ("alike", "within"))) if file.alike else None,
        checksum=checksum,
    )
    return compiled, flaws.found


def _in_one_table(work: Steps, flaws: Flaws) -> dict[str, Step]:
    """All steps by name, outer before inner, each branch's end after its steps; two of one name is a flaw."""
    steps: dict[str, Step] = {}
    for step in [*(written.step for written in work.found), *work.joined]:
        if step.name in steps:
            flaws.note("P422.twice", step.spot, step=step.id)
        else:
            steps[step.name] = step
    return steps


def _called(steps: Mapping[str, Step]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for step in steps.values():
        for name in {step.name, step.id} if step.kind != "joined" else {step.name}:
            found.setdefault(name, []).append(step.name)
    return {name: (name,) if name in steps else tuple(names) for name, names in found.items()}


def _merged(what: str, own: Mapping[str, P], work: Steps, flaws: Flaws) -> dict[str, P]:
    """The process's own vocabulary and that of the fragments it uses; the same name must mean the same thing."""
    found = dict(own)
    for id, fragment in work.fragments.items():
        for name, definition in getattr(fragment, what).items():
            kind = getattr(definition, "type", None)
            if name in own and not _reads_as(getattr(own[name], "type", None), kind):
                flaws.note("P422.fragment", Spot("process", (what, name)), name=name, fragment=id)
            found.setdefault(name, definition)
    return found


def _reads_as(own: str | None, wanted: str | None) -> bool:
    """Whether a field of the process can take the place of a fragment's: a choice reads as text, in everybody's language."""
    return own == wanted or (own == "choice" and wanted in ("text", "long_text"))


def _urgent_when(file: ProcessFile, fields: Mapping[str, object], flaws: Flaws) -> Guard | None:
    """What makes a case urgent; that it is urgent cannot be among it."""
    spot = Spot("process", ("urgent_when",))
    guard = flaws.guard(file.urgent_when, spot) if file.urgent_when else None
    if guard is not None and "urgent" in fields_in(guard.expression) and "urgent" not in fields:
        flaws.note("P466.circle", spot)
        return None
    return guard


def _answers_for_drafts(standard: str, level: Level, shared: Mapping[str, Ladder]) -> tuple[str, ...]:
    """Whom the ladder of the site calls, in its order."""
    rows, _ = compile_ladder(None, Spot("process", ("timers",)), level, Flaws(), {}, shared, standard)
    return _called_by(rows)


def _called_by(rows: Sequence[LadderRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.task for row in rows if row.task))


def _rules(file: ProcessFile, moments: Moments, flaws: Flaws) -> tuple[CompiledRule, ...]:
    found = (compile_rule(rule, Spot("process", ("rules", n)), moments, flaws) for n, rule in enumerate(file.rules))
    return tuple(rule for rule in found if rule)


def _kpis(file: ProcessFile, moments: Moments, flaws: Flaws) -> tuple[CompiledKpi, ...]:
    found = (compile_kpi(name, kpi, moments, flaws) for name, kpi in file.kpis.items())
    return tuple(kpi for kpi in found if kpi)
