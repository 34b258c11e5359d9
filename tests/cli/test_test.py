"""`aftercare test` runs every check also after one has failed, says which, and answers accordingly."""

from __future__ import annotations

import pytest

from cli.test import CHECKS, Check, verdict

GOOD = Check("tests", "测试", ("-c", "print('3 passed')"))
BAD = Check("style", "风格", ("-c", "raise SystemExit('a line is too long')"))


def test_all_good_is_zero(capfd: pytest.CaptureFixture[str]) -> None:
    assert verdict((GOOD, GOOD)) == 0
    assert "3 passed" in capfd.readouterr().out


def test_one_finding_is_one_and_the_rest_still_runs(capfd: pytest.CaptureFixture[str]) -> None:
    assert verdict((BAD, GOOD)) == 1
    out, err = capfd.readouterr()
    assert "a line is too long" in err
    assert "3 passed" in out
    assert "style    NOT GOOD" in out


def test_the_tests_come_first() -> None:
    """Whoever starts it on a new machine sees a first test pass within two minutes."""
    assert [check.english for check in CHECKS] == ["tests", "style", "layout", "types", "layers"]


def test_sets_keep_their_order_from_run_to_run(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    order = Check("tests", "测试", ("-c", "print('order:', *{'a word', 'another', 'a third', 'a fourth', 'a fifth'})"))
    verdict((order, order))
    said = [line for line in capfd.readouterr().out.splitlines() if line.startswith("order:")]
    assert len(said) == 2
    assert said[0] == said[1]
