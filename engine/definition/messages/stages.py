"""What an author reads about the stages of a process (P465)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P465.unknown": Sentence(
        "a stage names '{step}', which is no step of this process, or is an end",
        "阶段中的“{step}”不是本流程的步骤，或者是结束",
        "{meant}",
        "{meant}",
    ),
    "P465.twice": Sentence(
        "the step '{step}' stands in the stage '{stage}' already",
        "步骤“{step}”已在阶段“{stage}”中",
        "name it in one stage only",
        "请只写入一个阶段",
    ),
    "P465.missing": Sentence(
        "the step '{step}' stands in no stage",
        "步骤“{step}”不属于任何阶段",
        "name it under one of the 'stages', or take the stages out",
        "请把它写入某个阶段，或者删去 stages",
    ),
}
