"""The PostgreSQL of the tests answers, speaks Chinese, keeps databases apart and leaves nothing behind."""

from __future__ import annotations

import psycopg
import pytest

from tests.servers import postgres
from tests.servers_work.ending import ends_with_its_starter


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(postgres.plain(url), autocommit=True)


def test_chinese_goes_in_and_comes_out(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        connection.execute("CREATE TABLE note (words text)")
        connection.execute("INSERT INTO note VALUES (%s)", ["复判：合格"])
        assert connection.execute("SELECT words FROM note WHERE words LIKE '复判%'").fetchone() == ("复判：合格",)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_claiming_with_skip_locked_passes_over_what_another_holds(postgres_url: str) -> None:
    claim = "SELECT id FROM timer ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
    with connect(postgres_url) as first, connect(postgres_url) as second:
        first.execute("CREATE TABLE timer AS SELECT generate_series(1, 2) AS id")
        with first.transaction():
            assert first.execute(claim).fetchone() == (1,)
            assert second.execute(claim).fetchone() == (2,)


def test_a_prepared_database_is_copied_and_the_copies_do_not_see_each_other(
    postgres_server: postgres.Postgres,
) -> None:
    prepared = []

    def prepare(url: str) -> None:
        prepared.append(url)
        with connect(url) as connection:
            connection.execute("CREATE TABLE customer (name text)")

    template = postgres_server.template("customers", prepare)
    assert postgres_server.template("customers", prepare) == template
    assert len(prepared) == 1
    with postgres_server.database(template) as one, postgres_server.database(template) as other:
        with connect(one) as connection:
            connection.execute("INSERT INTO customer VALUES ('Lin')")
        with connect(other) as connection:
            assert connection.execute("SELECT count(*) FROM customer").fetchone() == (0,)


def test_an_emptied_database_counts_from_one_again_and_keeps_its_triggers_and_one_table(
    postgres_server: postgres.Postgres, postgres_url: str
) -> None:
    with connect(postgres_url) as forgotten:
        forgotten.execute("CREATE TABLE version AS SELECT 7 AS number")
        forgotten.execute("CREATE TABLE note (id serial, words text)")
        forgotten.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'")
        forgotten.execute("CREATE TRIGGER kept BEFORE TRUNCATE ON note EXECUTE FUNCTION refuse()")
        forgotten.execute("INSERT INTO note (words) VALUES ('one'), ('two')")
        postgres_server.empty(postgres_url, keeping="version")
        with pytest.raises(psycopg.OperationalError):
            forgotten.execute("SELECT 1")
    with connect(postgres_url) as connection:
        assert connection.execute("INSERT INTO note (words) VALUES ('new') RETURNING id").fetchall() == [(1,)]
        assert connection.execute("SELECT words FROM note").fetchall() == [("new",)]
        assert connection.execute("SELECT number FROM version").fetchall() == [(7,)]
        with pytest.raises(psycopg.errors.RaiseException):
            connection.execute("TRUNCATE note")


def test_a_database_goes_away_even_when_somebody_is_still_connected(postgres_server: postgres.Postgres) -> None:
    with postgres_server.database() as url:
        forgotten = connect(url)
    with pytest.raises(psycopg.OperationalError):
        connect(url)
    forgotten.close()


def test_killing_the_test_run_ends_the_server() -> None:
    ends_with_its_starter(
        "from tests.servers import postgres\n"
        "with postgres.running() as server:\n"
        "    print(server.admin.rsplit(':', 1)[1].split('/')[0], flush=True)\n"
        "    sys.stdin.read()\n"
    )
