"""`aftercare token`: keys for programs that use the API in a person's name."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.language import in_words, say
from cli.opening import DATA_HELP, opened, settings_for
from cli.refusing import refuse

BY = "command line"
data_option = click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))


@click.group(help=in_words("Keys for the API.", "管理 API 密钥。"))
def command() -> None:
    pass


@command.command(help=in_words("Makes a key for ACCOUNT and prints it once.", "为 ACCOUNT 创建密钥，仅显示一次。"))
@click.argument("account")
@click.option("--label", default="", help=in_words("What it is for.", "用途说明。"))
@click.option(
    "--days",
    type=click.IntRange(1, 3650),
    help=in_words("How long it is good for; for ever when not given.", "有效天数；不设置则长期有效。"),
)
@data_option
def issue(account: str, label: str, days: int | None, data: Path | None) -> None:
    with opened(settings_for(data)) as house:
        secret = house.accounts.issue_token(account, label, by=BY, days=days)
    click.echo(secret)
    say(
        "Keep it safe: it is not shown again. Programs send it as 'Authorization: Bearer KEY'.",
        "请妥善保存，此密钥不会再次显示。程序请以“Authorization: Bearer 密钥”发送。",
        err=True,
    )


@command.command(
    "list", help=in_words("Lists the keys of ACCOUNT, without their secrets.", "列出 ACCOUNT 的密钥（不含密钥内容）。")
)
@click.argument("account")
@click.option("--json", "as_json", is_flag=True, help=in_words("For other programs.", "以 JSON 输出。"))
@data_option
def list_(account: str, as_json: bool, data: Path | None) -> None:
    with opened(settings_for(data)) as house:
        if account not in house.store.read(lambda screens: screens.people()):
            raise refuse(f"There is no account '{account}'.", f"没有账号“{account}”。")
        tokens = [dict(token) for token in house.accounts.tokens(account)]
    if as_json:
        click.echo(json.dumps(tokens, ensure_ascii=False, indent=2, default=str))
        return
    for token in tokens:
        used = token["last_used_at"] or in_words("never used", "从未使用")
        ends = token["ends_at"] or in_words("no end", "长期有效")
        click.echo(f"{token['id']}  {token['label']}  {token['issued_at']:%Y-%m-%d}  {used}  {ends}")


@command.command(help=in_words("Ends a key at once.", "立即撤销密钥。"))
@click.argument("token")
@data_option
def revoke(token: str, data: Path | None) -> None:
    with opened(settings_for(data)) as house:
        house.accounts.revoke_token(token, by=BY)
    say("The key is of no use any more.", "密钥已失效。")
