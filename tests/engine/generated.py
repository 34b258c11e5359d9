"""Processes made at random from a seed: parallel branches in fragments, fragments in branches, joins of both kinds.

They have no meaning, but every name in them exists; so whatever holds for all of them holds for a process.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from engine.definition.compiled import Compiled, CompiledRule, Spot
from engine.definition.compiling import compile_process, compile_site
from engine.definition.model import LibraryFile, ProcessFile, SiteFile

SITE = compile_site(
    SiteFile.model_validate(
        {
            "site": "acme",
            "timezone": "Asia/Shanghai",
            "roles": {"clerk": "Clerk | 文员"},
            "calendars": {"office": {"days": "mon-fri", "hours": "09:00-17:00"}},
            "adapters": {"erp.book": {"gives": {"document": "text"}}},
        }
    )
)[0]
_EVENTS = ("goods.scanned", "quote.declined", "parcel.lost")


@cache
def generated_process(seed: int) -> Compiled:
    """The process of a seed, always the same one."""
    drawing = _Drawing(random.Random(seed))
    fragments = {name: drawing.fragment(name) for name in ("survey", "checking")}
    steps = drawing.steps("", drawing.some_ids("step", 3, 6), outer=[], depth=0, fragments=fragments)
    steps["done"] = {"label": "Done", "end": "success"}
    steps["failed"] = {"label": "Failed", "end": "failure"}
    steps["cancelled"] = {"label": "Cancelled", "end": "cancelled"}
    file = {
        "process": "generated",
        "version": 1,
        "label": "Generated",
        "fields": {
            "urgent": {"type": "yes_no", "label": "Urgent"},
            "units": {"type": "table", "label": "Units", "columns": {"sn": {"type": "text", "label": "Number"}}},
        },
        "events": {**{event: {} for event in _EVENTS}, "unit.scanned": {"match": {"sn": "units.sn"}}},
        "start": {"role": "clerk"},
        "permissions": {"cancel": "clerk", "reopen": {"role": "clerk", "next": drawing.rng.choice(list(steps)[:2])}},
        "anytime": {"parcel.lost": drawing.rng.choice(["failed", "done"])} if drawing.often() else {},
        "timers": [{"at": "9 days after entry", "next": "failed"}] if drawing.seldom() else None,
        "steps": steps,
    }
    library = LibraryFile.model_validate({"library": "shared", "version": 1, "fragments": fragments})
    compiled, flaws = compile_process(ProcessFile.model_validate(file), SITE, library)
    assert not flaws, flaws
    return compiled


def generated_rules(process: Compiled, rng: random.Random, how_many: int) -> list[CompiledRule]:
    """Rules of the three ordered forms about moments of a process, drawn at random."""
    steps = [name for name, step in process.steps.items() if step.kind != "joined"]
    finished = sorted({moment for move in process.moves for moment in move.finishes})
    either = steps + finished
    rules = []
    for n in range(how_many):
        form = rng.choice(["never_before", "never_after", "always_after"])
        a = frozenset(rng.sample(finished if form == "always_after" else either, 1))
        b = frozenset(rng.sample(finished, rng.choice([1, 1, 2])))
        c = frozenset(rng.sample(either, rng.choice([0, 1, 2]))) if form != "never_after" else frozenset()
        rules.append(CompiledRule(form, f"{form} {n}", Spot("process", ("rules", n)), a, b, c))  # type: ignore[arg-type]  # drawn from the three forms
    return rules


class _Drawing:
    """Draws pieces of a process; what is drawn depends on the seed alone."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.named = 0

    def often(self) -> bool:
        return self.rng.random() < 0.6

    def seldom(self) -> bool:
        return self.rng.random() < 0.2

    def some_ids(self, word: str, least: int, most: int) -> list[str]:
        ids = []
        for _ in range(self.rng.randint(least, most)):
            self.named += 1
            ids.append(f"{word}_{self.named}")
        return ids

    def fragment(self, name: str) -> dict[str, Any]:
        ends = {f"{name}_good": {"label": "Good", "end": "success"}, f"{name}_bad": {"label": "Bad", "end": "failure"}}
        ids = self.some_ids(name, 1, 3)
        return {"label": name, "steps": self.steps("", ids, outer=list(ends), depth=1, fragments={}, ends=ends)}

    def steps(
        self,
        joined: str,
        ids: list[str],
        outer: list[str],
        depth: int,
        fragments: dict[str, Any],
        ends: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The steps of one level. The last one goes out of it, so that a branch or fragment can be finished."""
        out = [joined] if joined else list(ends or {}) or ["done", "failed"]
        inside = [*ids, *out]
        found: dict[str, Any] = {}
        for n, id in enumerate(ids):
            onward = [*ids[n + 1 : n + 2], *out] if n < len(ids) - 1 else out
            found[id] = self.step(id, onward, inside, outer, depth, fragments)
        return found | (ends or {})

    def step(
        self, id: str, onward: list[str], inside: list[str], outer: list[str], depth: int, fragments: dict[str, Any]
    ) -> dict[str, Any]:
        """One step: it can always go onward, and sometimes anywhere inside its level or to a step outside of it."""
        anywhere = inside + (outer if self.seldom() else [])
        kinds = ["task", "task", "waiting_for", "do", "run", *(["parallel"] if depth < 2 else []), *(["use"] if fragments else [])]  # fmt: skip
        kind = self.rng.choice(kinds)
        step: dict[str, Any] = {"label": id}
        match kind:
            case "task":
                step |= {"task": {"role": "clerk"}, "due": "1 day"}
                if self.often():
                    step["outcomes"] = {
                        "passed": self.chosen(onward, anywhere),
                        "failed": self.chosen(anywhere, anywhere),
                    }
                else:
                    step["next"] = self.chosen(onward, anywhere)
                if self.seldom():
                    step["timers"] = [{"at": "2 days after due", "next": self.rng.choice(anywhere)}]
            case "waiting_for":
                step["waiting_for"] = "customer"
                step["events"] = {"goods.scanned": self.chosen(onward, anywhere)}
                step["timers"] = [{"at": "3 days after entry", "next": self.rng.choice(anywhere)}]
                if self.often():
                    step["events"]["quote.declined"] = {"do": [{"note": "Heard"}]}
                if self.seldom():  # news of one row, which may leave the case where it is
                    step["events"]["unit.scanned"] = [{"when": "urgent", "then": self.rng.choice(anywhere)}]
            case "do":
                step["do"] = [{"note": "Noted"}]
                if self.seldom():
                    step["do"] = [{"call": "erp.book", "if_it_fails": self.rng.choice(onward)}]
                step["next"] = self.rng.choice(onward)
            case "run" if self.seldom():
                step |= {"run": "other", "for_each": "units", "next": self.chosen(onward, anywhere)}
            case "run":
                step |= {
                    "run": "other",
                    "outcomes": {"delivered": self.rng.choice(onward), "lost": self.rng.choice(anywhere)},
                }
            case "use":
                name = self.rng.choice(list(fragments))
                step |= {"use": name, "outcomes": {f"{name}_good": self.rng.choice(onward), f"{name}_bad": self.rng.choice(anywhere)}}  # fmt: skip
            case _:
                step |= self.parallel(inside, outer, depth, fragments)
                step["next"] = self.rng.choice(onward)
        if kind in ("task", "run", "parallel") and self.seldom():
            step["events"] = {"quote.declined": self.chosen(onward, anywhere)}
        return step

    def parallel(self, inside: list[str], outer: list[str], depth: int, fragments: dict[str, Any]) -> dict[str, Any]:
        beyond = [target for target in [*inside, *outer] if target != "join"]
        branches = {}
        for branch in self.some_ids("branch", 2, 3 if depth == 0 else 2):
            ids = self.some_ids("inner", 1, 2)
            branches[branch] = self.steps("join", ids, outer=beyond, depth=depth + 1, fragments=fragments)
        return {"parallel": branches, "join": self.rng.choice(["all", "all", "any"])}

    def chosen(self, first: list[str], then: list[str]) -> Any:
        """One target, or two rows of a choice."""
        if self.seldom():
            return [{"when": "urgent", "then": self.rng.choice(then)}, {"otherwise": self.rng.choice(first)}]
        return self.rng.choice(first)
