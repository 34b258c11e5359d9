"""People and keys from the command line: a new person can sign in, a disabled one cannot, a key works until it is revoked."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.__main__ import run
from cli.opening import opened, settings_for

PROJECT = Path(__file__).resolve().parents[2]


def typed(data: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    order = [sys.executable, "-P", "-m", "cli", *arguments, "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    return subprocess.run(
        order, env=environment, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def may_sign_in(data: Path, account: str, password: str) -> bool:
    with opened(settings_for(data)) as house:
        return house.accounts.sign_in(account, password) is not None


def test_a_person_is_added_changed_disabled_and_given_another_password(
    desk_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added = typed(desk_data, "user", "add", "anna", "--role", "admin", "--password-stdin", stdin="correct horse\n")
    assert (added.returncode, added.stdout) == (0, "anna is added.\n")
    assert may_sign_in(desk_data, "anna", "correct horse")
    assert run(["user", "change", "anna", "--name", "Anna 安娜", "--role", "sales", "--data", str(desk_data)]) == 0
    capsys.readouterr()
    assert run(["user", "list", "--json", "--data", str(desk_data)]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(p["id"], p["name"], p["roles"], p["active"]) for p in listed] == [("anna", "Anna 安娜", ["sales"], True)]
    assert typed(desk_data, "user", "password", "anna", stdin="battery staple\n").returncode == 0
    assert may_sign_in(desk_data, "anna", "battery staple")
    assert run(["user", "disable", "anna", "--data", str(desk_data)]) == 0
    assert not may_sign_in(desk_data, "anna", "battery staple")


def test_somebody_is_away_with_a_deputy_and_comes_back(desk_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(desk_data)]
    for person in ("mia", "noa"):
        assert run(["user", "add", person, "--role", "sales", "--no-password", *data]) == 0
    until = f"{dt.datetime.now(dt.UTC).date() + dt.timedelta(days=20)} 09:00"
    assert run(["user", "away", "mia", "--until", until, "--deputy", "noa", *data]) == 0
    assert "noa stands in." in capsys.readouterr().out
    with opened(settings_for(desk_data)) as house:
        absence = house.store.read(lambda screens: screens.people())["mia"].absence
    assert absence is not None and absence.deputy == "noa"
    assert absence.until.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M") == until
    assert run(["user", "back", "mia", *data]) == 0
    with opened(settings_for(desk_data)) as house:
        assert house.store.read(lambda screens: screens.people())["mia"].absence is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("user", "add", "bo", "--role", "boss", "--no-password"), "There is no role 'boss'; the roles are: sales"),
        (("user", "add", "b o", "--no-password"), "cannot be an account's name"),
        (("user", "change", "nobody", "--name", "x"), "There is no account 'nobody'"),
        (("user", "away", "nobody", "--until", "2190-01-01"), "There is no account 'nobody'"),
        (("user", "away", "nobody", "--until", "soon"), "'soon' is no moment like"),
        (("user", "back", "nobody"), "There is no account 'nobody'"),
        (("token", "issue", "nobody"), "There is no account 'nobody'"),
        (("token", "list", "nobody"), "There is no account 'nobody'"),
    ],
)
def test_slips_are_refused_in_one_sentence(
    desk_data: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run([*arguments, "--data", str(desk_data)]) == 2
    assert said in capsys.readouterr().err


def test_a_key_is_shown_once_works_and_is_revoked(desk_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(desk_data)]
    run(["user", "add", "robot", "--no-password", *data])
    capsys.readouterr()
    assert run(["token", "issue", "robot", "--label", "erp", "--days", "30", *data]) == 0
    secret = capsys.readouterr().out.splitlines()[0]
    run(["token", "list", "robot", "--json", *data])
    listed = capsys.readouterr().out
    assert secret not in listed
    (token,) = json.loads(listed)
    assert token["label"] == "erp"
    with opened(settings_for(desk_data)) as house:
        signed = house.accounts.token(secret)
        assert signed is not None
        assert signed.person.id == "robot"
    assert run(["token", "revoke", token["id"], *data]) == 0
    with opened(settings_for(desk_data)) as house:
        assert house.accounts.token(secret) is None
