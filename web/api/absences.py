"""Who is away and who stands in: one's own absence, and as an administrator everybody's."""

from __future__ import annotations

from flask import abort

from engine.people import Person
from web import current
from web.api.models.absences import AbsenceNow, AbsenceTold, EnterAbsence
from web.api.operations import operation, room

absences = room("absences", "Absences", "Who is away, and who stands in.")


@absences.put("/me/absence")
@operation("staff", AbsenceNow, takes=EnterAbsence, said="The absence as it is kept.")
def enter_my_absence(body: EnterAbsence) -> AbsenceNow:
    """Enter that you are away, in place of what was entered before. When it begins, your open tasks are handed on."""
    return _enter(current.me().id, body)


@absences.delete("/me/absence")
@operation("staff", AbsenceNow, said="You are at work.")
def end_my_absence() -> AbsenceNow:
    """Say that you are back, or do not go away after all. What was handed on stays where it is."""
    return _end(current.me().id)


@absences.get("/people/<person_id>/absence")
@operation("manage_people", AbsenceNow, refuses=(403, 404), said="The absence.")
def read_absence(person_id: str) -> AbsenceNow:
    """Read whether somebody is away, or will be."""
    return AbsenceNow(absence=absence_of(_known(person_id)))


@absences.put("/people/<person_id>/absence")
@operation("manage_people", AbsenceNow, takes=EnterAbsence, refuses=(403, 404, 409), said="The absence as it is kept.")
def enter_absence(person_id: str, body: EnterAbsence) -> AbsenceNow:
    """Enter that somebody is away, in place of what was entered before."""
    return _enter(_known(person_id).id, body)


@absences.delete("/people/<person_id>/absence")
@operation("manage_people", AbsenceNow, refuses=(403, 404), said="The person is at work.")
def end_absence(person_id: str) -> AbsenceNow:
    """Say that somebody is back, or does not go away after all."""
    return _end(_known(person_id).id)


def absence_of(person: Person) -> AbsenceTold | None:
    """The absence that is entered for somebody, unless it is over."""
    absence = person.absence
    return AbsenceTold.of(absence) if absence is not None and absence.until > current.now() else None


def _enter(person_id: str, body: EnterAbsence) -> AbsenceNow:
    house, me = current.house(), current.me().id
    kept = house.accounts.set_absence(person_id, by=me, since=body.since, until=body.until, deputy=body.deputy)
    house.desk.hand_on_for_who_is_away(me)
    return AbsenceNow(absence=AbsenceTold.of(kept))


def _end(person_id: str) -> AbsenceNow:
    current.house().accounts.end_absence(person_id, by=current.me().id)
    return AbsenceNow(absence=None)


def _known(person_id: str) -> Person:
    person = current.people().get(person_id)
    if person is None:
        abort(404)
    return person
