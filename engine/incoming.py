"""Events from outside: which case one belongs to, and what becomes of one that no case, or several, could take.

Exactly one open case of a process must listen with the right key. With none the event is kept for seven days and tried
again when a case begins to listen; with several a clerk chooses. What a case emits goes to every other case that
listens, and never back to itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from engine import events as happened
from engine.definition.compiled import Compiled
from engine.definition.expressions import as_compared, told_apart_by
from engine.definition.texts import Text
from engine.kept import FROM_A_CASE, FROM_A_RECORD, INSIDE, KeptEvent
from engine.matching import is_about
from engine.numbering import number_of
from engine.refusals import FormRefusal, Refusal
from engine.sensible_news import must_make_sense
from engine.telling_the_ended import tell_the_ended

if TYPE_CHECKING:
    from engine.casework import Casework

KEPT_FOR = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an event: taken by `cases`, kept, for a clerk to assign (several), known already (repeated), or older
    than what is known of the same thing (late)."""

    state: Literal["taken", "kept", "several", "repeated", "late"]
    cases: tuple[str, ...] = ()

    @property
    def case(self) -> str:
        """The case that took it, "" when none did."""
        return self.cases[0] if self.cases else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How new a piece of news is: about what (one parcel), of which moment, and how far that thing has come then."""

    about: str
    at: dt.datetime
    rank: int = 0


class Incoming:
    """Correlates events inside one transaction."""

    def __init__(self, casework: Casework) -> None:
        self._work = casework
        self._uow = casework.uow

    def receive(
        self,
        id: str,
        name: str,
        values: Mapping[str, Any],
        source: str,
        by: str | None,
        standing: Standing | None = None,
        seal: str = "",
        cause: str | None = None,
        about: tuple[str, str] | None = None,
        anew: bool = False,
        checked: bool = False,
    ) -> Received:
        """An event with its sender's id. The same id a second time changes nothing, nor does old news, nor one signed message
        (`seal`) under the names of two senders. A case it starts belongs to `cause`, whose act led to it. What is `about` a
        record (type, id) begins no second case about it, with `anew` none while the first is open. What is `checked` must
        make sense, though no case waits for it yet."""
        sealed = bool(seal) and self._uow.event_seen(f"seal:{seal}"[:200])
        if self._uow.event_seen(f"{source}:{id}"[:200]) or sealed:
            return Received("repeated")
        event = KeptEvent(f"{source}:{id}"[:200], name, dict(values), source, self._uow.now)
        if checked:
            self._must_make_sense(event)
        if standing is not None and self._is_old_news(standing, source):
            self._uow.keep_event(replace(event, state="late", reason="something newer was known | 已有更新的消息"))
            return Received("late")
        received, refusal = self._deliver(event, by)
        if refusal is not None and source == FROM_A_RECORD:
            return self._left_to_a_clerk(event, refusal)
        if refusal is not None:
            raise refusal
        if received.state == "kept" and (started := self._start(event, by or cause, about, anew)):
            return Received("taken", started)
        if received.state != "taken":
            self._uow.keep_event(replace(event, state="several" if received.state == "several" else "waiting"))
        if received.state == "kept" and source not in INSIDE:
            tell_the_ended(self._work, event)
        return received

    def try_kept(self, names: Iterable[str]) -> None:
        """Kept events that a case now listens for, oldest first; those older than seven days are left to a clerk, and so is
        one that the case refuses: whoever brought the case there has nothing to do with it."""
        for event in self._uow.kept_events(names):
            if event.state != "waiting" or self._uow.now - event.received_at > KEPT_FOR:
                continue
            received, refusal = self._deliver(event, None)
            if refusal is not None:
                self._left_to_a_clerk(event, refusal)
            elif received.state == "taken":
                self._uow.keep_event(replace(event, state="taken"))

    def assign(self, event: KeptEvent, case_id: str, by: str) -> None:
        """A clerk says which case an event belongs to."""
        self._work.handle(case_id, happened.EventArrived(event.name, event.values, by, event.source))
        self._uow.keep_event(replace(event, state="taken", reason=f"by {by}"))

    def _left_to_a_clerk(self, event: KeptEvent, refusal: Refusal) -> Received:
        """A case refuses what whoever caused it had no part in, such as one row of a list: theirs is done all the same."""
        self._uow.keep_event(replace(event, state="several", reason=refusal.in_both))
        return Received("several")

    def _is_old_news(self, standing: Standing, source: str) -> bool:
        """Whether something newer was heard about the same thing; else this is the newest now."""
        id = f"newest:{source}:{standing.about}"[:200]
        known = self._uow.kept_event(id)
        mine = (standing.at, standing.rank)
        if known is not None and mine < (dt.datetime.fromisoformat(known.values["at"]), int(known.values["rank"])):
            return True
        values = {"at": standing.at.astimezone(dt.UTC).isoformat(), "rank": standing.rank}
        self._uow.keep_event(KeptEvent(id, "newest", values, source, self._uow.now, state="taken"))
        return False

    def _must_make_sense(self, event: KeptEvent) -> None:
        """To the newest version of a process, or to the one that a case which waits for it began with."""
        waiting = [self._work.load(case_id)[0] for case_id in sorted(self._who_listens(event))]
        newest = self._work.definitions.newest(self._uow)
        by_the_site = event.name in self._work.definitions.site(self._uow).record_events
        known = bool(waiting) or by_the_site or bool(self._uow.listening(event.name))
        must_make_sense(event.name, event.values, [*newest, *waiting], known)

    def _deliver(self, event: KeptEvent, by: str | None) -> tuple[Received, Refusal | None]:
        """To the one case of each process that listens for it; what a case emits, to all others: nobody outside could
        choose. Tells what became of it, and why a case refused it."""
        listening: dict[str, set[str]] = {}
        for case_id in self._who_listens(event) - {_emitter(event)}:
            process, _case = self._work.load(case_id)
            listening.setdefault(process.id, set()).add(case_id)
        if event.source not in INSIDE and any(len(cases) > 1 for cases in listening.values()):
            return Received("several", tuple(sorted({c for cases in listening.values() for c in cases}))), None
        taken: list[str] = []
        refused: Refusal | None = None
        for case_id in sorted(id for cases in listening.values() for id in cases):
            arrived = happened.EventArrived(event.name, event.values, by, event.source)
            refusal = self._work.offer(case_id, arrived)
            if refusal is None:
                taken.append(case_id)
            elif refusal.code != "not_heard":  # a guard was false: kept like one nobody waits for
                refused = refused or refusal
        return Received("taken", tuple(taken)) if taken else Received("kept"), refused

    def _who_listens(self, event: KeptEvent) -> set[str]:
        """Cases with this number, however it is written: a text also without hyphens, a record's number as it is. A case
        that was stored before that counted is found by the number as it is written."""
        told = {key: str(value) for key, value in event.values.items() if value is not None}
        found = self._listening(event.name, told) | self._listening(event.name, told, as_compared)
        bare = self._listening(event.name, told, told_apart_by) - found
        return found | {id for id in bare if is_about(*self._work.load(id), event.name, event.values)}

    def _listening(self, name: str, told: Mapping[str, str], form: Callable[[str], str] = str) -> set[str]:
        return {id for id, _ in self._uow.listening_for(name, {key: form(text) for key, text in told.items()})}

    def _start(self, event: KeptEvent, by: str | None, about: tuple[str, str] | None, anew: bool) -> tuple[str, ...]:
        """Processes that begin with this event get a new case each, unless they have one about that record."""
        started: list[str] = []
        for process in self._work.definitions.newest(self._uow):
            begins = process.file.start.event == event.name
            if begins and not (about and self._uow.is_followed(process.id, *about, open_only=anew)):
                started.append(self._new_case(process, event, by))
        return tuple(started)

    def _new_case(self, process: Compiled, event: KeptEvent, by: str | None) -> str:
        known = process.events.get(event.name)
        declared = (known.data if known is not None else None) or {}
        values = {name: value for name, value in event.values.items() if name in declared and name in process.fields}
        order = happened.CaseStarted(
            self._work.new_id(), number_of(process, self._uow), values, by, owner=None, trusted=True
        )
        try:
            return self._work.start(process, order).id
        except FormRefusal as refusal:
            wrong = ", ".join(refusal.fields)
            raise Refusal(
                "wrong_value",
                Text(
                    f"The event '{event.name}' has wrong values: {wrong}.", f"事件“{event.name}”的取值有误：{wrong}。"
                ),
            ) from refusal


def _emitter(event: KeptEvent) -> str:
    """The case that says it, "" when it came from outside: see how `actions` names what is emitted."""
    return event.id.removeprefix(f"{FROM_A_CASE}:").partition(":")[0] if event.source == FROM_A_CASE else ""
