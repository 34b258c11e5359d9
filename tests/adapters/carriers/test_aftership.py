"""AfterShip's deliveries: whose they are, and which events they become."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.carriers import aftership
from adapters.carriers.parcels import RANKS, MalformedDelivery
from adapters.secret import Secret

SECRET = Secret("aftership-secret")
FIELDS = {"tracking_number", "slug", "checkpoints", "tag", "subtag", "checkpoint_time", "message", "location", "city"}


def delivery(*checkpoints: dict[str, Any], **message: Any) -> bytes:
    msg = {"tracking_number": "SF1001", "slug": "sf-express", "checkpoints": list(checkpoints)} | message
    body = {"ts": 1772438400, "event": "tracking_update", "event_id": "7b1f", "msg": msg}
    return json.dumps(body, ensure_ascii=False).encode("utf-8")


def checkpoint(tag: str, subtag: str = "", time: str = "2026-03-02T09:00:00+08:00", **more: Any) -> dict[str, Any]:
    return {"tag": tag, "subtag": subtag, "checkpoint_time": time, "message": "scan", "location": "Suzhou"} | more


def signature(raw: bytes, secret: str = "aftership-secret") -> str:
    return base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()


def test_a_delivery_signed_with_our_secret_is_theirs() -> None:
    raw = delivery(checkpoint("InTransit"))

    assert aftership.verify(raw, {"Aftership-Hmac-Sha256": signature(raw)}, SECRET)
    assert aftership.verify(raw, {"as-signature-hmac-sha256": signature(raw)}, SECRET)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"aftership-hmac-sha256": ""},
        {"aftership-hmac-sha256": "nonsense"},
        {"aftership-hmac-sha256": "签名"},
        {"aftership-hmac-sha256": signature(b"another body")},
        {"aftership-hmac-sha256": signature(delivery(), "another secret")},
    ],
)
def test_a_delivery_without_the_right_signature_is_forged(headers: dict[str, str]) -> None:
    assert not aftership.verify(delivery(), headers, SECRET)


@given(st.integers(min_value=0, max_value=len(delivery()) * 8 - 1))
def test_one_flipped_bit_makes_it_a_forgery(bit: int) -> None:
    raw = bytearray(delivery())
    raw[bit // 8] ^= 1 << bit % 8

    assert not aftership.verify(bytes(raw), {"aftership-hmac-sha256": signature(delivery())}, SECRET)


@pytest.mark.parametrize("secret", [None, Secret("")])
def test_without_a_secret_nothing_is_believed(secret: Secret | None) -> None:
    raw = delivery()

    assert not aftership.verify(raw, {"aftership-hmac-sha256": signature(raw, "")}, secret)


@pytest.mark.parametrize(
    ("tag", "subtag", "event", "kind"),
    [
        ("Pending", "Pending_001", None, ""),
        ("InfoReceived", "InfoReceived_001", None, ""),
        ("InTransit", "InTransit_001", "parcel.scanned", ""),
        ("InTransit", "InTransit_002", "parcel.picked_up", "picked_up"),
        ("InTransit", "InTransit_003", "parcel.scanned", ""),
        ("InTransit", "", "parcel.scanned", ""),
        ("OutForDelivery", "OutForDelivery_001", "parcel.out_for_delivery", ""),
        ("AvailableForPickup", "AvailableForPickup_001", "parcel.scanned", ""),
        ("AttemptFail", "AttemptFail_002", "parcel.attempt_failed", "unclaimed"),
        ("Delivered", "Delivered_003", "parcel.delivered", ""),
        ("Delivered", "", "parcel.delivered", ""),
        ("Exception", "Exception_001", "parcel.exception", "other"),
        ("Exception", "Exception_003", "parcel.exception", "refused"),
        ("Exception", "Exception_005", "parcel.delayed", "delayed"),
        ("Exception", "Exception_011", "parcel.exception", "returned"),
        ("Exception", "Exception_012", "parcel.exception", "damaged"),
        ("Exception", "Exception_013", "parcel.lost", "lost"),
        ("Exception", "Exception_099", "parcel.exception", "other"),
        ("Expired", "Expired_001", None, ""),
        ("BeamedUp", "BeamedUp_001", "parcel.scanned", ""),
    ],
)
def test_each_tag_becomes_the_event_that_processes_listen_for(
    tag: str, subtag: str, event: str | None, kind: str
) -> None:
    events = aftership.read(delivery(checkpoint(tag, subtag)))

    assert [(e.name, e.values["kind"]) for e in events] == ([(event, kind)] if event else [])


def test_an_event_says_what_the_carrier_said() -> None:
    (event,) = aftership.read(delivery(checkpoint("Exception", "Exception_005", message="暴雨  延误", location="苏州")))

    assert event.values == {
        "tracking_no": "SF1001",
        "carrier": "sf-express",
        "place": "苏州",
        "time": "2026-03-02T01:00:00+00:00",
        "message": "暴雨 延误",
        "reason": "暴雨 延误",
        "kind": "delayed",
    }
    assert event.occurred_at == dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)


def test_trouble_without_words_has_its_kind_as_reason() -> None:
    (event,) = aftership.read(delivery(checkpoint("Exception", "Exception_013", message=None)))

    assert event.values["reason"] == "lost"


def test_a_delivery_is_told_oldest_first_whatever_its_order() -> None:
    out = checkpoint("OutForDelivery", time="2026-03-04T08:00:00+08:00")
    scan = checkpoint("InTransit", time="2026-03-03T08:00:00+08:00")
    done = checkpoint("Delivered", time="2026-03-04T08:00:00+08:00")

    names = [event.name for event in aftership.read(delivery(done, out, scan))]

    assert names == ["parcel.scanned", "parcel.out_for_delivery", "parcel.delivered"]


def test_an_old_checkpoint_that_comes_late_can_be_told() -> None:
    (stands,) = aftership.read(delivery(checkpoint("AttemptFail", time="2026-03-04T08:00:00Z")))
    (late,) = aftership.read(delivery(checkpoint("OutForDelivery", time="2026-03-03T08:00:00Z")))
    (back_at_the_hub,) = aftership.read(delivery(checkpoint("InTransit", time="2026-03-05T08:00:00Z")))
    (same_moment,) = aftership.read(delivery(checkpoint("Delivered", time="2026-03-04T08:00:00Z")))

    assert late.standing < stands.standing < same_moment.standing < back_at_the_hub.standing


def test_every_delivery_repeats_all_checkpoints_and_each_counts_once() -> None:
    scan = checkpoint("InTransit", "InTransit_003")
    done = checkpoint("Delivered", "Delivered_001", "2026-03-04T08:00:00+08:00")

    first = aftership.read(delivery(scan))
    second = aftership.read(delivery(scan, done, scan))

    assert [e.id for e in second[:1]] == [e.id for e in first]
    assert len(second) == len({e.id for e in second}) == 2


def test_a_poller_and_a_webhook_mean_the_same_checkpoint() -> None:
    (pushed,) = aftership.read(delivery(checkpoint("Delivered", message="Signed by Wang")))
    (polled,) = aftership.read(
        delivery(checkpoint("Delivered", message=" signed  by wang ", time="2026-03-02T01:00:00Z"), slug="SF-Express")
    )

    assert pushed.id == polled.id


@pytest.mark.parametrize(
    "other",
    [
        delivery(checkpoint("Delivered", message="left with neighbour")),
        delivery(checkpoint("Delivered", "Delivered_002")),
        delivery(checkpoint("Delivered", time="2026-03-02T09:00:01+08:00")),
        delivery(checkpoint("Delivered"), tracking_number="SF1002"),
        delivery(checkpoint("Delivered"), slug="yto"),
    ],
)
def test_different_checkpoints_have_different_ids(other: bytes) -> None:
    (one,) = aftership.read(delivery(checkpoint("Delivered")))
    (another,) = aftership.read(other)

    assert one.id != another.id


@pytest.mark.parametrize("time", [None, "", "0000-00-00", "soon"])
def test_a_checkpoint_without_a_time_happened_when_it_was_told(time: Any) -> None:
    told = aftership.read(delivery(checkpoint("InTransit", checkpoint_time=time, created_at="2026-03-02T02:00:00Z")))

    assert told[0].occurred_at == dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)


def test_news_about_something_else_is_no_event() -> None:
    assert aftership.read(json.dumps({"event": "edd_revise", "msg": {}}).encode()) == []
    assert aftership.read(delivery()) == []
    assert aftership.read(delivery(checkpoints=None)) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"not json",
        b"[]",
        b"null",
        b"NaN",
        b'{"event": "tracking_update"}',
        b'{"event": "tracking_update", "msg": []}',
        b"[" * 100_000,
        delivery(tracking_number=""),
        delivery(tracking_number=None),
        delivery(tracking_number=["SF1001"]),
        delivery(tracking_number="9" * 200),
        delivery(checkpoints="many"),
        delivery(checkpoints=[7]),
        delivery(checkpoint("")),
        delivery(checkpoint("InTransit", time="soon"), slug="x").replace(b'"ts": 1772438400', b'"ts": null'),
        delivery(checkpoint("InTransit", message="a\x00b")),
        b'{"event": "tracking_update", "msg": {"tracking_number": "\\ud800"}}',
        delivery(checkpoints=[checkpoint("InTransit")] * 2001),
    ],
)
def test_a_body_that_is_not_what_it_promised_is_refused_whole(raw: bytes) -> None:
    with pytest.raises(MalformedDelivery):
        aftership.read(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=False),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(FIELDS)), inner, max_size=5),
        max_leaves=12,
    )
)
def test_whatever_comes_is_read_or_refused_and_never_breaks(body: Any) -> None:
    for msg in (body, {"tracking_number": "SF1", "checkpoints": [body]}):
        try:
            told = aftership.read(json.dumps({"event": "tracking_update", "msg": msg}).encode())
        except MalformedDelivery:
            continue
        assert all(event.rank in RANKS.values() for event in told)
