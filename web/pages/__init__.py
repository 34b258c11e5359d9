"""The screens, one blueprint each, listed once. A new screen is a module here, its templates, and a line below."""

from __future__ import annotations

from web.pages import (
    absences,
    case,
    case_acts,
    case_file,
    drafts,
    figures,
    files,
    health,
    help,
    inbox,
    incidents,
    letter,
    mailbox,
    people,
    process_file,
    processes,
    record_acts,
    records,
    search,
    sign_in,
    start,
    task,
    task_acts,
    unmatched,
)

SCREENS = tuple(
    page.screen
    for page in (
        sign_in,
        inbox,
        task,
        task_acts,
        case,
        case_acts,
        case_file,
        start,
        drafts,
        letter,
        mailbox,
        record_acts,
        records,
        figures,
        processes,
        process_file,
        people,
        absences,
        incidents,
        unmatched,
        search,
        files,
        help,
        health,
    )
)
