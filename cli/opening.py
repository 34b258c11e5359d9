"""Opening the house for a command: settings from the environment, the shipped processes when there are none yet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError

import processes
from adapters.settings import Settings, read_settings
from adapters.wiring import House, open_house
from cli.refusing import Refused, in_sentences, refuse

DATA_HELP = ("Where the data lie (AFTERCARE_DATA).", "数据所在的文件夹（AFTERCARE_DATA）。")


def settings_for(data: Path | None = None, **more: str) -> Settings:
    """The settings of this process; `data` and other variables go before the environment."""
    given = {**os.environ, **{f"AFTERCARE_{name}": value for name, value in more.items()}}
    if data is not None:
        given["AFTERCARE_DATA"] = str(data)
    with in_sentences():
        return read_settings(given)


@contextmanager
def opened(settings: Settings, *, publish: bool = True) -> Iterator[House]:
    """The house, with processes in it; closed at the end. Refusals become sentences."""
    with in_sentences():
        house = open_or_say(settings)
        try:
            if publish:
                publish_shipped(house)
            yield house
        finally:
            house.close()


def open_or_say(settings: Settings) -> House:
    """The house, or one sentence about the folder or database that cannot be had."""
    make_folder(settings.data)
    try:
        return open_house(settings)
    except OSError as error:
        raise no_folder(settings.data, error) from error
    except OperationalError as error:
        raise no_database(settings, error) from error


def make_folder(data: Path) -> None:
    """The data folder, for its owner's eyes alone: customers' data will lie there."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise no_folder(data, error) from error


def no_folder(data: Path, error: OSError) -> Refused:
    """The data folder cannot be used."""
    reason = error.strerror or str(error)
    return refuse(
        f"Cannot write in {data} ({reason}). Name another folder: --data DIR or AFTERCARE_DATA.",
        f"无法写入 {data}（{reason}）。请指定其他文件夹：--data DIR 或 AFTERCARE_DATA。",
    )


def no_database(settings: Settings, error: OperationalError) -> Refused:
    """The database does not answer."""
    reason = str(error.orig).strip().splitlines()[0]
    return refuse(
        f"The database {settings.database_name} cannot be opened: {reason}",
        f"无法打开数据库 {settings.database_name}：{reason}",
    )


def publish_shipped(house: House) -> bool:
    """Publishes the processes that come with Aftercare when nothing is published; True when that was so."""
    if house.store.read(lambda screens: screens.newest("site")):
        return False
    files = [(name, path.read_text(encoding="utf-8")) for name, path in processes.paths().items()]
    house.publishing.publish_all(files, None, "Shipped with Aftercare | 随 Aftercare 提供")
    return True
