"""How this installation was set up: alone reads the environment. Must not open what it names.

Every wrong value is refused in one sentence that names the variable and the cure; secrets hide themselves.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from adapters.environment import PREFIX, SHORTEST_KEY, Environment, WrongSetting, without_password
from adapters.mail.address import NotAnAddress, read_sender
from adapters.mail.server import SmtpServer, read_smtp_url
from adapters.secret import Secret
from engine.definition.texts import Text

NOBODY = "Aftercare <aftercare@localhost>"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of this process. `data` and `database_url` suffice for a test; `warnings` are for the terminal.

    `demo` is not read but told by `up`: the house holds the demo company.
    """

    data: Path
    database_url: str = field(repr=False)
    redis_url: str | None = field(default=None, repr=False)
    smtp: SmtpServer | None = None
    mail_from: str = NOBODY
    base_url: str = "http://localhost:8000"
    plain_http: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    lease: dt.timedelta = dt.timedelta(seconds=30)
    aftership_secret: Secret | None = None
    kuaidi100_salt: Secret | None = None
    hook_keys: tuple[Secret, ...] = ()
    trusted_proxies: int = 0
    max_upload: int = 20 * 1024 * 1024
    operations: Mapping[str, str] = field(default_factory=dict, repr=False)
    operations_key: Secret | None = None
    private_addresses: bool = False
    warnings: tuple[Text, ...] = ()
    demo: bool = False

    @property
    def database_name(self) -> str:
        """The database as it may be shown: without its password."""
        return without_password(self.database_url)


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """What the environment says. Raises `WrongSetting` at the first value that cannot be right."""
    env = Environment(os.environ if environ is None else environ)
    data = Path(env.text("DATA", ".aftercare")).expanduser().absolute()
    base_url = env.web_address("BASE_URL", "http://localhost:8000")
    smtp = mail_server(env)
    operations = {name.removeprefix("ADAPTER_"): env.web_address(name) for name in env.beginning_with("ADAPTER_")}
    return Settings(
        data=data,
        database_url=env.database("DATABASE_URL", data),
        redis_url=env.redis("REDIS_URL"),
        smtp=smtp,
        mail_from=sender(env, smtp, base_url),
        base_url=base_url,
        plain_http=env.switch("PLAIN_HTTP"),
        host=env.text("HOST", "127.0.0.1"),
        port=env.number("PORT", 8000, 1, 65535),
        lease=dt.timedelta(seconds=env.number("LEASE_SECONDS", 30, 1, 3600)),
        aftership_secret=env.hidden("AFTERSHIP_SECRET"),
        kuaidi100_salt=env.hidden("KUAIDI100_SALT"),
        hook_keys=env.keys("HOOK_KEYS"),
        trusted_proxies=env.number("TRUSTED_PROXIES", 0, 0, 10),
        max_upload=env.number("MAX_UPLOAD_MB", 20, 1, 1000) * 1024 * 1024,
        operations=operations,
        operations_key=operations_key(env, operations),
        private_addresses=env.switch("PRIVATE_ADDRESSES"),
        warnings=env.strangers(),
    )


def mail_server(env: Environment) -> SmtpServer | None:
    url = env.text("SMTP_URL")
    try:
        return read_smtp_url(url) if url else None
    except ValueError:
        raise WrongSetting(
            PREFIX + "SMTP_URL",
            Text(
                "must be like smtp://name:password@mail.example.com:587?starttls=1 (special characters as %40, %3A), or smtps:// for TLS from the start.",
                "应形如 smtp://用户名:密码@mail.example.com:587?starttls=1（特殊字符写作 %40、%3A），全程加密则用 smtps://。",
            ),
        ) from None


def sender(env: Environment, smtp: SmtpServer | None, base_url: str) -> str:
    """Who mail is from: named on its own, else in the mail server's address, else made from the site's address."""
    named = env.text("MAIL_FROM", smtp.sender if smtp else "")
    made = f"Aftercare <aftercare@{urlsplit(base_url).hostname}>"
    with suppress(NotAnAddress):
        return str(read_sender(named or made))
    if not named:
        return NOBODY
    raise WrongSetting(
        PREFIX + "MAIL_FROM",
        Text(
            "must be one mail address, like: Acme Service <service@example.com>.",
            "应为一个邮箱地址，例如：Acme Service <service@example.com>。",
        ),
    )


def operations_key(env: Environment, operations: Mapping[str, str]) -> Secret | None:
    key = env.hidden("OPERATIONS_KEY", SHORTEST_KEY)
    if operations and not key:
        raise WrongSetting(
            PREFIX + "OPERATIONS_KEY",
            Text(
                f"is missing: calls to {PREFIX}ADAPTER_{next(iter(operations))} are signed with it; set one here and there.",
                f"未设置：对 {PREFIX}ADAPTER_{next(iter(operations))} 的调用需用它签名；请在两边设置同一密钥。",
            ),
        )
    return key
