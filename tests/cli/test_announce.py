"""`announce`: what waits because too many dates turned up at once is told, and begun when somebody says that it is meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.__main__ import run
from cli.opening import opened, settings_for
from engine.announcing import AT_ONCE
from engine.records import Record

MANY = AT_ONCE + 2


def test_with_nothing_in_sight_nothing_waits(desk_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["announce", "--data", str(desk_data)]) == 0
    assert "warranty.ending: 0 wait." in capsys.readouterr().out
    assert run(["announce", "warranty.ending", "--data", str(desk_data)]) == 0
    assert capsys.readouterr().out == "Nothing of warranty.ending waits.\n"


def test_what_waits_is_told_and_announced_after_the_word(desk_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(desk_data)
    look(desk_data)
    assert len(incidents(desk_data)) == 1
    assert run(["announce", "--data", str(desk_data)]) == 0
    assert f"warranty.ending: {MANY} wait." in capsys.readouterr().out

    assert run(["announce", "warranty.ending", "--data", str(desk_data)]) == 0
    assert capsys.readouterr().out == f"{MANY} records are announced from now on as warranty.ending.\n"
    assert len(incidents(desk_data)) == 1
    look(desk_data)
    assert incidents(desk_data) == []
    assert run(["announce", "warranty.ending", "--data", str(desk_data)]) == 0
    assert capsys.readouterr().out == "Nothing of warranty.ending waits.\n"


def test_what_was_brought_after_the_last_look_is_counted_at_once(
    desk_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    look(desk_data)
    bring(desk_data)
    assert run(["announce", "--data", str(desk_data)]) == 0
    assert f"warranty.ending: {MANY} wait." in capsys.readouterr().out
    look(desk_data)
    assert incidents(desk_data) == []

    assert run(["announce", "warranty.ending", "--data", str(desk_data)]) == 0
    look(desk_data)
    assert run(["announce", "--data", str(desk_data)]) == 0
    assert "warranty.ending: 0 wait." in capsys.readouterr().out


def test_an_event_nobody_declared_is_wrong_use(desk_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["announce", "warranty.over", "--data", str(desk_data)]) == 2
    assert "There are: warranty.ending" in capsys.readouterr().err


def bring(data: Path) -> None:
    """More units than anybody can have foreseen, whose warranty ends in ten days."""
    end = (dt.datetime.now(ZoneInfo("Asia/Shanghai")).date() + dt.timedelta(days=10)).isoformat()
    units = [Record("serial_number", f"U{n}", f"U{n}", f"U{n}", {"number": f"U{n}", "warranty_until": end}) for n in range(MANY)]  # fmt: skip
    with opened(settings_for(data)) as house:
        house.store.write(lambda unit: unit.save_records(units, by=None, source="import"))


def incidents(data: Path) -> list[str]:
    """What an administrator is shown as open."""
    with opened(settings_for(data)) as house:
        return [row.text.en for row in house.store.read(lambda screens: screens.incidents())]


def look(data: Path) -> None:
    with opened(settings_for(data)) as house:
        while house.dates.announce_due():
            pass
