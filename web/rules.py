"""Who may open which page: every view names its rule, and a view without one keeps the product from starting.

What may be done to a case is decided by the engine when it is done; here stands only who is let through a door.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

from engine import authority
from web import current

View = TypeVar("View", bound=Callable[..., Any])
Rule = Callable[[dict[str, Any]], None]


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
    """Whoever sees the case, and of a task that is over whoever closed it or had it: a second press, the back button and
    a form that was open while the case went on are no break-in."""
    _staff(arguments)
    task_id, me = str(arguments["task_id"]), current.me()
    ended = current.read(lambda screens: screens.closed_task(task_id) if screens.task(task_id) is None else None)
    if ended is None or (ended["by"] != me.id and not {me.id, *me.roles} & set(ended["for"])):
        _see_case(case_of(task_id))


def _see_case(case_id: str) -> None:
    viewer = current.viewer()
    if not current.read(lambda screens: screens.case(case_id) is not None and screens.may_see(viewer, case_id)):
        abort(404)


def _act(name: str) -> Rule:
    """Let through who may do an act, as `engine.authority` says; others are told who may."""

    def check(arguments: dict[str, Any]) -> None:
        _staff(arguments)
        authority.must(current.me(), name, current.catalogue().roles)

    return check


RULES: dict[str, Rule] = {
    "everyone": _everyone,
    "staff": _staff,
    "case": _case,
    "task": _task,
    **{act: _act(act) for act in authority.ACTS},
}


def case_of(task_id: str) -> str:
    """The case a task belongs to: its id says so."""
    return task_id.rpartition(".")[0]
