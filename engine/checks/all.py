"""Every check there is, in the order of the reference: first those on words, then those over the graph of a sound process."""

from __future__ import annotations

from engine.checks import alike, children, conditions, deadlines, graph, mails, people, promised, vocabulary
from engine.checks.given import Check

ON_WORDS: tuple[Check, ...] = (
    graph.keys_that_do_not_suit,
    graph.ends_in_branches,
    graph.outcomes_or_next,
    graph.ways_out,
    graph.events_declared,
    graph.cancelled_end,
    graph.run_circles,
    graph.step_names_of_fields,
    children.fragment_ends,
    children.child_ends,
    children.one_for_each_row,
    children.counted_ends,
    children.processes_known,
    children.hand_over,
    children.processes_that_run_this,
    conditions.meaning,
    vocabulary.record_types,
    vocabulary.choices,
    vocabulary.options_of_types,
    vocabulary.patterns,
    vocabulary.numbers,
    vocabulary.sources,
    vocabulary.defaults,
    vocabulary.forms,
    vocabulary.milestones,
    vocabulary.what_is_set,
    vocabulary.operations,
    vocabulary.events,
    vocabulary.subject,
    alike.alike_fields,
    vocabulary.unfilled_settings,
    people.roles,
    people.in_ladders,
    people.in_mails,
    people.user_paths,
    people.waivers,
    deadlines.nothing_is_forgotten,
    deadlines.moments,
    deadlines.promises_of_dates,
    deadlines.calendars,
    deadlines.pauses,
    mails.known,
    mails.confirming,
    mails.templates,
    mails.recipients,
    mails.notices,
    promised.kpis,
    promised.both_languages,
    promised.migration,
)

OVER_THE_GRAPH: tuple[Check, ...] = (
    graph.reachable,
    graph.can_end,
    graph.endless_loops,
    graph.branches_left_early,
    conditions.rows_choose,
    conditions.may_be_empty,
)
"""These presuppose that every step that is named exists."""
