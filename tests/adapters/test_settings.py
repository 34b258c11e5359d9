"""The environment becomes settings, or one sentence that names the variable and the cure."""

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest

from adapters.environment import WrongSetting
from adapters.secret import Secret
from adapters.settings import Settings, read_settings

KEY, OTHER_KEY = "k" * 32, "o" * 32


def settings(**variables: str) -> Settings:
    return read_settings({f"AFTERCARE_{name}": value for name, value in variables.items()})


def test_nothing_set_is_a_complete_installation_on_this_computer() -> None:
    plain = read_settings({})

    assert plain.database_url == f"sqlite:///{plain.data / 'aftercare.db'}"
    assert plain.redis_url is None
    assert plain.smtp is None
    assert plain.lease == dt.timedelta(seconds=30)
    assert plain.trusted_proxies == 0
    assert plain.max_upload == 20 * 1024 * 1024
    assert plain.warnings == ()


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert settings(REDIS_URL="", PORT=" ") == read_settings({})


def test_the_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert settings(DATA=str(tmp_path)).database_url == f"sqlite:///{tmp_path}/aftercare.db"


@pytest.mark.parametrize("short", ["postgres://a:b@db/x", "postgresql://a:b@db/x"])
def test_a_database_address_works_as_hosts_hand_it_out(short: str) -> None:
    assert settings(DATABASE_URL=short).database_url == "postgresql+psycopg://a:b@db/x"


def test_a_mail_server_is_one_address() -> None:
    url = "smtp://desk%40acme.cn:p%3Aw%2F@mail.acme.cn?starttls=1&from=Acme%20Service%20%3Cservice@acme.cn%3E"
    told = settings(SMTP_URL=url)

    assert told.smtp is not None
    assert (told.smtp.host, told.smtp.port, told.smtp.security) == ("mail.acme.cn", 587, "starttls")
    assert (told.smtp.user, told.smtp.password) == ("desk@acme.cn", Secret("p:w/"))
    assert told.mail_from == "Acme Service <service@acme.cn>"


def test_the_sender_is_the_one_named_then_the_servers_then_one_of_the_site() -> None:
    server = "smtp://mail.acme.cn?from=a@acme.cn"

    assert settings(SMTP_URL=server, MAIL_FROM="客服 <b@acme.cn>").mail_from == "客服 <b@acme.cn>"
    assert settings(SMTP_URL=server).mail_from == "a@acme.cn"
    assert settings(BASE_URL="https://service.acme.cn/").mail_from == "Aftercare <aftercare@service.acme.cn>"
    assert settings(BASE_URL="http://[::1]:8000").mail_from == "Aftercare <aftercare@localhost>"


def test_operations_are_found_by_their_name() -> None:
    told = settings(ADAPTER_ERP_CREDIT_NOTE="https://erp.acme.cn/credit", OPERATIONS_KEY=KEY)

    assert told.operations == {"ERP_CREDIT_NOTE": "https://erp.acme.cn/credit"}


def test_two_hook_keys_overlap_while_one_replaces_the_other() -> None:
    assert settings(HOOK_KEYS=f"{KEY}, {OTHER_KEY}").hook_keys == (Secret(KEY), Secret(OTHER_KEY))


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("DATABASE_URL", "mysql://x", "must begin with sqlite:///"),
        ("REDIS_URL", "localhost:6379", "redis://localhost:6379/0"),
        ("REDIS_URL", "redis://localhost:port/0", "redis://localhost:6379/0"),
        ("SMTP_URL", "mail.acme.cn", "smtp://name:password@"),
        ("SMTP_URL", "smtp://mail.acme.cn:0x", "smtp://name:password@"),
        ("SMTP_URL", "smtps://mail.acme.cn?starttls=1", "smtps:// for TLS from the start"),
        ("SMTP_URL", "smtp://mail.acme.cn?tls=1", "starttls=1"),
        ("SMTP_URL", "smtp://someone@mail.acme.cn", "name:password"),
        ("MAIL_FROM", "a@x.com, b@x.com", "one mail address"),
        ("BASE_URL", "service.acme.cn", "web address"),
        ("BASE_URL", "https://me:secret@service.acme.cn", "without a name or password"),
        ("PLAIN_HTTP", "perhaps", "must be 1 or 0"),
        ("LEASE_SECONDS", "0", "from 1 to 3600"),
        ("LEASE_SECONDS", "half a minute", "from 1 to 3600; without it, 30 is used"),
        ("PORT", "99999", "from 1 to 65535"),
        ("PORT", "٨٠٨٠", "from 1 to 65535"),
        ("TRUSTED_PROXIES", "-1", "from 0 to 10"),
        ("MAX_UPLOAD_MB", "20MB", "from 1 to 1000"),
        ("OPERATIONS_KEY", "short", "at least 16"),
        ("HOOK_KEYS", f"{KEY},{KEY},{KEY}", "one key"),
        ("HOOK_KEYS", f"{KEY},short", "one key"),
        ("ADAPTER_ERP_CREDIT_NOTE", "ftp://erp", "web address"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_the_variable_and_the_cure(name: str, value: str, cure: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        settings(**{name: value})

    assert wrong.value.concerns == f"AFTERCARE_{name}"
    assert wrong.value.text.en.startswith(f"AFTERCARE_{name} ")
    assert cure in wrong.value.text.en
    assert wrong.value.text.zh.startswith(f"AFTERCARE_{name} ")


def test_calls_that_nobody_could_trust_are_refused_before_they_are_made() -> None:
    with pytest.raises(WrongSetting, match="AFTERCARE_OPERATIONS_KEY is missing"):
        settings(ADAPTER_ERP_CREDIT_NOTE="https://erp.acme.cn/credit")


def test_a_slip_of_the_pen_is_pointed_out() -> None:
    assert [w.en for w in settings(SMTP_ULR="smtp://x").warnings] == [
        "AFTERCARE_SMTP_ULR is not a setting; did you mean AFTERCARE_SMTP_URL?"
    ]
    assert [w.en for w in settings(COLOUR="red").warnings] == ["AFTERCARE_COLOUR is not a setting and has no effect."]


def test_variables_of_the_tests_and_the_start_script_are_no_slips() -> None:
    assert settings(TEST_DATABASE_URL="x", VENV="y", LANGUAGE="en").warnings == ()


def test_no_secret_shows_when_settings_are_printed_or_refused() -> None:
    told = settings(
        DATABASE_URL="postgresql://desk:canary1@db.acme.cn/desk",
        REDIS_URL="redis://:canary2@redis.acme.cn/0",
        SMTP_URL="smtp://desk:canary3@mail.acme.cn",
        AFTERSHIP_SECRET="canary5",
        KUAIDI100_SALT="canary6",
        HOOK_KEYS="canary7" + KEY,
        OPERATIONS_KEY="canary8" + KEY,
        ADAPTER_ERP_CREDIT_NOTE="https://erp.acme.cn/canary9",
    )

    assert "canary" not in f"{told!r} {told} {told.database_name} {told.smtp} {told.operations_key!s}"
    assert told.database_name == "postgresql+psycopg://desk:***@db.acme.cn/desk"
    for variable in ("SMTP_URL", "DATABASE_URL", "REDIS_URL", "BASE_URL"):
        with pytest.raises(WrongSetting) as wrong:
            settings(**{variable: "gopher://desk:canary@acme.cn"})
        assert "canary" not in f"{wrong.value} {wrong.value.text}"


def test_a_secret_is_not_written_down() -> None:
    with pytest.raises(TypeError, match="not written down"):
        pickle.dumps(Secret("x"))
