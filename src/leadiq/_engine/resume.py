"""Resume tokens: where in a listing its reader was, as a string to keep. Pure but for one file.

A token names the operation, a hash of the filter, the place and a hash of the schema, and ends with
a checksum. It can be kept for as long as one likes: nothing of it lives on a server [guide]. What
was searched for is in it as a hash only; LeadIQ's cursor is in it as it came, and is LeadIQ's own
words, which may be what the last person was sorted by: keep a token as you keep the people.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from .._core.errors import InputError
from .._ground.json import mapping, sequence
from .dialects import Place
from .walk import Position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .dialects import Cursor

_VERSION: Final = 1
_PREFIX: Final = "lq"
_CHECKSUM_BYTES: Final = 6
_HASH_BYTES: Final = 8
_MOST_CHARS: Final = 20_000  # a cursor is opaque, and so is its length


class Listing:
    """What is listed, as far as a token has to know it.

    Args:
        root: the root field, by LeadIQ's name.
        variables: JSON-ready variables that decide what is listed and in which order; not those
            that say which page.
    """

    def __init__(self, root: str, variables: Mapping[str, Any]) -> None:
        self._root = root
        self._filter = _hash(json.dumps(_bare(variables), sort_keys=True).encode())

    def token(self, position: Position) -> str:
        """Give the resume token of a position: URL-safe, some 100 characters and the cursor."""
        place, passed, done = position
        state = [_VERSION, self._root, self._filter, schema_hash()]
        state += [place.skip, place.cursor, passed, int(done)]
        return _seal(json.dumps(state, separators=(",", ":")).encode())

    def position(self, token: str) -> Position:
        """Give the position that a token stands for.

        Raises:
            InputError: it is no token, was changed, or is of another operation, filter or schema;
                nothing was sent.
        """
        version, *state = _state(_unseal(token))
        if version != _VERSION:
            raise _refused("it was made by another version of this SDK; begin again")
        root, filter_hash, schema, skip, cursor, passed, done = state
        if root != self._root:
            raise _refused(f"it belongs to another operation than {self._root}")
        if filter_hash != self._filter:
            raise _refused("it belongs to another filter or order; give those it was made with")
        if schema != schema_hash():
            raise _refused("it was made with another edition of LeadIQ's schema; begin again")
        return Position(Place(skip, _cursor(cursor)), passed, bool(done))


@cache
def schema_hash() -> str:
    """Give the hash of the schema that this SDK was generated from; read once, when first used."""
    from importlib.resources import files  # 10 ms to import, for those who never page

    from .. import _generated

    return _hash(files(_generated).joinpath("schema.graphql").read_bytes())


def _hash(data: bytes) -> str:
    return urlsafe_b64encode(blake2b(data, digest_size=_HASH_BYTES).digest()).decode().rstrip("=")


def _bare(value: Any) -> Any:
    """Take out what asks for nothing: null, left out and empty are one filter."""
    if isinstance(value, dict):
        parts = {name: _bare(part) for name, part in mapping(value).items()}  # pyright: ignore[reportUnknownArgumentType]
        return {name: part for name, part in parts.items() if part is not None} or None
    if isinstance(value, list):
        return [_bare(part) for part in sequence(value)] or None
    return value


def _seal(data: bytes) -> str:
    sealed = _checksum(data) + data
    return _PREFIX + urlsafe_b64encode(sealed).decode().rstrip("=")


def _unseal(token: str) -> bytes:
    if not isinstance(token, str) or not token.startswith(_PREFIX) or len(token) > _MOST_CHARS:
        raise _refused("it is not a token that this SDK made")
    body = token[len(_PREFIX) :]
    try:
        sealed = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except ValueError:  # binascii's, and that of letters beyond ASCII
        sealed = b""
    data = sealed[_CHECKSUM_BYTES:]
    if _seal(data) != token:
        raise _refused("it was damaged on its way, or changed; copy it whole")
    return data


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECKSUM_BYTES, person=b"leadiq-resume").digest()


def _state(data: bytes) -> list[Any]:
    """Read what a checksum vouched for; who can compute one may still have written anything."""
    try:
        state = sequence(json.loads(data))
        version, root, filter_hash, schema, skip, cursor, passed, done = state
    except (ValueError, RecursionError):
        raise _refused("it is not a token that this SDK made") from None
    texts = all(isinstance(part, str) for part in (root, filter_hash, schema))
    counts = all(type(part) is int and part >= 0 for part in (version, skip, passed, done))
    if not (texts and counts and _is_cursor(cursor)):
        raise _refused("it is not a token that this SDK made")
    return state


def _is_cursor(value: Any) -> TypeGuard[str | list[list[str]] | None]:
    if isinstance(value, list):
        entries = [sequence(entry) for entry in sequence(value)]
        return all(len(e) == 2 and all(isinstance(part, str) for part in e) for e in entries)
    return value is None or isinstance(value, str)


def _cursor(value: str | list[list[str]] | None) -> Cursor | None:
    return tuple((k, v) for k, v in value) if isinstance(value, list) else value


def _refused(why: str) -> InputError:
    return InputError(f"resume: {why}", sent=False)
