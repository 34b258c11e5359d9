"""The overview of the stages: each once, the normal way in a line, and no way between two of them left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.compiled import NEW, Compiled
from engine.definition.model.process import Stage
from engine.definition.texts import Text
from tests.web.picture.any_graph import compiled, processes, task
from web.drawing import Drawing
from web.picture import picture_svg
from web.picture.ranks import columns
from web.picture.stages import overview, stage_id, staged

few = settings(max_examples=40, deadline=None, derandomize=True)
SVG = "{http://www.w3.org/2000/svg}"

STAGES = {
    "asked": {"label": "Asked for | 申请", "steps": ["enter", "check"]},
    "unclear": {"label": "Unclear | 待查", "aside": True, "steps": ["search"]},
    "work": {"label": "Workshop | 维修", "steps": ["repair", "test"]},
}
STEPS: dict[str, Any] = {
    "enter": task("Enter | 登记", ["check"]),
    "check": task("Check | 核对", ["repair", "search"]),
    "search": task("Search | 查找", ["check", "lost"]),
    "repair": task("Repair | 修理", ["test"]),
    "test": task("Test | 检验", ["done", "repair"]),
    "done": {"end": "success", "label": "Done | 完成"},
    "lost": {"end": "failure", "label": "Lost | 丢失"},
    "cancelled": {"end": "cancelled", "label": "Cancelled | 已取消"},
}


def small() -> Compiled:
    return compiled(STEPS, stages=STAGES)


def titles(svg: str) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def test_a_box_for_each_stage_stands_for_its_steps_and_says_who_works_there() -> None:
    said = titles(picture_svg(small(), stages=True))
    assert [title for title in said if title.startswith(("Asked", "Unclear", "Workshop"))] == [
        "Asked for · Clerk", "Unclear · Clerk", "Workshop · Clerk",
    ]  # fmt: skip
    assert not any(title.startswith(("Enter", "Repair")) for title in said)


def test_the_stages_not_aside_are_the_normal_way_down_to_the_first_success() -> None:
    line = overview(staged(small())).line
    assert [stage_id(name) or name for name in line] == [NEW, "asked", "work", "done"]


def test_the_stage_a_case_is_in_is_marked_and_leads_to_its_first_step() -> None:
    svg = picture_svg(small(), stages=True, here=["test"], visited=["enter", "check", "repair"], link=lambda s: f"#{s}")
    boxes = {a.attrib["href"]: a.attrib["class"].split()[-1] for a in ElementTree.fromstring(svg).iter(f"{SVG}a")}
    assert (boxes["#enter"], boxes["#search"], boxes["#repair"]) == ("been", "ahead", "now")


def test_without_stages_the_overview_is_every_step() -> None:
    process = compiled(STEPS)
    assert picture_svg(process, stages=True) == picture_svg(process)


@few
@given(process=processes(), shares=st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_every_step_is_in_a_box_and_every_way_between_boxes_is_there_once(process: Compiled, shares: list[int]) -> None:
    names = [step.name for step in process.roots() if step.kind != "end"]
    of = {name: f"part_{shares[n % len(shares)]}" for n, name in enumerate(names)}
    stages = {
        part: Stage(label=Text(part, part), steps=tuple(name for name in names if of[name] == part))
        for part in sorted(set(of.values()))
    }
    process = replace(process, file=process.file.model_copy(update={"stages": stages}))
    level = overview(staged(process))
    ways = [(way.source, *way.targets) for way in level.ways]
    assert len(ways) == len(set(ways))
    box = {NEW: NEW} | {
        name: f"stage {of[root]}" if (root := (*step.inside, name)[0]) in of else root
        for name, step in process.steps.items()
    }
    wanted = {
        (box[move.source], box[move.target])
        for move in process.moves
        if move.target and move.kind not in ("cancel", "reopen", "anytime") and box[move.source] != box[move.target]
    }
    assert set(ways) == wanted
    Drawing(picture_svg(process, stages=True))
    Drawing(picture_svg(process, stages=True, direction="down", here=names[:1], visited=names))


def test_a_stage_that_only_happens_anytime_stands_at_the_end_not_beside_the_beginning() -> None:
    steps = STEPS | {
        "take_back": task("Take back | 撤回", ["taken_back"]),
        "taken_back": {"end": "failure", "label": "Taken back | 已撤回"},
    }
    aside = {"label": "Taken back | 撤回", "aside": True, "steps": ["take_back"]}
    level = overview(staged(compiled(steps, stages=STAGES | {"withdrawn": aside})))
    column, _ = columns(level.names, [(way.source, target) for way in level.ways for target in way.targets], level.line)
    last = max(column.values())
    boxes = {stage_id(name) or name: at for name, at in column.items()}
    assert (boxes["taken_back"], boxes["withdrawn"], boxes["asked"]) == (last, last - 1, 1)
