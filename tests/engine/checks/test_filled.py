"""Which fields certainly have a value is known for every place, and warned of where it is not so."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.checks.filled import Filling
from engine.checks.given import Given
from engine.definition.compiled import NEW, Action, Compiled, Move
from engine.definition.configurations import Edge, explore
from tests.engine.checks.a_loan import FILES, LOAN, checked
from tests.engine.loaded import EXAMPLES, SHIPPED, names_in, process
from tests.engine.stage import process as on_stage

BOTH = [(folder, name) for folder in (EXAMPLES, SHIPPED) for name in names_in(folder)]


def warned(*changes: tuple[str, str]) -> list[str]:
    """Messages of the loan with some pieces replaced."""
    text = LOAN
    for good, bad in changes:
        assert text.count(good) == 1
        text = text.replace(good, bad)
    return [problem.message.en for problem in checked({**FILES, "loan.yaml": text}).problems if problem.code == "P432"]


def test_what_is_required_only_then_is_filled_where_the_condition_says_so() -> None:
    row = "{when: state is broken and amount > 0, then: charging}"

    assert warned() == []
    assert warned((row, "{when: state is broken or amount > 0, then: charging}")) != []
    assert warned((row, "{when: state is fine and amount > 0, then: charging}")) != []


def test_a_condition_that_asks_itself_whether_there_is_a_value_is_not_warned_of() -> None:
    row = "{when: state is worn, then: checking}"

    assert warned((row, "{when: amount > 5, then: checking}")) != []
    assert warned((row, "{when: amount is set and amount > 5, then: checking}")) == []


def test_a_row_of_a_ladder_that_asks_itself_whether_its_date_is_set_is_not_warned_of() -> None:
    row = "at: 1 day after back_on,"
    tells = ("it was due on {{ back_on }}", "we come on {{ visit_on }}")

    assert len(warned((row, "at: 1 day after visit_on,"), tells)) == 2
    assert warned((row, "at: 1 day after visit_on, if: visit_on is set,"), tells) == []


def test_a_line_of_a_mail_that_is_left_out_where_it_is_empty_is_not_warned_of() -> None:
    body = "body: Dear {{ customer.contact }}, we charge the damage. | {{ customer.contact }}您好，我们将收取损坏费用。"

    assert warned((body, r'body: "Seen:\n{{ seen_at }}\nAt: {{ seen_at }} | 位置：\n{{ seen_at }}"')) == []
    assert len(warned((body, r'body: "Seen:\nat {{ seen_at }} | 位置：\n{{ seen_at }}"'))) == 1


def test_a_bare_yes_or_no_that_was_not_ticked_is_no() -> None:
    asked = ("label: Ticket | 单据}", "label: Ticket | 单据}\n  urgent: {type: yes_no, label: Urgent | 紧急}")
    row = "{when: state is worn, then: checking}"

    assert warned(asked, (row, "{when: urgent, then: checking}")) == []
    assert warned(asked, (row, "{when: urgent is yes, then: checking}")) != []


def test_on_the_way_of_a_chosen_row_what_it_demands_is_filled() -> None:
    given = "with: {customer: = customer, amount: 10}"
    by_amount = (given, "with: {customer: = customer, amount: = amount}")

    assert warned(by_amount) != []  # from the workshop a case comes to charging without an amount
    assert warned(by_amount, ("given_up: charging}", "given_up: asking}")) == []


def test_a_later_change_of_what_demanded_a_field_puts_it_in_question_again() -> None:
    later = (
        "{label: Look inside | 内部, task: {role: technician}, due: 1 day, next: join}",
        "{label: Look inside | 内部, task: {role: technician, form: {ask: [state]}}, due: 1 day, next: join}",
    )
    reads = (
        "    next: mending\n",
        "    next: [{when: state is broken and amount > 5, then: mending}, {otherwise: asking}]\n",
    )

    assert warned(reads) == []
    assert warned(reads, later) != []


def test_a_button_that_skips_the_form_fills_nothing() -> None:
    reads = ("{when: state is worn, then: checking}", "{when: keeper == starter, then: checking}")
    skips = ("skip_form: true, next: not_lent}", "skip_form: true, next: lent}")

    assert warned(reads) == []
    assert [message.split("'")[1] for message in warned(reads, skips)] == ["keeper"]


def test_what_an_action_sets_is_filled_from_then_on() -> None:
    reads = ("draft_mail: charged", "draft_mail: told")
    mail = ("mails:\n", "mails:\n  told: {subject: Seen | 已见, body: 'Seen at {{ seen_at }} | 位置 {{ seen_at }}'}\n")

    assert warned(reads, mail) != []  # a unit whose return the timer noted was seen nowhere
    assert warned(reads, mail, ("      - {at: 30 days after entry, next: taking_back}\n", "")) == []


def test_on_the_way_of_a_row_that_asks_whether_a_field_is_set_it_is() -> None:
    reads = "    next: [{when: amount is set and overdue, then: charging}, {otherwise: asking}]\n  mending:"
    row = ("    next: mending\n  mending:", reads)
    given = ("with: {customer: = customer, amount: 10}", "with: {customer: = customer, amount: = amount}")
    ways = ("{when: state is broken and amount > 0, then: charging}", "{when: state is broken, then: asking}")

    assert warned(row, given, ways, ("given_up: charging}", "given_up: asking}")) == []


def test_what_a_call_saves_is_filled_unless_it_fails() -> None:
    mail = ("mails:\n", "mails:\n  told: {subject: Bill | 账单, body: 'Bill {{ invoice }} | 账单 {{ invoice }}'}\n")
    reads = ("draft_mail: charged", "draft_mail: told")
    asks = ("人工收费, task: {role: clerk}", "人工收费, task: {role: clerk, form: {ask: [invoice]}}")

    assert warned(mail, reads) != []
    assert warned(mail, reads, asks) == []


@pytest.mark.parametrize(("folder", "name"), BOTH, ids=[f"{folder.name}-{name}" for folder, name in BOTH])
def test_on_no_way_at_all_a_field_lacks_that_is_said_to_be_filled(folder: Path, name: str) -> None:
    """A case walks at random and notes what it was asked and what was set; that is never less than was promised."""
    written = process(folder, name)
    graph = explore(written)
    filling = Filling(written, graph)
    chance = random.Random(name)
    for _ in range(60):
        here, seen = (NEW,), {field for field, definition in written.fields.items() if definition.default is not None}
        for _ in range(30):
            if not graph.edges[here]:
                break
            edge = chance.choice(graph.edges[here])
            seen |= _filled_by(written, edge)
            here = edge.target
            assert filling.before[here].surely <= seen, f"{here}: {filling.before[here].surely - seen}"


def _filled_by(written: Compiled, edge: Edge) -> set[str]:
    move = edge.move
    found = set(written.start_form.takes) if move.kind == "start" else set()
    found |= {name for name, field in written.fields.items() if field.from_ and field.from_.split(".")[0] in found}
    step = written.steps.get(move.source)
    if step and step.task and move.kind in ("outcome", "next"):
        outcome = step.outcomes.get(move.name)
        found |= set(step.task.form.takes) if not (outcome and outcome.skip_form) else set()
        found |= set(outcome.ask) if outcome else set()
    for action in _actions(written, move, edge):
        found |= {field for field, _ in action.save}
        found |= {field for field, _ in action.values} if action.word == "set" else set()
        found |= {action.target} if action.word == "add_row" else set()
    names = (*written.fields, "earlier")
    return found | {name for name in names if move.when and f"{name} is set" in move.when.text.split(" and ")}


def _actions(written: Compiled, move: Move, edge: Edge) -> list[Action]:
    found = [action for name in edge.entered for action in written.steps[name].on_enter]
    holders = [written.steps[name] for name in {move.source, *move.finishes} if name in written.steps]
    for step in holders:
        found += [*step.do, *step.on_done]
        found += [action for outcome in step.outcomes.values() for action in outcome.do]
        found += [action for handler in step.events.values() for action in handler.do]
        found += [action for row in step.ladder for action in row.do]
    found += [action for handler in written.anytime.values() for action in handler.do]
    return found + [action for row in written.ladder for action in row.do]


def test_what_is_filled_is_known_for_every_condition_that_a_case_can_come_to() -> None:
    returned = process(EXAMPLES, "factory_return")
    filling = Given(returned).filling
    (guard,) = [m.when for m in returned.moves if m.when and m.target == "crediting"]

    filled = filling.at(guard.spot)
    assert filled is not None
    assert {"sn", "customer", "complaint_text", "condition", "warranty", "liability", "measure"} <= filled.surely
    assert "customer_share" in filled.perhaps and "photos" not in filled.surely


@pytest.mark.parametrize("taken_away", ["reply: null", "calls: []"])
def test_what_was_taken_away_is_not_counted_as_filled(taken_away: str) -> None:
    written = on_stage(
        f"""
        fields:
          reply: {{type: text, label: Reply | 回复}}
          calls: {{type: table, label: Calls | 通话, columns: {{to: {{type: text, label: To | 对象}}}}}}
        steps:
          asking: {{label: Ask | 询问, task: {{role: clerk, form: {{ask: [reply, calls]}}}}, due: 1 working day, next: again}}
          again: {{label: Again | 再次, do: [{{set: {{{taken_away}}}}}], next: waiting}}
          waiting:
            label: Wait | 等待
            task: {{role: clerk}}
            due: 1 working day
            next: [{{when: reply is set and calls is set, then: closed}}, {{otherwise: asking}}]
          closed: {{end: success, label: Closed | 结案}}
        """
    )
    before = Given(written).filling.before[("waiting",)]
    assert before.surely == {"reply", "calls"} - {taken_away.partition(":")[0]}
