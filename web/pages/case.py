"""A case: where it stands, how it came there, and what may be done with it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for

from engine.cases_named import processes_in
from engine.confidential import may_read_mail
from engine.offers import CaseOffer
from engine.refusals import Refusal
from engine.screens import Page
from web import current, drawn
from web.beside import beside, process_of
from web.entered import facts_only
from web.family import told_to_me
from web.headings import under_headings
from web.illustrating import other_picture, picture_of_case
from web.late_news import late_news
from web.looking_up import cases_like
from web.moments import new_key
from web.overview import overview
from web.pages.case_file import wanted_cases
from web.rules import rule
from web.timeline import timeline

screen = Blueprint("case", __name__)


@screen.get("/cases")
@rule("staff")
def search() -> Any:
    """All cases this person may see, newest first."""
    wanted = wanted_cases()
    page = Page(request.args.get("after", "")[:500])
    viewer = current.viewer()
    rows = current.read(lambda screens: screens.cases(viewer, page=page, **wanted))
    labels = current.catalogue().labels
    return render_template(
        "case/cases.html",
        rows=rows,
        overview=overview(wanted["process"], rows.rows),
        wanted=wanted,
        processes=sorted((current.say_text(text), id) for id, text in labels.items()),
    )


@screen.get("/cases/<case_id>")
@rule("case")
def show(case_id: str) -> Any:
    return page_of(case_id)


@screen.get("/cases/number/<number>")
@rule("staff")
def by_number(number: str) -> Any:
    """A case by the number people say on the telephone."""
    viewer = current.viewer()
    found = current.read(lambda screens: screens.case_id(number))
    if found is None or not current.read(lambda screens: screens.may_see(viewer, found)):
        abort(404)
    return redirect(url_for("case.show", case_id=found))


@screen.get("/cases/look-up/<of>")
@rule("staff")
def look_up(of: str) -> Any:
    """Type-ahead for a field that names a case: those that this person may see, of the processes it takes."""
    text, viewer = request.args.get("q", "").strip()[:100], current.viewer()
    found = current.read(lambda screens: cases_like(screens, viewer, processes_in(of), text))
    response = jsonify([{"key": row.number, "label": f"{row.number} · {row.subject}", "more": ""} for row in found])
    response.headers["Cache-Control"] = "private, max-age=10"
    return response


def page_of(
    case_id: str, refusal: Refusal | None = None, open_act: str = "", typed: dict[str, Any] | None = None
) -> str:
    """The page of a case; after a refusal with the form it came from open."""
    offer, viewer = current.house().desk.case_offer(case_id, current.me().id), current.viewer()
    case, history, mails, incidents = current.read(
        lambda s: (
            s.case(case_id),
            s.history(case_id),
            s.mails(case_id=case_id),
            s.incidents(case_id=case_id),
        )
    )
    assert case is not None
    process = process_of(case)
    kept = facts_only(offer.fields, process, history)
    family, history = told_to_me(case, process, history)
    letters = [
        mail
        for mail in mails.rows
        if family.may_read(mail.subject)
        and (process is None or may_read_mail(process, case, mail.template, current.me()))
    ]
    return render_template(
        "case/case.html",
        case=case,
        offer=offer,
        startable=current.house().desk.startable(viewer.id),
        known=under_headings(kept, process, history),
        relatives=family.relatives,
        entries=timeline(history, process, current.teller(process, family.numbers)),
        mails=letters,
        incidents=incidents,
        files=_files(offer),
        picture=picture_of_case(case, process, history),
        other_picture=other_picture(process),
        beside=beside(case),
        late_news=late_news(case, process),
        refusal=refusal,
        open_act=open_act,
        key=new_key(),
        inputs_of_event=lambda event: drawn.inputs(
            event.fields,
            typed=typed if open_act == f"event.{event.name}" else None,
            refusal=refusal if open_act == f"event.{event.name}" else None,
            place=f"{event.name}-",
        ),
        colleagues=[p for p in sorted(current.people().values(), key=lambda p: p.name) if p.active],
    )


def _files(offer: CaseOffer) -> list[Any]:
    """Every file that hangs on a field of the case."""
    lists = [field.value for field in offer.fields if field.type == "files" and isinstance(field.value, list | tuple)]
    return [file for files in lists for file in files if isinstance(file, dict)]
