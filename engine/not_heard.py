"""Why a case does not take news: it does not wait for it, something is not filled in, it is about no row here, or it does not
fit how things stand. Must not know what the case would have made of it."""

from __future__ import annotations

from engine import events as happened
from engine.definition.compiled import Compiled, matched_paths
from engine.definition.texts import Text
from engine.draft import Draft
from engine.matching import rows_concerned
from engine.news_by_hand import heard_now, what_is_missing
from engine.refusals import Refusal


def not_heard(process: Compiled, draft: Draft, event: happened.EventArrived) -> Refusal:
    """The refusal of news that nothing in the case has taken."""
    if draft.ended is not None or event.name not in heard_now(process, draft.leaves):
        return _refusal(process, event, "The case does not wait for '{}' now.", "工单当前不等待“{}”。")
    by_hand = event.source == "staff"
    missing = what_is_missing(process, draft.leaves, event.name, event.values) if by_hand else None
    return missing or _does_not_fit(process, draft, event)


def _does_not_fit(process: Compiled, draft: Draft, event: happened.EventArrived) -> Refusal:
    table = process.row_events.get(event.name)
    if table is None:
        en, zh = (
            "'{}' does not fit how the case stands. Check what you entered.",
            "“{}”与工单现状不符，请核对所填内容。",
        )
        return _refusal(process, event, en, zh)
    label = process.fields[table].label
    said = (str(event.values[key]) for key in matched_paths(process.events[event.name]) if event.values.get(key))
    row = next(said, "—")
    if not rows_concerned(process, draft, event.name, event.values):
        en = f"'{{}}' was entered for {row}, which is not among '{label.say('en')}' of this case. Check the number."
        zh = f"“{{}}”所填的 {row} 不在本工单的“{label.say('zh-Hans')}”中，请核对。"
        return _refusal(process, event, en, zh)
    return _refusal(
        process,
        event,
        f"'{{}}' does not fit how {row} stands: something newer is known of it, or it is over. Check number and time.",
        f"“{{}}”与 {row} 的现状不符：已有更新的消息，或已经办结。请核对编号和时间。",
    )


def _refusal(process: Compiled, event: happened.EventArrived, en: str, zh: str) -> Refusal:
    definition = process.events.get(event.name)
    name = definition.label if definition and definition.label else Text(event.name, event.name)
    text = Text(en.replace("{}", name.say("en"), 1), zh.replace("{}", name.say("zh-Hans"), 1))
    return Refusal("not_heard", text, concerns=event.name)
