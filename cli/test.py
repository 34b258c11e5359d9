"""`aftercare test`: is this copy sound? Runs the tests with real servers, then style, types and layers.

Knows which checkers there are and in which order; must not know what any test is about.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from cli.language import in_words, say

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Check:
    """One program that says yes or no about the whole copy."""

    english: str
    chinese: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """How a check went and how long it took, in seconds."""

    check: Check
    good: bool
    seconds: float


# The tests first: what a newcomer wants to see within two minutes is a test that passes.
CHECKS = (
    Check("tests", "测试", ("-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")),
    Check("style", "风格", ("-m", "ruff", "check", ".")),
    Check("layout", "排版", ("-m", "ruff", "format", "--check", ".")),
    Check("types", "类型", ("-m", "mypy")),
    Check("layers", "分层", ("-c", "from importlinter.cli import lint_imports_command as run; run()")),
)


@click.command(
    help=in_words(
        "Runs all tests, then style, types and layers. With PYTEST_ARGUMENTS, only pytest with these.",
        "运行全部测试，再检查风格、类型与分层。给出 PYTEST_ARGUMENTS 时只运行 pytest。",
    ),
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": ["--help"]},
    add_help_option=True,
)
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def command(pytest_arguments: tuple[str, ...]) -> int:
    if pytest_arguments:
        return run_from_here(("-m", "pytest", *pytest_arguments), Path.cwd())
    return verdict(CHECKS)


def verdict(checks: tuple[Check, ...]) -> int:
    """Runs every check, prints what came of each, and answers 0 when all are good, else 1."""
    findings = list(go_through(checks))
    report(findings)
    return 0 if all(finding.good for finding in findings) else 1


def go_through(checks: tuple[Check, ...]) -> Iterator[Finding]:
    """Every check runs, also after one has failed: whoever mends wants to see all of it."""
    for check in checks:
        say(f"--- {check.english}", f"--- {check.chinese}")
        began = time.monotonic()
        code = run_from_here(check.order, ROOT)
        yield Finding(check, code == 0, time.monotonic() - began)


def run_from_here(order: tuple[str, ...], folder: Path) -> int:
    """Runs this environment's Python with the order; its words go straight to the terminal. Sets keep one order from run
    to run and from machine to machine, so that a test turns red by a change and not by luck."""
    sys.stdout.flush()
    environment = {"PYTHONHASHSEED": "0", **os.environ}
    return subprocess.run([sys.executable, *order], cwd=folder, env=environment, stdin=subprocess.DEVNULL).returncode


def report(findings: list[Finding]) -> None:
    click.echo()
    for finding in findings:
        verdict = in_words("good", "通过") if finding.good else in_words("NOT GOOD", "未通过")
        name = in_words(finding.check.english, finding.check.chinese)
        click.echo(f"{name:8} {verdict:10} {finding.seconds:6.1f} s")
    if not all(finding.good for finding in findings):
        say("Something was found; it stands above.", "发现问题，详见上文。")
