"""Takes from jobs what they stand on, goes on with them, and says what did not hold.

python -m outages [SEED]     with `tests` on the path; exit code 1 when anything did not hold

Each job has to end, after `--resume` where it had to stop, with the bytes of an undisturbed one,
and the server's ledger has to say what its receipts say.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

import httpx

from kills.proof import Server, server, write_rows
from redis_server import RedisServer, installed

from .proxy import Proxy, proxy
from .trial import Trial

WORDS: Final = ("--unlock", "work-email", "--budget", "100", "--requests-per-minute", "600000")
BATCHES: Final = {"one a request": ("--batch", "1"), "25 a request": ("--batch", "25")}
SLOWED: Final = {"one a request": ("--batch", "1"), "four a request": ("--batch", "4")}
A_MINUTE_S: Final = 60.0
NOTHING_SENT: Final = 2
"""Exit code of a job that could not begin."""
NEVER_ENDS: Final = 100_000


class Outage(NamedTuple):
    """What happened to one job."""

    name: str
    codes: list[int]
    wrong: list[str]


class Scene:
    """Where jobs run: a server, a file, and what an undisturbed job makes of it."""

    def __init__(self, base: Path, running: Server, dice: random.Random) -> None:
        self.server = running
        self.dice = dice
        self._base = base
        self._source = base / "in.csv"
        write_rows(self._source)
        calm = self.trial(())
        assert calm.run() == 0, calm.said
        self._expected = calm.target.read_bytes()

    def trial(self, words: Sequence[str], endpoint: str | None = None) -> Trial:
        directory = self._base / f"{len(list(self._base.iterdir()))}"
        return Trial(directory, self.server, self._source, (*WORDS, *words), endpoint)

    def judged(self, name: str, trial: Trial) -> Outage:
        wrong = trial.finish()
        if trial.target.exists() and trial.target.read_bytes() != self._expected:
            wrong.append("the output differs")
        return Outage(name, trial.codes, wrong)


def full_disk(scene: Scene) -> Iterator[Outage]:
    """The journal cannot grow any more; there is room again when the job goes on."""
    for (name, words), pages in product(BATCHES.items(), range(4, 28, 2)):
        trial = scene.trial(words)
        if trial.run(pages=pages) == NOTHING_SENT and not scene.server.charges():
            trial.run()
        yield scene.judged(f"a disk of {pages} pages, {name}", trial)


def no_credits(scene: Scene) -> Iterator[Outage]:
    """From some request on LeadIQ says 402; credits are there again when the job goes on."""
    for (name, words), after in product(SLOWED.items(), (1, 2, 5, 8)):
        trial = scene.trial(words)
        faults = scene.server.url.replace("/graphql", "/_sandbox/faults")
        refused = {"kind": "refused", "status": 402, "requests": [after + 1], "burst": NEVER_ENDS}
        httpx.post(faults, json=[refused]).raise_for_status()
        code = trial.run()
        httpx.delete(faults).raise_for_status()
        found = scene.judged(f"402 after {after} requests, {name}", trial)
        if code not in (0, 3):
            found.wrong.append(f"exit code {code} at a 402")
        yield found


def server_away(scene: Scene) -> Iterator[Outage]:
    """Connections are cut, in the middle of answers too, and refused for some time."""
    lengths = [0.0, 0.5, 2.0, A_MINUTE_S]
    for (name, words), away_s in product(SLOWED.items(), lengths):
        with proxy(scene.server.url) as way:
            trial = scene.trial((*words, "--concurrency", "3"), way.url)
            replies = scene.dice.randrange(2, 8)

            trial.run(meanwhile=partial(be_away, way, replies, away_s))
            yield scene.judged(f"away for {away_s:g} s, {name}", trial)


def be_away(way: Proxy, replies: int, away_s: float) -> None:
    """Go away after so many pieces of answers, and come back."""
    way.wait_for(replies)
    way.close()
    time.sleep(away_s)
    way.open()


def no_redis(scene: Scene) -> Iterator[Outage]:
    """The Redis that keeps the day's budget is killed, and comes back with nothing in it."""
    for name, words in SLOWED.items():
        with tempfile.TemporaryDirectory() as folder, proxy(scene.server.url) as way:
            redis = RedisServer(Path(folder))
            redis.start()
            shared = ("--budget-per-day", "100", "--budget-store", redis.url)
            trial = scene.trial((*words, *shared, "--concurrency", "3"), way.url)

            try:
                code = trial.run(meanwhile=partial(vanish, way, redis))
                redis.start()
                found = scene.judged(f"Redis killed, {name}", trial)
            finally:
                redis.kill()
            if not code:
                found.wrong.append("the job did not notice")
            yield found


def vanish(way: Proxy, redis: RedisServer) -> None:
    """Take Redis away after some answers."""
    way.wait_for(4)
    redis.kill()


def main() -> int:
    """Run, and tell."""
    seed = int([*sys.argv[1:], "1"][0])
    outages = [full_disk, no_credits, server_away, *([no_redis] if installed() else [])]
    if no_redis not in outages:
        print("redis-server is not installed: nothing is known about a Redis that vanishes")
    count = failures = 0
    with tempfile.TemporaryDirectory() as name, server() as running:
        scene = Scene(Path(name), running, random.Random(seed))
        for outage in outages:
            for found in outage(scene):
                count += 1
                failures += bool(found.wrong)
                codes = ", ".join(map(str, found.codes))
                print(f"{found.name}: exit codes {codes}; {'; '.join(found.wrong) or 'good'}")
    print(f"{count} outages, {failures} not survived")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
