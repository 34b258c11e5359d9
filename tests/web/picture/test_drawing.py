"""The process picture as drawn: every step once, marks, both languages, safe texts, links, and always the same."""

from __future__ import annotations

import sys
from itertools import combinations
from types import FrameType
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from engine.definition.compiled import Compiled
from tests.web.picture.any_graph import compiled, processes, task
from web.drawing import Drawing
from web.picture import picture_svg
from web.process_table import step_lines

few = settings(max_examples=40, deadline=None, derandomize=True)
SVG = "{http://www.w3.org/2000/svg}"
Sides = tuple[float, float, float, float]


def small(**more: Any) -> Compiled:
    """Checked, sent, waited for: with a way back, a timer, an event, a branch that fails and an end nobody reaches."""
    steps = {
        "check": task("Check the unit | 检查产品", ["send", "check_again"]),
        "check_again": {"label": "Check again | 再次检查", "task": {"role": "lead"}, "next": "check"},
        "send": {"label": "Send | 发送", "do": [{"note": "x | 甲"}], "next": "waiting"},
        "waiting": {
            "label": "Waiting for the answer | 等待答复",
            "waiting_for": "customer",
            "events": {"goods.scanned": "call"},
            "timers": [{"at": "3 days after entry", "next": "lost"}],
        },
        "call": {"label": "Call | 致电", "use": "calling", "outcomes": {"solved": "done", "missed": "check"}},
        "done": {"end": "success", "label": "Done | 完成"},
        "lost": {"end": "failure", "label": "Lost | 丢失"},
        "cancelled": {"end": "cancelled", "label": "Cancelled | 已取消"},
    }
    return compiled(steps, **more)


def parallel() -> Compiled:
    """Two branches side by side."""
    left = {"test": task("Test | 检验", ["join", "lost"])}
    right = {"order": task("Order | 订购", ["fetch", "join"]), "fetch": task("Fetch | 取件", ["join"])}
    steps = {
        "both": {"label": "Prepare | 准备", "parallel": {"one": left, "two": right}, "next": "done"},
        "done": {"end": "success", "label": "Done | 完成"},
        "lost": {"end": "failure", "label": "Lost | 丢失"},
        "cancelled": {"end": "cancelled", "label": "Cancelled | 已取消"},
    }
    return compiled(steps)


# laws


@few
@given(processes())
def test_no_two_boxes_of_any_process_overlap(process: Compiled) -> None:
    for direction in ("right", "down"):
        tree = ElementTree.fromstring(picture_svg(process, direction=direction, unfold=process.steps))
        boxes = [sides(rect) for rect in tree.iter(f"{SVG}rect") if rect.get("class") == "shape"]
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
        for frame in [sides(rect) for rect in tree.iter(f"{SVG}rect") if rect.get("class") == "frame"]:
            assert all(within(box, frame) or not overlap(box, frame) for box in boxes)


@few
@given(processes())
def test_every_step_is_drawn_once(process: Compiled) -> None:
    svg = picture_svg(process, link=lambda step: f"/step/{step}", unfold=process.steps)
    drawn = sorted(a.get("href", "") for a in ElementTree.fromstring(svg).iter(f"{SVG}a"))
    assert drawn == sorted(f"/step/{s.name}" for s in process.steps.values() if s.kind != "joined")


@few
@given(processes())
def test_the_same_process_gives_the_same_picture(process: Compiled) -> None:
    assert picture_svg(process, here={"step_0", "done"}) == picture_svg(process, here=["done", "step_0"])


@few
@given(processes())
def test_a_picture_may_stand_in_a_page_whose_policy_allows_no_inline_style(process: Compiled) -> None:
    svg = picture_svg(process, here=["step_0"], link=lambda step: f"/step/{step}")
    assert Drawing(svg).__html__() == svg


# what is shown


def test_a_picture_speaks_the_language_it_is_asked_for() -> None:
    english, chinese = picture_svg(small()), picture_svg(small(), language="zh-Hans")
    assert {"Check the unit", "Clerk", "Way 0"} <= set(texts(english))
    assert {"检查产品", "文员", "方式0"} <= set(texts(chinese))
    assert not [t for t in texts(chinese) if any("a" <= c <= "z" for c in t)]
    assert not [t for t in texts(english) if any("一" <= c <= "鿿" for c in t)]


def test_the_place_now_is_filled_and_said_in_words() -> None:
    svg = picture_svg(small(), here=["waiting"], visited=["check", "send"])
    assert "now" in texts(svg)
    assert ElementTree.fromstring(svg).get("aria-label") == "Process picture: Any. Now at: Waiting for the answer"
    now = [g for g in ElementTree.fromstring(svg).iter(f"{SVG}g") if g.get("aria-current") == "step"]
    assert [g.get("class") for g in now] == ["step waiting_for now"]
    assert "当前" in texts(picture_svg(small(), here=["waiting"], language="zh-Hans"))


def test_a_case_inside_a_fragment_is_shown_at_its_folded_box() -> None:
    svg = picture_svg(small(), here=["call/ring"])
    assert "Call · 1 step · now (Ring)" in titles(svg)


def test_an_unfolded_fragment_shows_its_steps_in_a_frame() -> None:
    assert "Ring" not in texts(picture_svg(small()))
    assert "Ring" in texts(picture_svg(small(), unfold=["call"]))


def test_a_step_with_a_case_for_each_row_says_that_there_are_several_and_of_what() -> None:
    columns = {"sn": {"type": "text", "label": "Number | 序列号"}}
    steps = {
        "lines": {"label": "Units | 各台", "run": "other", "for_each": "units", "next": "done"},
        "done": {"end": "success", "label": "Done | 完成"},
    }
    several = compiled(steps, fields={"units": {"type": "table", "label": "Units back | 返回设备", "columns": columns}})
    assert "own case ×n" in texts(picture_svg(several))
    assert "Units · own case ×n · one for each row of Units back" in titles(picture_svg(several))
    assert "各台 · 子流程（每行一个） · 返回设备每行一个" in titles(picture_svg(several, language="zh-Hans"))
    (line, _) = step_lines(several, "en")
    assert (line.kind, line.ways) == ("Other process × Units back", (("", "Done"),))


def test_the_way_a_case_took_is_solid_and_the_rest_pale() -> None:
    ways = [("check", "check_again"), ("check_again", "check")]
    svg = picture_svg(small(), here=["check"], visited=["check", "check_again"], ways=ways)
    assert wires(svg).count("wire taken") == 3  # the start, and there and back
    assert "wire open" not in wires(svg)
    assert set(wires(picture_svg(small()))) == {"wire open"}


def test_where_only_the_steps_are_known_the_way_forward_is_solid() -> None:
    svg = picture_svg(small(), here=["waiting"], visited=["check", "send"])
    assert wires(svg).count("wire taken") == 3


def test_kinds_of_steps_and_ends_are_told_apart_without_colour() -> None:
    tree = ElementTree.fromstring(picture_svg(small()))
    marks = {mark.get("class") for mark in tree.iter(f"{SVG}path") if "mark" in mark.get("class", "")}
    assert marks >= {
        "mark success-mark",
        "mark failure-mark",
        "mark cancelled-mark",
        "mark event-mark",
        "mark timer-mark",
    }
    dashed = [r for g in tree.iter(f"{SVG}g") for r in g.findall(f"{SVG}rect") if r.get("stroke-dasharray")]
    assert len(dashed) == 1


def test_outcomes_are_named_only_where_there_are_several() -> None:
    shown = texts(picture_svg(small()))
    assert {"Way 0", "Way 1"} <= set(shown)
    assert "Scanned" not in shown  # the only thing heard there: the envelope says enough


def test_a_way_tells_when_it_is_taken() -> None:
    assert {"Event: Scanned", "When time is up: 3 days after entry"} <= set(titles(picture_svg(small())))


def test_what_can_happen_at_any_step_is_told_below_and_not_drawn() -> None:
    svg = picture_svg(small(anytime={"goods.scanned": "lost"}))
    assert "Cancelling: at any step, by Workshop lead" in texts(svg)
    assert "Scanned: at any step, leads to: Lost" in texts(svg)
    assert len(wires(svg)) == len(wires(picture_svg(small())))


def test_branches_stand_side_by_side_in_a_frame() -> None:
    boxes = by_title(picture_svg(parallel()))
    assert within(boxes["Test · Clerk"], boxes["Prepare · all branches"])
    assert within(boxes["Order · Clerk"], boxes["Prepare · all branches"])
    assert boxes["Test · Clerk"][1] + boxes["Test · Clerk"][3] < boxes["Order · Clerk"][1]
    down = by_title(picture_svg(parallel(), direction="down"))
    assert down["Test · Clerk"][0] + down["Test · Clerk"][2] < down["Order · Clerk"][0]


def test_the_normal_way_stands_on_one_line() -> None:
    tree = ElementTree.fromstring(picture_svg(small()))
    lines = [p.get("d", "") for p in tree.iter(f"{SVG}path") if p.get("class") == "line"]
    straight = [d for d in lines if "Q" not in d]
    assert len({d.split("L")[0].split(" ")[1] for d in straight}) == 1
    assert len(straight) == 5


def test_linked_boxes_can_be_reached_by_those_who_do_not_see() -> None:
    plain, linked = picture_svg(small()), picture_svg(small(), link=lambda step: f"/x/{step}?a=1&b=2")
    assert ElementTree.fromstring(plain).get("role") == "img"
    assert ElementTree.fromstring(linked).get("role") == "group"
    assert "/x/check?a=1&amp;b=2" in linked


@pytest.mark.parametrize(
    "label", ["</text><script>alert(1)</script>", "a & b < c > \"d\" 'e'", "x\x00\x1b\u202ey", "']]>"]
)
def test_hostile_labels_stay_text(label: str) -> None:
    process = compiled(
        {
            "check": {"label": {"en": label, "zh-Hans": label}, "task": {"role": "clerk"}, "next": "done"},
            "done": {"end": "success", "label": label},
        }
    )
    tree = ElementTree.fromstring(picture_svg(process, here=["check"]))
    assert {e.tag.removeprefix(SVG) for e in tree.iter()} <= {
        "svg",
        "g",
        "rect",
        "path",
        "polygon",
        "circle",
        "text",
        "tspan",
        "title",
    }


def test_a_long_label_takes_three_lines_at_most() -> None:
    label = "Ask the customer whether the unit that came back is really the one they sent to us last week | 询问客户寄回的产品是否确实是上周寄给我们的那一台并且请客户确认其序列号与外观状况"
    process = compiled({"check": task(label, ["done"]), "done": {"end": "success", "label": "Done | 完成"}})
    for language in ("en", "zh-Hans"):
        tree = ElementTree.fromstring(picture_svg(process, language=language))
        counts = [len(list(text)) for text in tree.iter(f"{SVG}text") if text.get("class") == "label"]
        assert max(counts) == 3


def test_sixty_steps_are_drawn_with_a_bounded_amount_of_work() -> None:
    assert work(60) < 500_000
    assert work(60) < 8 * work(15)


# how the tests look at a picture


def work(count: int) -> int:
    """How many calls drawing a process of so many steps takes."""
    steps: dict[str, Any] = {}
    for n in range(count):
        onward = f"s{n + 1}" if n + 1 < count else "done"
        steps[f"s{n}"] = task(f"Step {n} | 第{n}步", [onward, f"s{max(0, n - 3)}", f"s{min(count - 1, n + 4)}"])
    process = compiled(steps | {"done": {"end": "success", "label": "Done | 完成"}})
    calls = 0

    def count_call(frame: FrameType, event: str, _: Any) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count_call)
    try:
        picture_svg(process)
    finally:
        sys.setprofile(before)
    return calls


def sides(rect: ElementTree.Element) -> Sides:
    x, y, wide, high = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
    return x, y, wide, high


def overlap(a: Sides, b: Sides) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def within(a: Sides, b: Sides) -> bool:
    return b[0] < a[0] and b[1] < a[1] and a[0] + a[2] < b[0] + b[2] and a[1] + a[3] < b[1] + b[3]


def texts(svg: str) -> list[str]:
    return [" ".join("".join(s.itertext()) for s in t) for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def titles(svg: str) -> list[str]:
    return ["".join(title.itertext()) for title in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def wires(svg: str) -> list[str]:
    groups = ElementTree.fromstring(svg).iter(f"{SVG}g")
    return [name for g in groups if (name := g.get("class", "")).startswith("wire")]


def by_title(svg: str) -> dict[str, Sides]:
    found = {}
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        rect, title = group.find(f"{SVG}rect"), group.find(f"{SVG}title")
        if rect is not None and title is not None:
            found[title.text or ""] = sides(rect)
    return found
