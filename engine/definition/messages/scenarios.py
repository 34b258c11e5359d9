"""What an author reads when a scenario does not come out as told (P601) or a line of it cannot be played (P602)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P601.failed": Sentence(
        "scenario '{scenario}' failed: {why}",
        "场景“{scenario}”未通过：{why}",
        "change the process or what the scenario expects",
        "请修改流程，或修改场景的期望",
    ),
    "P602.unreadable": Sentence(
        "scenario '{scenario}': {why}",
        "场景“{scenario}”：{why}",
        "see the list of lines a scenario can play in the reference of the language",
        "可用的场景语句请参阅语言手册",
    ),
}
