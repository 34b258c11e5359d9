"""Scenarios as they were played, worded for programs."""

from __future__ import annotations

from typing import Any

from engine.scenarios import Played
from web.api.models.forms import Say
from web.api.models.processes import ScenarioLine, ScenarioTold


def scenarios_told(played: Played, say: Say) -> list[ScenarioTold]:
    """Every scenario with its lines, up to its first failure."""
    return [
        ScenarioTold(
            scenario=result.name,
            passed=result.passed,
            lines=[
                ScenarioLine(
                    when=line.when,
                    at=line.at,
                    leaves=list(line.leaves),
                    milestone=line.milestone,
                    ended=line.ended,
                    tasks=[_plain(task) for task in line.tasks],
                    refused=list(line.refusal),
                    failure=say(line.failure) if line.failure else "",
                )
                for line in result.lines
            ],
        )
        for result in played.results
    ]


def _plain(task: Any) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in task.items()}
