"""How accounts say no: one sentence in both languages each, for who signs in and for who looks after the accounts."""

from __future__ import annotations

import datetime as dt

from engine.definition.texts import Text
from engine.refusals import Refusal


def too_short(least: int) -> Refusal:
    """A password that is guessed soon."""
    return Refusal(
        "wrong_value",
        Text(f"A password has at least {least} characters.", f"密码至少需要 {least} 个字符。"),
        concerns="password",
    )


def too_many(within: dt.timedelta) -> Refusal:
    """Somebody tried passwords too often."""
    minutes = int(within.total_seconds() // 60)
    return Refusal(
        "too_late",
        Text(
            f"Too many sign-ins have failed. Wait {minutes} minutes, or ask an administrator for a new password.",
            f"登录失败次数过多。请等待 {minutes} 分钟，或请管理员重置密码。",
        ),
    )


def nobody(person_id: str) -> Refusal:
    """No such account."""
    return Refusal(
        "unknown", Text(f"There is no account '{person_id}'.", f"没有账号“{person_id}”。"), concerns=person_id
    )


def name_taken(person_id: str) -> Refusal:
    """A new account that is there already."""
    return Refusal(
        "conflict",
        Text(
            f"There is an account '{person_id}' already. Choose another name.", f"账号“{person_id}”已存在。请另选一个。"
        ),
        concerns=person_id,
    )


def poor_id(person_id: str) -> Refusal:
    """A name that no address and no page could show."""
    return Refusal(
        "wrong_value",
        Text(
            f"'{person_id}' cannot be an account's name: use up to 64 letters, digits, dots and dashes.",
            f"“{person_id}”不能用作账号名：请使用最多 64 个字母、数字、点或连字符。",
        ),
        concerns="id",
    )
