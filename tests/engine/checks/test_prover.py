"""Rules are proved over every way a case can take; what breaks one is shown as the shortest way, move by move."""

from __future__ import annotations

import random

import pytest

from engine.checks.prover import Verdict, prove, prove_all, say_move
from engine.definition.compiled import NEW, Compiled, CompiledRule, Spot
from engine.definition.compiling import compile_process
from engine.definition.configurations import Edge, Graph, explore
from engine.definition.model import ProcessFile
from tests.engine.generated import SITE, generated_process, generated_rules
from tests.engine.loaded import EXAMPLES, SHIPPED, names_in, report

STEPS = {
    "receiving": {"label": "Receiving", "task": {"role": "clerk"}, "due": "1 day", "next": "inspection"},
    "inspection": {
        "label": "Inspection",
        "task": {"role": "clerk"},
        "due": "1 day",
        "outcomes": {"passed": "shipping", "failed": "repair"},
        "timers": [{"at": "9 days after entry", "next": "shipping"}],
    },
    "repair": {"label": "Repair", "task": {"role": "clerk"}, "due": "1 day", "next": "inspection"},
    "shipping": {"label": "Shipping", "task": {"role": "clerk"}, "due": "1 day", "outcomes": {"sent": "call", "lost": "over"}},
    "call": {"label": "Call", "task": {"role": "clerk"}, "due": "1 day", "outcomes": {"fine": "over", "again": "repair"}},
    "over": {"label": "Over", "end": "success"},
    "cancelled": {"label": "Cancelled", "end": "cancelled"},
}  # fmt: skip


def returns(*rules: dict[str, str], reopens: bool = False, **changes: object) -> Compiled:
    """A small return with these rules; a step may be changed."""
    again = {"reopen": {"role": "clerk", "next": "shipping"}} if reopens else {}
    file = ProcessFile.model_validate(
        {
            "process": "small_return",
            "version": 1,
            "label": "Return",
            "start": {"role": "clerk"},
            "permissions": {"cancel": "clerk"} | again,
            "steps": STEPS | changes,
            "rules": list(rules),
        }
    )
    compiled, flaws = compile_process(file, SITE)
    assert flaws == []
    return compiled


def verdict(**rule: str) -> Verdict:
    (found,) = prove_all(returns(rule))
    return found


def without_timer() -> dict[str, object]:
    return {"inspection": {key: value for key, value in STEPS["inspection"].items() if key != "timers"}}


def test_a_step_that_can_only_begin_after_another_is_proved() -> None:
    assert verdict(never="inspection before receiving").verdict == "proved"
    assert verdict(never="repair before receiving since repair").verdict == "violated"


def test_a_timer_that_skips_the_inspection_breaks_the_rule_and_the_way_is_shown() -> None:
    found = verdict(never="shipping before inspection.passed")

    assert found.verdict == "violated"
    assert found.path == ("start", "receiving", "inspection (timer 1)", "shipping")


def test_reopening_is_a_second_start_in_the_proof() -> None:
    process = returns({"never": "shipping before inspection.passed"}, reopens=True, **without_timer())

    assert prove_all(process)[0].path == ("start", "cancel", "reopen", "shipping")


def test_each_shipment_needs_its_own_inspection_when_the_rule_says_since() -> None:
    changes = {"call": {**STEPS["call"], "outcomes": {"fine": "over", "again": "shipping"}}, **without_timer()}
    file = returns(
        {"never": "shipping before inspection.passed"},
        {"never": "shipping before inspection.passed since shipping"},
        **changes,
    )

    once, each = prove_all(file)

    assert once.verdict == "proved"
    assert each.path == ("start", "receiving", "inspection.passed", "shipping.sent", "call.again", "shipping")


def test_a_move_that_finishes_b_and_begins_a_breaks_never_after_and_keeps_never_before() -> None:
    after, before = prove_all(
        returns({"never": "repair after inspection.failed"}, {"never": "repair before inspection.failed since repair"})
    )

    assert after.path == ("start", "receiving", "inspection.failed", "repair")
    assert before.verdict == "violated"
    assert before.path[-2:] == ("call.again", "repair")


def test_a_move_that_finishes_b_and_begins_c_leaves_a_needing_a_new_b() -> None:
    found = verdict(never="call before inspection.passed since shipping")

    assert found.path[-2:] == ("shipping.sent", "call")
    assert "inspection.passed" in found.path


def test_what_must_always_follow_is_owed_until_it_finishes_or_is_excused() -> None:
    assert verdict(always="call after shipping.sent").path == ("start", "receiving", "inspection.passed", "shipping.sent", "cancel", "cancelled")  # fmt: skip
    assert verdict(always="call after shipping.sent unless cancelled").verdict == "proved"
    assert verdict(always="call after shipping unless cancelled").path[-2:] == ("shipping.lost", "over")
    assert verdict(always="call after receiving unless shipping.lost, cancelled").verdict == "proved"


def test_an_outcome_that_finishes_b_does_not_excuse_what_it_makes_owed() -> None:
    found = verdict(always="call after shipping unless shipping.lost, cancelled")

    assert found.path[-2:] == ("shipping.lost", "over")


def test_an_end_is_finished_by_reaching_it() -> None:
    assert verdict(always="over after shipping unless cancelled").verdict == "proved"
    assert verdict(never="receiving after over").verdict == "proved"


def test_persons_and_conditions_are_kept_at_run_time() -> None:
    assert verdict(never="receiving and inspection by the same person").verdict == "kept"
    assert verdict(never="shipping when overdue").verdict == "kept"


def test_too_many_ways_to_stand_leave_a_rule_unproved() -> None:
    branches = {
        f"branch_{n}": {
            f"first_{n}": {"label": "One", "task": {"role": "clerk"}, "due": "1 day", "next": f"second_{n}"},
            f"second_{n}": {"label": "Two", "task": {"role": "clerk"}, "due": "1 day", "next": "join"},
        }
        for n in range(8)
    }
    wide = {"label": "Wide", "parallel": branches, "next": "inspection"}
    process = returns(
        {"never": "shipping before inspection.passed"}, {"never": "shipping when overdue"}, receiving=wide
    )

    assert [found.verdict for found in prove_all(process)] == ["unproved", "kept"]


@pytest.mark.parametrize("name", names_in(EXAMPLES))
def test_every_rule_of_the_examples_is_proved_or_kept_at_run_time(name: str) -> None:
    assert {found.verdict for found in report(EXAMPLES, name).verdicts} <= {"proved", "kept"}


@pytest.mark.parametrize("name", names_in(SHIPPED))
def test_every_rule_that_is_shipped_is_proved_or_kept_at_run_time(name: str) -> None:
    assert {found.verdict for found in report(SHIPPED, name).verdicts} <= {"proved", "kept"}


# -- the proof against somebody who only watches ----------------------------------------------------------------------


class Watcher:
    """Watches one case and judges a rule by the whole story so far, told without looking at the prover's mark."""

    def __init__(self, process: Compiled, rule: CompiledRule) -> None:
        self._process = process
        self._rule = rule
        self._story: list[tuple[str, str]] = []  # ("finished" | "begun", moment) of the current round, in order

    def sees(self, edge: Edge) -> bool:
        """Note one move; False when it breaks the rule."""
        if edge.move.kind == "reopen":
            self._story = []
        ends = [name for name in edge.entered if self._process.steps[name].kind == "end"]
        # Inside one move B counts after what clears it, also where one moment is both.
        finished = sorted([*edge.move.finishes, *ends], key=lambda moment: moment in self._rule.b)
        here = len(self._story)
        self._story += [("finished", moment) for moment in finished]
        now = len(self._story)
        self._story += [("begun", step) for step in edge.entered]
        ended = any(self._process.steps[name].ends_case for name in ends)
        match self._rule.form:
            case "never_before":
                return not self._a_happens(here) or self._counts(now, here)
            case "never_after":
                return not self._a_happens(here) or self._last_b(now, here) < 0
            case _:
                return not ended or not self._owed(here)

    def _a_happens(self, since: int) -> bool:
        return any(self._is(event, self._rule.a) for event in self._story[since:])

    def _is(self, event: tuple[str, str], moments: frozenset[str]) -> bool:
        """Whether an event is one of these moments: an outcome when it finishes, a step when it begins."""
        kind, moment = event
        return moment in moments and ("." in moment if kind == "finished" else True)

    def _counts(self, now: int, here: int) -> bool:
        return 0 <= self._last_b(now, here) >= self._last_c(now, here)

    def _last_b(self, now: int, here: int) -> int:
        """When B last finished; within the present move that counts after every C that finishes."""
        found = [n for n, (kind, m) in enumerate(self._story[:now]) if kind == "finished" and m in self._rule.b]
        return max((now if n >= here else n for n in found), default=-1)

    def _last_c(self, now: int, here: int) -> int:
        return max((n for n, event in enumerate(self._story[:now]) if self._is(event, self._rule.c)), default=-1)

    def _owed(self, here: int) -> bool:
        owed = False
        for move in self._moves():
            finished = {moment for kind, moment in move if kind == "finished"}
            if any(kind == "finished" and self._is((kind, m), self._rule.c) for kind, m in move):
                owed = False
            if finished & self._rule.b:
                owed = True
            if finished & self._rule.a or any(k == "begun" and m in self._rule.c for k, m in move):
                owed = False
        return owed

    def _moves(self) -> list[list[tuple[str, str]]]:
        """The story cut into moves: a move ends where something finishes after something began."""
        moves: list[list[tuple[str, str]]] = [[]]
        for event in self._story:
            if event[0] == "finished" and moves[-1] and moves[-1][-1][0] == "begun":
                moves.append([])
            moves[-1].append(event)
        return moves


def broken_on_some_walk(process: Compiled, rule: CompiledRule, graph: Graph, rng: random.Random) -> bool:
    """Whether a watcher sees the rule broken on one of many random walks."""
    for _ in range(150):
        watcher, here = Watcher(process, rule), (NEW,)
        for _ in range(40):
            edges = graph.edges[here]
            if not edges:
                break
            edge = rng.choice(edges)
            if not watcher.sees(edge):
                return True
            here = edge.target
    return False


@pytest.mark.parametrize("seed", range(40))
def test_the_proof_and_somebody_who_watches_random_cases_agree(seed: int) -> None:
    rng = random.Random(seed)
    generated = generated_process(seed)
    graph = explore(generated)
    for rule in generated_rules(generated, rng, 6):
        found = prove(generated, rule, graph)
        if found.verdict == "proved":
            assert not broken_on_some_walk(generated, rule, graph, rng), f"seed {seed}: {rule}"
        else:
            assert _breaks(generated, rule, graph, found.path), f"seed {seed}: {rule} {found.path}"


def _breaks(process: Compiled, rule: CompiledRule, graph: Graph, path: tuple[str, ...]) -> bool:
    """Whether some case that takes the told way, and no shorter one, is seen to break the rule."""
    waiting: list[tuple[tuple[str, ...], tuple[Edge, ...]]] = [((NEW,), ())]
    for depth, said in enumerate(path):
        waiting = [
            (edge.target, (*walked, edge))
            for here, walked in waiting
            for edge in graph.edges[here]
            if say_move(edge.move) == said
        ][:500]
        for _, walked in waiting:
            watcher = Watcher(process, rule)
            seen = [watcher.sees(edge) for edge in walked]
            if not seen[-1] and all(seen[:-1]):
                return depth + 2 >= len(path)
    return False


def test_the_rules_that_are_drawn_are_of_both_sorts() -> None:
    drawn = [(generated_process(seed), rule) for seed in range(40) for rule in generated_rules(generated_process(seed), random.Random(seed), 6)]  # fmt: skip
    found = [(rule.form, prove(process, rule, explore(process)).verdict) for process, rule in drawn]

    for form in ("never_before", "never_after", "always_after"):
        assert min(found.count((form, "proved")), found.count((form, "violated"))) > 8


def test_a_rule_names_the_spot_where_it_is_written() -> None:
    (found,) = prove_all(returns({"never": "shipping before inspection.passed"}))

    assert found.rule.spot == Spot("process", ("rules", 0, "never"))
