"""Whether everybody who is named exists: roles, persons of the case, fields that hold a person (P407, P419, P424)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.checks.fields import declared_fields
from engine.checks.given import Given
from engine.checks.said import actions, ladder_rows
from engine.checks.scope import PERSONS
from engine.definition.compiled import CompiledRule, Spot
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions.problem import meant
from engine.people import roles_in
from engine.rules import step_of

OUTSIDE_WORDS = frozenset({"customer", "supplier"})


def roles(given: Given) -> Iterator[Flaw]:
    """Roles are those of the site; permissions and reminders may also name a person of the case (P407)."""
    start, permissions = given.process.file.start, given.process.permissions
    yield from _unknown(given, start.role, Spot("process", ("start", "role")), ())
    at = Spot("process", ("permissions",))
    yield from _unknown(given, permissions.see, under(at, "see"), ("starter", "owner"))
    yield from _unknown(given, permissions.cancel, under(at, "cancel"), ("starter", "owner"))
    yield from _unknown(given, permissions.move, under(at, "move"), ("starter", "owner"))
    if permissions.reopen:
        yield from _unknown(given, permissions.reopen.role, under(at, "reopen", "role"), ("starter", "owner"))
    yield from _moved_to(given, permissions.move_to, under(at, "move_to"))
    for _, definition, spot in declared_fields(given):
        yield from _unknown(given, roles_in(definition.role), under(spot, "role"), ())
        yield from _unknown(given, definition.visible_to or (), under(spot, "visible_to"), ("starter", "owner"))
    for step in given.process.steps.values():
        for n, option in enumerate(step.task.role if step.task else ()):
            spot = under(step.spot, "task", "role", n, "then" if option.when else "otherwise")
            yield from _unknown(given, option.then, spot, ())


def _moved_to(given: Given, names: tuple[str, ...], at: Spot) -> Iterator[Flaw]:
    """What a case may be moved to is a step that is not automatic (P475)."""
    fitting = [step.name for step in given.process.roots() if step.kind != "do"]
    for n, name in enumerate(names):
        if name not in fitting:
            yield Flaw("P475.step", under(at, n), {"step": name, "meant": meant(name, fitting)})


def in_ladders(given: Given) -> Iterator[Flaw]:
    """Whom a ladder reminds, gives a task or writes a mail (P407); a mail of a ladder goes to staff only (P419)."""
    for row, _ in ladder_rows(given.process):
        yield from _unknown(given, row.remind, under(row.spot, "remind"), PERSONS)
        yield from _unknown(given, (row.task,) if row.task else (), under(row.spot, "task"), ("owner", "starter"))
        yield from _mailed(given, row.mail, under(row.spot, "mail"))


def in_mails(given: Given) -> Iterator[Flaw]:
    """`mail` as an action goes to staff; who is outside gets a draft that a person confirms (P419)."""
    for done in actions(given.process):
        if done.action.word == "mail":
            yield from _mailed(given, done.action.roles, under(done.action.spot, "mail"))


def user_paths(given: Given) -> Iterator[Flaw]:
    """`owner` and `assign_to` lead to a person, and the fields of `owner_not` hold one (P424)."""
    owner = given.process.file.owner
    if owner != "starter":
        yield from _user(given, tuple(owner.split(".")), Spot("process", ("owner",)))
    for n, name in enumerate(given.process.file.owner_not):
        yield from _user_field(given, name, Spot("process", ("owner_not", n)))
    for step in given.process.steps.values():
        if step.task and step.task.assign_to:
            yield from _user(given, step.task.assign_to, under(step.spot, "task", "assign_to"))


def waivers(given: Given) -> Iterator[Flaw]:
    """Who may waive four eyes is a role (P407), there is something to waive, and no rule forbids it for ever (P472)."""
    for step in given.process.steps.values():
        if step.task is None or step.task.waived_by is None:
            continue
        spot, others = under(step.spot, "task", "may_be_waived_by"), step.task.different_person_from
        if step.task.waived_by not in given.site.roles:
            names = {"role": step.task.waived_by, "meant": meant(step.task.waived_by, given.site.roles)}
            yield Flaw("P407.unknown", spot, names)
        elif not others:
            yield Flaw("P472.nothing", spot, {"step": step.id})
        for rule in given.process.rules:
            if rule.form == "same_person" and _covers(given, rule, step.name, others):
                yield Flaw("P472.rule", spot, {"step": step.id, "rule": rule.text})


def _covers(given: Given, rule: CompiledRule, step: str, others: Sequence[str]) -> bool:
    """Whether a rule of four eyes speaks of this step and of one of the others, in either order."""
    mine = set(given.process.around(step))
    theirs = {other for name in others if name in given.process.steps for other in _in_and_around(given, name)}
    theirs |= {"start"} & set(others)
    a, b = ({step_of(moment) for moment in moments} for moments in (rule.a, rule.b))
    return bool((a & mine and b & theirs) or (b & mine and a & theirs))


def _in_and_around(given: Given, step: str) -> Iterator[str]:
    yield from given.process.around(step)
    yield from (inner.name for inner in given.process.steps.values() if step in inner.inside)


def _user(given: Given, path: tuple[str, ...], spot: Spot) -> Iterator[Flaw]:
    kind = given.scope.type_of(path)
    if kind is None or kind.kind != "user":
        key = "P424.unknown" if kind is None else "P424.no_user"
        names = [*_user_paths(given), "owner", "starter"]
        yield Flaw(key, spot, {"path": ".".join(path), "meant": meant(".".join(path), names)})


def _user_field(given: Given, name: str, spot: Spot) -> Iterator[Flaw]:
    field = given.process.fields.get(name)
    if field is None or field.type != "user":
        like = meant(name, [known for known, other in given.process.fields.items() if other.type == "user"])
        yield Flaw("P424.unknown" if field is None else "P424.no_field", spot, {"path": name, "meant": like})


def _user_paths(given: Given) -> list[str]:
    """The fields that hold a person, and the persons that stand in a record of the case."""
    scope, found = given.scope, []
    for name in given.process.fields:
        for path in ((name,), *((name, part) for part in scope.names_after((name,)))):
            kind = scope.type_of(path)
            if kind and kind.kind == "user":
                found.append(".".join(path))
    return found


def _mailed(given: Given, words: Sequence[str], spot: Spot) -> Iterator[Flaw]:
    for n, word in enumerate(words):
        if is_outside(given, word):
            yield Flaw("P419.direct", under(spot, n), {"to": word})
        else:
            yield from _unknown(given, (word,), under(spot, n), PERSONS)


def is_outside(given: Given, word: str) -> bool:
    """Whether a path leads to someone outside: a record type marked so, or anything of it."""
    path = word.split(".")
    if word in given.site.roles:
        return False
    if path[0] in OUTSIDE_WORDS:
        return True
    for length in range(1, len(path) + 1):
        kind = given.scope.type_of(tuple(path[:length]))
        record = given.site.records.get(kind.of or "") if kind and kind.kind == "record" else None
        if record is not None and (record.outside or (kind is not None and kind.of in OUTSIDE_WORDS)):
            return not _is_staff(given, tuple(path))
    return False


def _is_staff(given: Given, path: tuple[str, ...]) -> bool:
    kind = given.scope.type_of(path)
    return kind is not None and kind.kind == "user"


def _unknown(given: Given, words: Sequence[str], spot: Spot, also: Sequence[str]) -> Iterator[Flaw]:
    for n, word in enumerate(words):
        if word not in given.site.roles and word not in also and not word.startswith("$"):
            yield Flaw("P407.unknown", under(spot, n), {"role": word, "meant": meant(word, [*given.site.roles, *also])})
