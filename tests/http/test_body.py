"""Reading a body: whole, decompressed, and never beyond its bound."""

from __future__ import annotations

import gzip
import inspect
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest

from leadiq._core.errors import InputError, ServerError
from leadiq._http.body import Content, read_body

MIB = 1024**2


class Wire(httpx.AsyncByteStream):
    """A body that arrives in pieces, and knows whether it was read to its end and closed."""

    def __init__(self, *pieces: bytes, fails: Exception | None = None) -> None:
        self.pieces = pieces
        self.fails = fails
        self.ended = self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        self.ended = True
        if self.fails:
            raise self.fails

    async def aclose(self) -> None:
        self.closed = True


def response(*pieces: bytes, coding: str = "", **headers: str) -> httpx.Response:
    """A response whose body has not been read."""
    headers = {k.replace("_", "-"): v for k, v in headers.items()}
    if coding:
        headers["content-encoding"] = coding
    return httpx.Response(200, headers=headers, stream=Wire(*pieces))


def in_bytes(body: bytes) -> list[bytes]:
    """A body in pieces of one byte."""
    return [body[at : at + 1] for at in range(len(body))]


def raw(body: bytes) -> bytes:
    """Deflate without zlib's header."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("", b"a body"),
        ("identity", b"a body"),
        ("utf-8", b"a body"),
        ("gzip", gzip.compress(b"a body", mtime=0)),
        (" X-GZIP ", gzip.compress(b"a body", mtime=0)),
        ("gzip", gzip.compress(b"a body", mtime=0) + b"padding"),
        ("deflate", zlib.compress(b"a body")),
        ("deflate", raw(b"a body")),
        ("gzip", zlib.compress(b"a body")),
    ],
)
async def test_what_was_asked_for_is_undone_however_it_arrives(coding: str, packed: bytes) -> None:
    """Gzip and both kinds of deflate are undone; what is no compression is left to JSON."""
    for pieces in ([packed], in_bytes(packed)):
        assert await read_body(response(*pieces, coding=coding), MIB) == b"a body"


@pytest.mark.anyio
async def test_nothing_is_an_empty_body() -> None:
    """A body of nothing is empty, and one that only claims to be compressed is, too."""
    assert await read_body(response(), MIB) == b""
    assert await read_body(response(coding="gzip"), MIB) == b""


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("coding", "packed", "why"),
    [
        ("br", b"a", "was not asked for"),
        ("zstd", b"a", "was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"a", mtime=0), mtime=0), "was not asked for"),
        ("gzip", gzip.compress(b"a body", mtime=0)[:-1], "its end is missing"),
        ("gzip", b"\x1f", "its end is missing"),
        ("gzip", gzip.compress(b"a body", mtime=0)[:-8] + bytes(8), "cannot be decompressed$"),
        ("gzip", b"\x1f\x8b" + b"{}" * 9, "cannot be decompressed$"),
        ("deflate", b"\x07" * 9, "cannot be decompressed$"),
    ],
)
async def test_what_cannot_be_decompressed_is_an_error_of_the_server(
    coding: str, packed: bytes, why: str
) -> None:
    """Damaged, cut off, or packed as nobody asked: the error says which."""
    with pytest.raises(ServerError, match=why):
        await read_body(response(packed, coding=coding), MIB)


@pytest.mark.anyio
async def test_a_body_may_be_as_large_as_its_bound_and_no_larger() -> None:
    """The bound itself is allowed, packed or not; one byte more is not."""
    assert len(await read_body(response(bytes(MIB)), MIB)) == MIB
    assert len(await read_body(response(gzip.compress(bytes(MIB)), coding="gzip"), MIB)) == MIB
    for large in (
        response(bytes(MIB), b"0"),
        response(gzip.compress(bytes(MIB + 1)), coding="gzip"),
    ):
        with pytest.raises(InputError, match=r"larger than 1 MiB; ask for a smaller page"):
            await read_body(large, MIB)


@pytest.mark.anyio
async def test_a_body_that_is_given_up_is_closed_and_read_on() -> None:
    """No generator is left half-way, and what fails after the decision changes nothing."""
    wire = Wire(bytes(MIB), b"0", b"0", fails=httpx.ReadError("closed"))
    with pytest.raises(InputError, match="larger"):
        await read_body(httpx.Response(200, stream=wire), MIB)
    assert (wire.ended, wire.closed) == (True, True)


@pytest.mark.anyio
@pytest.mark.parametrize(("length", "large"), [("1048577", True), ("9" * 5000, True), ("٣", False)])
async def test_a_length_that_is_too_large_is_believed(length: str, large: bool) -> None:
    """What announces itself as too large is not waited for."""
    sent = httpx.Response(200, stream=Wire(b"{}"))
    sent.headers["content-length"] = length
    if large:
        with pytest.raises(InputError, match="larger"):
            await read_body(sent, MIB)
    else:
        assert await read_body(sent, MIB) == b"{}"


@pytest.mark.anyio
async def test_a_body_that_breaks_is_no_body() -> None:
    """What the library raises while reading comes through."""
    broken = httpx.Response(200, stream=Wire(b"{", fails=httpx.ReadError("reset")))
    with pytest.raises(httpx.ReadError):
        await read_body(broken, MIB)


@pytest.mark.anyio
async def test_a_body_that_a_hook_has_read_is_taken_as_it_is() -> None:
    """A caller's hook may have read the response; the bound holds all the same."""
    assert await read_body(httpx.Response(200, content=b"{}"), MIB) == b"{}"
    with pytest.raises(InputError, match="larger"):
        await read_body(httpx.Response(200, content=bytes(MIB + 1)), MIB)


@pytest.mark.anyio
async def test_a_bomb_takes_no_more_memory_than_its_bound() -> None:
    """One piece that would inflate to two gigabytes is inflated up to the bound."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(bytes(16 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = block * 128
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="larger"):
            await read_body(response(bomb, coding="deflate"), MIB)
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.anyio
async def test_a_request_can_be_read_and_its_body_leaves_no_generator_behind() -> None:
    """However often it is read; a generator that a send has left would be told of by trio."""
    request = httpx.Request("POST", "https://example.com", stream=Content(b"{}"))
    for _ in range(2):
        parts = aiter(request.stream)  # type: ignore[arg-type]
        assert await anext(parts) == b"{}"
        assert not inspect.isasyncgen(parts)
        assert [part async for part in parts] == []
    assert await request.aread() == request.read() == b"{}"
