"""Whether mails exist, go to someone, are confirmed by a task that can, and read only what there is (P418-P443)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.checks.given import Given
from engine.checks.people import is_outside
from engine.checks.said import actions, ladder_rows
from engine.checks.scope import PERSONS
from engine.checks.tables import named_columns
from engine.checks.written import used_fragments
from engine.definition.compiled import Spot
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.durations import NotUnderstood, parse_duration
from engine.definition.expressions import Names
from engine.definition.expressions.problem import meant
from engine.definition.model.vocabulary import MailDef
from engine.definition.texts import Text
from engine.empty_lines import lines_that_stay

_BRACES = re.compile(r"\{\{(?P<inside>.*?)\}\}", re.DOTALL)
_OTHER = re.compile(r"\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)|\{\{(?:(?!\}\}).)*$", re.DOTALL)
_PATH = re.compile(r"[a-z_]\w*(?:\.[a-z_]\w*)*")


@dataclass(frozen=True, slots=True)
class Use:
    """A mail that is written somewhere: its id, and where it is named."""

    mail: str
    spot: Spot
    at: Spot
    """The spot of the action, row or task that names it: when it is written."""
    written: bool = True
    """False where a draft of it is only put away."""


def uses(given: Given) -> Iterator[Use]:
    """Every place where a mail is named."""
    for step in given.process.steps.values():
        if step.task and step.task.draft_mail:
            at = under(step.spot, "task")
            yield Use(step.task.draft_mail, under(at, "draft_mail"), at)
    for done in actions(given.process):
        if done.action.word == "draft_mail":
            yield Use(done.action.target, under(done.action.spot, "draft_mail"), done.action.spot)
        elif done.action.word == "withdraw_mail":
            yield Use(done.action.target, under(done.action.spot, "withdraw_mail"), done.action.spot, written=False)
        elif done.action.word == "mail" and done.action.target:
            yield Use(done.action.target, under(done.action.spot, "template"), done.action.spot)
    for row, _ in ladder_rows(given.process):
        for key, mail in (("draft_mail", row.draft_mail), ("template", row.template)):
            if mail:
                yield Use(mail, under(row.spot, key), row.spot)


def known(given: Given) -> Iterator[Flaw]:
    """Every mail that is named is declared (P418); an action `mail` names its template, and only what is drafted beside
    the flow can be withdrawn."""
    waiting = _drafted_beside_the_flow(given)
    for use in uses(given):
        if use.mail not in given.process.mails:
            yield Flaw("P418.unknown", use.spot, {"mail": use.mail, "meant": meant(use.mail, given.process.mails)})
    for done in actions(given.process):
        if done.action.word == "mail" and not done.action.target:
            yield Flaw("P418.none", done.action.spot, {"meant": meant("", given.process.mails)})
        named = done.action.target
        if done.action.word == "withdraw_mail" and named in given.process.mails and named not in waiting:
            like = meant(named, waiting)
            yield Flaw("P418.never", under(done.action.spot, "withdraw_mail"), {"mail": named, "meant": like})


def _drafted_beside_the_flow(given: Given) -> frozenset[str]:
    """The mails that some action or timer drafts; a task that confirms one is left by its buttons instead."""
    acted = (done.action.target for done in actions(given.process) if done.action.word == "draft_mail")
    rung = (row.draft_mail for row, _ in ladder_rows(given.process) if row.draft_mail)
    return frozenset((*acted, *rung))


def confirming(given: Given) -> Iterator[Flaw]:
    """A task that confirms a mail ends with sent or not_sent (P426) and asks nothing but why it is not sent (P427)."""
    for step in given.process.steps.values():
        if not step.task or not step.task.draft_mail:
            continue
        if set(step.outcomes) != {"sent", "not_sent"}:
            yield Flaw("P426.outcomes", step.spot, {"step": step.id, "found": ", ".join(step.outcomes) or "-"})
        not_sent = step.outcomes.get("not_sent")
        why_not = {*(not_sent.ask if not_sent else ())} - _read_in(given, step.task.draft_mail)
        for key, names in (("ask", step.task.form.ask), ("optional", step.task.form.optional)):
            if set(names) - (why_not if key == "optional" else set()):
                yield Flaw("P427.form", under(step.spot, "task", "form", key), {"step": step.id, "key": key})


def _read_in(given: Given, mail: str) -> set[str]:
    """The fields that whoever confirms a mail reads in it."""
    known = given.process.mails.get(mail)
    texts = (known.subject.en, known.subject.zh, known.body.en, known.body.zh) if known else ()
    return {found["inside"].strip().partition(".")[0] for text in texts for found in _BRACES.finditer(text)}


def templates(given: Given) -> Iterator[Flaw]:
    """Mails, the reasons of rules and the words of an urgent case hold names that are known (P441), and nothing but names
    (P442); a case that is never urgent has no such words (P466)."""
    for rule in given.process.rules:
        for one in dict.fromkeys((rule.because.en, rule.because.zh)):
            yield from _template(given, one, Spot(rule.spot.file, (*rule.spot.path[:-1], "because")))
    if words := given.process.file.urgent_says:
        spot = Spot("process", ("urgent_says",))
        if given.process.urgent_when is None:
            yield Flaw("P466.never", spot)
        for one in dict.fromkeys((words.en, words.zh)):
            yield from _template(given, one, spot)
    for mail, spot in declared(given):
        for key, text in (("subject", mail.subject), ("body", mail.body)):
            for one in dict.fromkeys((text.en, text.zh)):
                yield from _template(given, one, under(spot, key))


def drafts_due(given: Given) -> Iterator[Flaw]:
    """How long a draft may wait is a duration (P412)."""
    for mail, spot in declared(given):
        try:
            parse_duration(mail.due or "1 day")
        except NotUnderstood as wrong:
            yield Flaw(wrong.key, under(spot, "due"), wrong.names)


def told_columns(given: Given) -> Iterator[Flaw]:
    """The columns that a mail tells are those of a table it names (P458), and there are such columns (P459)."""
    fields = given.process.fields
    for mail, spot in declared(given):
        here = sorted(path[0] for path in names_in_mail(mail) if path[0] in fields and fields[path[0]].type == "table")
        yield from named_columns(mail.columns, here, spot, fields, "P458.mail")


def _template(given: Given, text: str, spot: Spot) -> Iterator[Flaw]:
    for found in _OTHER.finditer(text):
        yield Flaw("P442.other", spot, {"written": found.group()[:40]})
    for found in _BRACES.finditer(text):
        inside = found["inside"].strip()
        if not _PATH.fullmatch(inside):
            yield Flaw("P442.expression", spot, {"written": found.group()[:40], "inside": inside})
            continue
        path = tuple(inside.split("."))
        if given.scope.type_of(path) is None:
            yield Flaw(
                "P441.unknown", spot, {"name": inside, "written": found.group()[:40], "meant": _like(given, path)}
            )


def _like(given: Given, path: Names) -> Text:
    for length in range(len(path)):
        if given.scope.type_of(path[: length + 1]) is None:
            names = given.scope.names_after(path[:length]) if length else given.scope.names()
            if path[length] not in names:
                return meant(path[length], names)
    return meant(path[-1], given.scope.names_after(path))


def recipients(given: Given) -> Iterator[Flaw]:
    """A mail goes to a role, a person of the case, or a record or person with a mail address (P443)."""
    for mail, spot in declared(given):
        if not _has_address(given, mail.to):
            key = "P443.default" if "to" not in mail.model_fields_set else "P443.unknown"
            fields = [field for field in given.process.fields if _has_address(given, field)]
            names = [*fields, *given.site.roles, *PERSONS[:2]]
            yield Flaw(key, under(spot, "to"), {"to": mail.to, "meant": meant(mail.to, names)})
        if mail.confirm is not None and mail.confirm not in (*given.site.roles, "owner", "starter"):
            like = meant(mail.confirm, given.site.roles)
            yield Flaw("P407.unknown", under(spot, "confirm"), {"role": mail.confirm, "meant": like})


def _has_address(given: Given, to: str) -> bool:
    if to in given.site.roles or to in ("owner", "starter"):
        return True
    kind = given.scope.type_of(tuple(to.split(".")))
    if kind is None:
        return False
    if kind.kind == "record":
        record = given.site.records.get(kind.of or "")
        return record is None or "email" in record.attributes
    return kind.kind in ("user", "email")


def notices(given: Given) -> Iterator[Flaw]:
    """A notice that leaves without a person reading it holds nothing that a person typed freely (P444)."""
    if not given.site.auto_confirm_notices:
        return
    for mail, spot in declared(given):
        if not mail.notice or not is_outside(given, mail.to):
            continue
        for path in sorted(names_in_mail(mail)):
            kind = given.scope.type_of(path)
            field = given.process.fields.get(path[0])
            kinds = {kind.kind, *(column.kind for _, column in kind.columns)} if kind else set()
            if "long_text" in kinds and field is not None and len(path) == 1:
                yield Flaw("P444.free_text", under(spot, "body"), {"field": ".".join(path)})


def names_in_mail(mail: MailDef) -> frozenset[Names]:
    """Every path a mail reads."""
    return _names_in(mail.subject.en, mail.subject.zh, mail.body.en, mail.body.zh)


def names_missed_in_mail(mail: MailDef) -> frozenset[Names]:
    """Every path that leaves a gap in a mail where it is empty."""
    return _names_in(mail.subject.en, mail.subject.zh, *map(lines_that_stay, (mail.body.en, mail.body.zh)))


def _names_in(*texts: str) -> frozenset[Names]:
    inside = (found["inside"].strip() for text in texts for found in _BRACES.finditer(text))
    return frozenset(tuple(path.split(".")) for path in inside if _PATH.fullmatch(path))


def declared(given: Given) -> Iterator[tuple[MailDef, Spot]]:
    """The mails of the process and of the fragments it uses."""
    for name, mail in given.process.file.mails.items():
        yield mail, Spot("process", ("mails", name))
    for fragment, written in used_fragments(given).items():
        for name, mail in written.mails.items():
            if name not in given.process.file.mails:
                yield mail, Spot("library", ("fragments", fragment, "mails", name))
