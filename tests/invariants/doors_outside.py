"""The doors to outside: carriers, partners, programs and a clerk who sorts their news; time, mails and calls."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json

from adapters.signing import signed
from engine.kept import OutgoingCall
from tests.invariants.choosing import keys_of, some_case, some_event, what_is_told
from tests.invariants.filling import Values
from tests.invariants.house import AFTERSHIP as CARRIER_KEY
from tests.invariants.house import HOOK_KEY, PROGRAM, Premises

LEASE = dt.timedelta(minutes=1)


def a_carrier_calls(house: Premises) -> str:
    """Signed news of a parcel, new, old or told before."""
    numbers = [
        (row["tracking_no"], case)
        for case in house.open_cases()
        for row in case.values.get("parcels") or []
        if row.get("tracking_no")
    ]
    if not numbers:
        return "none"
    number, _ = house.dice.choice(numbers)
    again = house.dice.random() < 0.2
    if not again:
        house.news += 1
    hours = house.dice.choice([-90, -1, 0, 0, 1])
    at = (house.desk.clock.now() + dt.timedelta(hours=hours)).replace(second=house.news % 60)
    tag = house.dice.choice(
        ["InTransit", "InTransit", "OutForDelivery", "AttemptFail", "Delivered", "Delivered", "Exception"]
    )
    subtag = house.dice.choice(["Exception_013", "Exception_001"]) if tag == "Exception" else f"{tag}_001"
    point = {
        "slug": "sf-express", "tag": tag, "subtag": subtag, "checkpoint_time": at.isoformat(), "location": "Suzhou",
        "message": f"{tag} {house.news}",
    }  # fmt: skip
    message = {"tracking_number": number, "slug": "sf-express", "checkpoints": [point]}
    raw = json.dumps({"event": "tracking_update", "ts": 1772503200, "msg": message}).encode()
    signature = base64.b64encode(hmac.new(CARRIER_KEY.reveal().encode(), raw, hashlib.sha256).digest()).decode()
    headers = {"aftership-hmac-sha256": signature}
    states = []
    for _ in range(2 if again else 1):
        answer = house.client.post("/hooks/aftership", data=raw, headers=headers)
        assert answer.status_code == 200, f"a carrier was answered {answer.status_code}: {answer.text}"
        told = answer.get_json()
        states.append(next(name for name in told if name != "received"))
        house.witness.taken_news[raw.decode()] = house.witness.taken_news.get(raw.decode(), 0) + told.get("taken", 0)
    return f"{tag} {'+'.join(states)}"


def _news(house: Premises) -> tuple[str, Values]:
    """An event some case may hear, with what finds the case and what is told of it; "" for none."""
    case = some_case(house)
    process = house.process_of(case)
    name = some_event(house, process, case)
    if not name:
        return "", {}
    house.news += 1
    return name, what_is_told(house, process, case, name) | keys_of(process, case, name)


def a_partner_calls(house: Premises) -> str:
    """A signed message about a unit or a customer; sometimes replayed, sometimes forged."""
    name, values = _news(house)
    if not name:
        return "none"
    body = json.dumps({"event": name, "values": values}).encode()
    headers = signed(f"msg-{house.news}", house.desk.clock.now(), body, HOOK_KEY)
    forged = house.dice.random() < 0.1
    for _ in range(house.dice.choice([1, 1, 2])):
        sent = body + b" " if forged else body
        answer = house.client.post("/hooks/events/warehouse", data=sent, headers=headers)
        assert answer.status_code < 500, answer.text
        assert not forged or answer.status_code == 401, "a forged message was heard"
        taken = answer.status_code == 200 and answer.get_json().get("state") == "taken"
        id = f"partner {house.news}"
        house.witness.taken_news[id] = house.witness.taken_news.get(id, 0) + taken
    return f"{name} {answer.status_code}"


def a_program_tells(house: Premises) -> str:
    """Another system tells of an event over JSON."""
    name, values = _news(house)
    if not name:
        return "none"
    answer = house.ask("POST", "/events", PROGRAM, {"id": f"e{house.news}", "name": name, "values": values})
    return f"{name} {answer.status_code}"


def a_clerk_assigns_an_event(house: Premises) -> str:
    """News that nobody took is given to a case by hand, or to none."""
    waiting = house.desk.house.store.read(lambda screens: screens.unmatched())
    if not waiting:
        return "none"
    event = house.dice.choice(sorted(waiting, key=lambda row: row.id))
    if house.dice.random() < 0.3:
        house.desk.house.desk.discard_event(event.id, house.somebody(), "belongs to nobody")
        return "discarded"
    house.desk.house.desk.assign_event(event.id, some_case(house).id, house.somebody())
    return event.name


def time_passes(house: Premises) -> str:
    """Hours or days go by, and everything that comes due rings."""
    hours = house.dice.choice([1, 5, 24, 24, 72, 24 * 8])
    rung = house.desk.pass_time(hours=hours)
    return f"{hours} h, {'some' if rung else 'nothing'} rang"


def mails_leave(house: Premises) -> str:
    """The post goes out."""
    return f"{min(house.desk.house.delivery.send_mails(), 1)} sent"


def a_mail_comes_back(house: Premises) -> str:
    """The server of a customer refuses a mail for good."""
    claimed = house.desk.house.store.write(lambda uow: uow.claim_mails(1, LEASE))
    for mail in claimed:
        house.desk.house.delivery.note_failure(mail, "no such mailbox", for_good=True)
    return f"{len(claimed)} came back"


def an_outside_system_answers(house: Premises) -> str:
    """A credit note is booked, twice told, or cannot be booked."""
    claimed = house.desk.house.store.write(lambda uow: uow.claim_calls(1, LEASE))
    for call in claimed:
        _answer_to(house, call)
    return f"{len(claimed)} calls"


def _answer_to(house: Premises, call: OutgoingCall) -> None:
    desk = house.desk.house.desk
    if house.dice.random() < 0.5:
        desk.call_failed(call.case, call.order.key, "it is down")
    for _ in range(house.dice.choice([0, 1, 2])):
        desk.call_answered(call.case, call.order.key, {"document": "CN-1"})
    house.desk.house.store.write(lambda uow: uow.call_done(call))
