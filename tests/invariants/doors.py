"""Every door into a house and how often it is taken. The doors stand in `doors_people`, `doors_outside`, `doors_office`;
what somebody at a door does there is chosen by `choosing`.

A door does one thing at random and says what. A `Refusal` is an answer; any other exception, or a 500, is a fault.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.invariants.choosing import start_a_case
from tests.invariants.doors_office import (
    a_list_is_imported,
    a_newer_version,
    a_record_is_corrected,
    dates_are_looked_at,
)
from tests.invariants.doors_outside import (
    a_carrier_calls,
    a_clerk_assigns_an_event,
    a_mail_comes_back,
    a_partner_calls,
    a_program_tells,
    an_outside_system_answers,
    mails_leave,
    time_passes,
)
from tests.invariants.doors_people import (
    another_owner,
    cancel,
    change_a_draft,
    comment,
    event_by_hand,
    move_by_hand,
    press_at_the_desk,
    press_on_the_page,
    press_over_json,
    press_twice_at_once,
    reopen,
    somebody_leaves_and_comes_back,
    take_give_or_put_aside,
    tell_otherwise,
)
from tests.invariants.house import Premises

DOORS: dict[Callable[[Premises], str], int] = {
    start_a_case: 6, press_at_the_desk: 60, press_over_json: 14, press_on_the_page: 3, press_twice_at_once: 5,
    take_give_or_put_aside: 6, change_a_draft: 1, tell_otherwise: 6, move_by_hand: 9, cancel: 1, reopen: 3, another_owner: 1, somebody_leaves_and_comes_back: 1, comment: 1,
    event_by_hand: 8, a_carrier_calls: 14, a_partner_calls: 4, a_program_tells: 8, a_clerk_assigns_an_event: 1,
    time_passes: 7, mails_leave: 2, a_mail_comes_back: 1, an_outside_system_answers: 3, a_list_is_imported: 2,
    a_record_is_corrected: 3, a_newer_version: 1, dates_are_looked_at: 4,
}  # fmt: skip
"""Each door and how often it is taken."""
