"""The twenty invariants of after-sales service as laws over what can be seen from outside: one function each.

A law reads what a `Witness` saw and raises AssertionError naming itself, the case and the moment. Money, people, units and
mails: `law_goods`, `law_words`. Must not ask the engine what it would allow.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from tests.invariants.witness import Moment, Seen, Witness

TAKEN_BACK = {"delivered", "returned", "lost"}
"""How the way of a parcel ends."""
TOLD_OF = {
    "delivered", "delivered_damaged", "unconfirmed", "settled", "came_back", "lost", "follow_up", "reshipped",
    "raise_complaint", "complain_of_quality",
}  # fmt: skip
"""Where a consignment comes to only once every checkpoint is answered: its ends, and what is said about how it arrived."""
AT_EACH_END = {
    "factory_return": "on_time", "consultation": "in_time", "remote_help": "on_time", "eight_d": "in_time", "complaint": "repeated",
    "purchase_follow_up": "asked",
}  # fmt: skip
"""A share that is asked of every case of the process when it ends."""


def inv_06(seen: Witness) -> None:
    """No orphan: an open case has one owner who works here, and a task, a timer, a call or a child to wait for."""
    for each in seen.touched:
        case = each.case
        if not case.is_open:
            continue
        owner = seen.people.get(case.owner or "")
        assert owner is not None and owner.active, _broken("INV-06", each, f"its owner is {case.owner}")
        armed = [timer for timer in case.timers if timer.fire_at is not None]
        waits_for = (*case.tasks, *armed, *case.calls, *case.open_children)
        assert waits_for, _broken("INV-06", each, "it waits for nothing and nobody")


def inv_07(seen: Witness) -> None:
    """A row of a ladder rings once for each case, visit and turn, in the order of time, never while its clock stands."""
    for each in seen.touched:
        rung = Counter(row.details["timer"] for row in each.history if row.kind == "rang" and "timer" in row.details)
        twice = [timer for timer, times in rung.items() if times > 1]
        assert not twice, _broken("INV-07", each, f"these rang twice: {twice}")
        times = [row.at for row in each.history]
        assert times == sorted(times), _broken("INV-07", each, "its history goes back in time")
        put_aside: dict[str, dt.datetime] = {}
        for row in each.history:
            if row.kind == "paused":
                put_aside[row.step] = row.at
            elif row.kind == "resumed" or row.step in row.details.get("left", ()):
                put_aside.pop(row.step, None)
            elif row.kind == "rang" and row.step in put_aside and row.step:
                if dt.datetime.fromisoformat(row.details["due_at"]) <= put_aside[row.step]:
                    continue  # it had come due before, and nobody was at work to ring it
                raise AssertionError(_broken("INV-07", each, f"'{row.step}' was put aside when it rang at {row.at}"))
        _no_ring_while_the_case_stands(each)


def inv_09(seen: Witness) -> None:
    """History is only ever appended to, and what it says adds up to what the case is."""
    for each in seen.touched:
        kept = each.history[: len(each.old_history)]
        assert kept == each.old_history, _broken("INV-09", each, "what had been written is not there any more")
        assert [row.seq for row in each.history] == sorted({row.seq for row in each.history})
        story = list(each.story())
        told = _filled(story[-1].after) if story else {}
        stands = _filled(each.case.values)
        assert told == stands, _broken("INV-09", each, f"history does not explain {_differing(told, stands)}")


def inv_16(seen: Witness) -> None:
    """A case stays on its version of the process unless somebody moves it, on record."""
    for each in seen.touched:
        if each.old is None or each.old.version == each.case.version:
            continue
        fresh = each.history[len(each.old_history) :]
        moved = [row for row in fresh if row.kind == "migrated" and row.by]
        assert moved, _broken("INV-16", each, f"version {each.old.version} became {each.case.version} unsaid")
        assert moved[-1].details["to_version"] == each.case.version, _broken("INV-16", each, "to another version")


def inv_18(seen: Witness) -> None:
    """Reopening counts a round and keeps what was entered; each round is measured at its end."""
    for each in seen.touched:
        reopened = [moment for moment in each.story() if moment.row.kind == "reopened"]
        assert each.case.round == 1 + len(reopened), _broken("INV-18", each, f"round {each.case.round}")
        for moment in reopened:
            lost = {name for name in _filled(moment.before) if name not in moment.after}
            assert not lost, _broken("INV-18", each, f"reopening lost {lost}")
            assert moment.row.by, _broken("INV-18", each, "nobody reopened it")
        if each.case.process in AT_EACH_END:
            ends = sum(1 for row in each.history if row.details.get("ended"))
            asked = "SELECT count(*) FROM kpi_fact WHERE case_id = ? AND kpi = ?"
            ((measured,),) = seen.rows(asked, each.case.id, AT_EACH_END[each.case.process])
            assert measured == ends, _broken("INV-18", each, f"it ended {ends} times and was measured {measured} times")


def inv_20(seen: Witness) -> None:
    """A case does not close while a case it waits for is open."""
    for each in seen.touched:
        if each.old is None or not _has_just_ended(each) or _is_called_off(each):
            continue
        ordered = seen.rows("SELECT child_id FROM case_link WHERE parent_id = ?", each.case.id)
        for (child,) in ordered:
            other = seen.seen[child].case
            waits = other.parent is not None and other.parent.waits
            assert not (waits and other.is_open), _broken("INV-20", each, f"{other.number} is still open")


def inv_14(seen: Witness) -> None:
    """News counts once; a parcel that arrived, came back or was lost is changed by people only; one parcel's news never
    changes another; old news does not turn the clock back."""
    for id, times in seen.taken_news.items():
        assert times <= 1, f"INV-14: the news {id} was taken {times} times"
    for date, times in _begun_by_dates(seen).items():
        assert times <= 1, f"INV-14: the date {date} began {times} cases"
    for each in seen.touched:
        for moment in each.story():
            before, after = moment.before.get("parcels") or [], moment.after.get("parcels") or []
            if before == after or not before:
                continue
            if moment.row.kind != "arrived" or moment.row.details.get("source") == "staff":
                continue
            changed = [(old, new) for old, new in zip(before, after, strict=False) if _known(old) != _known(new)]
            assert len(before) == len(after), _broken("INV-14", each, "news changed the number of parcels", moment)
            numbers = {old["tracking_no"] for old, _ in changed}
            assert len(numbers) <= 1, _broken("INV-14", each, f"one piece of news changed parcels {numbers}", moment)
            for old, new in changed:
                stays = old.get("state") not in TAKEN_BACK or old.get("state") == new.get("state")
                assert stays, _broken("INV-14", each, f"a parcel {old['state']} became {new['state']}", moment)
                later = not (old.get("last_seen") and new.get("last_seen")) or new["last_seen"] >= old["last_seen"]
                assert later, _broken("INV-14", each, f"old news of {new['last_seen']} was believed", moment)


def _begun_by_dates(seen: Witness) -> Counter[tuple[Any, ...]]:
    """How many cases each date of each unit has begun."""
    dated = {"warranty_renewal": "warranty_was", "purchase_follow_up": "purchased_on"}
    first = [(each.case.process, each.history[0]) for each in seen.seen.values() if each.case.process in dated]
    return Counter(
        (process, row.details["values"].get("serial_number"), row.details["values"].get(dated[process]))
        for process, row in first
        if row.by is None
    )


def inv_15(seen: Witness) -> None:
    """Tracking ends, and says how the goods arrived, only when every checkpoint has its time, or the reason why it has none;
    it ends only when each parcel has arrived, come back or is lost, and what did not arrive was made good."""
    for each in seen.touched:
        if each.case.process != "shipment_tracking":
            continue
        for moment in each.story():
            if TOLD_OF & set(moment.entered):
                points = moment.after.get("checkpoints") or []
                bare = [point.get("row") for point in points if not _is_answered(point)]
                said = f"nothing is said about {bare or 'any checkpoint'}"
                assert points and not bare, _broken("INV-15", each, said, moment)
        if not each.case.is_open and each.case.ended != "cancelled":
            _every_parcel_has_ended(each)


def _is_answered(point: Mapping[str, Any]) -> bool:
    """Whether a checkpoint has its time, or a reason; another reason than those in the list is written down."""
    reason = point.get("waived")
    return bool(point.get("occurred_at") or (reason and (reason != "other" or point.get("note"))))


def _every_parcel_has_ended(each: Seen) -> None:
    """A repaired unit is made good by its return, and what is not needed any more by nobody."""
    values = each.case.values
    parcels = values.get("parcels") or []
    moving = [parcel for parcel in parcels if parcel.get("state") not in TAKEN_BACK]
    assert parcels and not moving, _broken("INV-15", each, f"it ended with {moving or 'no parcels'}")
    if not (values.get("from_return") or values.get("not_needed_because")):
        owed = [one for one in parcels if one["state"] in ("lost", "returned") and not one.get("made_good")]
        assert not owed, _broken("INV-15", each, f"nobody made good {owed}")


def _no_ring_while_the_case_stands(each: Seen) -> None:
    """The ladder of the case itself, in this round: not between the beginning and the end of one of its pauses."""
    began = max((row.at for row in each.history if row.kind == "reopened"), default=each.case.opened_at)
    for row in each.history:
        if row.kind != "rang" or row.at < began or not _is_of_the_case(row.details.get("timer")):
            continue
        due = dt.datetime.fromisoformat(row.details["due_at"])
        for pause in each.case.pauses:
            inside = pause.since < due and (pause.until is None or row.at < pause.until) and pause.since < row.at
            assert not inside, _broken("INV-07", each, f"the case's clock stood when it rang at {row.at}")


def _is_of_the_case(timer: str | None) -> bool:
    """Whether a ring is one of the ladder of the case itself: neither of a step nor of a mail that nobody confirms."""
    return timer is not None and timer.split(":")[1] == ""


def _has_just_ended(each: Seen) -> bool:
    """Whether it ended since the last look."""
    return not each.case.is_open and (each.old is None or each.old.is_open)


def _is_called_off(each: Seen) -> bool:
    return each.case.ended in ("cancelled", "merged", "withdrawn")


def _filled(values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _differing(told: dict[str, Any], stands: dict[str, Any]) -> str:
    names = [name for name in {*told, *stands} if told.get(name) != stands.get(name)]
    return ", ".join(f"{name}: told {told.get(name)!r}, stands {stands.get(name)!r}" for name in sorted(names))


def _known(parcel: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a parcel; `old_no` only keeps a number while a person may correct it."""
    return {name: value for name, value in parcel.items() if name != "old_no"}


def _broken(law: str, each: Seen, why: str, moment: Moment | None = None) -> str:
    at = f" (entry {moment.row.seq}: {moment.row.kind} {moment.row.step} by {moment.row.by})" if moment else ""
    return f"{law}: {each.name}{at}: {why}"


broken = _broken
has_just_ended = _has_just_ended
is_called_off = _is_called_off


def every_law() -> dict[str, Callable[[Witness], None]]:
    """All twenty by their number."""
    from tests.invariants import law_goods, law_words

    rooms = (globals(), vars(law_goods), vars(law_words))
    found = {name: law for room in rooms for name, law in room.items() if name.startswith("inv_")}
    return dict(sorted(found.items()))


def hold(seen: Witness) -> None:
    """Look again, and ask every law."""
    seen.look()
    for law in every_law().values():
        law(seen)
