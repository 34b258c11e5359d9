"""Coming in, going out, and choosing a language."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from engine.definition.texts import LANGUAGES, Text
from engine.people import Person
from engine.refusals import Refusal
from web import current, doors
from web.rules import rule

screen = Blueprint("sign_in", __name__)

TWELVE_HOURS = 12 * 3600
A_YEAR = 365 * 24 * 3600


@screen.get("/")
@rule("everyone")
def home() -> Any:
    return redirect(url_for("inbox.show") if current.signed_in() else url_for("sign_in.ask"))


@screen.get("/sign-in")
@rule("everyone")
def ask() -> Any:
    if current.signed_in():
        return redirect(own_path(request.args.get("next", "")))
    return _page(None, request.args.get("next", ""))


@screen.post("/sign-in")
@rule("everyone")
def enter() -> Any:
    wanted = request.form.get("next", "")
    if not doors.may_sign_in_here():
        return _page(Refusal("not_allowed", _NOT_SECURE), wanted), 403
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    if (as_demo := request.form.get("demo", "")) and as_demo in {p.id for p in _demo_people()}:
        name, password = as_demo, str(current_app.config["AFTERCARE_DEMO_PASSWORD"])
    try:
        secret = current.house().accounts.sign_in(name[:200], password[:1000], address=request.remote_addr or "")
    except Refusal as refusal:
        return _page(refusal, wanted, name), 429
    if secret is None:
        return _page(Refusal("wrong_value", _WRONG), wanted, name), 401
    if (old := request.cookies.get(doors.cookie_name("aftercare"))) is not None:
        current.house().accounts.sign_out(old)
    response = redirect(own_path(wanted), code=303)
    doors.set_cookie(response, "aftercare", secret, seconds=TWELVE_HOURS)
    doors.end_cookie(response, "aftercare-form")
    return response


@screen.post("/sign-out")
@rule("everyone")
def leave() -> Any:
    secret = request.cookies.get(doors.cookie_name("aftercare"))
    if secret:
        current.house().accounts.sign_out(secret)
    response = redirect(url_for("sign_in.ask"), code=303)
    doors.end_cookie(response, "aftercare")
    return response


@screen.post("/language")
@rule("everyone")
def language() -> Any:
    chosen = request.form.get("language", "")
    response = redirect(own_path(request.form.get("back", "")), code=303)
    if chosen in LANGUAGES:
        if current.signed_in():
            current.house().accounts.change(current.me().id, by=current.me().id, language=chosen)
        response.set_cookie(
            current.LANGUAGE_COOKIE, chosen, max_age=A_YEAR, samesite="Lax", secure=request.is_secure, httponly=True
        )
    return response


def own_path(wanted: str) -> str:
    """Where to go next: a path of our own pages, or the inbox. Nothing that a browser could read as another host."""
    if not re.fullmatch(r"/(?![/\\])[\w\-./?=&%+:~,]*", wanted, re.ASCII) or "//" in wanted.partition("?")[0]:
        return url_for("inbox.show")
    return wanted


def _page(refusal: Refusal | None, wanted: str, name: str = "") -> str:
    return render_template(
        "sign_in/sign_in.html",
        refusal=refusal,
        wanted=wanted,
        name=name,
        demo_people=_demo_people(),
        secure=doors.may_sign_in_here(),
        kept=bool(request.args.get("kept")),
        ended=doors.cookie_name("aftercare") in request.cookies,
    )


def _demo_people() -> list[Person]:
    """The cast of the demo; nobody elsewhere."""
    if not current_app.config["AFTERCARE_DEMO_PASSWORD"]:
        return []
    return [p for p in sorted(current.people().values(), key=lambda p: p.name) if p.active and p.roles]


_WRONG = Text("Name or password is not right.", "用户名或密码不正确。")
_NOT_SECURE = Text(
    "This address is not encrypted, so no password is asked here. Open it with https, or set AFTERCARE_PLAIN_HTTP=1 "
    "in a network you trust.",
    "此地址未加密，因此不在此处输入密码。请使用 https 打开，或在可信网络中设置 AFTERCARE_PLAIN_HTTP=1。",
)
