"""The list of cases to take away: the same cases that the list shows, to its end."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from web import current
from web.beside import today
from web.case_table import case_table
from web.rules import rule
from web.spreadsheet import as_file

screen = Blueprint("case_file", __name__)


@screen.get("/cases.csv")
@rule("staff")
def download() -> Any:
    """As a table for a spreadsheet, called after its process and the day."""
    wanted = wanted_cases()
    process = wanted["process"] if wanted["process"] in current.catalogue().processes else "cases"
    return as_file(case_table(wanted), f"{process}-{today().isoformat()}")


def wanted_cases() -> dict[str, str]:
    """Which cases are asked for."""
    return {name: request.args.get(name, "")[:200] for name in ("process", "state", "text")}
