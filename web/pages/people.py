"""People and their keys for the interface; and everybody's own page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from engine.authority import ADMIN
from engine.definition.texts import LANGUAGES, Text
from engine.people import Person
from engine.refusals import Refusal
from web import current, said
from web.refusals import field_errors, refused
from web.rules import rule

screen = Blueprint("people", __name__)


@screen.get("/people")
@rule("manage_people")
def all() -> Any:
    return _list()


@screen.post("/people")
@rule("manage_people")
def create() -> Any:
    sent = request.form
    person = Person(
        sent.get("id", "").strip()[:80],
        sent.get("name", "").strip()[:200],
        frozenset(_roles()),
        sent.get("email", "").strip()[:254],
        language=_language(sent.get("language", "")),
    )
    try:
        current.house().accounts.create(person, sent.get("password") or None, by=current.me().id)
    except Refusal as refusal:
        return refused(refusal, _list)
    return said.then(url_for("people.one", person_id=person.id), "said.person", name=person.name)


@screen.get("/people/<person_id>")
@rule("manage_people")
def one(person_id: str) -> Any:
    return page_of(person_id)


@screen.post("/people/<person_id>")
@rule("manage_people")
def change(person_id: str) -> Any:
    if person_id not in current.people():
        abort(404)
    sent, me = request.form, current.me().id
    active = sent.get("active") == "1"
    try:
        if person_id == me and (not active or ADMIN not in _roles()):
            raise Refusal("not_allowed", _NOT_YOURSELF)
        current.house().accounts.change(
            person_id,
            by=me,
            name=sent.get("name", "").strip()[:200],
            email=sent.get("email", "").strip()[:254],
            roles=frozenset(_roles()),
            active=active,
            language=_language(sent.get("language", "")),
            password=sent.get("password") or None,
        )
        current.house().desk.give_back_tasks_of(person_id, me)
    except Refusal as refusal:
        return refused(refusal, lambda no: page_of(person_id, no))
    return said.then(url_for("people.one", person_id=person_id), "said.person", name=sent.get("name", "")[:80])


@screen.post("/people/<person_id>/tokens")
@rule("manage_people")
def issue(person_id: str) -> Any:
    """A new key for the interface, shown on this one answer and never again."""
    if person_id not in current.people():
        abort(404)
    days = request.form.get("days", "")
    secret = current.house().accounts.issue_token(
        person_id,
        request.form.get("label", "").strip()[:80] or person_id,
        by=current.me().id,
        days=int(days) if days.isdecimal() and len(days) < 5 and 0 < int(days) < 4000 else None,
    )
    return page_of(person_id, secret=secret)


@screen.post("/people/<person_id>/tokens/<token_id>/revoke")
@rule("manage_people")
def revoke(person_id: str, token_id: str) -> Any:
    if token_id not in {str(t["id"]) for t in current.house().accounts.tokens(person_id)}:
        abort(404)
    current.house().accounts.revoke_token(token_id, by=current.me().id)
    return said.then(url_for("people.one", person_id=person_id), "said.revoked")


@screen.get("/me")
@rule("staff")
def mine() -> Any:
    return page_of_mine()


@screen.post("/me")
@rule("staff")
def change_mine() -> Any:
    """A new password, after the old one was given once more."""
    me, accounts = current.me().id, current.house().accounts
    try:
        proof = accounts.sign_in(me, request.form.get("old", ""))
        if proof is None:
            raise Refusal("wrong_value", _WRONG_OLD, concerns="old")
        accounts.sign_out(proof)
        if request.form.get("new", "") != request.form.get("again", ""):
            raise Refusal("wrong_value", _NOT_THE_SAME, concerns="again")
        accounts.change(me, by=me, password=request.form.get("new", ""))
    except Refusal as refusal:
        return refused(refusal, page_of_mine)
    return said.then(url_for("sign_in.ask"), "said.password")


def _list(refusal: Refusal | None = None) -> str:
    people = sorted(current.people().values(), key=lambda p: (not p.active, p.name))
    return render_template(
        "people/people.html",
        people=people,
        refusal=refusal,
        roles=current.catalogue().roles,
        typed=request.form,
    )


def page_of_mine(refusal: Refusal | None = None) -> str:
    """One's own page."""
    return render_template("people/mine.html", refusal=refusal, **_about_absence(current.me(), refusal))


def page_of(person_id: str, refusal: Refusal | None = None, secret: str = "") -> str:
    """The page of somebody, for an administrator."""
    person = current.people().get(person_id)
    if person is None:
        abort(404)
    return render_template(
        "people/person.html",
        who=person,
        refusal=refusal,
        secret=secret,
        roles=current.catalogue().roles,
        tokens=current.house().accounts.tokens(person_id),
        **_about_absence(person, refusal),
    )


def _about_absence(person: Person, refusal: Refusal | None) -> dict[str, Any]:
    """What the form of an absence needs: who could stand in, those of a common role first, and what was typed."""
    others = sorted((p for p in current.people().values() if p.active and p.id != person.id), key=lambda p: p.name)
    same = [p for p in others if p.roles & person.roles]
    deputies = (("same_role", same), ("other_role", [p for p in others if p not in same]))
    return {"deputies": deputies, "typed": request.form, "errors": field_errors(refusal)}


def _roles() -> list[str]:
    known = {*current.catalogue().roles, ADMIN}
    return [r for r in request.form.getlist("roles") if r in known]


def _language(text: str) -> str:
    return text if text in LANGUAGES else "en"


_NOT_YOURSELF = Text(
    "You cannot take your own administrator's rights away. Ask another administrator.",
    "不能取消自己的管理员权限，请让另一位管理员操作。",
)
_WRONG_OLD = Text("The present password is not right.", "当前密码不正确。")
_NOT_THE_SAME = Text("The two new passwords are not the same.", "两次输入的新密码不一致。")
