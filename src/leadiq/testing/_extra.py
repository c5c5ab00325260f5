"""What needs more than the package alone says so before anything is paid."""

from __future__ import annotations

from importlib.util import find_spec


def require_graphql() -> None:
    """Refuse to begin without graphql-core, which reads documents.

    Raises:
        ImportError: naming the extra.
    """
    if find_spec("graphql") is None:
        text = "documents are read with graphql-core: pip install 'leadiq-sdk[sandbox]'"
        raise ImportError(text, name="graphql")
