"""The real parts every test may ask for. Each process of a parallel run has its own servers; all end with it.

`postgres_url`, `redis_url` and `smtp_server` are fresh for each test, `page` is a fresh browser window.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# Each server's driver is imported by the fixture that starts it: a test of the engine needs none and should not wait.
if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.servers import postgres, smtp

# The same examples each time and everywhere: a red test stays red until it is mended, and a green one stays green until
# something is changed. `--hypothesis-profile=wide` asks others each time, and many more.
settings.register_profile("house", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("wide", deadline=None, max_examples=1_500, print_blob=True)
settings.load_profile("house")

PATIENCE = 30_000
"""How many milliseconds a browser is waited for. A busy machine may take its time; only a failure waits so long."""


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Hypothesis draws also from the numbers and words in whatever files are imported so far. Which these are differs
    with the order of the tests and with every change of a file: in the house it draws from its own alone."""
    if settings.get_current_profile_name() == "house":
        providers.HypothesisProvider._local_constants = providers.Constants()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    """The server; `with postgres_server.database(template=postgres_server.template(key, prepare)) as url` copies."""
    from tests.servers import postgres

    with postgres.running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.Postgres) -> Iterator[str]:
    """A new, empty database, as SQLAlchemy names it: postgresql+psycopg://..."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and nothing in them, to be copied: a copy costs less than a migration."""
    from adapters.database import upgrade

    file = tmp_path_factory.mktemp("migrated") / "desk.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def redis_server(worker_id: str) -> Iterator[str]:
    from tests.servers import valkey

    with valkey.running() as url:
        # A server named from outside is shared: every process of a parallel run takes its own numbered database.
        number = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
        parts = urlsplit(url)
        yield urlunsplit(parts._replace(path=f"/{int(parts.path.strip('/') or 0) + number}"))


@pytest.fixture
def redis_url(redis_server: str) -> Iterator[str]:
    """An empty Valkey or Redis."""
    import redis

    with redis.Redis.from_url(redis_server) as connection:
        connection.flushdb()
        yield redis_server
        connection.flushdb()


@pytest.fixture
def smtp_server() -> Iterator[smtp.MailServer]:
    """A mail server that takes everything until told otherwise; for TLS or logins see `tests.servers.smtp.running`."""
    from tests.servers import smtp

    with smtp.running() as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import expect

    from tests.servers import browser as chromium

    expect.set_options(timeout=PATIENCE)
    with chromium.running() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window without cookies; a thing that does not come in time fails the test."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True, scope="session")
def _quiet_terminal() -> None:
    """A developer's own language or settings must not change what a test sees."""
    for name in [
        name for name in os.environ if name.startswith("AFTERCARE_") and not name.startswith("AFTERCARE_TEST")
    ]:
        if name not in ("AFTERCARE_VENV", "AFTERCARE_CHROMIUM"):
            del os.environ[name]
    os.environ["AFTERCARE_LANGUAGE"] = "en"
