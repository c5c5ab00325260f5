"""The script that a fleet agrees on, in a real Redis, and its twin in Python."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadiq._core.errors import ConfigurationError
from leadiq._fleet.quota import Quota
from leadiq._fleet.script import LUA, MICROSECONDS, Answer, Ask, Done, Terms, decode, encode, keys
from redis_server import RedisServer, redis_server  # noqa: F401

redis = pytest.importorskip("redis", reason="redis-py is not installed: the extra [redis]")

from fleet_twin import KEY, parse  # noqa: E402 - after the reason to skip

SECOND = MICROSECONDS
TERMS = Terms(limit=6, window=60 * SECOND, grace=5 * SECOND, ahead=50_000, settle=10 * SECOND)


# -- what goes into the script and comes out -------------------------------------------------------


def test_the_keys_do_not_hold_the_api_key_and_are_the_same_for_both_its_forms() -> None:
    """A key in Redis is made of a hash; the raw and the issued form of a key share a quota."""
    issued = "ZmxlZXQtdGVzdC1rZXktMTo="
    assert keys(KEY, "leadiq") == keys(issued, "leadiq") != keys("another-key-2", "leadiq")
    assert not any(form in name for form in (KEY, issued) for name in keys(KEY, "leadiq"))
    slots, pace = keys(KEY, "leadiq")
    assert slots.removesuffix(":slots") == pace.removesuffix(":pace")
    assert slots.startswith("leadiq:{")
    assert slots.endswith("}:slots")


@pytest.mark.parametrize("prefix", ["", "a{b", "a}b"])
def test_a_prefix_that_would_part_the_keys_is_refused(prefix: str) -> None:
    """Braces in the prefix would put the two keys on different nodes of a cluster."""
    with pytest.raises(ConfigurationError, match="prefix"):
        keys(KEY, prefix)


asks = st.builds(
    Ask,
    stamp=st.text("abc:", min_size=1),
    known=st.text("xyz"),
    close=st.integers(0, 99),
    unused=st.lists(st.text("abc")).map(tuple),
    held=st.lists(st.text("abc")).map(tuple),
    done=st.lists(st.builds(Done, st.text("abc"), st.integers(0), st.integers(0, 1))).map(tuple),
    wants=st.lists(st.integers(1, 9)).map(tuple),
)


@given(asks)
def test_an_ask_arrives_as_it_was_sent(ask: Ask) -> None:
    """Nothing of an ask is lost or mixed up on its way into the script."""
    assert parse(encode(TERMS, ask)) == (TERMS, ask)


@given(st.sampled_from([b"s:1", "s:1"]), st.lists(st.integers(0, 10**15)))
def test_an_answer_is_read_from_any_client(state: Any, due: list[int]) -> None:
    """It does not matter whether the client decodes responses."""
    assert decode([state, 5, 6, 1, *due]) == Answer("s:1", 5, 6, 1, tuple(due))


# -- the script, in Redis --------------------------------------------------------------------------


class Scripted:
    """The script in a real Redis, with a clock that can be put forward."""

    def __init__(self, server: RedisServer) -> None:
        self.redis = redis.Redis(port=server.port, decode_responses=True)
        self.keys = keys(KEY, "leadiq")
        self._script = self.redis.register_script(LUA)

    def ask(self, ask: Ask, terms: Terms = TERMS) -> Answer:
        return decode(self._script(self.keys, encode(terms, ask)))

    def now(self) -> float:
        """The script's time when it last ran."""
        return float(self.redis.hget(self.keys[1], "seen"))

    def forward(self, seconds: float) -> None:
        self.redis.hincrbyfloat(self.keys[1], "offset", round(seconds * MICROSECONDS))

    def slots(self) -> dict[str, float]:
        return dict(self.redis.zrange(self.keys[0], 0, -1, withscores=True))

    def close(self) -> None:
        self.redis.close()


@pytest.fixture
def scripted(redis_server: RedisServer) -> Iterator[Scripted]:  # noqa: F811
    script = Scripted(redis_server)
    yield script
    script.close()


def test_slots_are_promised_at_even_intervals_and_only_shortly_before(scripted: Scripted) -> None:
    """One request goes at once; the next one is told when to ask again."""
    assert scripted.ask(Ask("a:1", wants=(1, 1))).due == (0,)
    answer = scripted.ask(Ask("b:1", wants=(1,)))
    assert not answer.due
    assert 9.9 * SECOND < answer.wait + TERMS.ahead <= 10 * SECOND
    scripted.forward(9.97)
    (due,) = scripted.ask(Ask("b:2", wants=(1,))).due
    assert 0 < due <= 30_000


def test_a_heavy_request_takes_its_weight_in_slots_and_in_time(scripted: Scripted) -> None:
    """A request that counts as three takes three slots and three intervals."""
    scripted.ask(Ask("a:1", wants=(3,)))
    assert set(scripted.slots()) == {"a:1:1", "a:1:1.2", "a:1:1.3"}
    assert scripted.ask(Ask("a:2", wants=(1,))).wait > 29 * SECOND


def test_a_slot_is_free_one_window_after_its_response(scripted: Scripted) -> None:
    """Of a limit of one, the second use comes a window after the response to the first."""
    one = TERMS._replace(limit=1)
    scripted.ask(Ask("a:1", wants=(1,)), one)
    scripted.forward(20)
    answer = scripted.ask(Ask("a:2", done=(Done("a:1:1", 5 * SECOND, 1),), wants=(1,)), one)
    assert answer.wait == pytest.approx(55 * SECOND - TERMS.ahead, abs=SECOND / 10)
    scripted.forward(54)
    assert not scripted.ask(Ask("a:3", wants=(1,)), one).due
    scripted.forward(1)
    assert scripted.ask(Ask("a:4", wants=(1,)), one).due


def test_everything_in_redis_expires(scripted: Scripted) -> None:
    """Both keys have an expiry that is longer than anything in them matters."""
    scripted.ask(Ask("a:1", close=100 * SECOND, wants=(1,)))
    for name in scripted.keys:
        assert scripted.redis.exists(name) == (name == scripted.keys[1])
    scripted.ask(Ask("a:2", held=("a:1:1",)))
    for name in scripted.keys:
        assert 65_000 + 100_000 < scripted.redis.pttl(name) <= 250_000


def test_a_clock_that_goes_back_does_not_stop_the_fleet(scripted: Scripted) -> None:
    """Time goes on from where it was, however far the server's clock is put back."""
    scripted.ask(Ask("a:1", wants=(1,)))
    ahead = scripted.now() + 3600 * SECOND
    scripted.redis.hset(scripted.keys[1], "seen", ahead)
    scripted.ask(Ask("a:2"))
    assert scripted.now() == ahead
    scripted.ask(Ask("a:3"))
    assert ahead < scripted.now() < ahead + SECOND


def test_many_slots_are_told_in_one_ask(scripted: Scripted) -> None:
    """What does not fit into one call of Lua is told in several."""
    held = tuple(f"a:1:{number}" for number in range(5000))
    scripted.ask(Ask("a:1", held=held), TERMS._replace(limit=10_000))
    assert len(scripted.slots()) == 5000
    heavy = TERMS._replace(limit=20_000, window=SECOND)
    assert len(scripted.ask(Ask("a:2", wants=(9000,)), heavy).due) == 1
    assert len(scripted.slots()) == 14_000


@given(seed=st.integers(0, 2**32), limit=st.integers(1, 8))
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_twin_decides_as_the_script_does(scripted: Scripted, seed: int, limit: int) -> None:
    """Whatever is told and asked, alone a process goes by the very same policy."""
    source, terms, twin = random.Random(seed), TERMS._replace(limit=limit), Quota()
    scripted.redis.delete(*scripted.keys)
    flying, state = list[str](), ""
    for number in range(40):
        told = [name for name in flying if source.random() < 0.3]
        split = [source.sample(told, source.randint(0, len(told)))]
        rest = [name for name in told if name not in split[0]]
        flying = [name for name in flying if name not in told]
        done = [Done(n, source.randint(0, SECOND), source.randint(0, 1)) for n in split[0]]
        ask = Ask(
            f"p:{number}",
            source.choice(["", state, "other"]) if state else source.choice(["", "other"]),
            source.choice([0] * 9 + [1, 20 * SECOND]),
            tuple(rest),
            tuple(source.sample(flying, source.randint(0, len(flying)))),
            tuple(done),
            tuple(source.randint(1, 3) for _ in range(source.randint(0, 4))),
        )
        answer = scripted.ask(ask, terms)
        expected = twin.answer(scripted.now(), terms, ask)
        assert answer == expected
        state = answer.state
        flying += [f"p:{number}:{i}" for i in range(1, len(answer.due) + 1)]
        scripted.forward(source.choice([0, 0.01, 1, 10, 60, 70]) * source.random())
