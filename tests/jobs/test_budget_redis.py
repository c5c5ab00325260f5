"""Shared budgets in Redis: what it cannot do, and what it says then."""

from __future__ import annotations

import sys

import pytest

from leadiq import ConfigurationError, SharedBudget
from leadiq._jobs.budget_redis import RedisBook
from leadiq._jobs.budget_rules import Terms, Unreachable
from redis_server import RedisServer, free_port, redis_server  # noqa: F401

pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")

SECRET = "not-to-be-shown"


def test_a_server_that_is_not_there_is_an_unreachable_store() -> None:
    """The reason is the kind of failure, without the address and the password."""
    book = RedisBook(f"redis://:{SECRET}@127.0.0.1:{free_port()}/0")
    for call in (book.budgets, lambda: book.enter(Terms("team", 1), "one", 0)):
        with pytest.raises(Unreachable, match=r"^ConnectionError$"):
            call()
    book.close()


def test_a_url_of_something_else_is_refused() -> None:
    """When the budget is made, and without the text, which may hold a password."""
    with pytest.raises(ConfigurationError, match="write redis://") as refused:
        SharedBudget.redis("team", 5, f"http://:{SECRET}@127.0.0.1")
    assert SECRET not in str(refused.value)


def test_without_redis_py_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is the command that helps."""
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'leadiq-sdk\[redis\]'"):
        SharedBudget.redis("team", 5, "redis://127.0.0.1")


def test_days_end_by_themselves(redis_server: RedisServer) -> None:  # noqa: F811
    """Forty days after a job has entered; what is not for a day stays for ever."""
    import redis

    book = RedisBook(redis_server.url, prefix="mine")
    book.enter(Terms("day 2026-01-02", 5, "2026-01-02"), "one", 0)
    book.enter(Terms("team", 5), "one", 0)
    book.close()
    with redis.Redis.from_url(redis_server.url) as client:
        assert 39 * 86_400 < client.ttl("mine:budget:day 2026-01-02") <= 40 * 86_400
        assert client.ttl("mine:budget:team") == -1


def test_a_server_that_lost_its_memory_shows_nothing(redis_server: RedisServer) -> None:  # noqa: F811
    """And comes back by itself, for the same book."""
    book = RedisBook(redis_server.url)
    book.enter(Terms("team", 5), "one", 0)
    redis_server.kill()
    with pytest.raises(Unreachable):
        book.budgets()
    redis_server.start()
    assert book.budgets() == []
    book.close()
