"""The JSON interface and the hooks: the desk's use cases for programs. Must not decide anything a page does not."""

from __future__ import annotations

from apiflask import APIFlask

from web.api import absences, cases, document, figures, hooks, house, mistakes, pace, processes, records, tasks
from web.api.reading import StrictJson

ROOMS = (
    cases.cases,
    tasks.tasks,
    processes.processes,
    records.records,
    figures.figures,
    house.house,
    absences.absences,
)


def open_api(app: APIFlask) -> None:
    """Hang the interface into the web application."""
    app.json = StrictJson(app)
    document.describe(app)
    mistakes.install(app)
    pace.keep_pace(app, ROOMS)
    for room in (*ROOMS, hooks.hooks):
        app.register_blueprint(room)
