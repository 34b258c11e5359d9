"""What follows from an event: steps, people, time, branches, outside systems, rounds. Each test is one story."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine import events as happened
from engine.case import PAUSE_ENDS
from engine.case_offering import case_offer
from engine.decide import decide
from engine.effects import Remind, SendMail
from engine.offering import task_offer
from engine.refusals import FormRefusal, Refusal
from tests.engine.stage import Stage

TWO_STEPS = """
fields:
  amount: {type: money, min: 0, label: Amount | 金额}
  reason: {type: text, label: Reason | 原因, required_if: amount > 100}
steps:
  writing:
    label: Write | 填写
    task: {role: clerk, form: {ask: [amount], optional: [reason]}, may_pause: true}
    due: 2 working days
    timers: standard
    next:
      - {when: amount > 100, then: checking}
      - otherwise: done_well
  checking:
    label: Check | 审核
    task: {role: boss, different_person_from: writing}
    due: 1 working day
    outcomes: {approved: done_well, back: writing}
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
permissions: {cancel: starter, reopen: {role: boss, within: 5 days, next: writing}, move: boss}
rules:
  - never: writing and checking by the same person
"""


def test_the_first_row_that_holds_says_where_the_case_goes() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts", ("clerk completes writing", {"amount": "100"}))
    assert stage.ended == "done_well"


def test_a_field_becomes_required_by_its_condition() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    refusal = stage.refused("clerk completes writing", amount=200)
    assert isinstance(refusal, FormRefusal) and list(refusal.fields) == ["reason"]
    assert "原因" in refusal.fields["reason"].zh


def test_every_wrong_field_is_told_at_once_and_unknown_ones_too() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    refusal = stage.refused("clerk completes writing", amount="many", colour="red")
    assert set(refusal.codes) == {"amount", "colour"}


def test_nobody_completes_a_task_of_another_role() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    refusal = stage.refused("boss completes writing", amount=5)
    assert refusal.code == "role" and "Clerk" in refusal.text.en and "文员" in refusal.text.zh


def test_four_eyes_hold_in_every_round() -> None:
    both = TWO_STEPS.replace("role: clerk,", "role: [clerk, boss],")
    stage = Stage(both).lines("boss starts", ("boss completes writing", {"amount": 200, "reason": "x"}))
    assert stage.refused("boss completes checking.approved").code == "different_person"
    stage.lines("boss_2 completes checking.back")
    assert stage.work("writing").excluded == ("boss_2",)
    assert stage.refused("boss_2 completes writing", amount=5).code == "different_person"


def test_a_task_nobody_claimed_is_claimed_by_completing_it_and_one_somebody_holds_is_theirs() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts", "clerk claims writing")
    assert stage.work("writing").assignee == "clerk"
    assert stage.refused("clerk_2 completes writing", amount=5).code == "held"
    stage.lines(("clerk completes writing", {"amount": 5}))
    assert stage.ended == "done_well"


def test_only_the_starter_may_cancel_where_the_file_says_so() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    assert stage.refused("clerk_2 cancels").code == "role"
    stage.lines("clerk cancels")
    assert stage.ended == "cancelled" and stage.case is not None and stage.case.timers == ()


def test_reopening_begins_a_new_round_and_only_within_its_time() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts", ("clerk completes writing", {"amount": 5}), "boss reopens")
    assert stage.case is not None and stage.case.round == 2 and stage.at == ("writing",) and stage.ended is None
    stage.lines(("clerk completes writing", {"amount": 5}), "6 days pass")
    assert stage.refused("boss reopens").code == "too_late"


def test_a_move_by_hand_needs_a_reason_and_the_role() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    assert stage.refused("clerk moves to checking").code == "role"
    assert stage.refused("boss moves to checking", reason=" ").codes == ("reason",)
    stage.lines("boss moves to checking")
    assert stage.at == ("checking",)
    assert stage.refused("boss moves to cancelled").code == "role", "only who may cancel"


def test_nobody_moves_a_case_into_what_happens_by_itself() -> None:
    """What it does follows from what was done before it: a credit would be booked that nobody has agreed."""
    booking = "  booking: {label: Book | 入账, do: [set: {reason: booked}], next: done_well}\n  checking:"
    process = TWO_STEPS.replace("  checking:", booking, 1).replace("approved: done_well", "approved: booking")
    stage = Stage(process).lines("clerk starts")
    refused = stage.refused("boss moves to booking")
    assert refused.code == "not_allowed" and "“Book” happens by itself" in refused.text.en
    assert stage.at == ("writing",)
    assert stage.case is not None
    offer = case_offer(stage.process, stage.case, stage._person("boss"), stage.world_at(stage.now))
    assert [name for name, _ in offer.targets] == ["writing", "checking", "done_well", "cancelled"]


def test_nobody_moves_a_case_to_a_step_that_the_process_does_not_name_for_it() -> None:
    """Who is dunned by hand would be asked for money that nobody has charged."""
    process = TWO_STEPS.replace("move: boss", "move: boss, move_to: [writing, cancelled]", 1)
    stage = Stage(process).lines("clerk starts")
    refused = stage.refused("boss moves to checking")
    assert refused.code == "not_allowed" and "only follows from what is done before it" in refused.text.en
    assert stage.at == ("writing",) and stage.case is not None
    offer = case_offer(stage.process, stage.case, stage._person("boss"), stage.world_at(stage.now))
    assert [name for name, _ in offer.targets] == ["writing", "cancelled"]


def test_the_ladder_reminds_escalates_and_mails_each_once() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts", "2 working days pass")
    assert stage.seen.reminded == ["assignee", "clerk"] and stage.seen.tasks_for == ["boss"]
    stage.play("1 working day passes", {})
    assert stage.seen.mailed == ["boss"] and stage.seen.tasks_for == []
    stage.play("10 working days pass", {})
    assert stage.seen.mailed == ["boss", "boss"], "at most three in all"


def test_a_repeat_that_was_missed_rings_once() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    assert stage.case is not None
    late = stage.now + dt.timedelta(days=30)
    world = stage.world_at(late)
    case, mails = stage.case, 0
    for _ in range(10):
        due = sorted((t for t in case.timers if t.fire_at and t.fire_at <= late), key=lambda t: t.fire_at or late)
        if not due:
            break
        decision = decide(stage.process, case, happened.TimerRang(due[0].id), world)
        case = decision.case
        mails += sum(1 for e in decision.effects if type(e).__name__ == "SendMail" and getattr(e, "role", "") == "boss")
    assert mails == 1


def test_a_timer_of_a_step_already_left_changes_nothing() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    assert stage.case is not None
    timer = stage.case.timers[0]
    stage.lines(("clerk completes writing", {"amount": 200, "reason": "x"}))
    assert stage.case is not None
    decision = decide(
        stage.process, stage.case, happened.TimerRang(timer.id), stage.world_at(stage.now + dt.timedelta(days=9))
    )
    assert not decision.changed and decision.case is stage.case


def test_an_escalation_can_be_taken_over_reassigned_extended_or_noted() -> None:
    body = TWO_STEPS.replace("role: clerk,", "role: [clerk, boss],")
    stage = Stage(body).lines("clerk starts", "2 working days pass", "boss completes escalation.take_over")
    assert stage.work("writing").assignee == "boss"
    stage = Stage(body).lines("clerk starts", "2 working days pass")
    stage.lines(("boss completes escalation.reassign", {"to": "clerk"}))
    assert stage.work("writing").assignee == "clerk"
    stage = Stage(body).lines("clerk starts", "2 working days pass")
    assert set(stage.refused("boss completes escalation.extend").codes) == {"due_at", "reason"}
    stage.lines(("boss completes escalation.extend", {"due_at": "2026-03-20 10:00", "reason": "parts"}))
    assert stage.work("writing").due_at == dt.datetime(2026, 3, 20, 2, 0, tzinfo=dt.UTC)
    stage = Stage(body).lines(
        "clerk starts", "2 working days pass", ("boss completes escalation.noted", {"comment": "ok"})
    )
    assert stage.at == ("writing",)


def test_a_paused_task_is_not_chased_and_keeps_the_minutes_it_had() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts", "1 working day passes")
    stage.lines(("clerk pauses writing", {"reason": "parts", "until": "2026-03-10 09:00"}))
    stage.play("4 working days pass", {})
    assert stage.seen.reminded == [] and stage.refused("clerk completes writing", amount=5).code == "paused"
    stage.lines("clerk resumes writing")
    assert stage.work("writing").due_at == dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC), "eight open hours were left"
    assert stage.case is not None and not [t for t in stage.case.timers if t.row == PAUSE_ENDS]


def test_the_follow_up_date_resumes_a_paused_task_by_itself() -> None:
    stage = Stage(TWO_STEPS).lines(
        "clerk starts", ("clerk pauses writing", {"reason": "x", "until": "2026-03-05 09:00"})
    )
    stage.lines("3 days pass")
    assert not stage.work("writing").paused
    told = [e for e in stage.effects if isinstance(e, Remind) and "Its pause is over: Write (x)" in e.text.en]
    assert [e.people for e in told] == [("clerk",)]
    assert [e.to for e in stage.effects if isinstance(e, SendMail) and "Its pause is over" in e.subject]


def test_a_pause_needs_a_reason_and_a_date_in_the_future() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    assert set(stage.refused("clerk pauses writing", reason="", until="2026-03-01 09:00").codes) == {"reason", "until"}


BRANCHES = """
fields:
  parts: {type: yes_no, label: Parts | 备件}
events:
  parts.ready: {label: Parts ready | 备件到位}
  everything.off: {label: Off | 取消}
anytime: {everything.off: called_off}
steps:
  asking:
    label: Ask | 询问
    task: {role: clerk, form: {ask: [parts]}}
    due: 1 working day
    next: preparing
  preparing:
    label: Prepare | 准备
    parallel:
      goods:
        looking: {label: Look | 查, do: [{note: looked | 已查}], next: [{when: parts, then: ordering}, {otherwise: join}]}
        ordering:
          label: Order | 订购
          task: {role: fixer}
          due: 1 working day
          events: {parts.ready: join}
          next: join
      date:
        agreeing: {label: Agree | 约定, task: {role: clerk}, due: 1 working day, outcomes: {agreed: join, never: called_off}}
    join: all
    next: visiting
  visiting: {label: Visit | 上门, task: {role: fixer}, due: 1 working day, next: done_well}
  done_well: {end: success, label: Done | 完成}
  called_off: {end: failure, label: Off | 取消}
"""


def test_branches_wait_for_each_other_in_any_order() -> None:
    stage = Stage(BRANCHES).lines("clerk starts", ("clerk completes asking", {"parts": "yes"}))
    assert set(stage.at) == {"ordering", "agreeing"}
    stage.lines("clerk completes agreeing.agreed", "parts.ready arrives")
    assert stage.at == ("visiting",)
    other = Stage(BRANCHES).lines("clerk starts", ("clerk completes asking", {"parts": "no"}))
    assert set(other.at) == {"preparing/goods", "agreeing"}
    assert other.lines("clerk completes agreeing.agreed").at == ("visiting",)


def test_leaving_a_branch_for_an_outer_step_drops_the_others() -> None:
    stage = Stage(BRANCHES).lines("clerk starts", ("clerk completes asking", {"parts": "yes"}))
    stage.lines("clerk completes agreeing.never")
    assert stage.ended == "called_off" and stage.case is not None and stage.case.tasks == ()


def test_any_join_goes_on_with_the_first_branch() -> None:
    stage = Stage(BRANCHES.replace("join: all", "join: any")).lines(
        "clerk starts", ("clerk completes asking", {"parts": "no"})
    )
    assert stage.at == ("visiting",)


def test_an_anytime_event_is_heard_wherever_the_case_is() -> None:
    stage = Stage(BRANCHES).lines(
        "clerk starts", ("clerk completes asking", {"parts": "yes"}), "everything.off arrives"
    )
    assert stage.ended == "called_off"


CALLING = """
fields:
  document: {type: text, label: Document | 单据}
  amount: {type: money, label: Amount | 金额, default: 12.50}
steps:
  crediting:
    label: Credit | 退款
    do:
      - call: erp.credit
        with: {amount: = amount}
        save: {document: document}
        retry: 2 times, every 10 minutes
        if_it_fails: by_hand
      - note: credited | 已退款
    next: done_well
  by_hand: {label: By hand | 人工, task: {role: boss}, due: 1 working day, next: done_well}
  done_well: {end: success, label: Done | 完成}
"""


def test_a_call_is_answered_and_what_it_gives_is_kept() -> None:
    stage = Stage(CALLING).lines("clerk starts")
    assert stage.ended == "done_well" and stage.fields()["document"] == "DOC-1" and stage.seen.called == ["erp.credit"]


def test_a_call_that_fails_is_tried_again_and_then_a_person_does_it() -> None:
    stage = Stage(CALLING, failing="erp.credit").lines("clerk starts")
    assert stage.at == ("crediting",)
    stage.play("1 hour passes", {})
    assert stage.seen.called == ["erp.credit"] and stage.at == ("by_hand",)


def crediting(stage: Stage) -> str:
    """The key of the call that waits for its answer."""
    assert stage.case is not None
    (call,) = stage.case.calls
    return call.key


def test_a_failure_that_is_told_twice_is_one_attempt() -> None:
    stage = Stage(CALLING, failing="erp.credit").lines("clerk starts")
    case = stage.case
    assert case is not None and len(case.timers) == 1
    again = decide(stage.process, case, happened.CallFailed(crediting(stage), "told twice"), stage.world_at(stage.now))
    assert not again.changed and again.case is case


TWO_CALLS = CALLING.replace(
    "      - note: credited | 已退款", "      - call: erp.credit\n        with: {amount: = amount}"
)


def test_an_answer_after_a_failure_counts_and_the_call_is_not_made_again() -> None:
    stage = Stage(TWO_CALLS, failing="erp.credit").lines("clerk starts")
    first = crediting(stage)
    late = happened.CallAnswered(first, {"document": "DOC-9"})
    answered = decide(stage.process, stage.case, late, stage.world_at(stage.now)).case
    assert answered.values["document"] == "DOC-9"
    assert answered.timers == () and [call.key == first for call in answered.calls] == [False]


MOVABLE = (
    CALLING.replace("steps:", "permissions: {cancel: clerk, move: clerk}\nsteps:", 1)
    + """  cancelled: {end: cancelled, label: Called off | 取消}
"""
)


@pytest.mark.parametrize("line", ["clerk moves to by_hand", "clerk moves to done_well", "clerk cancels"])
def test_nobody_moves_or_calls_off_a_case_whose_call_is_still_out(line: str) -> None:
    stage = Stage(MOVABLE, failing="erp.credit").lines("clerk starts")
    refusal = stage.refused(line, reason="we know better")
    assert refusal.code == "call_out" and "Wait for it" in refusal.text.en


@pytest.mark.parametrize("to", ["by_hand", "done_well"])
def test_who_moves_a_case_whose_call_was_given_up_is_asked_to_clear_it_up_also_after_its_end(to: str) -> None:
    text = MOVABLE.replace("        if_it_fails: by_hand\n", "")
    stage = Stage(text, failing="erp.credit").lines("clerk starts", "1 hour passes")
    assert stage.case is not None
    before_it_was_kept = tuple(replace(call, given_up=None) for call in stage.case.calls)
    assert [call.given_up for call in stage.case.calls] == [True]
    stage.case = replace(stage.case, calls=before_it_was_kept)
    stage.play(f"clerk moves to {to}", {"reason": "we know better"})
    assert stage.case is not None
    task = next(task for task in stage.case.tasks if task.label.en.startswith("Clear up whether it was done: Credit"))
    more = {"due_at": "2026-03-20T10:00:00+08:00", "reason": "later", "to": "boss"}
    for other in ("extend", "take_over", "reassign"):
        with pytest.raises(Refusal, match="choose: noted"):
            stage._do(happened.TaskCompleted(task.id, other, "clerk", more))
    world = stage.world_at(stage.now)
    offer = task_offer(stage.process, stage.case, task, world.people["clerk"], world)
    assert [button.name for button in offer.outcomes] == ["noted"]
    stage._do(happened.TaskReassigned(task.id, "boss", "clerk"))
    stage._do(happened.TaskCompleted(task.id, "noted", "boss", {"comment": "It was credited."}))
    assert task.id not in [open.id for open in stage.case.tasks]


MAILING = """
fields:
  customer: {type: record, of: customer, label: Customer | 客户}
  advice: {type: long_text, label: Advice | 建议}
  size: {type: choice, label: Size | 大小, choices: {small: Small | 小, large: Large | 大}}
  price: {type: money, label: Price | 价格}
start: {role: clerk, form: {ask: [customer, advice, size, price]}}
steps:
  telling:
    label: Tell | 告知
    on_enter: [{draft_mail: welcome}]
    task: {role: clerk, same_person_as: start, draft_mail: answer}
    due: 1 working day
    outcomes: {sent: done_well, not_sent: telling}
  done_well: {end: success, label: Done | 完成}
mails:
  answer:
    subject: About {{ case.number }} | 关于 {{ case.number }}
    body: "Dear {{ customer.name }}: {{ advice }}, {{ size }}, {{ price }} | {{ customer.name }}您好：{{ advice }}，{{ size }}，{{ price }}"
  welcome:
    subject: Welcome | 欢迎
    body: Hello {{ customer }} | 您好 {{ customer }}
"""
MAIL_HEAD = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: office\n"


def mailing(**customer: str) -> Stage:
    known = {"name": "ACME", "email": "a@example.com", **customer}
    given = {"customer": known, "advice": "turn it off", "size": "large", "price": "1234.5"}
    return Stage(MAILING, MAIL_HEAD, **given).lines("clerk starts")


def test_a_draft_says_everything_in_the_customers_language() -> None:
    mail = mailing(language="zh-Hans").work("telling").mail
    assert (
        mail.subject == "关于 TRIAL-1"
        and mail.body == "ACME您好：turn it off，大，1,234.50"
        and mail.to == "a@example.com"
    )
    assert mailing().work("telling").mail.body == "Dear ACME: turn it off, Large, 1,234.50"


def test_only_the_person_named_confirms_and_then_it_is_sent_once() -> None:
    stage = mailing()
    assert stage.refused("clerk_2 completes telling.sent").code == "same_person"
    stage.play("clerk completes telling.sent", {})
    assert stage.seen.sent == ["answer"] and stage.ended == "done_well"


def test_a_draft_beside_the_flow_waits_for_the_owner_and_survives_the_end() -> None:
    stage = mailing().lines("clerk completes telling.sent")
    assert stage.case is not None and [(t.kind, t.assignee) for t in stage.case.tasks] == [("draft", "clerk")]
    stage.play("clerk completes welcome.sent", {})
    assert stage.seen.sent == ["welcome"] and stage.case.tasks == ()


def test_a_customer_without_an_address_gets_no_mail_until_one_is_written() -> None:
    stage = mailing(email="")
    task = stage.work("telling")
    event = happened.TaskCompleted(task.id, "sent", "clerk", {}, task.mail)
    with pytest.raises(FormRefusal) as refused:
        decide(stage.process, stage.case, event, stage.world_at(stage.now))
    assert list(refused.value.fields) == ["mail_to"]


def test_line_breaks_in_a_subject_and_two_addresses_are_refused() -> None:
    from dataclasses import replace

    stage = mailing()
    task = stage.work("telling")
    for wrong in (
        replace(task.mail, subject="a\nBcc: x@y.zz"),
        replace(task.mail, subject="a\0b"),
        replace(task.mail, subject="\u202eevil"),
        replace(task.mail, to="a@b.cc, d@e.ff"),
        replace(task.mail, to="a\0@b.cc"),
        replace(task.mail, to="a@b.cc\u200b"),
    ):
        with pytest.raises(Refusal):
            decide(
                stage.process,
                stage.case,
                happened.TaskCompleted(task.id, "sent", "clerk", {}, wrong),
                stage.world_at(stage.now),
            )


def test_a_colleague_does_not_change_the_draft_that_another_one_holds() -> None:
    from dataclasses import replace

    known = {"customer": {"name": "ACME", "email": "a@example.com"}, "advice": "off", "size": "large", "price": "1"}
    stage = Stage(MAILING.replace("same_person_as: start, ", ""), MAIL_HEAD, **known).lines("clerk starts")
    task = replace(stage.work("telling"), assignee="clerk")
    assert stage.case is not None
    case = replace(stage.case, tasks=tuple(task if t.id == task.id else t for t in stage.case.tasks))
    elsewhere = happened.DraftEdited(task.id, replace(task.mail, to="else@example.com"), "clerk_2")
    world = stage.world_at(stage.now)
    world = replace(world, people={**world.people, "clerk_2": replace(world.people["clerk"], id="clerk_2")})
    with pytest.raises(Refusal) as refused:
        decide(stage.process, case, elsewhere, world)
    assert refused.value.code == "held"
    assert decide(stage.process, case, replace(elsewhere, by="clerk"), world).changed


def test_an_escalation_gives_nothing_to_somebody_who_left() -> None:
    from dataclasses import replace

    stage = Stage(TWO_STEPS).lines("clerk starts", "2 working days pass")
    assert stage.case is not None
    task, world = next(t for t in stage.case.tasks if t.kind == "escalation"), stage.world_at(stage.now)
    there = replace(world.people["clerk"], id="clerk_2")
    here, gone = ({**world.people, "clerk_2": replace(there, active=active)} for active in (True, False))
    event = happened.TaskCompleted(task.id, "reassign", "boss", {"to": "clerk_2"})
    for case_task in (task, replace(task, step="")):
        case = replace(stage.case, tasks=tuple(case_task if t.id == task.id else t for t in stage.case.tasks))
        with pytest.raises(FormRefusal) as refused:
            decide(stage.process, case, event, replace(world, people=gone))
        assert list(refused.value.fields) == ["to"]
        assert decide(stage.process, case, event, replace(world, people=here)).changed


def test_a_wide_space_in_a_subject_does_not_hold_the_mail_back() -> None:
    from dataclasses import replace

    stage = mailing()
    task = stage.work("telling")
    mail = replace(task.mail, subject=" 关于\u3000返修\xa0单 ")
    event = happened.TaskCompleted(task.id, "sent", "clerk", {}, mail)
    effects = decide(stage.process, stage.case, event, stage.world_at(stage.now)).effects
    assert [e.subject for e in effects if isinstance(e, SendMail)] == ["关于 返修 单"]


CHILD = """
pause_while: customer
due: 5 working days
steps:
  repairing:
    label: Repair | 维修
    run: other
    with: {}
    outcomes: {fixed: follow_up, broken: giving_up, cancelled: giving_up}
  follow_up:
    use: ask_twice
    with: {not_by: [giving_up]}
    outcomes: {fine: done_well, unhappy: repairing, silent: giving_up}
  giving_up: {label: Give up | 放弃, task: {role: boss}, due: 1 working day, next: done_well}
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
permissions: {cancel: boss}
"""


def test_a_case_waits_for_its_child_and_goes_where_its_end_says() -> None:
    stage = Stage(CHILD).lines("clerk starts")
    assert stage.seen.started == ["other"] and stage.at == ("repairing",)
    assert stage.lines("repairing ends with broken").at == ("giving_up",)


def test_a_fragment_counts_its_own_tries_and_pauses_the_clock_while_the_customer_is_waited_for() -> None:
    stage = Stage(CHILD).lines("clerk starts", "repairing ends with fixed")
    assert stage.at == ("follow_up/asking",)
    due = stage.case.due_at if stage.case else None
    stage.lines("clerk completes asking.nobody")
    assert stage.case is not None and stage.case.paused and stage.at == ("follow_up/waiting",)
    stage.lines("1 working day passes")
    assert stage.at == ("follow_up/asking",) and not stage.case.paused
    assert due is not None and stage.case.due_at == due + dt.timedelta(hours=8), (
        "forty open hours were left on Tuesday morning"
    )
    assert stage.lines("clerk completes asking.nobody").at == ("giving_up",)


def test_a_success_end_waits_for_a_child_whose_step_was_left_and_a_cancelled_end_does_not() -> None:
    body = CHILD.replace("permissions: {cancel: boss}", "permissions: {cancel: boss, move: boss}")
    stage = Stage(body).lines("clerk starts", "boss moves to giving_up", "boss completes giving_up")
    assert stage.case is not None and stage.ended is None and stage.case.open_children == ("child1",)
    decision = decide(stage.process, stage.case, happened.ChildEnded("child1", "fixed"), stage.world_at(stage.now))
    assert decision.case.ended == "done_well"
    assert Stage(body).lines("clerk starts", "boss cancels").ended == "cancelled"


RULED = """
steps:
  choosing: {label: Choose | 选择, task: {role: clerk}, due: 1 working day, outcomes: {test: testing, ship: shipping}}
  testing: {label: Test | 检验, task: {role: tester}, due: 1 working day, outcomes: {passed: shipping, failed: choosing}}
  shipping: {label: Ship | 发货, task: {role: clerk}, due: 1 working day, outcomes: {again: choosing, over: done_well}}
  done_well: {end: success, label: Done | 完成}
permissions: {move: boss, reopen: {role: boss, next: choosing}}
rules:
  - never: shipping before testing.passed since shipping
    because: Test it first. | 请先检验。
"""


def test_a_rule_refuses_a_step_by_button_and_by_hand_and_each_time_anew() -> None:
    stage = Stage(RULED).lines("clerk starts")
    assert stage.refused("clerk completes choosing.ship").text.zh == "请先检验。"
    assert stage.refused("boss moves to shipping").code == "rule"
    stage.lines("clerk completes choosing.test", "tester completes testing.passed", "clerk completes shipping.again")
    assert stage.refused("clerk completes choosing.ship").code == "rule", "a further shipment needs its own test"


def test_a_new_round_begins_without_the_tests_of_the_round_before() -> None:
    stage = Stage(RULED).lines("clerk starts", "clerk completes choosing.test", "tester completes testing.passed")
    stage.lines("clerk completes shipping.over", "boss reopens")
    assert stage.refused("clerk completes choosing.ship").code == "rule"


def test_an_event_that_brings_too_little_lets_somebody_complete_the_record() -> None:
    head = "process: trial\nversion: 1\nlabel: T | 试\ncalendar: office\n"
    body = """
    fields: {name: {type: text, label: Name | 名称}}
    events: {thing.shipped: {data: {name: text}}}
    start: {role: clerk, event: thing.shipped, form: {ask: [name]}}
    steps:
      waiting: {label: W | 等, waiting_for: carrier, timers: [{at: 1 day after entry, task: clerk}], events: {thing.shipped: over}}
      over: {end: success, label: O | 完}
    """
    stage = Stage(body, head)
    order = happened.CaseStarted("case", "T-1", {}, None, trusted=True)
    case = decide(stage.process, None, order, stage.world_at(stage.now)).case
    assert [(t.kind, t.about) for t in case.tasks] == [("record", "name")] and case.leaves == ("waiting",)
    done = happened.TaskCompleted(case.tasks[0].id, "done", "clerk", {"name": "pump"})
    assert decide(stage.process, case, done, stage.world_at(stage.now)).case.values == {"name": "pump"}


def test_the_case_is_as_it_was_after_a_refusal_and_history_says_what_happened() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts")
    task = stage.work("writing")
    event = happened.TaskCompleted(task.id, "done", "clerk", {"amount": 200, "reason": "new"})
    decision = decide(stage.process, stage.case, event, stage.world_at(stage.now))
    history = [e for e in decision.effects if type(e).__name__ == "WriteHistory"]
    assert len(history) == 1
    told = history[0]
    assert (told.kind, told.by, told.step) == ("completed", "clerk", "writing")  # type: ignore[union-attr]  # narrowed by name
    assert told.details["changes"] == {"amount": [None, "200.00"], "reason": [None, "new"]}  # type: ignore[union-attr]  # as above
    assert told.details["entered"] == ["checking"]  # type: ignore[union-attr]  # as above


def test_a_deadline_given_by_hand_is_kept_through_a_pause_and_its_ladder_follows() -> None:
    stage = Stage(TWO_STEPS).lines("clerk starts", "2 working days pass")
    stage.lines(("boss completes escalation.extend", {"due_at": "2026-03-20 10:00", "reason": "parts"}))
    stage.lines(("clerk pauses writing", {"reason": "x", "until": "2026-03-10 09:00"}), "clerk resumes writing")
    until = dt.datetime(2026, 3, 20, 2, 0, tzinfo=dt.UTC)
    assert stage.work("writing").due_at == until
    assert stage.case is not None and min(t.fire_at for t in stage.case.timers if t.step and t.fire_at) > until
