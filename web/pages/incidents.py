"""Things an administrator must look at: a timer that could not be handled, a mail nobody took, a call that failed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from web import current, said
from web.rules import rule

screen = Blueprint("incidents", __name__)


@screen.get("/incidents")
@rule("see_incidents")
def show() -> Any:
    everything = request.args.get("all") == "1"
    rows = current.read(lambda screens: screens.incidents(open_only=not everything))
    return render_template("incidents/incidents.html", rows=rows, everything=everything)


@screen.post("/incidents/<incident_id>/again")
@rule("settle_incidents")
def again(incident_id: str) -> Any:
    """Settle it; what it lifted out of a queue goes back and is tried again."""
    current.house().desk.settle_incident(incident_id, current.me().id)
    return said.then(url_for("incidents.show"), "said.settled")


@screen.get("/audit")
@rule("see_audit")
def audit() -> Any:
    return render_template("incidents/audit.html", rows=current.read(lambda screens: screens.audit()))
