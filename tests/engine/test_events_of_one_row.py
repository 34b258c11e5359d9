"""News of one parcel concerns its row of the table: that row is changed, and the case goes on by what stands in all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine import events as happened
from engine.case import Case
from engine.checks.prover import prove_all
from engine.decide import decide
from engine.effects import WriteHistory
from engine.kept import Subscription
from engine.listings import listens_of
from tests.engine.stage import Stage, process

BODY = """
fields:
  trouble: {type: text, label: Trouble | 异常}
  parcels:
    type: table
    label: Parcels | 包裹
    columns:
      tracking_no: {type: text, optional: true, label: Tracking number | 快递单号}
      pieces: {type: number, default: 1, label: Pieces | 件数}
      state: {type: choice, default: under_way, label: State | 状态,
              choices: {under_way: Under way | 运输中, delivered: Delivered | 已签收, lost: Lost | 丢失}}
      at: {type: datetime, optional: true, label: When | 时间}
events:
  parcel.delivered:
    match: {tracking_no: parcels.tracking_no}
    data: {at: datetime}
    label: Delivered | 已签收
  parcel.lost: {match: parcels.tracking_no, data: {reason: text}, label: Lost | 丢失}
permissions: {cancel: boss, move: [boss]}
anytime:
  parcel.lost:
    when: row.state is under_way
    do:
      - set: {row.state: lost, trouble: = event.reason}
    next:
      - {when: row.pieces > 5, then: deciding}
steps:
  packing:
    label: Pack | 打包
    task: {role: clerk, form: {ask: [parcels]}}
    due: 1 day
    next: on_the_way
  on_the_way:
    label: On the way | 运输中
    waiting_for: carrier
    events:
      parcel.delivered:
        do:
          - set: {row.state: delivered, row.at: = event.at}
        next:
          - {when: 'rows(parcels, state is delivered) == rows(parcels)', then: arrival}
    timers: [{at: 9 days after entry, next: deciding}]
  deciding: {label: Decide | 决定, task: {role: boss}, due: 1 day, next: on_the_way}
  arrival: {label: Arrival check | 到货确认, task: {role: clerk}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 已结案}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""
TWO = [{"tracking_no": "SF1"}, {"tracking_no": "SF2", "pieces": 9}]


def sent(parcels: list[dict[str, Any]] | None = None) -> Stage:
    """A case whose parcels are on their way."""
    return Stage(BODY).lines("clerk starts", ("clerk completes packing", {"parcels": parcels or TWO}))


def arrives(event: str, tracking_no: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return f"{event} arrives", {"tracking_no": tracking_no, **more}


def case_of(stage: Stage) -> Case:
    assert stage.case is not None
    return stage.case


def column(stage: Stage, name: str) -> list[Any]:
    """What stands in a column, from top to bottom."""
    return [row.get(name) for row in case_of(stage).values["parcels"]]


def test_a_case_listens_once_for_every_row_that_has_a_number() -> None:
    stage = sent([*TWO, {"pieces": 3}])

    listening = [one for one in listens_of(stage.process, case_of(stage)) if one.name == "parcel.delivered"]

    assert listening == [Subscription("parcel.delivered", "tracking_no", n, "on_the_way") for n in ("SF1", "SF2")]


def test_news_of_one_parcel_changes_its_row_and_the_case_waits_for_the_others() -> None:
    stage = sent().lines(arrives("parcel.delivered", "SF2", at="2026-03-03 10:00"))

    assert column(stage, "state") == ["under_way", "delivered"]
    assert column(stage, "at") == [None, "2026-03-03T02:00:00+00:00"]
    assert stage.at == ("on_the_way",)
    assert case_of(stage).facts["on_the_way.parcel.delivered"].count == 1
    assert case_of(stage).visits["on_the_way"] == 1


def test_what_an_event_writes_into_its_row_counts_when_it_is_asked_where_to_go() -> None:
    stage = sent().lines(arrives("parcel.delivered", "SF1"), arrives("parcel.delivered", "SF2"))

    assert stage.at == ("arrival",)
    assert case_of(stage).facts["on_the_way"].finished > 0


def test_the_history_tells_the_change_of_the_table() -> None:
    stage = sent()
    news = happened.EventArrived("parcel.delivered", {"tracking_no": "SF1"}, source="aftership")

    decision = decide(stage.process, stage.case, news, stage.world_at(stage.now))

    (entry,) = [effect for effect in decision.effects if isinstance(effect, WriteHistory)]
    before, after = entry.details["changes"]["parcels"]
    assert [row["state"] for row in before] == ["under_way", "under_way"]
    assert [row["state"] for row in after] == ["delivered", "under_way"]


def test_two_rows_of_one_number_are_both_changed_by_its_news() -> None:
    stage = sent([{"tracking_no": "SF1", "pieces": 1}, {"tracking_no": "SF1", "pieces": 2}])

    stage.lines(arrives("parcel.delivered", "SF1"))

    assert column(stage, "state") == ["delivered", "delivered"]
    assert stage.at == ("arrival",)


def test_news_of_no_parcel_of_the_case_is_not_heard() -> None:
    stage = sent()

    refusal = stage.refused("parcel.delivered arrives", tracking_no="SF9")

    assert refusal.code == "not_heard"
    assert refusal.text.en.startswith("'Delivered' was entered for SF9, which is not among 'Parcels' of this case.")
    assert stage.refused("parcel.delivered arrives").code == "not_heard"


def test_the_case_as_a_whole_hears_of_its_row_and_the_condition_asks_of_that_row() -> None:
    stage = sent().lines(arrives("parcel.lost", "SF1", reason="Flood"))
    assert column(stage, "state") == ["lost", "under_way"]
    assert case_of(stage).values["trouble"] == "Flood"
    assert stage.at == ("on_the_way",), "a small parcel is lost: nothing goes on"
    known = stage.refused("parcel.lost arrives", tracking_no="SF1")
    assert known.code == "not_heard"
    assert "how SF1 stands: something newer is known of it, or it is over" in known.text.en
    assert known.text.zh.endswith("与 SF1 的现状不符：已有更新的消息，或已经办结。请核对编号和时间。")

    stage.lines(arrives("parcel.lost", "SF2", reason="Flood"))
    assert stage.at == ("deciding",)


def test_a_row_is_spoken_of_only_while_its_event_is_heard() -> None:
    body = BODY.replace("next: on_the_way}\n  arrival", "next: asking}\n  asking: {label: Ask | 询问, do: [{note: A}], next: "
                        "[{when: row.pieces > 5, then: arrival}, {otherwise: on_the_way}]}\n  arrival")  # fmt: skip
    stage = Stage(body).lines("clerk starts", ("clerk completes packing", {"parcels": TWO}))
    stage.lines(arrives("parcel.lost", "SF2"), "boss completes deciding")

    assert stage.at == ("on_the_way",)


def test_a_rule_holds_for_what_the_last_parcel_sets_off() -> None:
    ruled = process(BODY + "rules: [never: arrival before on_the_way, never: closed before deciding]\n")

    assert [verdict.verdict for verdict in prove_all(ruled)] == ["proved", "violated"]


def test_a_row_is_found_by_what_people_know_the_record_in_it_by() -> None:
    units = BODY.replace("tracking_no: {type: text, optional: true,", "tracking_no: {type: record, of: serial_number,")
    stage = Stage(units).lines("clerk starts")
    parcels = [{"tracking_no": {"id": "r1", "number": "A-1"}}, {"tracking_no": {"id": "r2", "number": "A-2"}}]
    stage.lines(("clerk completes packing", {"parcels": parcels}))
    case = case_of(stage)
    records = {key: {**snapshot, "key": snapshot["number"]} for key, snapshot in case.records.items()}
    stage.case = replace(case, records=records)

    listening = [one.value for one in listens_of(stage.process, case_of(stage)) if one.name == "parcel.delivered"]
    assert listening == ["A-1", "A-2"]
    assert column(stage.lines(arrives("parcel.delivered", "A-2")), "state") == ["under_way", "delivered"]


def test_a_step_does_what_is_done_at_any_time_and_goes_where_it_says_itself() -> None:
    own = "timers: [{at: 9 days after entry"
    as_always = "  parcel.lost: {as: anytime, when: row.pieces > 5, do: [{set: {row.pieces: 0}}], next: arrival}\n    "
    stage = Stage(BODY.replace(own, as_always + own)).lines(
        "clerk starts", ("clerk completes packing", {"parcels": TWO})
    )

    stage.lines(arrives("parcel.lost", "SF1", reason="burnt"))
    assert (column(stage, "state"), column(stage, "pieces"), stage.at) == (
        ["lost", "under_way"],
        [1, 9],
        ("on_the_way",),
    )

    stage.lines(arrives("parcel.lost", "SF2", reason="drowned"))
    assert (column(stage, "state"), column(stage, "pieces"), stage.at) == (["lost", "lost"], [1, 0], ("arrival",))
    assert case_of(stage).values["trouble"] == "drowned"
