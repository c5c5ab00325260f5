"""What keeps figures from their goals, and what was tried; told of those that miss them.

Shares of a call are about those that a profile of the caller's process shows.
"""

from __future__ import annotations

from typing import Final

_FAST: Final = (
    "by one profile, with 2,000 tasks, about a fifth of such a call is aiohttp, a sixth the "
    "decoding into models, a tenth each the event loop and the transport between, a thirteenth "
    "each the conduct layer and httpx's types. A protocol written by hand, as an experiment, was "
    "twice as fast, and would have to know TLS, proxies and all of HTTP by itself; uvloop gave 0 "
    "to 5 % where models are decoded"
)
_GQL_HTTPX: Final = (
    f"{_FAST}. Most of gql's time is its own: it prints the query anew for each call"
)
_MANY: Final = (
    "most likely the processor's caches, which thousands of tasks and half-read replies do not fit "
    "into: bare aiohttp, which has no layer of ours, loses as much (below). A call's memory was "
    "halved; on a busy machine neither the garbage collector nor the number of connections (16 or "
    "64) made a difference that could be told"
)
_HTTPCORE: Final = (
    "two fifths of such a call are h11, httpcore's connections and anyio's sockets, which `[fast]` "
    "does without"
)
_PACE: Final = (
    "most likely this: a slot is free again one window after the answer, so what a busy machine "
    "adds to a reply is lost; who counts from the request uses more, and meets the 429s that the "
    "table has. On a quieter machine it was 99.4 % and none, beside the same rivals"
)
_LEADS: Final = (
    "most likely this: the sandboxes of all rounds share one core and their clocks run many times "
    "faster, so their work delays replies, and a slot comes back one window after the reply"
)

LIMITED_BY: Final[dict[str, str]] = {
    "16": _HTTPCORE,
    "16 fast": _FAST,
    "128 fast": _FAST,
    "gql aiohttp": _FAST,
    "gql httpx": _GQL_HTTPX,
    "512": _MANY,
    "2000": _MANY,
    "512 fast": _MANY,
    "2000 fast": _MANY,
    "page": (
        "most of the call is pydantic, which makes 1,100 models and looks at every field "
        "of them, as it does for the stock client; to free them again is the next. What can be won "
        "is one pass over the bytes, and a garbage collector kept out"
    ),
    "yours": (
        "all of the call is your client's: the gate only keeps the queue of httpcore's pool short, "
        "which that pool goes through for each request"
    ),
    "trio": f"trio's scheduler, on top of what limits asyncio: {_HTTPCORE}",
    "conduct": "every part of it is on in every call: queue, retry, budget, deadline, receipt",
    "slot": (
        "`async with` and its two coroutines, with queue, lanes and gate behind them; the decision "
        "alone, which the next line has, is within the goal on a quiet machine"
    ),
    "slot redis": (
        "one journey to Redis takes about half a millisecond, and is shared by all that wait "
        "(below); what is left is the work of Python and of Redis for each of them"
    ),
    "decode people": (
        "both have pydantic fill 1,100 models, and parsing the JSON is two fifths of it; what this "
        "SDK wins is a garbage collector kept out, which has nothing to do here, where one page is "
        "held at a time. With 16 pages held it was 1.37 x"
    ),
    "import client": (
        "the byte code of what a client needs, above all its generated methods and operations; "
        "models and pools are imported when they are used, and CI counts the modules"
    ),
    "quota": _PACE,
    "refused": _PACE,
    "leads": _LEADS,
    "leads optimum": _LEADS,
}
"""By the key of the goal."""
