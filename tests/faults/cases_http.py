"""Faults of HTTP: framing, size, compression, headers, statuses."""

from __future__ import annotations

import gzip
import json
import zlib

from .case import IMPATIENT_S, Case
from .cases_connection import BROKEN, GOOD, LATE
from .steps import CLOSE, STALL, answer, chunked, drip, flood, page, send

BODY = json.dumps(page()).encode()
GZIPPED = gzip.compress(BODY)
BOMB = gzip.compress(bytes(64 * 1024 * 1024), 9)  # 64 KB


def coded(coding: str, body: bytes) -> bytes:
    """An answer with that content coding."""
    return answer(body, "200 OK", f"Content-Encoding: {coding}")


def raw_deflate(body: bytes) -> bytes:
    """Deflate without zlib's header, as some servers send it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


FRAMING = [
    Case(
        "longer than its length",
        "ServerError",
        (send(answer(length=20)),),
        unless={"fast": BROKEN},
        after=dict.fromkeys(["httpx", "httpx2"], BROKEN),
    ),
    Case("shorter than its length, then closed", BROKEN, (send(answer(length=9999)), CLOSE)),
    Case(
        "shorter than its length, then a stall",
        LATE,
        (send(answer(length=9999)), STALL),
        timeout_s=IMPATIENT_S,
    ),
    Case("two lengths", BROKEN, (send(answer(BODY, "200 OK", "Content-Length: 7")), CLOSE)),
    Case(
        "length that is no number",
        BROKEN,
        (send(answer(BODY, "200 OK", "Content-Length: many", length=-1)), CLOSE),
    ),
    Case(
        "length below zero",
        BROKEN,
        (send(answer(BODY, "200 OK", "Content-Length: -1", length=-1)), CLOSE),
    ),
    Case("length of a terabyte", "InputError", (send(answer(length=10**12)), STALL)),
    Case("no length, then closed", "ok", (send(answer(length=-1)), CLOSE)),
    Case("chunks", "ok", (send(chunked(BODY[:50], BODY[50:])),)),
    Case(
        "chunks with extensions and trailers",
        "ok",
        (
            send(
                answer(
                    b"%x;a=b\r\n%b\r\n0\r\nX-A: b\r\n\r\n" % (len(BODY), BODY),
                    "200 OK",
                    "Transfer-Encoding: chunked",
                    length=-1,
                )
            ),
        ),
    ),
    Case(
        "chunk whose size is no number",
        BROKEN,
        (send(answer(b"zz\r\n" + BODY, "200 OK", "Transfer-Encoding: chunked", length=-1)), CLOSE),
    ),
    Case("chunk that is cut off", BROKEN, (send(chunked(BODY)[:-30]), CLOSE)),
    Case("chunks without an end", BROKEN, (send(chunked(BODY, end=b"")), CLOSE)),
    Case(
        "chunks without an end, then a stall",
        LATE,
        (send(chunked(BODY, end=b"")), STALL),
        timeout_s=IMPATIENT_S,
    ),
    Case("body without end", "InputError", (flood(answer(b"", length=-1), bytes(65536)), CLOSE)),
    Case(
        "chunks without end",
        "InputError",
        (flood(chunked(end=b""), b"10000\r\n" + bytes(65536) + b"\r\n"), CLOSE),
    ),
]

COMPRESSION = [
    Case("gzip", "ok", (send(coded("gzip", GZIPPED)),)),
    Case(
        "gzip in two pieces",
        "ok",
        (send(coded("gzip", GZIPPED)[: -len(GZIPPED) + 1], GZIPPED[1:]),),
    ),
    Case("deflate", "ok", (send(coded("deflate", zlib.compress(BODY))),)),
    Case("deflate without a header", "ok", (send(coded("deflate", raw_deflate(BODY))),)),
    Case("gzip with padding behind it", "ok", (send(coded("gzip", GZIPPED + bytes(512))),)),
    Case(
        "gzip that is damaged",
        "ServerError",
        (send(coded("gzip", GZIPPED[:20] + b"\xff" * 20 + GZIPPED[40:])),),
    ),
    Case("gzip that is cut off", "ServerError", (send(coded("gzip", GZIPPED[:-9])),)),
    Case("gzip that is none", "ServerError", (send(coded("gzip", BODY)),)),
    Case("gzip of nothing", "ServerError", (send(coded("gzip", b"")),)),
    Case("gzip bomb", "InputError", (send(coded("gzip", BOMB)),)),
    Case("gzip twice", "ServerError", (send(coded("gzip, gzip", gzip.compress(GZIPPED))),)),
    Case("brotli, which was not asked for", "ServerError", (send(coded("br", b"\x0b\x02\x80")),)),
    Case("coding that is none", "ok", (send(coded("utf-8", BODY)),)),
]

HEADERS = [
    Case(
        "ten thousand headers",
        BROKEN,
        (send(answer(BODY, "200 OK", *[f"X-{n}: {n}" for n in range(10_000)])), CLOSE),
    ),
    Case(
        "header of a megabyte",
        BROKEN,
        (send(answer(BODY, "200 OK", "X-A: " + "a" * 1024**2)), CLOSE),
    ),
    Case("headers without end", BROKEN, (flood(GOOD[:17], b"X-A: b\r\n"), CLOSE)),
    Case("header that is none", BROKEN, (send(answer(BODY, "200 OK", "no colon here")), CLOSE)),
    Case("header with a null byte", BROKEN, (send(answer(BODY, "200 OK", "X-A: \x00")), CLOSE)),
    Case("header outside ASCII", "ok", (send(answer(BODY, "200 OK", "X-A: \xe9")),)),
    Case("content type that is wrong", "ok", (send(answer(BODY, "200 OK", "Content-Type: a/b")),)),
    Case("not HTTP at all", BROKEN, (send(b"SSH-2.0-OpenSSH_9.9\r\n"), CLOSE)),
    Case("status that is no number", BROKEN, (send(answer(BODY, "abc OK")), CLOSE)),
    Case("status without a reason", "ok", (send(answer(BODY, "200")),)),
    Case("HTTP/1.0", "ok", (send(answer(version="HTTP/1.0")), CLOSE)),
    Case("HTTP/7.3", "ok", (send(answer(version="HTTP/7.3")), CLOSE), unless={"fast": BROKEN}),
]

INFORMING = [
    Case("100 before the answer", "ok", (send(b"HTTP/1.1 100 Continue\r\n\r\n" + GOOD),)),
    Case(
        "103 before the answer",
        "ok",
        (send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + GOOD),),
    ),
    Case(
        "100 without end",
        LATE,
        (drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 99),),
        timeout_s=IMPATIENT_S,
    ),
    Case(
        "101",
        BROKEN,
        (
            send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: a\r\nConnection: Upgrade\r\n\r\n"),
            CLOSE,
        ),
        unless={"fast": "ServerError"},
    ),
]

_MEANT = {
    204: "ServerError", 206: "ServerError", 304: "ConfigurationError (not sent)",
    400: "InputError", 401: "AuthenticationError", 402: "InsufficientCreditsError",
    403: "AuthenticationError", 404: "ServerError", 405: "ServerError", 408: "ServerError",
    413: "ServerError", 418: "ServerError", 429: "RateLimitError", 500: "ServerError",
    501: "ServerError", 502: "ServerError", 503: "ServerError", 504: "ServerError",
    520: "ServerError", 599: "ServerError", 999: "ServerError",
}  # fmt: skip
HTML = b"<!DOCTYPE html><title>Gateway</title>"

STATUSES = [
    Case(f"HTTP {status}", meant,
         (send(answer(b"" if status in (204, 304) else HTML, f"{status} Reason",
                      length=-1 if status in (204, 304) else None)),))
    for status, meant in _MEANT.items()
]  # fmt: skip
REDIRECTS = [
    Case(
        f"HTTP {status}, a redirect",
        "ConfigurationError (not sent)",
        (send(answer(b"", f"{status} Reason", "Location: https://elsewhere.example.com/")),),
        sent=1,
    )
    for status in (301, 302, 303, 307, 308)
]

CASES = [*FRAMING, *COMPRESSION, *HEADERS, *INFORMING, *STATUSES, *REDIRECTS]
