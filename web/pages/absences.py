"""Who is away and who stands in: entered by oneself on one's own page, or by an administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request, url_for

from engine.definition.texts import Text
from engine.refusals import FormRefusal, Refusal
from web import current, said
from web.moments import typed_moment
from web.pages.people import page_of, page_of_mine
from web.refusals import refused
from web.rules import rule

screen = Blueprint("absences", __name__)


@screen.post("/me/absence")
@rule("staff")
def enter_mine() -> Any:
    return _enter(current.me().id, page_of_mine, url_for("people.mine"))


@screen.post("/me/absence/end")
@rule("staff")
def end_mine() -> Any:
    return _end(current.me().id, url_for("people.mine"))


@screen.post("/people/<person_id>/absence")
@rule("manage_people")
def enter(person_id: str) -> Any:
    return _enter(person_id, lambda no: page_of(person_id, no), url_for("people.one", person_id=person_id))


@screen.post("/people/<person_id>/absence/end")
@rule("manage_people")
def end(person_id: str) -> Any:
    return _end(person_id, url_for("people.one", person_id=person_id))


def _enter(person_id: str, again: Callable[[Refusal], str], then: str) -> Any:
    house, me = current.house(), current.me().id
    if person_id not in current.people():
        abort(404)
    try:
        since, until = _moment("since"), _moment("until")
        deputy = request.form.get("deputy", "")[:64] or None
        house.accounts.set_absence(person_id, by=me, since=since, until=until, deputy=deputy)
    except Refusal as refusal:
        return refused(refusal, again)
    house.desk.hand_on_for_who_is_away(me)
    return said.then(then, "said.away")


def _end(person_id: str, then: str) -> Any:
    if person_id not in current.people():
        abort(404)
    current.house().accounts.end_absence(person_id, by=current.me().id)
    return said.then(then, "said.back")


def _moment(name: str) -> Any:
    """A moment of the site, None for an empty box."""
    text = request.form.get(name, "").strip()
    moment = typed_moment(text)
    if text and moment is None:
        raise FormRefusal({name: Text(f"“{text[:40]}” is not a date and a time.", f"“{text[:40]}”不是日期和时间。")})
    return moment
