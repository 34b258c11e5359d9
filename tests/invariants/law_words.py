"""Laws about words: answers to customers, contacts before a case closes, mails that somebody confirmed, who may call.

INV-04, 05, 08, 17 and 19; see `law`.
"""

from __future__ import annotations

import datetime as dt
import json

from adapters.listing import digest
from tests.invariants.law import broken, has_just_ended, is_called_off
from tests.invariants.witness import Moment, Seen, Witness

ANSWERS = ("result", "appeal_decision")
LAST_LETTERS = ("could_not_reach_you", "closed_unrepaired")
CALLS = ("/call_customer", "/supervisor_call")
"""How the steps end in which somebody asks the customer how it was: first, a week later, and a supervisor the dissatisfied."""
DOERS = {
    "complaint/follow_up": ("investigation",),
    "factory_return/follow_up": ("repair", "final_test"),
    "onsite_repair/follow_up": ("triage", "visit"),
    "onsite_repair/ask_again": ("triage", "visit"),
    "onsite_repair/unrepaired_call": ("visit",),
    "shipment_tracking/follow_up": ("decide_remedy", "tell_remedy", "settle_it", "claim_loss"),
    "remote_help/follow_up": ("taking_over", "meeting", "session"),
    "consultation/follow_up": ("answering", "forwarded"),
}
"""Whose people do not make which call, unless somebody let them, on record."""
WORK = {
    "complaint": ("investigation", "answer_returned"),
    "factory_return": ("shipping", "ship_swap", "scrapping", "crediting", "authorising"),
    "onsite_repair": ("triage", "visit"),
    "shipment_tracking": ("decide_remedy", "announce"),
    "return_order": ("lines",),
    "remote_help": ("taking_over",),
}
"""What a contact with the customer has to come after."""
TOLD = ("answering.answered_live", "draft_answer.sent", "other_way.told")
"""How a question is answered."""
WRITTEN = ("letter", "message")
"""Ways of telling a customer without a mail that leave something to show."""
HANDLED = {
    "investigation", "refund_approval", "paying", "answering", "answer", "other_way", "waive_answer", "closed", "unresolved",
    "closed_unanswered",
}  # fmt: skip
"""Where a complaint is handled, answered and ends."""
CALLED = {
    ("complaint", "closed"), ("complaint", "unresolved"), ("factory_return", "returned"), ("factory_return", "settled"),
    ("factory_return", "not_received"), ("onsite_repair", "repaired"), ("onsite_repair", "unsolved"),
    ("return_order", "closed"), ("shipment_tracking", "settled"), ("remote_help", "closed"), ("remote_help", "not_reached"),
}  # fmt: skip
"""Ends that a follow-up call comes before."""


def inv_04(seen: Witness) -> None:
    """A complaint closes with the result of its examination and an answer that left the house, or one given otherwise with
    its text and a proof."""
    for each in _just_ended(seen, "complaint"):
        values, ended = each.case.values, each.case.ended
        since = _last_entered(each, "investigation", "answer_returned")
        sent = [at for at in _said(seen, each, *ANSWERS) if at >= since]
        otherwise = _last_entered(each, "answered_otherwise") >= since and bool(values.get("answer_text"))
        if ended in ("closed", "unresolved", "closed_unanswered"):
            examined = _is_done_since(each, {"investigation"}, "investigation.found")
            assert examined, broken("INV-04", each, f"'{ended}' though nobody examined it")
        if ended in ("closed", "unresolved"):
            assert sent or otherwise, broken("INV-04", each, "closed without an answer")
            assert sent or values.get("answer_proof"), broken("INV-04", each, "an answer without a proof")
        if ended == "closed_unanswered" and has_just_ended(each):  # what is known of them later is another matter
            customer = each.case.records.get("customer", {})
            reachable = [name for name in ("email", "phone", "address") if customer.get(name)]
            assert values.get("waive_reason") and not reachable, broken("INV-04", each, f"there is {reachable}")
        if ended == "merged":
            assert _said(seen, each, "merged_answer", "merged_same"), broken(
                "INV-04", each, "joined, and its own customer has no answer"
            )
        if ended == "withdrawn":
            assert values.get("withdrawal"), broken("INV-04", each, "withdrawn without the customer's words")


def inv_05(seen: Witness) -> None:
    """No case ends without a contact after the work: reached, refused, or three attempts on two days, in two ways where two
    are known, and a letter; nor is anything called repaired that nobody repaired."""
    for each in _just_ended(seen):
        process, ended = each.case.process, str(each.case.ended)
        if (process, ended) in CALLED:
            since = _last_entered(each, *WORK[process])
            assert _asked(seen, each, since), broken("INV-05", each, f"'{ended}' without a contact since {since}")
        if (process, ended) == ("onsite_repair", "repaired"):
            worked = _is_done_since(each, {"triage", "visit"}, "triage.solved_by_phone", "check_report.complete")
            assert worked, broken("INV-05", each, "'repaired', and nobody has repaired it")
        if process == "shipment_tracking":
            _asked_how_it_arrived(seen, each)
        if (process, ended) == ("consultation", "closed"):
            asked_on = _last_entered(each, "ask_on")
            told = any(moment.is_done(*TOLD) for moment in each.story() if moment.row.at >= asked_on)
            assert told, broken("INV-05", each, "a question without an answer")
        if process == "purchase_follow_up" and ended in ("closed", "unreached"):
            written = _said(seen, each, "how_is_it") or each.case.values.get("letter_proof")
            asked = written or _asked(seen, each, each.case.opened_at)
            assert asked, broken("INV-05", each, f"'{ended}' though nobody asked the customer")
        if (process, ended) == ("onsite_repair", "sent_to_factory"):
            rows = seen.rows("SELECT child_id FROM case_link WHERE parent_id = ?", each.case.id)
            ends = {seen.seen[child].case.ended for (child,) in rows}
            assert ends & {"returned", "settled", "line_done"}, broken("INV-05", each, f"the factory ended {ends}")


def inv_08(seen: Witness) -> None:
    """A mail to a customer leaves once, with the text somebody confirmed who may; what counts as sent without one has the
    words, and a proof where it was written or an address was known."""
    for each in seen.touched:
        for moment in each.story():
            _told_without_a_mail(seen, each, moment)
    mails = [mail for mail in seen.mails if mail.kind == "customer"]
    fresh = {mail.id for mail in seen.fresh_mails}
    tasks = seen.rows("SELECT task FROM outbox WHERE kind = 'customer'")
    assert len(tasks) == len({task for (task,) in tasks}) == len(mails), "INV-08: one draft became two mails"
    for mail in (each for each in mails if each.id in fresh):
        about = f"INV-08: mail '{mail.template}' of {mail.number}"
        assert mail.checksum == digest(mail.to, mail.subject, mail.body), f"{about} is not the text that was confirmed"
        (task,) = seen.rows("SELECT task FROM outbox WHERE id = ?", mail.id)[0]
        ((roles, assignee, outcome, by),) = seen.rows(
            "SELECT roles, assignee, outcome, completed_by FROM task WHERE id = ?", task
        )
        assert (outcome, by) == ("sent", mail.by) and by, f"{about} was confirmed by {by} with '{outcome}'"
        person = seen.people[by]
        allowed = set(json.loads(roles))
        assert by == assignee or allowed & person.roles, f"{about}: {by} is none of {roles}"
        said = [row for row in seen.seen[mail.case].history if row.details.get("task") == task]
        sent = [row for row in said if row.kind == "completed" and row.by == by and row.details.get("sent")]
        assert len(sent) == 1, f"{about}: history knows {len(sent)} confirmations"


def inv_17(seen: Witness) -> None:
    """A complaint we have had before names its handling standard, or why it is handled otherwise."""
    for each in seen.touched:
        if each.case.process != "complaint":
            continue
        for moment in each.story():
            if HANDLED & set(moment.entered) and moment.after.get("repeated"):
                assert moment.after.get("standard_used"), broken("INV-17", each, "repeated without a standard", moment)


def inv_19(seen: Witness) -> None:
    """Who did the work does not ask the customer how it was, unless somebody let them, on record."""
    for each in seen.touched:
        doers, let = list[tuple[str, str]](), set[str]()
        for moment in each.story():
            row = moment.row
            if row.kind == "completed" and not row.details.get("task_kind"):
                doers.append((str(row.by), row.step))
            if row.kind == "waived":
                assert row.details.get("reason"), broken("INV-19", each, "waived without a reason", moment)
                assert row.by != row.details["to"], broken("INV-19", each, "let themselves", moment)
                let.add(row.details["to"])
            if row.step.endswith(CALLS) and moment.is_done(row.step):
                call = f"{each.case.process}/{row.step.partition('/')[0]}"
                did = [step for by, step in doers if by == row.by and step in DOERS.get(call, ())]
                assert row.by in let or not did, broken("INV-19", each, f"{row.by} did {did}", moment)


def _asked_how_it_arrived(seen: Witness, each: Seen) -> None:
    """Since the goods were announced last: the customer has told us; or refused to, or did not answer a letter after three
    attempts on two days."""
    if each.case.ended in ("delivered", "delivered_damaged"):
        told = _is_done_since(each, {"announce"}, "confirm_arrival.reached")
        assert told, broken("INV-05", each, f"'{each.case.ended}' though the customer has not told us")
    if each.case.ended != "unconfirmed" or _is_done_since(each, {"announce"}, "confirm_arrival.refused"):
        return
    since = _last_entered(each, "announce")
    letter = any(at >= since for at in _said(seen, each, "arrival_question"))
    on_paper = each.case.values.get("notice_proof") and _is_done_since(each, {"announce"}, "ask_on_paper.written")
    assert letter or on_paper, broken("INV-05", each, "unconfirmed without a letter")
    days = [row["day"] for row in each.case.values.get("arrival_attempts") or [] if row.get("day")]
    assert len(days) >= 3 and len(set(days)) >= 2, broken("INV-05", each, f"unconfirmed after attempts on {days}")


def _is_done_since(each: Seen, steps: set[str], *moments: str) -> bool:
    """Whether one of these buttons was pressed in this round, since these steps began last."""
    done = False
    for moment in each.story():
        done = done or moment.is_done(*moments)
        done = done and moment.row.kind != "reopened" and not steps & set(moment.entered)
    return done


def _said(seen: Witness, each: Seen, *templates: str) -> list[dt.datetime]:
    """When the customer was told what one of these mails says: by that mail, or in another way."""
    mails = [mail.created_at for mail in seen.mails_of(each.case.id) if mail.template in templates]
    told = [(row.at, one) for row in each.history for one in row.details.get("told", [])]
    return mails + [at for at, one in told if one["template"] in templates]


def _told_without_a_mail(seen: Witness, each: Seen, moment: Moment) -> None:
    details = moment.row.details
    told = details.get("told", [])
    if details.get("task_kind") == "draft" and details.get("outcome") == "sent":
        assert told or details.get("sent"), broken("INV-08", each, "neither a mail nor other words", moment)
    for one in told:
        assert one["told_words"] and one["told_by"], broken("INV-08", each, f"told without words: {one}", moment)
        if one["told_by"] in WRITTEN or _is_known(seen, each, "email", moment.row.at):
            assert details.get("files"), broken("INV-08", each, f"told {one['told_by']} without a proof", moment)


def _is_known(seen: Witness, each: Seen, attribute: str, at: dt.datetime) -> bool:
    """Whether this stood on the customer's record before this moment, and was not taken away in it."""
    changes = seen.record_changes(str(each.case.values.get("customer")), "customer")
    told = [(change["at"], change["new"]) for change in changes if change["attribute"] == attribute]
    before = [new for when, new in told if when < at]
    return bool(before and before[-1]) and all(new for when, new in told if when == at)


def _asked(seen: Witness, each: Seen, since: dt.datetime) -> bool:
    """By the list of attempts: reached or refused since then, or tried three times on two days, in two ways where a telephone
    and a mail address are known or somebody said why not, and written to."""
    for moment in each.story():
        tried = moment.after.get("attempts") or []
        rows = [row for row in tried if dt.datetime.fromisoformat(row["at"]) >= since]
        if any(row.get("outcome") in ("reached", "refused") for row in rows):
            return True
        days = [row["day"] for row in rows if row.get("day")]
        ways = {row.get("channel") for row in rows if row.get("channel")}
        both = all(_is_known(seen, each, way, moment.row.at) for way in ("phone", "email"))
        in_ways = len(ways) >= 2 or not both or moment.after.get("one_channel_reason")
        written = _said(seen, each, *LAST_LETTERS) or moment.after.get("letter_proof")
        if len(days) >= 3 and len(set(days)) >= 2 and in_ways and written:
            return True
    return False


def _last_entered(each: Seen, *steps: str) -> dt.datetime:
    """When one of these steps began last."""
    entered = [row.at for row in each.history if set(steps) & set(row.details.get("entered", ()))]
    return entered[-1] if entered else each.case.opened_at - dt.timedelta(seconds=1)


def _just_ended(seen: Witness, process: str = "") -> list[Seen]:
    found = [each for each in seen.touched if not each.case.is_open and (not process or each.case.process == process)]
    return [each for each in found if not is_called_off(each) or process == "complaint"]
