"""What one move does to one promise of a process: the only definition of it, used by the proof and at run time.

Inside one move: first what finishes clears (C), then B counts, then A is tested, then what begins clears (C).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import assert_never

from engine.definition.compiled import CompiledRule, Step

ORDERED = ("never_before", "never_after", "always_after")


@dataclass(frozen=True, slots=True)
class Happening:
    """What one move means to promises: what it finishes, what begins with it, and the end it brings the case to."""

    finished: frozenset[str]
    begun: frozenset[str]
    end: str = ""


def happening(steps: Mapping[str, Step], finishes: Collection[str], entered: Collection[str]) -> Happening:
    """The meaning of a move that finishes these moments and enters these steps. An end is finished by reaching it."""
    ends = {name for name in entered if steps[name].kind == "end"}
    over = next((name for name in entered if steps[name].ends_case), "")
    return Happening(frozenset(finishes) | ends, frozenset(entered), over)


def after_move(rule: CompiledRule, mark: bool, now: Happening) -> tuple[bool, bool]:
    """The mark of a promise after a move, and whether the move breaks it.

    The mark begins as False in every round. `never A before B`: B has happened. `never A after B`: the same.
    `always A after B`: A is owed.
    """
    counted = (mark and not _finishing(rule.c, now)) or bool(now.finished & rule.b)
    left = counted and not now.begun & rule.c
    match rule.form:
        case "never_before":
            return left, not counted and happens(rule.a, now)
        case "never_after":
            return left, counted and happens(rule.a, now)
        case "always_after":
            owed = left and not now.finished & rule.a
            return owed, owed and bool(now.end)
        case "same_person" | "never_when":
            return mark, False
        case _:
            assert_never(rule.form)


def happens(moments: Collection[str], now: Happening) -> bool:
    """As what must not happen, a step happens when it begins, an outcome when it is chosen."""
    return any(moment in now.begun for moment in moments) or _finishing(moments, now)


def _finishing(moments: Collection[str], now: Happening) -> bool:
    """Whether one of the outcomes or events among the moments happens; steps among them are not meant."""
    return any("." in moment and moment in now.finished for moment in moments)
