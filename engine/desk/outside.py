"""Events from outside: how one finds its case, and what a clerk does with those that found none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine import events as happened
from engine.case import Case
from engine.casework import Casework
from engine.definition.texts import Text
from engine.desk.asking import ask_first
from engine.desk.presses import Done, Presses
from engine.incoming import Incoming, Received, Standing
from engine.kept import KeptEvent
from engine.refusals import Refusal


class WhatIsHeard(Presses):
    """Events, by senders outside, by staff who enter one, and by the clerk who sorts them."""

    def press_event(
        self, case: str, name: str, values: Mapping[str, Any], by: str, *, sure: bool = True, key: str = ""
    ) -> Done:
        """A member of staff enters an event on the case itself. `sure`: not to be asked about open cases beside which this
        opens another."""
        event = happened.EventArrived(name, values, by, "staff")

        def work(desk: Casework) -> Case:
            after = desk.handle(case, event)
            if not sure:
                ask_first(desk, case, by)
            return after

        return self._press(f"event:{case}:{name}", by, key, event, work)

    def receive_event(
        self,
        id: str,
        name: str,
        values: Mapping[str, Any],
        source: str,
        *,
        by: str | None = None,
        standing: Standing | None = None,
        seal: str = "",
    ) -> Received:
        """An event from outside, told apart by its sender's id. With a `standing`, what is older than the newest thing
        known about the same parcel is noted and changes nothing. One signed message, known by its `seal`, counts once. What a
        program tells (`by`) must make sense, though no case waits for it yet."""

        def work(desk: Casework) -> Received:
            return Incoming(desk).receive(id, name, values, source, by, standing, seal, checked=by is not None)

        received = self._write(work)
        self._bell.ring()
        return received

    def put_before_a_clerk(self, id: str, name: str, values: Mapping[str, Any], source: str, refusal: Refusal) -> None:
        """An event whose sender cannot mend it was refused by its case: a clerk looks at it, and it is not lost."""

        def work(desk: Casework) -> None:
            event = KeptEvent(
                f"{source}:{id}"[:200], name, dict(values), source, desk.uow.now, "several", refusal.in_both
            )
            if not desk.uow.event_seen(event.id):
                desk.uow.keep_event(event)

        self._write(work)

    def assign_event(self, event: str, case: str, by: str) -> None:
        """A clerk says to which case a kept event belongs."""

        def work(desk: Casework) -> None:
            kept = desk.uow.kept_event(event)
            if kept is None or kept.state == "taken":
                raise Refusal("closed", Text("This event was assigned already.", "该事件已分配。"))
            Incoming(desk).assign(kept, case, by)

        self._write(work)
        self._bell.ring()

    def discard_event(self, event: str, by: str, reason: str) -> None:
        """A clerk says that a kept event belongs to no case."""
        if not reason.strip():
            raise Refusal(
                "wrong_value", Text("Say why it belongs to no case.", "请说明为何不属于任何工单。"), concerns="reason"
            )

        def work(desk: Casework) -> None:
            kept = desk.uow.kept_event(event)
            if kept is None or kept.state == "taken":
                raise Refusal("closed", Text("This event was assigned already.", "该事件已分配。"))
            desk.uow.keep_event(_discarded(kept, f"{by}: {reason.strip()}"))

        self._write(work)


def _discarded(event: KeptEvent, reason: str) -> KeptEvent:
    return replace(event, state="discarded", reason=reason)
