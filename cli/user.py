"""`aftercare user`: the people who work here: add, list, change, disable, give a new password; who is away."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from adapters.wiring import House
from cli.language import in_words, say
from cli.opening import DATA_HELP, opened, settings_for
from cli.refusing import refuse
from cli.user_away import away, back
from engine.absences import in_plain_words
from engine.definition.texts import LANGUAGES
from engine.people import Person

BY = "command line"
data_option = click.option("--data", type=click.Path(path_type=Path), help=in_words(*DATA_HELP))
role_option = click.option(
    "--role",
    "roles",
    multiple=True,
    help=in_words("A role of the site file; may be given several times.", "站点文件中的角色，可多次给出。"),
)
password_option = click.option(
    "--password-stdin", is_flag=True, help=in_words("Read the password from standard input.", "从标准输入读取密码。")
)
name_option = click.option("--name", help=in_words("The name people read.", "显示的姓名。"))
email_option = click.option("--email", help=in_words("Where reminders go.", "接收提醒的邮箱。"))
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), help=in_words("Language of pages and mails.", "页面与邮件的语言。")
)


@click.group(help=in_words("The people who work here.", "管理人员账号。"))
def command() -> None:
    pass


command.add_command(away)
command.add_command(back)


@command.command(
    help=in_words(
        "Adds a person; asks for a password unless --password-stdin.",
        "添加人员；未使用 --password-stdin 时会询问密码。",
    )
)
@click.argument("account")
@name_option
@email_option
@role_option
@language_option
@password_option
@click.option(
    "--no-password",
    is_flag=True,
    help=in_words("Nobody can sign in until one is set.", "暂不设密码，设置之前无法登录。"),
)
@data_option
def add(
    account: str, name: str | None, email: str | None, roles: tuple[str, ...], language: str | None,
    password_stdin: bool, no_password: bool, data: Path | None,
) -> None:  # fmt: skip
    with opened(settings_for(data)) as house:
        refuse_unknown_roles(house, roles)
        password = None if no_password else ask_password(password_stdin)
        person = Person(account, name or account, frozenset(roles), email or "", True, language or "en")
        house.accounts.create(person, password, by=BY)
    say(f"{account} is added.", f"已添加 {account}。")


@command.command("list", help=in_words("Lists everybody.", "列出全部人员。"))
@click.option("--json", "as_json", is_flag=True, help=in_words("For other programs.", "以 JSON 输出。"))
@data_option
def list_(as_json: bool, data: Path | None) -> None:
    with opened(settings_for(data)) as house:
        people = sorted(house.store.read(lambda screens: screens.people()).values(), key=lambda person: person.id)
    if as_json:
        click.echo(json.dumps([in_json(person) for person in people], ensure_ascii=False, indent=2))
        return
    for person in people:
        left = "" if person.active else in_words("  (disabled)", "  （已停用）")
        click.echo(f"{person.id:16} {person.name}  [{', '.join(sorted(person.roles))}]{left}")


@command.command(
    help=in_words("Changes what is given; --role replaces all roles.", "修改给出的内容；--role 会替换全部角色。")
)
@click.argument("account")
@name_option
@email_option
@role_option
@language_option
@data_option
def change(
    account: str, name: str | None, email: str | None, roles: tuple[str, ...], language: str | None, data: Path | None
) -> None:
    with opened(settings_for(data)) as house:
        refuse_unknown_roles(house, roles)
        given = frozenset(roles) if roles else None
        house.accounts.change(account, by=BY, name=name, email=email, roles=given, language=language)
    say(f"{account} is changed.", f"已修改 {account}。")


@command.command(help=in_words("Ends signing in as this person; --undo allows it again.", "停用账号；--undo 恢复。"))
@click.argument("account")
@click.option("--undo", is_flag=True, help=in_words("Allow it again.", "恢复账号。"))
@data_option
def disable(account: str, undo: bool, data: Path | None) -> None:
    with opened(settings_for(data)) as house:
        house.accounts.change(account, by=BY, active=undo)
        house.desk.give_back_tasks_of(account, None)
    if undo:
        say(f"{account} may sign in again.", f"{account} 已恢复。")
    else:
        say(f"{account} is disabled and signed out everywhere.", f"{account} 已停用，所有会话已结束。")


@command.command(help=in_words("Sets a new password and ends the person's sessions.", "设置新密码，并结束其所有会话。"))
@click.argument("account")
@password_option
@data_option
def password(account: str, password_stdin: bool, data: Path | None) -> None:
    with opened(settings_for(data)) as house:
        house.accounts.change(account, by=BY, password=ask_password(password_stdin))
    say(f"{account} has a new password.", f"已为 {account} 设置新密码。")


def ask_password(from_stdin: bool) -> str:
    """A password: never on the command line, where everybody on the computer can read it."""
    if from_stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    prompt = in_words("Password", "密码")
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=True))


def refuse_unknown_roles(house: House, roles: Sequence[str]) -> None:
    """A role nobody has heard of is a slip of the pen."""
    known = house.store.read(house.definitions.site).roles
    for role in roles:
        if role not in known:
            listed = ", ".join(known)
            raise refuse(
                f"There is no role '{role}'; the roles are: {listed}.", f"没有角色“{role}”，可用角色：{listed}。"
            )


def in_json(person: Person) -> dict[str, object]:
    """A person as other programs read it."""
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "roles": sorted(person.roles),
        "language": person.language,
        "active": person.active,
        "absence": in_plain_words(person.absence) if person.absence else None,
    }
