"""`aftercare try`: plays the scenarios of a process with virtual time and shows the case after each line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cli.language import in_words, readers_language, say
from cli.process_files import LIBRARY_HELP, SITE_HELP, compiled
from cli.refusing import FINDINGS, said
from engine.scenarios import LineResult, Played, ScenarioResult, play_all

FILE = click.Path(path_type=Path)


@click.command(
    help=in_words(
        "Plays the scenarios of a process file: no database, no clock, no mail leaves.\n\n"
        "The exit code is 0 when every scenario came out as told, 1 when one did not or the file has errors.",
        "演练流程文件中的场景：不使用数据库和真实时间，也不发送邮件。\n\n全部符合预期时退出码为 0，有不符或文件有误时为 1。",
    )
)
@click.argument("file", type=FILE)
@click.option("--site", type=FILE, help=in_words(*SITE_HELP))
@click.option("--library", type=FILE, help=in_words(*LIBRARY_HELP))
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=in_words("The case after each line, for other programs.", "以 JSON 输出每行之后的状态。"),
)
def command(file: Path, site: Path | None, library: Path | None, as_json: bool) -> int:
    process, review = compiled(file, site, library)
    if process is None:
        if as_json:
            problems = review.problems_as_json(readers_language())
            click.echo(json.dumps({"ok": False, "problems": problems, "scenarios": []}, ensure_ascii=False, indent=2))
        else:
            for problem in review.problems:
                click.echo(problem.line(readers_language()))
        return FINDINGS
    played = play_all(process)
    if as_json:
        click.echo(json.dumps(in_json(played), ensure_ascii=False, indent=2))
    else:
        tell(played)
    return 0 if played.passed else FINDINGS


def in_json(played: Played) -> dict[str, Any]:
    """Every scenario line by line, and how much of the process they use."""
    return {
        "ok": played.passed,
        "problems": [],
        "coverage": round(played.coverage, 4),
        "unused": list(played.unused),
        "scenarios": [_scenario(result) for result in played.results],
    }


def _scenario(result: ScenarioResult) -> dict[str, Any]:
    return {"scenario": result.name, "passed": result.passed, "lines": [_line(line) for line in result.lines]}


def _line(line: LineResult) -> dict[str, Any]:
    """The case after one line."""
    seen = line.seen
    return {
        "when": line.when,
        "at": line.at.isoformat(),
        "leaves": list(line.leaves),
        "milestone": line.milestone,
        "ended": line.ended,
        "tasks": [dict(task) for task in line.tasks],
        "reminders": seen.reminded,
        "mails": [*seen.mailed, *seen.sent],
        "drafts": seen.drafted,
        "started": seen.started,
        "refused": list(line.refusal),
        "rung": [dict(timer) for timer in seen.rung],
        "failure": said(line.failure) if line.failure else None,
    }


def tell(played: Played) -> None:
    """One line per scenario; for a failed one the line that went wrong."""
    for result in played.results:
        mark = in_words("good", "通过") if result.passed else in_words("FAILED", "未通过")
        click.echo(f"{mark:8} {result.name}")
        for line in result.lines:
            if line.failure:
                click.echo(f"         {said(line.failure)}")
    failed = sum(not result.passed for result in played.results)
    share = f"{played.coverage:.0%}"
    say(
        f"{len(played.results)} scenarios, {failed} failed; they use {share} of all moves.",
        f"共 {len(played.results)} 个场景，{failed} 个未通过；覆盖 {share} 的流转。",
    )
    if played.unused:
        say(f"Never used: {', '.join(played.unused)}", f"未覆盖：{', '.join(played.unused)}")
