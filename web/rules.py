"""Who may open which page: every view names its rule, and a view without one keeps the product from starting.

What may be done to a case is decided by the engine when it is done; here stands only who is let through a door.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

from engine.definition.texts import Text
from engine.refusals import Refusal
from web import current
from web.site import ADMIN, AUDITOR

View = TypeVar("View", bound=Callable[..., Any])


class SignInFirst(Exception):
    """Nobody is signed in, and this page is not for everyone."""


def rule(name: str) -> Callable[[View], View]:
    """Declare who may come to this view; the names are the keys of `RULES`."""
    assert name in RULES, f"no rule is called {name}"

    def declare(view: View) -> View:
        view.rule = name  # type: ignore[attr-defined]  # a mark on the function, read by check_rule
        return view

    return declare


def refuse_undeclared(app: Flask) -> None:
    """Default deny: a route whose view names no rule is a mistake that must not go live."""
    bare = sorted(e for e, view in app.view_functions.items() if getattr(view, "rule", None) not in RULES)
    if bare:
        raise RuntimeError(f"These views name no rule (see web.rules): {', '.join(bare)}.")


def check_rule() -> None:
    """Before every view: let the person through, ask them to sign in, or show nothing at all."""
    if request.endpoint is None:
        return
    view: Any = current_app.view_functions[request.endpoint]
    RULES[view.rule](dict(request.view_args or {}))


def _everyone(_: dict[str, Any]) -> None:
    return


def _staff(_: dict[str, Any]) -> None:
    if current.signed_in() is None:
        raise SignInFirst


def _case(arguments: dict[str, Any]) -> None:
    _staff(arguments)
    _see_case(str(arguments["case_id"]))


def _task(arguments: dict[str, Any]) -> None:
    _staff(arguments)
    _see_case(case_of(str(arguments["task_id"])))


def _see_case(case_id: str) -> None:
    viewer = current.viewer()
    if not current.read(lambda screens: screens.case(case_id) is not None and screens.may_see(viewer, case_id)):
        abort(404)


def _admin(arguments: dict[str, Any]) -> None:
    _staff(arguments)
    if ADMIN not in current.me().roles:
        raise Refusal("role", _ONLY_ADMIN)


def _auditor(arguments: dict[str, Any]) -> None:
    _staff(arguments)
    if current.me().roles.isdisjoint({ADMIN, AUDITOR}):
        raise Refusal("role", _ONLY_ADMIN)


_ONLY_ADMIN = Text(
    "This page is for administrators. Ask one of them if you need something done here.",
    "此页面仅供管理员使用。如需处理，请联系管理员。",
)

RULES: dict[str, Callable[[dict[str, Any]], None]] = {
    "everyone": _everyone,
    "staff": _staff,
    "case": _case,
    "task": _task,
    "admin": _admin,
    "auditor": _auditor,
}


def case_of(task_id: str) -> str:
    """The case a task belongs to: its id says so."""
    return task_id.rpartition(".")[0]
