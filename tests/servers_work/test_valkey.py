"""The Valkey of the tests answers, is empty for each test, runs RQ jobs and leaves nothing behind."""

from __future__ import annotations

import redis
from rq import Queue, SimpleWorker

from tests.servers_work.ending import ends_with_its_starter


def test_chinese_goes_in_and_comes_out(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url, decode_responses=True) as connection:
        connection.set("步骤", "复判")
        assert connection.get("步骤") == "复判"


def test_nothing_is_left_of_the_test_before(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as connection:
        assert connection.dbsize() == 0


def test_rq_runs_a_job_on_it(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as connection:
        queue = Queue("bell", connection=connection)
        job = queue.enqueue(divmod, 17, 5)
        SimpleWorker([queue], connection=connection).work(burst=True, logging_level="ERROR")
        assert job.return_value() == (3, 2)


def test_killing_the_test_run_ends_the_server() -> None:
    ends_with_its_starter(
        "from tests.servers import valkey\n"
        "with valkey.running() as url:\n"
        "    print(url.rsplit(':', 1)[1].split('/')[0], flush=True)\n"
        "    sys.stdin.read()\n"
    )
