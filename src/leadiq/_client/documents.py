"""Documents of the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, overload

from pydantic import BaseModel as PydanticBaseModel
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

from .. import _core as core
from .. import _ground as ground
from .._conduct.pipeline import head_of
from .._core.errors import ConfigurationError, InputError, LeadIQError
from .._core.pricing import Bill, PriceRange, Prices, price
from .._generated.client import GeneratedClient

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from .._conduct.options import CallOptions
    from .._core.documents import Operation
    from .answers import Answer, Plain

    # A document as LeadIQ gets it, and the operation's own name, if it has one.
    Read = tuple[Operation, str | None]

M = TypeVar("M", bound=PydanticBaseModel)


class Documents(GeneratedClient):
    """Documents of the user's own."""

    @overload
    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        *,
        into: type[M],
        operation_name: str | None = None,
        repeatable: bool | None = None,
        validate: bool = True,
        **options: Unpack[CallOptions],
    ) -> M: ...

    @overload
    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        *,
        into: None = None,
        operation_name: str | None = None,
        repeatable: bool | None = None,
        validate: bool = True,
        **options: Unpack[CallOptions],
    ) -> dict[str, Any]: ...

    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        *,
        into: type[PydanticBaseModel] | None = None,
        operation_name: str | None = None,
        repeatable: bool | None = None,
        validate: bool = True,
        **options: Unpack[CallOptions],
    ) -> Any:
        """Send a document of your own, with the conduct of every other call.

        LeadIQ bills what a document selects, so it is charged like a method that selects the same;
        `price` tells before. With the extra `[schema]` it is held against the schema of this SDK
        before, and its receipt has its price range. Without the extra, or with `validate=False`,
        it is sent as it is; its price is unknown, and it is not repeated.

        Args:
            document: GraphQL; several operations may stand in it, and fragments.
            variables: JSON, or inputs of `leadiq.types`.
            into: the pydantic model of the whole `data`; left out: a dict, as it came.
            operation_name: which operation is meant, where there are several.
            repeatable: whether it may be sent again when its outcome is unknown. By default only
                a query of known price is.
            validate: False for what is newer than this SDK's schema.
            **options: clocks, retry policy and lane of this call; see `Options`.

        Raises:
            InputError: for a document with errors, wrong or missing variables, a subscription, or
                several operations of which none is chosen: nothing was sent (`sent` is False). Or
                for an answer that does not fit `into`: it is in the error's `data`.
            LeadIQError: the branch says what to do. `data` has what came beside the errors.
        """
        model = _model(into)
        sent = _wire_form(document, variables)
        operation, name = await _read(document, sent, operation_name, validate)
        if repeatable is not None:
            operation = operation._replace(repeatable=repeatable)
        body = head_of(document, name), to_json(sent)
        hidden = core.redaction.literals(document)
        try:
            answer = await self._send(operation, model, body, hidden=hidden, **options)
        except LeadIQError as error:
            error.data = error.data and error.data.root
            raise
        if into is not None and not isinstance(answer.root, into):
            raise _misfit(into, answer.root)
        return answer.root

    def price(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        *,
        operation_name: str | None = None,
        prices: Prices = Prices(),  # noqa: B008 - an immutable tuple
        results: int = 1,
        companies: int = 1,
    ) -> PriceRange:
        """Tell what a document of your own costs at least and at most, without sending it.

        Args:
            document: as for `execute`.
            variables: as for `execute`; `@include` and `@skip` depend on them.
            operation_name: as for `execute`.
            prices: the account's price list; default: the published one.
            results: how many people, companies or entries of a page each root field answers with.
            companies: how many current companies a person can have.

        Returns:
            Universal credits for all root fields together; the minimum is 0, because what is not
            found is not charged. The maximum is infinite where no price is published.

        Raises:
            InputError: what `execute` would refuse.
            ConfigurationError: the extra `[schema]` is not installed.
        """
        sent = _wire_form(document, variables)
        try:
            operation, _ = _reader()(document, sent, operation_name)
        except ModuleNotFoundError as missing:
            _only_graphql(missing)
            text = "the price of a document is read from its selection"
            text += ": pip install 'leadiq-sdk[schema]'"
            raise ConfigurationError(text, sent=False) from None
        return price(operation.bill, prices=prices, results=results, companies=companies)


def _model(into: type[PydanticBaseModel] | None) -> type[Plain | Answer[Any]]:
    from .answers import Answer, Plain

    if into is None:
        return Plain
    if not (isinstance(into, type) and issubclass(into, PydanticBaseModel)):
        raise InputError("into has to be a pydantic model", sent=False)
    return Answer[into]  # type: ignore[valid-type]


def _misfit(into: type[PydanticBaseModel], data: dict[str, Any]) -> InputError:
    places: set[str] = set()
    try:
        into.model_validate(data)
    except ValidationError as error:
        places = {".".join(map(str, e["loc"])) for e in error.errors(include_input=False)}
    listed = ", ".join(sorted(places)[:5])
    text = f"the answer does not fit {into.__name__} at {listed}; it is in this error's data"
    return InputError(text, status=200, data=data)


async def _read(document: str, variables: dict[str, Any], name: str | None, validate: bool) -> Read:
    if not validate:
        return _unread(document, name)
    try:
        if not _reader.cache_info().currsize:
            from anyio import to_thread

            await to_thread.run_sync(_reader)
        return _reader()(document, variables, name)
    except ModuleNotFoundError as missing:
        _only_graphql(missing)
        return _unread(document, name)


@lru_cache(maxsize=1)
def _reader() -> Callable[[str, dict[str, Any], str | None], Read]:
    """Load graphql-core and the schema (half a second, once); give what reads documents."""
    from .._schema.own import read
    from .._schema.packaged import packaged_schema

    packaged_schema()
    return read


def _only_graphql(missing: ModuleNotFoundError) -> None:
    if missing.name != "graphql":
        raise missing


def _unread(document: str, name: str | None) -> Read:
    """What is known of a document that nobody has read: nothing, so it counts as a write."""
    operation = core.documents.Operation(
        name=name or "document",
        kind="mutation",
        root="",
        text=document,
        variables={},
        needs=(),
        fragments={},
        flags=(),
        repeatable=False,
        bill=Bill("unpublished"),
    )
    return operation, name


def _wire_form(document: str, variables: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give variables as JSON; of inputs only what was set."""
    if not isinstance(document, str) or not document.strip():
        raise InputError("document has to be GraphQL, as str", sent=False)
    if not isinstance(variables, Mapping | None):
        raise InputError("variables has to be a mapping", sent=False)
    if not all(isinstance(name, str) for name in variables or ()):
        raise InputError("variables: names have to be str", sent=False)
    return {name: _json(name, value) for name, value in (variables or {}).items()}


def _json(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(name, inner) for key, inner in ground.json.mapping(value).items()}
    if isinstance(value, list):
        return [_json(name, inner) for inner in ground.json.sequence(value)]
    if isinstance(value, PydanticBaseModel):
        return ground.base.to_wire(value)
    try:
        return to_jsonable_python(value)
    except PydanticSerializationError:
        text = f"variables: {name}: JSON has no form of {type(value).__name__}"
        raise InputError(text, sent=False) from None
