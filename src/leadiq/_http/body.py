"""Bodies: a request's, and reading a reply's to its end, decompressed, never beyond a bound.

Decompression is done here and not by the HTTP library, which inflates each piece as a whole: one
piece of 64 KB can hold 64 MB, and a whole body of them any amount.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import httpx

from .._core.errors import InputError, LeadIQError, ServerError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_GZIP_MAGIC = b"\x1f\x8b"
_ZLIB_OR_GZIP = zlib.MAX_WBITS | 32  # which of the two is told by the data
_RAW = -zlib.MAX_WBITS

# What others are worth is left to the JSON parser: some servers write a charset here.
_REFUSED = {"br", "zstd", "compress", "x-compress"}
_DEFLATED = {"gzip", "x-gzip", "deflate"}


class Content(httpx.ByteStream):
    """A request's body, in one piece.

    httpx's own is an async generator, which a send that breaks off leaves to the garbage collector.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._content = content

    def __aiter__(self) -> AsyncIterator[bytes]:
        return _Once(self._content)


class _Once:
    """Gives one piece."""

    def __init__(self, piece: bytes) -> None:
        self._piece: bytes | None = piece

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        piece, self._piece = self._piece, None
        if piece is None:
            raise StopAsyncIteration
        return piece


async def read_body(response: Any, most_bytes: int) -> bytes:
    """Read and decompress a body.

    A body that is given up is closed and then read on, so that the generators of the HTTP library
    end by themselves instead of being left to the garbage collector.

    Args:
        response: a streamed `httpx.Response`, or one of the same shape.
        most_bytes: how large the decompressed body may be.

    Raises:
        InputError: it is larger.
        ServerError: it cannot be decompressed.
        Exception: whatever the HTTP library raises when the body does not come.
    """
    if response.is_stream_consumed:  # by a hook of the caller's; it is decompressed then
        body = _Body("", most_bytes)
        body.feed(response.content)
        return body.whole()
    body = _Body(response.headers.get("content-encoding", ""), most_bytes)
    body.expect(response.headers.get("content-length", ""))
    if body.problem is not None:
        await response.aclose()
    try:
        async for part in response.aiter_raw():
            if body.problem is None:
                body.feed(part)
                if body.problem is not None:
                    await response.aclose()
    except Exception:
        if body.problem is None:
            raise
    return body.whole()


class _Body:
    """What has arrived so far, and why no more of it is wanted."""

    def __init__(self, coding: str, most_bytes: int) -> None:
        codings = [c for c in coding.lower().replace(" ", "").split(",") if c]
        self.problem: LeadIQError | None = None
        self._most_bytes = most_bytes
        self._left = most_bytes
        self._parts: list[bytes] = []
        inflated = [c for c in codings if c in _DEFLATED]
        self._inflater = Inflater() if inflated else None
        if len(inflated) > 1 or _REFUSED.intersection(codings):
            self.problem = ServerError("the reply is compressed in a way that was not asked for")

    def expect(self, length: str) -> None:
        """Take the `Content-Length`: what announces itself as too large need not arrive."""
        if length.isdecimal() and int(length[:20]) > self._most_bytes:
            self._refuse()

    def feed(self, part: bytes) -> None:
        """Take the next piece as it came over the wire."""
        if self._inflater is not None:
            try:
                part = self._inflater.inflate(part, self._left + 1)
            except zlib.error:
                self.problem = ServerError("the reply cannot be decompressed")
                return
        self._left -= len(part)
        if self._left < 0:
            self._refuse()
        else:
            self._parts.append(part)

    def _refuse(self) -> None:
        size = f"{self._most_bytes / 1024**2:g} MiB"
        self.problem = InputError(f"the reply is larger than {size}; ask for a smaller page")
        self._parts.clear()

    def whole(self) -> bytes:
        if self.problem is not None:
            raise self.problem
        if self._inflater is not None and not self._inflater.ended:
            raise ServerError("the reply cannot be decompressed: its end is missing")
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)


class Inflater:
    """Undoes gzip and deflate, with zlib's header or without. What follows the end is ignored."""

    def __init__(self) -> None:
        self._stream: Any = None  # zlib gives its type no public name
        self._head = b""

    @property
    def ended(self) -> bool:
        """Whether nothing is missing: all of it was there, or there was nothing at all."""
        return self._stream.eof if self._stream is not None else not self._head

    def inflate(self, data: bytes, most_bytes: int) -> bytes:
        """Inflate the next piece.

        Args:
            data: compressed bytes.
            most_bytes: how many bytes to give at most, from 1; what is beyond them is lost.

        Raises:
            zlib.error: it is neither gzip nor deflate, or it is damaged.
        """
        if self._stream is None:
            self._head += data
            if len(self._head) < len(_GZIP_MAGIC):
                return b""
            data = self._head
            self._stream = zlib.decompressobj(_ZLIB_OR_GZIP if _has_header(data) else _RAW)
        return b"" if self._stream.eof else self._stream.decompress(data, most_bytes)


def _has_header(data: bytes) -> bool:
    """Whether data begins as gzip or zlib [RFC 1950, 2.2]; raw deflate begins as neither."""
    zlibs = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2]) % 31 == 0
    return zlibs or data.startswith(_GZIP_MAGIC)
