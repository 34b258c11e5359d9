"""`aftercare graph`: the steps of a process and every move between them, as text for diagrams, as JSON or as a picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cli.language import in_words, readers_language
from cli.process_files import LIBRARY_HELP, SITE_HELP, compiled
from cli.refusing import FINDINGS, refuse
from engine.definition.compiled import NEW, Compiled, Move
from engine.definition.configurations import Configuration, TooManyConfigurations, explore

FILE = click.Path(path_type=Path)


@click.command(
    help=in_words(
        "Shows the steps and moves of a process: as a Mermaid diagram, with --json as configurations and moves, "
        "with --svg as a picture.",
        "显示流程的步骤与流转：默认为 Mermaid 图，--json 输出状态组合与流转，--svg 输出图片。",
    )
)
@click.argument("file", type=FILE)
@click.option("--site", type=FILE, help=in_words(*SITE_HELP))
@click.option("--library", type=FILE, help=in_words(*LIBRARY_HELP))
@click.option("--json", "as_json", is_flag=True, help=in_words("Configurations and moves.", "输出状态组合与流转。"))
@click.option("--svg", "as_svg", is_flag=True, help=in_words("A picture.", "输出 SVG 图片。"))
def command(file: Path, site: Path | None, library: Path | None, as_json: bool, as_svg: bool) -> int:
    process, review = compiled(file, site, library)
    if process is None:
        for problem in review.problems:
            click.echo(problem.line(readers_language()), err=True)
        return FINDINGS
    if as_json:
        click.echo(json.dumps(in_json(process), ensure_ascii=False, indent=2))
    elif as_svg:
        click.echo(picture(process))
    else:
        click.echo(mermaid(process, readers_language()))
    return 0


def in_json(process: Compiled) -> dict[str, Any]:
    """Every configuration that can be reached, and every move out of it."""
    try:
        graph = explore(process)
    except TooManyConfigurations as error:
        raise refuse("There are more than 5,000 configurations.", "状态组合超过 5000 个。", FINDINGS) from error
    moves = [
        {
            "from": list(edge.source),
            "to": list(edge.target),
            "move": edge.move.id,
            "trigger": edge.move.trigger,
            "kind": edge.move.kind,
            "when": edge.move.when.text if edge.move.when else None,
        }
        | ({"if": row.when.text} if (row := process.row_of(edge.move)) and row.when else {})
        for edge in graph.all_edges()
    ]
    steps = [
        {"id": name, "kind": step.kind, "label": {"en": step.label.en, "zh": step.label.zh}}
        for name, step in process.steps.items()
    ]
    reached: list[Configuration] = [here for here in graph.edges if here != (NEW,)]
    return {"process": process.id, "steps": steps, "configurations": [list(here) for here in reached], "moves": moves}


def mermaid(process: Compiled, language: str) -> str:
    """A state diagram in Mermaid's own words; one arrow for all moves between two steps."""
    names = {name: f"s{n}" for n, name in enumerate(process.steps)}
    lines = ["stateDiagram-v2"]
    lines += [
        f"    state {_quoted(step.label.say(language) or name)} as {names[name]}"
        for name, step in process.steps.items()
    ]
    arrows: dict[tuple[str, str], list[str]] = {}
    for move in process.moves:
        if move.target is not None and move.kind not in ("anytime", "cancel", "reopen"):
            arrows.setdefault((move.source, move.target), []).append(_called(move))
    for (source, target), words in arrows.items():
        start = "[*]" if source == NEW else names[source]
        lines.append(f"    {start} --> {names[target]}: {', '.join(dict.fromkeys(words))}")
    lines += [f"    {names[name]} --> [*]" for name, step in process.steps.items() if step.kind == "end"]
    return "\n".join(lines)


def picture(process: Compiled) -> str:
    """The picture of the process page."""
    from web.picture import picture_svg  # here, so that the other forms need no drawing

    return picture_svg(process, language=readers_language())


def _called(move: Move) -> str:
    return move.trigger.rpartition(".")[2].replace(":", " ").replace("#", "")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'
