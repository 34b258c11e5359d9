"""Who may do what: the one place that answers it. Everything that is not allowed here is refused.

Acts on a case or a task depend on its process and are asked by `decide` as well; this module answers for pages and for
everything around the cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.people import Person
from engine.refusals import Refusal
from engine.screens import Viewer

ADMIN = "admin"
ACTS: dict[str, frozenset[str] | None] = {
    # None: everybody who is signed in. A set: one of these roles.
    "work": None,  # inbox, tasks, cases one may see
    "start": None,  # start forms; the process itself says who
    "see_records": None,
    "see_processes": None,
    "check_files": None,
    "see_mailbox": frozenset({ADMIN, "service_manager"}),
    "add_records": frozenset(
        {ADMIN, "sales", "sales_manager", "service_agent", "service_supervisor", "service_manager", "complaint_officer"}
        | {"warehouse", "quality_engineer", "technician", "tech_support"}
    ),
    "change_records": frozenset({ADMIN, "service_manager", "service_supervisor"}),
    "import": frozenset({ADMIN, "service_manager"}),
    "publish": frozenset({ADMIN}),
    "manage_people": frozenset({ADMIN}),
    "see_incidents": frozenset({ADMIN, "service_manager"}),
    "settle_incidents": frozenset({ADMIN, "service_manager"}),
    "assign_events": frozenset({ADMIN, "service_manager", "service_supervisor", "service_agent"}),
    "send_events": frozenset({ADMIN, "integration"}),
    "see_everything": frozenset({ADMIN}),
    "see_audit": frozenset({ADMIN}),
    "see_kpis": frozenset({ADMIN, "service_manager", "general_manager", "assessor", "service_supervisor"}),
}


def can(person: Person | None, act: str) -> bool:
    """Whether a person may do an act. Unknown acts and people who left may not."""
    if person is None or not person.active or act not in ACTS:
        return False
    roles = ACTS[act]
    return roles is None or bool(roles & person.roles)


def must(person: Person | None, act: str, called: Mapping[str, Text] = MappingProxyType({})) -> None:
    """Raise the refusal that says who may; `called`: what the house calls its roles."""
    if not can(person, act):
        labels = [called.get(role, Text(role, role)) for role in sorted(ACTS.get(act) or ())]
        en, zh = ", ".join(label.say("en") for label in labels), "、".join(label.say("zh-Hans") for label in labels)
        raise Refusal("role", Text(f"This needs one of the roles: {en}.", f"需要以下角色之一：{zh}。"), concerns=act)


def viewer_of(person: Person, processes: list[Compiled]) -> Viewer:
    """What a person may look at: the processes whose `permissions.see` names one of their roles."""
    seen = {process.id for process in processes if person.roles & set(process.permissions.see)}
    return Viewer(person.id, person.roles, frozenset(seen), can(person, "see_everything"))
