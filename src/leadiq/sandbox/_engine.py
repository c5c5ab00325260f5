"""The contract in execution: as it is, or as it has drifted."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from graphql import (
    GraphQLError,
    execute_sync,  # pyright: ignore[reportUnknownVariableType] - graphql-core's
    introspection_from_schema,
)

from leadiq.sandbox._documents import Document, Documents
from leadiq.sandbox._errors import format_error
from leadiq.sandbox._faults_drift import Drifted, Middleware
from leadiq.sandbox._items import items_of
from leadiq.sandbox._schema import executable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leadiq.sandbox._asking import Asked
    from leadiq.sandbox._billing import Item
    from leadiq.sandbox._faults import Drift
    from leadiq.sandbox._resolvers import Request

_KEPT_DRIFTS = 8


class Outcome(NamedTuple):
    """The body of an answer, the name of the operation that ran, and what it hands over."""

    body: dict[str, Any]
    operation: str | None = None
    items: Sequence[Item] = ()


class Engine:
    """Executes documents against one schema."""

    def __init__(self, text: str, cached_documents: int, drifted: Drifted | None = None) -> None:
        self._drifted = drifted
        self._schema = executable(text)
        told = drifted is None or drifted.introspection
        self.documents = Documents(self._schema, cached_documents, introspection=told)

    @cached_property
    def introspection(self) -> dict[str, Any]:
        """What the schema says of itself, made at the first look (0.1 s)."""
        return dict(introspection_from_schema(self._schema, input_value_deprecation=True))

    def run(self, document: Document, asked: Asked, request: Request) -> Outcome:
        """Execute a document that this engine has read; a failure is an error in the body."""
        if document.node is None or document.errors:
            return Outcome({"errors": [format_error(error) for error in document.errors]})
        try:
            result = execute_sync(
                self._schema,
                document.node,
                context_value=request,
                variable_values=asked.variables,
                operation_name=asked.operation,
                middleware=[Middleware(self._drifted)] if self._drifted else None,
            )
        except IndexError as error:  # of a variable; see format_error
            unread = GraphQLError("", original_error=error)
            return Outcome({"data": None, "errors": [format_error(unread)]})
        body: dict[str, Any] = {"data": result.data}
        if result.errors:
            body["errors"] = [format_error(error) for error in result.errors]
        if not result.data:
            return Outcome(body)
        selection = document.selection(asked.operation, asked.variables)
        items = items_of(selection, result.data, request.sources)
        return Outcome(body, selection.operation_name, items)


class Engines:
    """The engines of one sandbox: the plain one, and the latest drifted ones."""

    def __init__(self, text: str, cached_documents: int) -> None:
        self.plain = Engine(text, cached_documents)
        self._text = text
        self._cached_documents = cached_documents
        self._drifted = lru_cache(maxsize=_KEPT_DRIFTS)(self._make)

    def of(self, drifts: tuple[Drift, ...]) -> Engine:
        """Return the engine for a schema with these drifts; a new one takes about 0.3 s.

        Raises:
            ValueError: see `Drifted`, or the schema that they leave is none.
        """
        return self._drifted(drifts) if drifts else self.plain

    def check(self, drifts: tuple[Drift, ...]) -> None:
        """Try drifts together and each by itself, since any of them may hit a request alone.

        Raises:
            ValueError: as `of` does.
        """
        self.of(drifts)
        for drift in drifts if len(drifts) > 1 else ():
            Drifted(self._text, [drift])

    def _make(self, drifts: tuple[Drift, ...]) -> Engine:
        drifted = Drifted(self._text, drifts)
        try:
            return Engine(drifted.text, self._cached_documents, drifted)
        except TypeError as error:  # GraphQL's word for a schema that breaks the rules
            raise ValueError(f"faults: {error}") from None
