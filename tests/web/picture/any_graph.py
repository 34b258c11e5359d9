"""Graphs and processes of any shape, for laws that hold for all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from engine.definition.compiled import Compiled
from engine.definition.compiling import compile_process, compile_site
from engine.definition.model import LibraryFile, ProcessFile, SiteFile
from web.picture.shapes import Box, Exit

SITE = {
    "site": "acme",
    "languages": ["en", "zh-Hans"],
    "timezone": "Asia/Shanghai",
    "roles": {"clerk": "Clerk | 文员", "lead": "Workshop lead | 车间主管"},
    "calendars": {"office": {"days": "mon-fri", "hours": "09:00-17:30"}},
    "records": {},
    "adapters": {},
}
LIBRARY = {
    "library": "shared",
    "version": 1,
    "ladders": {"standard": [{"at": "due", "remind": "assignee"}]},
    "fragments": {
        "calling": {
            "label": "Call | 致电",
            "steps": {
                "ring": {
                    "label": "Ring | 拨打",
                    "task": {"role": "clerk"},
                    "outcomes": {"heard": "solved", "nobody": "missed"},
                },
                "solved": {"end": "success", "label": "Solved | 已解决"},
                "missed": {"end": "failure", "label": "Missed | 未接通"},
            },
        }
    },
}


def compiled(steps: dict[str, Any], **more: Any) -> Compiled:
    """A process with these steps, as its file would say them."""
    file = {
        "process": "any",
        "version": 1,
        "label": "Any | 任意",
        "calendar": "office",
        "events": {"goods.scanned": {"label": "Scanned | 已扫描"}},
        "permissions": {"see": ["clerk"], "cancel": ["lead"]},
        "start": {"role": "clerk"},
        "steps": steps,
        **more,
    }
    site, _ = compile_site(SiteFile.model_validate(SITE))
    process, _ = compile_process(ProcessFile.model_validate(file), site, LibraryFile.model_validate(LIBRARY))
    return process


def task(label: str, targets: list[str]) -> dict[str, Any]:
    """A task with one button for each target."""
    outcomes = {f"way_{n}": {"label": f"Way {n} | 方式{n}", "next": target} for n, target in enumerate(targets)}
    return {"label": label, "task": {"role": "clerk"}, "outcomes": outcomes}


@st.composite
def processes(draw: st.DrawFn, most: int = 12) -> Compiled:
    """Any process: every kind of step, ways forward and back, branches, a fragment, ends that nothing leads to."""
    count = draw(st.integers(1, most))
    names = [f"step_{n}" for n in range(count)]
    anywhere = st.sampled_from([*names, "done", "lost"])
    steps: dict[str, Any] = {}
    for name in names:
        label = draw(
            st.sampled_from(
                ["Test | 检验", "Wait for the customer's long answer | 等待客户的答复", "Unbreakablelongword"]
            )
        )
        kind = draw(st.sampled_from(["task", "task", "do", "waiting", "use", "parallel"]))
        to = draw(st.lists(anywhere, min_size=1, max_size=3))
        if kind == "task":
            steps[name] = task(label, to)
        elif kind == "do":
            steps[name] = {"label": label, "do": [{"note": "x | 甲"}], "next": to[0]}
        elif kind == "waiting":
            late = [{"at": "2 days after entry", "next": to[-1]}]
            steps[name] = {
                "label": label,
                "waiting_for": "customer",
                "events": {"goods.scanned": to[0]},
                "timers": late,
            }
        elif kind == "use":
            steps[name] = {"label": label, "use": "calling", "outcomes": {"solved": to[0], "missed": to[-1]}}
        else:
            left = {
                f"{name}_a": task("A | 甲", [f"{name}_b", "join"]),
                f"{name}_b": task("B | 乙", ["join", f"{name}_a"]),
            }
            right = {f"{name}_c": task("C | 丙", ["join", "lost"])}
            steps[name] = {"label": label, "parallel": {"one": left, "two": right}, "next": to[0]}
    steps |= {"done": {"end": "success", "label": "Done | 完成"}, "lost": {"end": "failure", "label": "Lost | 丢失"}}
    steps["cancelled"] = {"end": "cancelled", "label": "Cancelled | 已取消"}
    return compiled(steps)


@st.composite
def graphs(draw: st.DrawFn, most: int = 14) -> tuple[list[Box], list[Exit], list[str]]:
    """Boxes and exits of any size, and a straight line along some of them."""
    count = draw(st.integers(1, most))
    names = [f"n{n}" for n in range(count)]
    sizes = st.integers(10, 160)
    boxes = [Box(name, draw(sizes), draw(sizes)) for name in names]
    exits = []
    for name in names:
        for _ in range(draw(st.integers(0, 3))):
            targets = tuple(dict.fromkeys(draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))))
            exits.append(Exit(name, targets, draw(st.integers(0, 60)), draw(st.integers(0, 30))))
    line = names[: draw(st.integers(1, min(4, count)))]
    kept = [line[0]]
    for name in line[1:]:
        if not any(x.source == kept[-1] and name in x.targets for x in exits):
            break
        kept.append(name)
    return boxes, exits, kept
