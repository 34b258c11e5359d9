"""Which part of the language a block in a file is (a step, a form, a timer row ...), its keys, and what people call it.

It only looks at the shape of a tree and of the models; it never judges a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from engine.definition.model import Column, FieldDef, LibraryFile, ProcessFile, SiteFile
from engine.definition.model.acting import Action, ChangeWarranty, Ladder, LadderUse, SwapUnit, TimerRow
from engine.definition.model.basics import Part, Row
from engine.definition.model.process import (
    Alike,
    Migrate,
    Permissions,
    Reopen,
    Rule,
    Scenario,
    ScenarioStep,
    Stage,
    Start,
)
from engine.definition.model.shared import Fragment
from engine.definition.model.site import Adapter, AttributeDef, CalendarDef, Digest, DigestList, RecordDef, RecordEvent
from engine.definition.model.steps import EventHandler, Outcome, Step, Task
from engine.definition.model.vocabulary import EventDef, Form, FormGroup, Kpi, MailDef
from engine.definition.texts import Text
from engine.definition.yaml_tree import Block, Node, Path, Series, Tree

NAMES: dict[type[Part], Text] = {
    ProcessFile: Text("process", "流程"),
    LibraryFile: Text("shared file", "共用文件"),
    SiteFile: Text("site file", "站点文件"),
    Row: Text("row of a choice", "选择行"),
    Column: Text("column", "列"),
    FieldDef: Text("field", "字段"),
    FormGroup: Text("group of fields", "字段组"),
    Form: Text("form", "表单"),
    EventDef: Text("event", "事件"),
    MailDef: Text("mail", "邮件"),
    Kpi: Text("KPI", "指标"),
    SwapUnit: Text("swap of a unit", "换机"),
    ChangeWarranty: Text("change of a warranty", "质保变更"),
    Action: Text("action", "动作"),
    TimerRow: Text("timer row", "定时行"),
    LadderUse: Text("ladder in use", "引用的升级阶梯"),
    Ladder: Text("ladder", "升级阶梯"),
    Outcome: Text("outcome", "处理结果"),
    EventHandler: Text("heard event", "监听的事件"),
    Task: Text("task", "任务"),
    Step: Text("step", "步骤"),
    Alike: Text("likeness", "相同判定"),
    Start: Text("start", "发起"),
    Stage: Text("stage", "阶段"),
    Reopen: Text("reopen", "重开"),
    Permissions: Text("permissions", "权限"),
    Rule: Text("rule", "规则"),
    ScenarioStep: Text("scenario line", "场景步骤"),
    Scenario: Text("scenario", "场景"),
    Migrate: Text("migrate", "迁移"),
    Fragment: Text("fragment", "片段"),
    CalendarDef: Text("calendar", "日历"),
    Adapter: Text("adapter", "接口"),
    RecordDef: Text("record type", "档案类型"),
    AttributeDef: Text("attribute", "档案属性"),
    RecordEvent: Text("event of a record", "档案事件"),
    Digest: Text("digest", "汇总邮件"),
    DigestList: Text("list of a digest", "汇总清单"),
}

Parts = dict[Path, type[Part]]


def parts_of(tree: Tree, file_model: type[Part]) -> Parts:
    """Everything in the tree that is a part of the language, by its path (a list, where a shorthand allows it)."""
    found: Parts = {}
    _visit(tree.root, file_model, (), found)
    return found


def keys_of(part: type[Part]) -> tuple[str, ...]:
    """The keys a part may have, as they are written in a file, in their usual order."""
    return tuple(field.alias or name for name, field in part.model_fields.items())


@cache
def named_by_authors(part: type[Part]) -> Any:
    """What stands under keys that an author makes up, {} of such keys; None where all keys are known."""
    return get_type_hints(part)["__pydantic_extra__"] if part.model_config.get("extra") == "allow" else None


@cache
def homes_of(key: str, file_model: type[Part]) -> tuple[type[Part], ...]:
    """The parts of this kind of file in which a key belongs."""
    return tuple(part for part in all_parts(file_model) if key in keys_of(part))


@cache
def all_parts(file_model: type[Part]) -> tuple[type[Part], ...]:
    """Every part that can occur in this kind of file, the file itself first."""
    found: dict[type[Part], None] = {}

    def collect(annotation: Any) -> None:
        for choice in _choices(annotation):
            if isinstance(choice, type) and issubclass(choice, Part):
                if choice not in found:
                    found[choice] = None
                    for field in choice.model_fields.values():
                        collect(field.annotation)
                    collect(named_by_authors(choice))
            else:
                for inner in get_args(choice):
                    collect(inner)

    collect(file_model)
    return tuple(found)


def where(path: Path, parts: Parts) -> Text:
    """`task of step 'repair'`: the part at this path and the nearest named part around it."""
    if path not in parts:
        return where(path[:-1], parts) if path else Text()
    here = _name(path, parts)
    if not path:
        return Text(f"this {here.en}", f"本{here.zh}")
    if _is_named(path, parts):
        return here
    around = next(
        (path[:n] for n in range(len(path) - 1, 0, -1) if path[:n] in parts and _is_named(path[:n], parts)), None
    )
    if around is None:
        return here
    outer = _name(around, parts)
    return Text(f"{here.en} of {outer.en}", f"{outer.zh}的{here.zh}")


def _is_named(path: Path, parts: Parts) -> bool:
    return isinstance(path[-1], str) and path[:-1] not in parts


def _name(path: Path, parts: Parts) -> Text:
    name = NAMES[parts[path]]
    if path and isinstance(path[-1], int):
        return Text(f"{name.en} {path[-1] + 1}", f"第 {path[-1] + 1} 个{name.zh}")
    if path and _is_named(path, parts):
        return Text(f"{name.en} '{path[-1]}'", f"{name.zh}“{path[-1]}”")
    return name


def _visit(node: Node, annotation: Any, path: Path, found: Parts) -> None:
    for choice in _choices(annotation):
        if isinstance(choice, type) and issubclass(choice, Part):
            _visit_part(node, choice, path, found)
        elif get_origin(choice) is dict and isinstance(node, Block):
            for entry in node.entries:
                _visit(entry.node, get_args(choice)[1], (*path, entry.key), found)
        elif get_origin(choice) is tuple:
            _visit_rows(node, get_args(choice)[0], path, found)


def _visit_part(node: Node, part: type[Part], path: Path, found: Parts) -> None:
    if isinstance(node, Block):
        found[path] = part
        for entry in node.entries:
            for name, field in part.model_fields.items():
                if entry.key == (field.alias or name):
                    _visit(entry.node, field.annotation, (*path, entry.key), found)
            if entry.key not in keys_of(part) and (inside := named_by_authors(part)) is not None:
                _visit(entry.node, get_args(inside)[1], (*path, entry.key), found)
    elif isinstance(node, Series):  # the shorthands: an outcome that is only its `next`, a ladder that is only its rows
        found[path] = part
        for key in {"next", "rows"} & part.model_fields.keys():
            _visit(node, part.model_fields[key].annotation, path, found)


def _visit_rows(node: Node, row: Any, path: Path, found: Parts) -> None:
    if isinstance(node, Series):
        for position, item in enumerate(node.items):
            _visit(item, row, (*path, position), found)
    elif isinstance(node, Block) and path not in found:  # a single row of a choice, without its dash
        _visit(node, row, path, found)


def _choices(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _choices(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for choice in get_args(annotation):
            yield from _choices(choice)
    else:
        yield annotation
