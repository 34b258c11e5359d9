"""One search over cases and records."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.screen_rows import Found
from web import current
from web.rules import rule

screen = Blueprint("search", __name__)


@screen.get("/search")
@rule("work")
def show() -> Any:
    query = request.args.get("q", "").strip()[:200]
    viewer = current.viewer()
    found = list(current.read(lambda screens: screens.search(viewer, query, 40))) if query else []
    exact = [f for f in found if f.key.casefold() == query.casefold()]
    if len(exact) == 1:
        return redirect(address_of(exact[0]))
    kinds: dict[str, list[tuple[Found, str]]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append((one, address_of(one)))
    return render_template("search/search.html", query=query, kinds=kinds)


def address_of(found: Found) -> str:
    """The page of what was found."""
    if found.kind == "case":
        return url_for("case.show", case_id=found.id)
    return url_for("records.show", type=found.kind, record_id=found.id)
