"""The rules of a process, asked of a running case at every move, by the same definition that is proved before publishing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from engine.definition.compiled import Compiled, CompiledRule, Guard, Move
from engine.definition.texts import Text
from engine.promises import Happening, after_move, happening, happens
from engine.refusals import Refusal


def keep_promises(
    process: Compiled,
    marks: Collection[str],
    move: Move | None,
    entered: Collection[str],
    holds: Callable[[Guard], bool],
    said: Callable[[Text], Text],
) -> tuple[str, ...]:
    """The marks of the rules after a move (a rule's text is among them when its mark is set). Raises Refusal("rule")
    for a move that breaks one. `move` is None for a move by hand, which finishes nothing; `said` fills a reason."""
    now = happening(process.steps, move.finishes if move else (), entered)
    marked: list[str] = []
    refusing: list[CompiledRule] = []
    for rule in process.rules:
        mark, is_broken = after_move(rule, rule.text in marks, now)
        if is_broken or _forbidden_now(rule, now, holds):
            refusing.append(rule)
        if mark:
            marked.append(rule.text)
    if refusing:
        raise broken(process, refusing, said)
    return tuple(marked)


def _forbidden_now(rule: CompiledRule, now: Happening, holds: Callable[[Guard], bool]) -> bool:
    """`never: A when …`, tested on the values after everything that is done on the way."""
    if rule.form != "never_when" or rule.guard is None:
        return False
    return happens(rule.a, now) and holds(rule.guard)


def forbidden_person(
    process: Compiled, step: str, done_by: Mapping[str, tuple[str, ...]], starter: str | None
) -> set[str]:
    """Who may not do a step because of `never: A and B by the same person`, in both orders and all rounds."""
    found: set[str] = set()
    for rule in process.rules:
        if rule.form != "same_person":
            continue
        for mine, other in ((rule.a, rule.b), (rule.b, rule.a)):
            if any(step_of(moment) == step for moment in mine):
                found |= _who_did(other, done_by, starter)
    return found


def _who_did(moments: Collection[str], done_by: Mapping[str, tuple[str, ...]], starter: str | None) -> set[str]:
    found = {person for moment in moments for person in done_by.get(step_of(moment), ())}
    return found | ({starter} if starter and "start" in moments else set())


def step_of(moment: str) -> str:
    """The step a moment belongs to."""
    return moment.partition(".")[0]


def broken(process: Compiled, rules: Sequence[CompiledRule], said: Callable[[Text], Text]) -> Refusal:
    """The refusal for rules, all of them told at once."""
    return Refusal("rule", together(_why(process, rule, said) for rule in rules), concerns=rules[0].text)


def together(sentences: Iterable[Text]) -> Text:
    """Several sentences as one text, each once."""
    told = tuple(sentences)
    english, chinese = (dict.fromkeys(text.say(language) for text in told) for language in ("en", "zh-Hans"))
    return Text(" ".join(english), "".join(chinese))


def _why(process: Compiled, rule: CompiledRule, said: Callable[[Text], Text]) -> Text:
    """Its own reason if the author gave one, else what must happen first, by label."""
    if rule.because:
        return said(rule.because)
    a, b = _labels(process, rule.a), _labels(process, rule.b)
    match rule.form:
        case "never_before":
            return Text(f"'{a.en}' must wait: '{b.en}' has to come first.", f"“{a.zh}”须等待：必须先完成“{b.zh}”。")
        case "never_after":
            return Text(f"'{a.en}' is no longer possible after '{b.en}'.", f"“{b.zh}”之后不能再进行“{a.zh}”。")
        case "always_after":
            return Text(
                f"The case cannot end yet: after '{b.en}', '{a.en}' is still missing.",
                f"工单还不能结束：“{b.zh}”之后尚未完成“{a.zh}”。",
            )
        case _:
            return Text(f"'{a.en}' is not allowed now ({rule.text}).", f"现在不能进行“{a.zh}”（{rule.text}）。")


def _labels(process: Compiled, moments: Collection[str]) -> Text:
    labels = [_label(process, moment) for moment in sorted(moments)]
    return Text(" / ".join(label.say("en") for label in labels), "／".join(label.say("zh-Hans") for label in labels))


def _label(process: Compiled, moment: str) -> Text:
    step = process.steps.get(step_of(moment))
    if step is None:
        return Text(moment, moment)
    rest = moment.partition(".")[2]
    outcome = step.outcomes.get(rest)
    event = process.events.get(rest)
    more = outcome.label if outcome else event.label if event and event.label else Text()
    if not more:
        return step.label
    return Text(f"{step.label.say('en')}: {more.say('en')}", f"{step.label.say('zh-Hans')}：{more.say('zh-Hans')}")
