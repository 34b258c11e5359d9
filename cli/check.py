"""`aftercare check`: every problem of process files at its place, with its cure. Nothing is published."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.language import in_words, readers_language, say
from cli.process_files import LIBRARY_HELP, SITE_HELP, review
from cli.refusing import FINDINGS
from engine.publishing import Review

FILE = click.Path(path_type=Path)


@click.command(
    help=in_words(
        "Checks process files: wording, paths, deadlines, and every rule proved over all ways a case can take.\n\n"
        "Prints one line per finding, FILE:LINE:COLUMN: level code: sentence, and how to mend it. "
        "The exit code is 0 when all files may be published, 1 when something has to be mended, 2 for a file that is "
        "not there.",
        "检查流程文件：写法、路径、期限，并对每条规则在所有可能的流转上加以证明。\n\n"
        "每个问题一行：文件:行:列: 级别 代码: 说明，并给出改法。全部可发布时退出码为 0，有需修改之处为 1，文件不存在为 2。",
    )
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--site", type=FILE, help=in_words(*SITE_HELP))
@click.option("--library", type=FILE, help=in_words(*LIBRARY_HELP))
@click.option("--json", "as_json", is_flag=True, help=in_words("Findings for other programs.", "以 JSON 输出。"))
def command(files: tuple[Path, ...], site: Path | None, library: Path | None, as_json: bool) -> int:
    found = review(files, site, library)
    if as_json:
        click.echo(json.dumps(in_json(found), ensure_ascii=False, indent=2))
    else:
        for name, one in found.items():
            tell(name, one)
    return 0 if all(one.ok for one in found.values()) else FINDINGS


def in_json(found: dict[str, Review]) -> dict[str, object]:
    """All problems of all files, and the rules of each with verdict and path."""
    language = readers_language()
    rules = [{"file": name, **rule} for name, one in found.items() for rule in one.rules_as_json()]
    problems = [problem for one in found.values() for problem in one.problems_as_json(language)]
    return {"ok": all(one.ok for one in found.values()), "problems": problems, "rules": rules}


def tell(name: str, one: Review) -> None:
    """Problems line by line, then one line that sums up."""
    for problem in one.problems:
        click.echo(problem.line(readers_language()))
    errors = sum(problem.level == "error" for problem in one.problems)
    warnings = len(one.problems) - errors
    if errors:
        say(f"{name}: {errors} to mend, {warnings} to consider.", f"{name}：{errors} 处需修改，{warnings} 处可斟酌。")
        return
    if one.kind != "process":
        say(f"{name}: good, {warnings} to consider.", f"{name}：通过，{warnings} 处可斟酌。")
        return
    proved = sum(verdict.verdict == "proved" for verdict in one.verdicts)
    watched = len(one.verdicts) - proved
    scenarios = len(one.played.results) if one.played else 0
    say(
        f"{name}: good. {proved} rules proved for every way a case can take, {watched} more watched while cases run, "
        f"{scenarios} scenarios came out as told, {warnings} to consider.",
        f"{name}：通过。{proved} 条规则已对所有流转证明，另有 {watched} 条在运行时把关，"
        f"{scenarios} 个场景符合预期，{warnings} 处可斟酌。",
    )
