"""What columns are, as people say it: on the command line or in a YAML file. Must not know the columns themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from cli.refusing import refuse


def read_mapping(
    maps: Sequence[str], constants: Sequence[str], file: Path | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Columns to attributes and constants; what is typed goes before what stands in the file."""
    columns, fixed = _from_file(file) if file else ({}, {})
    return columns | _pairs(maps, "--map", last=True), fixed | _pairs(constants, "--constant")


def _pairs(said: Sequence[str], option: str, *, last: bool = False) -> dict[str, str]:
    """`name=value` pairs. A column's name may hold a `=`, so that there the last one counts."""
    found: dict[str, str] = {}
    for pair in said:
        name, sign, value = pair.rpartition("=") if last else pair.partition("=")
        if not sign or not name.strip():
            raise refuse(
                f"{option} '{pair}' has no name and value; write it like {option} NAME=VALUE.",
                f"{option} “{pair}”写法有误，应为 {option} 名称=值。",
            )
        found[name.strip()] = value.strip()
    return found


def _from_file(file: Path) -> tuple[dict[str, str], dict[str, str]]:
    try:
        read: Any = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        reason = " ".join(str(error).split())
        raise refuse(f"Cannot read {file}: {reason}", f"无法读取 {file}：{reason}") from error
    if not isinstance(read, Mapping) or set(read) - {"columns", "constants"}:
        raise refuse(
            f"{file} must hold 'columns:' (column: attribute) and may hold 'constants:' (attribute: value).",
            f"{file} 应包含 columns:（列名: 属性），可包含 constants:（属性: 值）。",
        )
    parts = [read.get(name) or {} for name in ("columns", "constants")]
    if not all(isinstance(part, Mapping) for part in parts):
        raise refuse(f"{file}: 'columns' and 'constants' hold pairs.", f"{file}：columns 与 constants 应为键值对。")
    columns, constants = ({str(n): "" if v is None else str(v) for n, v in part.items()} for part in parts)
    return columns, constants
