"""News from outside about a case that has ended: whoever answers for it hears at once that it came, and who may open the case
again. Whether it is opened again, a person decides. Must not know how such a case is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import events as happened
from engine.after_the_end import not_reopened
from engine.definition.texts import Text
from engine.leaving import answering_roles
from engine.notices import people_of, tell
from engine.people import Person
from engine.who import never_the_owner, roles_in_words

if TYPE_CHECKING:
    from engine.flow import Flow


def late_news(flow: Flow, event: happened.HeardTooLate) -> str | None:
    """A notice, and mostly a mail, to the owner; a case that was opened again meanwhile hears its news itself."""
    if flow.draft.ended is None:
        return None
    flow.details |= {"event": event.name, "source": event.source}
    people = _who_answers(flow)
    if people:
        tell(flow, people, _told(flow, event.name), "after_the_end", mail=event.by_mail)
    flow.note("reminded", {"whom": "owner", "people": [person.id for person in people]})
    return "heard_too_late"


def _who_answers(flow: Flow) -> list[Person]:
    """The owner and who stands in; where none of them is there, the first role that has somebody: who may open the case again,
    then who answers for such cases."""
    found = list(people_of(flow, "owner", None))
    if any(person.away_at(flow.now) is None for person in found):
        return found
    allowed, never = flow.process.permissions.reopen, never_the_owner(flow.process, flow.draft.values)
    for role in (*(allowed.role if allowed else ()), *answering_roles(flow.process)):
        others = [person for person in people_of(flow, role, None) if person.id not in never]
        if others:
            return list({person.id: person for person in (*found, *others)}.values())
    return found


def _told(flow: Flow, event: str) -> Text:
    known, allowed = flow.process.events.get(event), flow.process.permissions.reopen
    name = (known.label if known else None) or Text(event, event)
    refusal = not_reopened(flow.process, flow.draft.ended_at, flow.now)
    if refusal is not None or allowed is None:
        where = refusal.text if refusal is not None else Text()
    else:
        who = roles_in_words(flow.process, allowed.role)
        where = Text(
            f"If something is to be done, reopen the case ({who.en}).", f"如需处理，请重新打开工单（{who.zh}）。"
        )
    return Text(f"Came after the end: {name.say('en')}. {where.en}", f"结案后收到：{name.say('zh-Hans')}。{where.zh}")
