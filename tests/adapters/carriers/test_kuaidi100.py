"""快递100's pushes: whose they are, and which events they become."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.carriers import aftership, kuaidi100
from adapters.carriers.parcels import MalformedDelivery
from adapters.secret import Secret

SALT = Secret("盐salt")


def param(*lines: dict[str, Any], state: str = "0", **more: Any) -> str:
    result = {"state": state, "com": "shunfeng", "nu": "SF1001", "data": list(lines)}
    return json.dumps({"status": "polling", "message": "", "lastResult": result} | more, ensure_ascii=False)


def line(context: str = "快件在苏州", time: str = "2026-03-02 09:00:00", **more: Any) -> dict[str, Any]:
    return {"context": context, "time": time, "ftime": time, "areaName": "江苏,苏州市"} | more


def push(text: str, salt: str = "盐salt") -> bytes:
    sign = hashlib.md5((text + salt).encode()).hexdigest().upper()
    return urlencode({"sign": sign, "param": text}).encode()


def test_a_push_sealed_with_our_salt_is_theirs() -> None:
    raw = push(param(line()))

    assert kuaidi100.verify(raw, {}, SALT)
    assert kuaidi100.verify(raw[:37].lower() + raw[37:], {}, SALT)  # a seal in small letters is the same seal


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"param=%7B%7D",
        b"sign=&param=%7B%7D",
        b"sign=A&sign=B&param=%7B%7D",
        b"\xff\xfe",
        push(param(line()), salt="another"),
        push(param(line()), salt=""),
        push(param(line())).replace(b"SF1001", b"SF1002"),
        push(param(line())) + b"&param=x",
        push(param(line())) + b"0",
        urlencode({"sign": "签", "param": "{}"}).encode(),
    ],
)
def test_a_push_without_the_right_seal_is_forged(raw: bytes) -> None:
    assert not kuaidi100.verify(raw, {}, SALT)


@pytest.mark.parametrize("salt", [None, Secret("")])
def test_without_a_salt_nothing_is_believed(salt: Secret | None) -> None:
    assert not kuaidi100.verify(push(param(line()), salt=""), {}, salt)


@pytest.mark.parametrize(
    ("code", "event", "kind"),
    [
        ("101", None, ""),
        ("102", None, ""),
        ("1", "parcel.picked_up", "picked_up"),
        ("103", "parcel.picked_up", "picked_up"),
        ("0", "parcel.scanned", ""),
        ("1001", "parcel.scanned", ""),
        ("1003", "parcel.scanned", ""),
        ("7", "parcel.scanned", ""),
        ("12", "parcel.scanned", ""),
        ("5", "parcel.out_for_delivery", ""),
        ("501", "parcel.scanned", ""),
        ("204", "parcel.attempt_failed", "other"),
        ("206", "parcel.attempt_failed", "unclaimed"),
        ("3", "parcel.delivered", ""),
        ("304", "parcel.delivered", ""),
        ("2", "parcel.exception", "other"),
        ("202", "parcel.delayed", "delayed"),
        ("208", "parcel.delayed", "delayed"),
        ("209", "parcel.exception", "damaged"),
        ("14", "parcel.exception", "refused"),
        ("6", "parcel.exception", "returning"),
        ("9999", "parcel.scanned", ""),
    ],
)
def test_each_state_becomes_the_event_that_processes_listen_for(code: str, event: str | None, kind: str) -> None:
    events = kuaidi100.read(push(param(line(statusCode=code))))

    assert [(e.name, e.values["kind"]) for e in events] == ([(event, kind)] if event else [])


@pytest.mark.parametrize(
    ("word", "event"),
    [
        ("揽收", "parcel.picked_up"),
        ("在途", "parcel.scanned"),
        ("派件", "parcel.out_for_delivery"),
        ("签收", "parcel.delivered"),
        ("疑难", "parcel.exception"),
    ],
)
def test_a_state_may_come_as_a_word(word: str, event: str) -> None:
    assert [e.name for e in kuaidi100.read(push(param(line(status=word))))] == [event]


def test_without_states_the_newest_line_has_the_state_of_the_parcel() -> None:
    newest, older = line("已签收", "2026-03-04 10:00:00"), line("到达苏州", "2026-03-03 10:00:00")

    names = [e.name for e in kuaidi100.read(push(param(newest, older, state="3")))]

    assert names == ["parcel.scanned", "parcel.delivered"]


def test_a_time_is_chinese_time() -> None:
    (event,) = kuaidi100.read(push(param(line(statusCode="3"))))

    assert event.occurred_at == dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
    assert event.values == {
        "tracking_no": "SF1001",
        "carrier": "shunfeng",
        "place": "江苏,苏州市",
        "time": "2026-03-02T01:00:00+00:00",
        "message": "快件在苏州",
        "reason": "快件在苏州",
        "kind": "",
    }


def test_a_push_that_comes_again_says_nothing_new() -> None:
    once = kuaidi100.read(push(param(line(statusCode="1"), line(statusCode="1"))))
    again = kuaidi100.read(push(param(line(statusCode="3", time="2026-03-05 10:00:00"), line(statusCode="1"))))

    assert len(once) == 1
    assert next(e.id for e in again) == once[0].id
    assert len(again) == 2


def test_when_they_give_up_watching_nothing_has_happened() -> None:
    assert kuaidi100.read(push(json.dumps({"status": "abort", "message": "3天查询无记录"}))) == []
    assert kuaidi100.read(push(param(status="shutdown"))) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"sign=A",
        b"sign=A&param=",
        b"sign=A&param=[]",
        push("{}"),
        push(json.dumps({"status": "polling", "lastResult": []})),
        push(json.dumps({"lastResult": {"com": "x", "data": []}})),
        push(json.dumps({"lastResult": {"nu": "1", "data": {}}})),
        push(param(line(time="soon"))),
        push(param(line(time="0001-01-01 00:00:00"))),
        b"&".join(b"a=%d" % n for n in range(50)),
    ],
)
def test_a_push_that_is_not_what_it_promised_is_refused_whole(raw: bytes) -> None:
    with pytest.raises(MalformedDelivery):
        kuaidi100.read(raw)


def test_they_hear_the_answer_they_want() -> None:
    assert kuaidi100.answer(True) == {"result": True, "returnCode": "200", "message": "成功"}
    assert kuaidi100.answer(False, "签名错误") == {"result": False, "returnCode": "500", "message": "签名错误"}


def test_both_vendors_speak_of_a_parcel_in_the_same_words() -> None:
    told = {"tag": "Delivered", "checkpoint_time": "2026-03-02T09:00:00+08:00", "message": "已签收"}
    msg = {"tracking_number": "SF1001", "slug": "shunfeng", "checkpoints": [told]}
    (one,) = aftership.read(json.dumps({"event": "tracking_update", "msg": msg}).encode())
    (other,) = kuaidi100.read(push(param(line("已签收", statusCode="3"))))

    assert one.name == other.name
    assert one.standing == other.standing
    assert set(one.values) == set(other.values)
