"""News that a member of staff enters on a case: what is offered, how it is asked for, and what a refusal says."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.case_offering import case_offer
from engine.decide import decide
from engine.definition.texts import Text
from engine.events import EventArrived
from engine.news_by_hand import what_is_missing
from engine.offers import EventOffer
from engine.people import Person
from engine.refusals import FormRefusal, Refusal
from tests.engine.stage import Stage

BODY = """
fields:
  number: {type: text, label: Number | 编号}
  colour: {type: text, label: Colour | 颜色}
  said: {type: long_text, label: Said | 说明}
events:
  thing.withdrawn: {match: number, data: {number: text, text: long_text, colour: text}, label: Withdrawn | 撤回}
  thing.told: {match: number, data: {number: text}, label: Told by another case | 其他工单告知}
  thing.met: {match: number, data: {time: datetime}, label: Met | 碰面}
  thing.called: {match: number, label: Called | 来电}
  thing.seen: {match: number, data: {number: text, place: text, time: text}, label: Seen | 看到}
  mail.bounced: {data: {template: text, to: text, reason: text}}
anytime:
  thing.withdrawn:
    when: event.text is set
    do: [{set: {said: = event.text}}]
    next: over
  thing.told: {do: [{set: {said: told}}]}
steps:
  working:
    label: Work | 办理
    task: {role: clerk}
    due: 1 working day
    timers: standard
    outcomes:
      done: {label: Done | 完成, next: telling}
      later: {label: Later | 稍后, next: resting}
    events:
      thing.called: {do: [{set: {said: called}}]}
      thing.met: {do: [{set: {said: met}}]}
      thing.seen: {when: event.place is set or event.time is set, do: [{set: {said: seen}}]}
      mail.bounced: {when: event.template == 'news', next: over}
  telling:
    label: Tell the others | 告知
    do: [{emit: thing.told, with: {number: = number}}]
    next: over
  resting:
    label: Rest | 稍候
    task: {role: clerk}
    due: 1 day
    timers: standard
    events: {mail.bounced: over}
    next: over
  over: {end: success, label: Over | 结束}
mails:
  news: {subject: "News about you - {{ number }} | 您的最新消息 {{ number }}", body: "News | 消息"}
  other: {subject: "Your {{ number }} of us | 您的 {{ number }} 单据", body: "Other | 其他"}
  in_own_words: {subject: "{{ said }} | {{ said }}", body: "Other | 其他"}
  inside: {to: boss, subject: Something else | 其他, body: "Inside | 内部"}
  to_owner: {to: owner, subject: Look | 请看, body: "Inside | 内部"}
"""


def _offered(stage: Stage) -> dict[str, EventOffer]:
    assert stage.case is not None
    person = Person("clerk", "clerk", frozenset({"clerk"}), "clerk@example.com")
    return {
        event.name: event for event in case_offer(stage.process, stage.case, person, stage.world_at(stage.now)).events
    }


def _working() -> Stage:
    return Stage(BODY).lines("clerk starts")


def test_news_that_asks_for_words_is_offered_before_they_are_typed() -> None:
    withdrawn = _offered(_working())["thing.withdrawn"]

    assert withdrawn.allowed
    assert [(field.name, field.required) for field in withdrawn.fields] == [
        ("number", False), ("text", True), ("colour", False),
    ]  # fmt: skip


def test_of_two_things_either_of_which_is_enough_neither_is_demanded() -> None:
    stage = _working()
    assert stage.case is not None

    seen = _offered(stage)["thing.seen"]

    assert seen.allowed
    assert not any(field.required for field in seen.fields)
    assert what_is_missing(stage.process, stage.case.leaves, "thing.seen", {"place": "Bremen"}) is None


def test_what_news_carries_is_called_in_words() -> None:
    withdrawn = _offered(_working())["thing.withdrawn"]

    assert [field.label.zh for field in withdrawn.fields] == ["编号", "客户原话", "颜色"]


def test_what_cases_tell_each_other_is_entered_by_nobody() -> None:
    assert list(_offered(_working())) == ["thing.withdrawn", "thing.called", "thing.met", "thing.seen", "mail.bounced"]


def test_what_only_other_cases_know_is_neither_offered_nor_taken_from_somebody() -> None:
    body = BODY.replace("label: Seen | 看到}", "label: Seen | 看到, by_hand: false}")
    stage = Stage(body).lines("clerk starts")
    assert stage.case is not None and "thing.seen" not in _offered(stage)
    news = EventArrived("thing.seen", {"place": "Bremen"}, "clerk", "staff")
    with pytest.raises(Refusal, match="nobody enters it by hand"):
        decide(stage.process, stage.case, news, stage.world_at(stage.now))
    assert decide(stage.process, stage.case, EventArrived("thing.seen", {"place": "Bremen"}), stage.world_at(stage.now))


def test_nobody_enters_what_is_still_to_happen_and_a_carrier_may_be_ahead_of_our_clock() -> None:
    stage = _working()
    assert stage.case is not None and _offered(stage)["thing.met"].fields[0].not_after == "now"
    ahead = {"time": (stage.now + dt.timedelta(minutes=2)).isoformat()}
    with pytest.raises(FormRefusal) as refused:
        decide(stage.process, stage.case, EventArrived("thing.met", ahead, "clerk", "staff"), stage.world_at(stage.now))
    assert refused.value.fields["time"].en.startswith("Time: not later than now (")
    for news in (
        EventArrived("thing.met", {"time": stage.now.isoformat()}, "clerk", "staff"),
        EventArrived("thing.met", ahead),
    ):
        assert decide(stage.process, stage.case, news, stage.world_at(stage.now)).case.values["said"] == "met"


def test_of_a_mail_that_came_back_is_asked_which_one_of_those_the_case_acts_on() -> None:
    which, to, reason = _offered(_working())["mail.bounced"].fields

    assert which.required and not to.required and not reason.required
    assert which.choices == (("news", Text("News about you", "您的最新消息")),)


def test_where_every_mail_that_came_back_counts_those_to_customers_are_offered_and_none_to_staff() -> None:
    resting = _offered(_working().lines("clerk completes working.later"))

    assert list(resting) == ["thing.withdrawn", "mail.bounced"]
    assert resting["mail.bounced"].fields[0].choices == (
        ("news", Text("News about you", "您的最新消息")), ("other", Text("Your of us", "您的单据")),
        ("in_own_words", Text("In own words", "In own words")),
    )  # fmt: skip


def test_news_without_the_words_it_needs_is_refused_at_the_field() -> None:
    stage = _working()
    assert stage.case is not None

    missing = what_is_missing(stage.process, stage.case.leaves, "thing.withdrawn", {"number": "1", "text": ""})

    assert missing is not None
    assert missing.fields["text"].zh == "请填写“客户原话”。"
    assert what_is_missing(stage.process, stage.case.leaves, "thing.withdrawn", {"text": "never mind"}) is None


def _told(stage: Stage, name: str, **values: str) -> Refusal:
    """What somebody is told whose news the case does not take."""
    assert stage.case is not None
    with pytest.raises(Refusal) as refused:
        decide(stage.process, stage.case, EventArrived(name, values, "clerk", "staff"), stage.world_at(stage.now))
    return refused.value


def test_news_that_comes_too_late_is_not_asked_for_more_words() -> None:
    over = _working().lines("clerk completes working.done")
    assert _told(over, "thing.withdrawn").text.en == "The case does not wait for 'Withdrawn' now."
    assert _told(over, "thing.called").text.zh == "工单当前不等待“来电”。"


def test_news_that_does_not_fit_how_the_case_stands_is_not_said_to_be_unawaited() -> None:
    refusal = _told(_working(), "thing.seen")
    assert refusal.text.en == "'Seen' does not fit how the case stands. Check what you entered."
    assert refusal.text.zh == "“看到”与工单现状不符，请核对所填内容。"
