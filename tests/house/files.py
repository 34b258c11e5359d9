"""The files that are the product: what git tracks, or everything when this copy came without git."""

from __future__ import annotations

import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("engine", "adapters", "web", "workers", "cli")
NOT_OURS = (".venv", ".git", ".aftercare", "__pycache__", "var", "node_modules")


def tracked() -> list[Path]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True)
    if answer.returncode == 0 and answer.stdout:
        paths = [PROJECT / name for name in answer.stdout.split("\0") if name]
        return [path for path in paths if path.is_file()]
    return [path for path in sorted(PROJECT.rglob("*")) if path.is_file() and not set(NOT_OURS) & set(path.parts)]


def modules() -> list[Path]:
    return [path for room in ROOMS for path in sorted((PROJECT / room).rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()
