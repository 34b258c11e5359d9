"""Every way to say no has its HTTP status, and the engine's own docstring lists its codes."""

from __future__ import annotations

import ast
from pathlib import Path

from engine.refusals import Refusal
from web.refusals import STATUS

ROOT = Path(__file__).parents[2]


def codes_in(*rooms: str) -> dict[str, str]:
    """The codes with which somebody refuses, each with a file that does."""
    found: dict[str, str] = {}
    for path in (path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Refusal"
                and node.args
            ):
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found[code.value] = str(path.relative_to(ROOT))
    return found


def test_every_refusal_has_a_status() -> None:
    told = codes_in("engine", "adapters", "web", "workers", "cli")
    assert "too_many_events" in told, "found nothing: is it written otherwise now?"
    assert {code: where for code, where in told.items() if code not in STATUS} == {}


def test_the_codes_of_the_engine_are_listed_where_it_says_no() -> None:
    listed = str(Refusal.__doc__).replace(",", " ").replace(".", " ").split()
    assert {code: where for code, where in codes_in("engine").items() if code not in listed} == {}
