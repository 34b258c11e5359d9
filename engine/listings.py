"""How a case shows in lists, and what it listens for: worked out from the case and its process whenever it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.after_the_end import names_heard
from engine.case import Case
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.draft import Draft
from engine.kept import AFTER_THE_END, Subscription
from engine.matching import matched_values
from engine.records import label_of
from engine.rows import type_of_record


def category_of(process: Compiled, case: Case) -> str:
    """open, waiting_customer, waiting_internal, done, closed or cancelled: as the steps say, or by what they wait for.

    Of several branches the one that needs most attention counts.
    """
    if case.ended is not None:
        step = process.steps.get(case.ended)
        return "cancelled" if step is not None and step.end == "cancelled" else "closed"
    said = {said for leaf in case.leaves if (said := _said(process, leaf))}
    if said:
        return next(category for category in MOST_ATTENTION if category in said)
    waits = {process.steps[leaf].waits_for for leaf in case.leaves if leaf in process.steps}
    runs = any(process.steps[leaf].runs for leaf in case.leaves if leaf in process.steps)
    if "customer" in waits:
        return "waiting_customer"
    if (waits - {None}) or (runs and not case.tasks):
        return "waiting_internal"
    return "open"


MOST_ATTENTION = ("open", "waiting_internal", "waiting_customer", "done")


def _said(process: Compiled, leaf: str) -> str | None:
    """The category that a step, or the nearest step around it, gives itself."""
    places = process.around(leaf) if leaf in process.steps else ()
    return next((found for place in places if (found := process.steps[place].category)), None)


def subject_of(process: Compiled, case: Case | Draft) -> str:
    """What a case is about in words: the record its process names as subject, and whose it is."""
    names = [process.file.subject] if process.file.subject else []
    names += [name for name, field in process.fields.items() if field.type == "record" and name not in names]
    found: list[str] = []
    for name in names:
        snapshot = case.records.get(name)
        if snapshot is not None:
            label = label_of(process.fields[name].of or "", snapshot)
            if label and label not in found:
                found.append(label)
    return " · ".join(found[:3])


def records_of(process: Compiled, case: Case) -> tuple[tuple[str, str], ...]:
    """The records under which a case is listed: those its fields and cells name, and those that these refer to."""
    found: list[tuple[str, str]] = []
    for name, snapshot in case.records.items():
        type = type_of_record(process.fields, name)
        if type:
            found += _with_referred(process, type, snapshot)
    return tuple(dict.fromkeys(found))


def _with_referred(process: Compiled, type: str, snapshot: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if snapshot.get("id"):
        yield type, str(snapshot["id"])
    definition = process.site.records.get(type)
    for attribute, kind in (definition.attributes if definition else {}).items():
        inner = snapshot.get(attribute)
        if kind in process.site.records and isinstance(inner, Mapping):
            yield from _with_referred(process, kind, inner)


def labels_of(process: Compiled, case: Case) -> dict[str, Text]:
    """The labels of the steps a case is in, or of the end it came to; a step of a fragment with the fragment's own."""
    return {step: _label(process, step) for step in places_of(case) if step in process.steps}


def places_of(case: Case) -> tuple[str, ...]:
    """Where a case stands as lists tell it: its steps, or how it ended."""
    return (case.ended,) if case.ended else case.leaves


def _label(process: Compiled, leaf: str) -> Text:
    step = process.steps[leaf]
    if step.kind == "joined":
        return Text(
            f"{process.steps[step.inside[-1]].label.say('en')} ✓",
            f"{process.steps[step.inside[-1]].label.say('zh-Hans')} ✓",
        )
    return step.label


def listens_of(process: Compiled, case: Case) -> tuple[Subscription, ...]:
    """The events a case listens for now, each with the key and value that correlate it; one that has ended for all it ever
    heard, each under a name of its own, so that its owner is told what comes too late."""
    if not case.is_open:
        return tuple(
            Subscription(f"{AFTER_THE_END}{name}", key, value, "")
            for name in sorted(names_heard(process))
            for key, value in matched_values(process, case, name)
        )
    heard: dict[str, str] = dict.fromkeys(process.anytime, "")
    for leaf in case.leaves:
        for place in process.around(leaf) if leaf in process.steps else ():
            heard |= dict.fromkeys(process.steps[place].events, place)
    return tuple(
        Subscription(name, key, value, step)
        for name, step in heard.items()
        for key, value in matched_values(process, case, name)
    )
