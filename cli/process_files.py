"""Process files on disk and what stands around them: the site, the library and the processes they may run or start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import processes
from cli.refusing import Refused, refuse
from engine.definition.compiled import Compiled
from engine.publishing import Review, kind_of, review_files

SITE_HELP = (
    "The site file (default: _site.yaml beside the file, else the shipped one).",
    "站点文件（默认：同一文件夹中的 _site.yaml，否则为随附的站点文件）。",
)
LIBRARY_HELP = (
    "The library (default: _shared.yaml beside the file, else the shipped one).",
    "共享库文件（默认：同一文件夹中的 _shared.yaml，否则为随附的共享库）。",
)


def review(paths: Sequence[Path], site: Path | None, library: Path | None) -> dict[str, Review]:
    """Every file reviewed with what stands beside it, by the path as it was typed."""
    found: dict[str, Review] = {}
    for folder in dict.fromkeys(path.parent for path in paths):
        wanted = {str(path): read(path) for path in paths if path.parent == folder}
        files = {**around(folder, site, library), **{name: _decoded(content) for name, content in wanted.items()}}
        reviews = review_files(_one_of_each(files), wanted)
        found |= reviews
    return {str(path): found[str(path)] for path in paths}


def compiled(path: Path, site: Path | None, library: Path | None) -> tuple[Compiled | None, Review]:
    """A process ready to run, or None and what is wrong with it."""
    found = review([path], site, library)[str(path)]
    if found.kind != "process":
        raise refuse(f"{path} is a {found.kind} file, not a process.", f"{path} 不是流程文件。")
    return (found.process if found.ok or _only_scenarios_fail(found) else None), found


def around(folder: Path, site: Path | None, library: Path | None) -> dict[str, str]:
    """What a file in this folder is checked with, by name: what was named, what stands beside it, else what is shipped."""
    found: dict[str, str] = {}
    beside = {path.name: path for path in sorted(folder.glob("*.yaml"))}
    if site is None and processes.SITE not in beside:  # the shipped site has the shipped processes in it
        found = {name: path.read_text(encoding="utf-8") for name, path in processes.paths().items()}
    elif library is None and processes.SHARED not in beside:
        found = {processes.SHARED: processes.paths()[processes.SHARED].read_text(encoding="utf-8")}
    found |= {name: _decoded(read(path)) for name, path in beside.items()}
    for name, path in ((processes.SITE, site), (processes.SHARED, library)):
        if path is not None:
            found[name] = _decoded(read(path))
    return found


def read(path: Path) -> bytes:
    """The file's bytes. A file that cannot be read is refused."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Refused:
    return refuse(f"Cannot read {path}: {error.strerror}.", f"无法读取 {path}：{error.strerror}。")


def _decoded(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace")


def _one_of_each(files: dict[str, str]) -> dict[str, str]:
    """Of several site files or libraries only the last: the one that was named."""
    one: dict[str, str] = {}
    for name, text in files.items():
        kind = kind_of(text)
        one[name if kind == "process" else kind] = text
    return one


def _only_scenarios_fail(found: Review) -> bool:
    return all(problem.code in ("P601", "P602") for problem in found.problems if problem.level == "error")
