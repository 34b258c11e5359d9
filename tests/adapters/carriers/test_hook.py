"""Our own webhook: only a partner with a key is heard, and only within five minutes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.carriers import hook
from adapters.carriers.parcels import MalformedDelivery
from adapters.secret import Secret
from adapters.signing import signed

KEY, NEXT_KEY = Secret("old-key-of-the-partner"), Secret("new-key-of-the-partner")
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
BODY = json.dumps({"event": "parcel.scanned", "values": {"tracking_no": "SF1001", "place": "苏州"}}).encode()


def test_a_message_signed_with_either_key_is_genuine_while_keys_change() -> None:
    for key in (KEY, NEXT_KEY):
        assert hook.verify(BODY, signed("msg-1", NOON, BODY, key), (KEY, NEXT_KEY), NOON)


def test_a_sender_may_sign_with_both_keys_while_they_change() -> None:
    headers = signed("msg-1", NOON, BODY, KEY)
    headers["webhook-signature"] += " " + signed("msg-1", NOON, BODY, NEXT_KEY)["webhook-signature"]

    assert hook.verify(BODY, headers, (NEXT_KEY,), NOON)


def test_header_names_may_be_spelled_in_any_case() -> None:
    headers = {name.title(): value for name, value in signed("msg-1", NOON, BODY, KEY).items()}

    assert hook.verify(BODY, headers, (KEY,), NOON)


@pytest.mark.parametrize("keys", [(), (Secret(""),)])
def test_without_a_key_nothing_is_believed(keys: tuple[Secret, ...]) -> None:
    assert not hook.verify(BODY, signed("msg-1", NOON, BODY, Secret("")), keys, NOON)


@pytest.mark.parametrize(
    ("late", "heard"),
    [
        (dt.timedelta(minutes=5), True),
        (dt.timedelta(minutes=5, seconds=1), False),
        (dt.timedelta(minutes=-5), True),
        (dt.timedelta(minutes=-5, seconds=-1), False),
        (dt.timedelta(days=365), False),
        (dt.timedelta(days=-365), False),
    ],
)
def test_an_old_or_future_message_is_not_heard(late: dt.timedelta, heard: bool) -> None:
    assert hook.verify(BODY, signed("msg-1", NOON, BODY, KEY), (KEY,), NOON + late) is heard


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "msg-2"},
        {"webhook-id": ""},
        {"webhook-id": "msg-1\r\nX: y"},
        {"webhook-id": "x" * 201},
        {"webhook-timestamp": str(int(NOON.timestamp()) + 1)},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "1e9"},
        {"webhook-timestamp": "٣"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,not base64"},
        {"webhook-signature": "v2,c2ln"},
        {"webhook-signature": "v1,签名"},
        signed("msg-1", NOON, BODY, Secret("another-key-entirely")),
        signed("msg-1", NOON, b"{}", KEY),
    ],
)
def test_any_change_makes_it_a_forgery(change: dict[str, str]) -> None:
    assert not hook.verify(BODY, signed("msg-1", NOON, BODY, KEY) | change, (KEY,), NOON)


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_makes_it_a_forgery(missing: str) -> None:
    headers = signed("msg-1", NOON, BODY, KEY)
    del headers[missing]

    assert not hook.verify(BODY, headers, (KEY,), NOON)


@given(st.integers(min_value=0, max_value=len(BODY) * 8 - 1))
def test_one_flipped_bit_makes_it_a_forgery(bit: int) -> None:
    raw = bytearray(BODY)
    raw[bit // 8] ^= 1 << bit % 8

    assert not hook.verify(bytes(raw), signed("msg-1", NOON, BODY, KEY), (KEY,), NOON)


def test_a_message_becomes_an_event_with_the_senders_id() -> None:
    headers = signed("msg-1", NOON, BODY, KEY)

    event = hook.read(BODY, headers)
    assert (event.id, event.name) == ("hook:msg-1", "parcel.scanned")
    assert event.values == {"tracking_no": "SF1001", "place": "苏州"}
    assert hook.read(BODY, headers) == event


def test_every_signed_message_has_a_seal_of_its_own() -> None:
    later = signed("msg-1", NOON + dt.timedelta(seconds=1), BODY, KEY)
    messages = [signed("msg-1", NOON, BODY, KEY), signed("msg-2", NOON, BODY, KEY), later]
    assert len({hook.read(BODY, headers).seal for headers in messages}) == 3


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"event": None},
        {"event": 7},
        {"event": ""},
        {"event": "Parcel Delivered"},
        {"event": "parcel..delivered"},
        {"event": "a" * 10 + ".b.c.d.e"},
        {"event": "parcel.delivered", "values": []},
        {"event": "parcel.delivered", "values": "x"},
        {"event": "parcel.delivered", "values": {"place": "a\x00b"}},
        [],
        "parcel.delivered",
    ],
)
def test_a_message_that_names_no_event_is_refused(body: Any) -> None:
    with pytest.raises(MalformedDelivery):
        hook.read(json.dumps(body).encode(), signed("msg-1", NOON, b"", KEY))
