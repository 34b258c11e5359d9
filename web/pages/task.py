"""A task: what to do, what is asked, and the outcomes as buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from engine.case import Case, MailText, work_of
from engine.offers import TaskOffer
from engine.refusals import Overtaken, Refusal, Unseen
from engine.telling import BY, MOST, PROOF, WORDS
from web import current, drawn, said
from web.after_press import onward
from web.asked_once_more import ask_about_a_passed_day
from web.beside import beside, process_of, recent
from web.doubts import doubts
from web.handed_in import kept, refuse_the_others, taken
from web.inputs import PREFIX
from web.moments import key_of_form, new_key, typed_moment
from web.refusals import field_errors, refused, status_of
from web.rules import case_of, rule

screen = Blueprint("task", __name__)
WORTH_COPYING = 6
"""So many Chinese characters are words, too, without a blank between them."""


@screen.get("/tasks/<task_id>")
@rule("task")
def show(task_id: str) -> Any:
    if current.read(lambda screens: screens.task(task_id)) is None:
        return _ended(task_id)
    return page_of(task_id)


@screen.post("/tasks/<task_id>")
@rule("task")
def complete(task_id: str) -> Any:
    desk, me, key = current.house().desk, current.me().id, key_of_form()
    row = current.read(lambda screens: screens.task(task_id))
    if row is None:
        return _pressed_before(task_id, key)
    offer = desk.task_offer(task_id, me)
    typed: dict[str, Any] = {}
    mail = typed_mail(offer)
    try:
        typed = drawn.typed(offer.asked)
        if drawn.wants_more_rows():
            return page_of(task_id, typed=typed, mail=mail)
        outcome = request.form.get("outcome", "")
        values = drawn.meant(offer.asked, typed) | _beside(offer, outcome)
        if outcome == "keep_draft" and mail is not None:
            desk.edit_draft(task_id, mail, me)
            return said.then(url_for("task.show", task_id=task_id), "said.draft_kept")
        if outcome in ("sent", TOLD) and mail is not None:
            ask_about_a_passed_day(mail, row.opened_at)
        done = desk.complete_task(
            task_id,
            "sent" if outcome == TOLD else outcome,
            values,
            me,
            visit=_visit(),
            mail=mail,
            seen=_seen(),
            sure=request.form.get("sure") == "1",
            key=key,
        )
    except (Overtaken, Unseen) as overtaken:
        typed = {name: value for name, value in typed.items() if name not in overtaken.fields}
        return page_of(task_id, overtaken, typed, mail), status_of(overtaken)
    except Refusal as refusal:
        back = url_for("case.show", case_id=case_of(task_id))
        return refused(refusal, lambda no: page_of(task_id, no, typed, mail), back=back)
    return onward(done)


def _seen() -> dict[str, str]:
    """In which state the page showed each table of its form."""
    return {name.removeprefix(SEEN): text for name, text in request.form.items() if name.startswith(SEEN)}


def typed_mail(offer: TaskOffer) -> MailText | None:
    """The draft as it stands in the form; where nobody may edit it, as it was."""
    if offer.mail is None or not offer.may_edit_mail or "mail_subject" not in request.form:
        return offer.mail
    return MailText(
        offer.mail.template,
        request.form.get("mail_to", "").strip(),
        request.form.get("mail_subject", "").strip(),
        request.form.get("mail_body", "").replace("\r\n", "\n"),
        offer.mail.language,
    )


SEEN = "seen."
TOLD = "sent:told"
"""The button of a mail that was told another way: no outcome of a process is called so."""
EXTRAS = ("to", "reason", "comment", "due_at")


def _beside(offer: TaskOffer, outcome: str) -> dict[str, Any]:
    """What is asked beside the fields of the form: by the ways out of an escalation, why a draft is not sent, and how a
    customer was told without a mail."""
    if outcome == TOLD:
        told: dict[str, Any] = {
            name: request.form.get(f"extra_{name}", "").replace("\r\n", "\n").strip() for name in (BY, WORDS)
        }
        told[PROOF] = _proof()
        refuse_the_others()
        return told
    if offer.kind not in ("escalation", "draft"):
        return {}
    values: dict[str, Any] = {name: text for name in EXTRAS if (text := request.form.get(f"extra_{name}", "").strip())}
    if moment := typed_moment(values.get("due_at", "")):
        values["due_at"] = moment.isoformat()
    return values


def _proof() -> list[dict[str, Any]]:
    """What shows that a customer was told: files of this press, and of one that was refused before it."""
    if PROOF not in g:
        g.told_proof = (kept(f"kept_{PROOF}") + taken(PROOF, f"extra_{PROOF}"))[:MOST]
    return list(g.told_proof)


def _visit() -> int | None:
    text = request.form.get("visit", "")
    return int(text) if text.isdecimal() and len(text) < 7 else None


def page_of(
    task_id: str,
    refusal: Refusal | None = None,
    typed: Mapping[str, Any] | None = None,
    mail: MailText | None = None,
    *,
    open_act: str = "",
) -> str:
    offer = current.house().desk.task_offer(task_id, current.me().id)
    # Rows that are shown as they were typed were typed over what stood there then.
    seen = {**offer.seen, **{table: text for table, text in _seen().items() if table in (typed or {})}}
    row, case = current.read(lambda s: (s.task(task_id), s.case(case_of(task_id))))
    assert row is not None
    assert case is not None
    return render_template(
        "task/task.html",
        offer=offer,
        row=row,
        case=case,
        inputs=drawn.inputs(offer.asked, typed=typed, refusal=refusal),
        refusal=refusal,
        open_act=open_act,
        mail=(letter := mail or offer.mail),
        doubts=list(doubts(letter, case, row.opened_at)) if letter and offer.may_edit_mail else [],
        key=new_key(),
        seen={f"{SEEN}{table}": text for table, text in seen.items()},
        colleagues=[p for p in sorted(current.people().values(), key=lambda p: p.name) if p.active],
        beside=beside(case),
        recent=recent(case),
        late=work_of(case, row.step) if offer.kind == "escalation" else None,
        extra={name: request.form.get(f"extra_{name}", "") for name in (*EXTRAS, BY, WORDS)},
        proof=_proof() if request.form.get("outcome") == TOLD else [],
        errors=field_errors(refusal),
    )


def _pressed_before(task_id: str, key: str) -> Any:
    """A task that is no longer open: the same press again is answered as before, anybody else's is told who was faster."""
    try:
        return onward(current.house().desk.complete_task(task_id, "", {}, current.me().id, key=key))
    except Refusal:
        page, status = _ended(task_id, _words_typed())
        return page, 409 if status == 200 else status


def _words_typed() -> list[str]:
    """What was typed in words and is taken by nobody now: it is shown, so that it can be copied."""
    typed = [text.strip() for name, text in request.form.items(multi=True) if name.startswith((PREFIX, "mail_"))]
    return [text for text in typed if len(text.split()) > 1 or (not text.isascii() and len(text) >= WORTH_COPYING)]


def _ended(task_id: str, lost: Sequence[str] = ()) -> tuple[str, int]:
    """What became of a task that is no longer open, and where to go from here; `lost` is what was typed in vain."""
    case_id, viewer = case_of(task_id), current.viewer()
    ended, case = current.read(
        lambda s: (s.closed_task(task_id), s.case(case_id) if s.may_see(viewer, case_id) else None)
    )
    page = render_template(
        "task/ended.html",
        ended=ended,
        case_id=case_id if case else "",
        outcome=_pressed(case, ended) if case and ended else "",
        in_vain=request.method == "POST",
        lost=lost,
    )
    return page, 200 if ended else 404


def _pressed(case: Case, ended: Mapping[str, Any]) -> str:
    """What the button was called that ended a task."""
    process = process_of(case)
    step = process.steps.get(ended["step"]) if process else None
    pressed = step.outcomes.get(ended["outcome"] or "") if step else None
    return current.say_text(pressed.label) if pressed else ""
