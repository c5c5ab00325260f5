"""Faults of the connection: it does not come about, breaks, stalls, or is not what it seems."""

from __future__ import annotations

from .case import CONNECTING_S, IMPATIENT_S, Case
from .steps import (
    CLOSE,
    RESET,
    STALL,
    answer,
    chunked,
    drip,
    error,
    inject,
    page,
    plainly,
    resetting,
    send,
    showing,
    stalling,
)

UNSENT = "ConnectError (not sent)"
BROKEN = "TransportError"
LATE = "RequestTimeoutError"
LATE_UNSENT = "RequestTimeoutError (not sent)"

GOOD = answer()
HALF = len(GOOD) // 2
HEAD = GOOD.index(b"\r\n\r\n")
OTHER = answer(page(results=[]))  # the right shape, and not the answer to what was asked

CONNECTING = [
    Case("refused", UNSENT, door="closed", sent=0),
    Case("stall while connecting", LATE_UNSENT, door="full", timeout_s=CONNECTING_S, sent=0),
    Case("certificate of nobody known", UNSENT, scheme="https", welcome=showing("selfsigned")),
    Case("certificate of another host", UNSENT, scheme="https", welcome=showing("other")),
    Case("certificate that has expired", UNSENT, scheme="https", welcome=showing("expired")),
    Case("https to a plain http port", UNSENT, scheme="https", welcome=plainly),
    Case("http to a TLS port", BROKEN, welcome=showing("good")),
    Case("reset inside the TLS handshake", UNSENT, scheme="https", welcome=resetting),
    Case(
        "stall inside the TLS handshake",
        LATE_UNSENT,
        scheme="https",
        welcome=stalling,
        timeout_s=CONNECTING_S,
    ),
    Case("TLS as it should be", "ok", (send(GOOD),), scheme="https", sent=1),
    Case("plain bytes inside TLS", BROKEN, (inject(GOOD), CLOSE), scheme="https"),
    Case("TLS cut off inside the body", BROKEN, (send(GOOD[:-9]), RESET), scheme="https"),
    Case(
        "TLS ends early, length not given",
        "ServerError",
        (send(answer(length=-1)[:-9]), CLOSE),
        scheme="https",
    ),
]

BREAKING = [
    Case("closed before the headers", BROKEN, (CLOSE,), sent=1),
    Case("reset before the headers", BROKEN, (RESET,), sent=1),
    Case("stall before the headers", LATE, (STALL,), timeout_s=IMPATIENT_S),
    Case("closed inside the headers", BROKEN, (send(GOOD[: HEAD - 9]), CLOSE)),
    Case("reset inside the headers", BROKEN, (send(GOOD[: HEAD - 9]), RESET)),
    Case("stall inside the headers", LATE, (send(GOOD[: HEAD - 9]), STALL), timeout_s=IMPATIENT_S),
    Case("slow drip of headers", LATE, (drip(GOOD, 0.02),), timeout_s=IMPATIENT_S),
    Case("closed inside the body", BROKEN, (send(GOOD[:-9]), CLOSE)),
    Case("reset inside the body", BROKEN, (send(GOOD[:-9]), RESET)),
    Case("stall inside the body", LATE, (send(GOOD[:-9]), STALL), timeout_s=IMPATIENT_S),
    Case(
        "slow drip of a body",
        LATE,
        (send(GOOD[:-30]), drip(GOOD[-30:], 0.02)),
        timeout_s=IMPATIENT_S,
    ),
    Case("drip that ends in time", "ok", (send(GOOD[:-10]), drip(GOOD[-10:], 0.001))),
    Case("answer in two pieces", "ok", (send(GOOD[:HALF], GOOD[HALF:]),)),
    Case("closed after the answer", "ok", (send(GOOD), CLOSE)),
    Case("reset after the answer", "ok", (send(GOOD), RESET)),
    Case("closed while idle", "ok", (send(GOOD),), before=1, then=(CLOSE,), sent=1),
    Case("reset while idle", "ok", (send(GOOD),), before=1, then=(RESET,), sent=1),
]

# httpx's own pool does not look at what is left in a connection: over a caller's client, the
# request after this one meets it.
NEXT_BREAKS = dict.fromkeys(["httpx", "httpx2"], BROKEN)
NEXT_MISLED = dict.fromkeys(["httpx", "httpx2"], "WRONG ANSWER")

ANSWERING_TOO_MUCH = [
    Case(
        "junk behind the answer",
        "ok",
        (send(GOOD + b"junk\r\n\r\n"),),
        unless={"fast": BROKEN},
        after=NEXT_BREAKS,
    ),
    Case("second answer behind the answer", "ok", (send(GOOD + OTHER),), after=NEXT_MISLED),
    Case(
        "second answer behind chunks",
        "ok",
        (send(chunked(GOOD[HEAD + 4 :]) + OTHER),),
        after=NEXT_MISLED,
    ),
    Case("answer to nothing while idle", "ok", (send(GOOD),), before=1, then=(send(OTHER),)),
]

REPEATING = [
    Case("reset, then a good answer", "ok", (RESET,), times=1, attempts=2, sent=2),
    Case(
        "503 twice, then a good answer",
        "ok",
        (send(answer(b"", "503 Service Unavailable")),),
        times=2,
        attempts=3,
        sent=3,
    ),
    Case(
        "429, then a good answer",
        "ok",
        (send(answer(error(response={"status": 429}))),),
        times=1,
        attempts=2,
        sent=2,
    ),
    Case("write cut off: not sent twice", BROKEN, (RESET,), attempts=3, call="write", sent=1),
    Case(
        "write answered 503: not sent twice",
        "ServerError",
        (send(answer(b"", "503 Service Unavailable")),),
        attempts=3,
        call="write",
        sent=1,
    ),
    Case(
        "read answered 503: sent again",
        "ServerError",
        (send(answer(b"", "503 Service Unavailable")),),
        attempts=3,
        sent=3,
    ),
    Case(
        "402: not sent twice",
        "InsufficientCreditsError",
        (send(answer(error(response={"status": 402}))),),
        attempts=3,
        sent=1,
    ),
]

CASES = [*CONNECTING, *BREAKING, *ANSWERING_TOO_MUCH, *REPEATING]
