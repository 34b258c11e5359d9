"""A call to an outside system that nobody answered yet: who moves the case away would never hear what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Call
from engine.definition.texts import Text
from engine.owners_task import ask_owner
from engine.refusals import Refusal

if TYPE_CHECKING:
    from engine.flow import Flow

UNANSWERED = "unanswered"
"""What the task is about that stays, after the end of the case too, until somebody has looked."""


def wait_for_the_answer(flow: Flow) -> None:
    """No hand moves or calls off a case while a call is out; only where it was given up, and an administrator knows."""
    for call in flow.draft.calls:
        label, tries = flow.process.steps[call.step].label, flow.process.steps[call.step].do[call.action].tries
        may_be_given_up = call.given_up is None and call.attempt >= tries
        if not (call.given_up or may_be_given_up):
            name = _system(flow, call)
            raise Refusal(
                "call_out",
                Text(
                    f"“{label.say('en')}” waits for an answer ({name.say('en')}), and nobody knows yet whether it was "
                    f"done there. Wait for it: after at most {tries} tries the case goes on or an administrator is told.",
                    f"“{label.say('zh-Hans')}”正在等待外部系统答复（{name.say('zh-Hans')}），是否已办理尚不清楚。"
                    f"请稍候：最多尝试 {tries} 次，之后工单会继续流转或通知管理员。",
                ),
                concerns=call.step,
            )


def left_unanswered(flow: Flow, step: str) -> None:
    """A step was left while its call had no answer: the owner finds out there whether it was done."""
    for call in flow.draft.calls:
        if call.step == step:
            label, name = flow.process.steps[step].label, _system(flow, call)
            asked = Text(
                f"Clear up whether it was done: {label.say('en')} ({name.say('en')}), whose answer never came",
                f"请核实是否已办理：{label.say('zh-Hans')}（{name.say('zh-Hans')}），该系统一直没有答复",
            )
            ask_owner(flow, asked, UNANSWERED, flow.draft.owner)
            flow.note("escalated", {"role": "owner", "level": 0})


def _system(flow: Flow, call: Call) -> Text:
    """What people call the operation that was asked."""
    target = flow.process.steps[call.step].do[call.action].target
    adapter = flow.process.site.adapters.get(target)
    return (adapter.label if adapter else None) or Text(target, target)
