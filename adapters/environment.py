"""Reads one variable at a time into a right value, or says in one sentence which is wrong and what cures it.

Must not know what the values are for: `settings` does.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from adapters.secret import Secret
from engine.definition.texts import Text
from engine.refusals import Refusal

PREFIX = "AFTERCARE_"
# Read elsewhere: by the start script, the terminal and the tests.
OTHERS = ("AFTERCARE_VENV", "AFTERCARE_LANGUAGE", "AFTERCARE_DEBUG", "AFTERCARE_CHROMIUM")
TESTS = "AFTERCARE_TEST_"
SHORTEST_KEY = 16


class WrongSetting(Refusal):
    """A variable whose value cannot be right; `concerns` is its name. Never repeats a value that may be secret."""

    def __init__(self, name: str, cure: Text) -> None:
        super().__init__("wrong_value", Text(f"{name} {cure.en}", f"{name} {cure.zh}"), concerns=name)


class Environment:
    """The variables of this process that begin with AFTERCARE_; questions leave that beginning out."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        # An empty value is what a composed file leaves behind for "not set".
        ours = {name: value.strip() for name, value in variables.items() if name.startswith(PREFIX)}
        self._said = {name: value for name, value in ours.items() if value}
        self._asked = set(OTHERS)

    def text(self, name: str, otherwise: str = "") -> str:
        """The value as it stands."""
        self._asked.add(PREFIX + name)
        return self._said.get(PREFIX + name, otherwise)

    def hidden(self, name: str, shortest: int = 1) -> Secret | None:
        """A secret, None when there is none."""
        value = self.text(name)
        if value and len(value) < shortest:
            raise WrongSetting(
                PREFIX + name,
                Text(
                    f"is too short to keep anything safe; use at least {shortest} random characters.",
                    f"过短，无法保证安全；请使用至少 {shortest} 个随机字符。",
                ),
            )
        return Secret(value) if value else None

    def keys(self, name: str) -> tuple[Secret, ...]:
        """One key, or two while one replaces the other."""
        keys = [part.strip() for part in self.text(name).split(",") if part.strip()]
        if len(keys) > 2 or any(len(key) < SHORTEST_KEY for key in keys):
            raise WrongSetting(
                PREFIX + name,
                Text(
                    f"takes one key of at least {SHORTEST_KEY} characters, or two with a comma between them while one replaces the other.",
                    f"应为一个至少 {SHORTEST_KEY} 个字符的密钥；更换期间可为以逗号分隔的两个。",
                ),
            )
        return tuple(Secret(key) for key in keys)

    def number(self, name: str, otherwise: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.text(name, str(otherwise))
        if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
            raise WrongSetting(
                PREFIX + name,
                Text(
                    f"is '{value}' and must be a whole number from {least} to {most}; without it, {otherwise} is used.",
                    f"的值为“{value}”，应为 {least} 到 {most} 之间的整数；不设置时为 {otherwise}。",
                ),
            )
        return int(value)

    def switch(self, name: str) -> bool:
        """On or off; off when not set."""
        value = self.text(name, "0")
        match value.lower():
            case "1" | "yes" | "true" | "on":
                return True
            case "0" | "no" | "false" | "off":
                return False
            case _:
                raise WrongSetting(
                    PREFIX + name, Text(f"is '{value}' and must be 1 or 0.", f"的值为“{value}”，应为 1 或 0。")
                )

    def web_address(self, name: str, otherwise: str = "") -> str:
        """An http or https address without a name or password in it."""
        value = self.text(name, otherwise)
        if not is_address(value, "http", "https") or "@" in urlsplit(value).netloc:
            raise WrongSetting(
                PREFIX + name,
                Text(
                    "must be a web address without a name or password in it, like https://service.example.com.",
                    "应为不含用户名与密码的网址，例如 https://service.example.com。",
                ),
            )
        return value.rstrip("/")

    def database(self, name: str, data: Path) -> str:
        """A database as SQLAlchemy names it; a file in the data folder when not set."""
        value = self.text(name, f"sqlite:///{data / 'aftercare.db'}")
        for short in ("postgres://", "postgresql://"):  # as most hosts hand it out
            if value.startswith(short):
                value = "postgresql+psycopg://" + value.removeprefix(short)
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise WrongSetting(
                PREFIX + name,
                Text(
                    "must begin with sqlite:/// and a file, or postgresql:// and a server; leave it out for a file in the data folder.",
                    "应以 sqlite:/// 加文件或 postgresql:// 加服务器开头；不设置时使用数据目录中的文件。",
                ),
            )
        return value

    def redis(self, name: str) -> str | None:
        """A Redis server, None to run without one."""
        value = self.text(name)
        if value and not is_address(value, "redis", "rediss"):
            raise WrongSetting(
                PREFIX + name,
                Text(
                    "must be like redis://localhost:6379/0; leave it out to run without Redis.",
                    "应形如 redis://localhost:6379/0；不设置则不使用 Redis。",
                ),
            )
        return value or None

    def beginning_with(self, beginning: str) -> list[str]:
        """The names that are set and begin so, without AFTERCARE_."""
        return [n.removeprefix(PREFIX) for n in sorted(self._said) if n.startswith(PREFIX + beginning)]

    def strangers(self) -> tuple[Text, ...]:
        """One sentence for each variable nobody asked for: most are slips of the pen."""
        names = [n for n in sorted(self._said) if n not in self._asked and not n.startswith(TESTS)]
        return tuple(stranger(name, self._asked) for name in names)


def is_address(value: str, *schemes: str) -> bool:
    """True for scheme://host, with a port that can be one."""
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def without_password(url: str) -> str:
    """An address as it may be shown and logged."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url.partition("?")[0]
    who, _, where = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, f"{who.partition(':')[0]}:***@{where}", parts.path, "", ""))


def stranger(name: str, known: set[str]) -> Text:
    # What all names share would make any two look alike.
    endings = [other.removeprefix(PREFIX) for other in sorted(known)]
    if near := difflib.get_close_matches(name.removeprefix(PREFIX), endings, n=1, cutoff=0.7):
        meant = PREFIX + near[0]
        return Text(f"{name} is not a setting; did you mean {meant}?", f"没有 {name} 这项设置；是否想写 {meant}？")
    return Text(f"{name} is not a setting and has no effect.", f"没有 {name} 这项设置，它不起作用。")
