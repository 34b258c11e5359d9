"""A case begins by itself - another case starts it, or news from outside - while an earlier one about the same is still open.
Nobody stood at the door who could have been asked, so both histories name the other and both owners are told; both go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import events as happened
from engine.definition.texts import Text
from engine.notices import tell_owner
from engine.people import Snapshot

if TYPE_CHECKING:
    from engine.flow import Flow


def open_twin(earlier: Snapshot | None, event: happened.Event) -> Snapshot | None:
    """The open case about the same, beside which one begins by itself."""
    by_itself = isinstance(event, happened.CaseStarted) and event.trusted
    return earlier if by_itself and earlier and earlier.get("open") else None


def tell_of_the_twin(flow: Flow, event: happened.CaseStarted) -> None:
    """In the case that begins."""
    if twin := open_twin(flow.draft.earlier, event):
        _tell(flow, str(twin["number"]))


def same_again(flow: Flow, event: happened.SameStarted) -> str | None:
    """In the case that was there before, if it is open."""
    if flow.draft.ended is not None:
        return None
    _tell(flow, event.number)
    return "same_again"


def _tell(flow: Flow, number: str) -> None:
    text = Text(
        f"{number} is open about the same: see that only one of the two goes on",
        f"{number} 与本工单内容相同且尚未结案：请确认只由其中一张继续办理",
    )
    flow.details["beside"] = number
    tell_owner(flow, text, f"same:{number}", mail=True)
