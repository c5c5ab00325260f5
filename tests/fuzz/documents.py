"""Documents for every root field: valid ones, and ones with a single fault."""

from __future__ import annotations

from typing import Any

import httpx
from graphql import (
    FieldNode,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
    VariableNode,
    build_client_schema,
    get_introspection_query,
    parse,
    print_ast,
    value_from_ast_untyped,
)
from hypothesis import strategies as st
from hypothesis_graphql import Mode, mutations, nodes, queries

from . import words


def schema_of(url: str) -> GraphQLSchema:
    """The schema that a server tells of itself: documents are made from nothing else."""
    query = get_introspection_query(input_value_deprecation=True)
    reply = httpx.post(url, json={"query": query}, timeout=60)
    return build_client_schema(reply.json()["data"])


def roots(schema: GraphQLSchema) -> list[tuple[str, str]]:
    """Kind and name of every root field."""
    kinds = {"query": schema.query_type, "mutation": schema.mutation_type}
    return [(kind, name) for kind, owner in kinds.items() if owner for name in owner.fields]


def scalars(known: list[str]) -> dict[str, Any]:
    """A strategy for every scalar of LeadIQ's, and for those whose values may mean somebody."""
    texts = words.texts(known).map(nodes.String)
    return {
        "BigDecimal": words.longs.map(nodes.Int) | st.floats(-1e9, 1e9).map(nodes.Float),
        "Cursor": texts,
        "ID": texts,
        "Instant": words.moments.map(nodes.String),
        "Int": words.numbers.map(nodes.Int),
        "Json": texts | words.numbers.map(nodes.Int) | st.just(nodes.Null),
        "LocalDate": words.days.map(nodes.String),
        "Long": words.longs.map(nodes.Int),
        "String": texts,
        "ZonedDateTime": words.moments.map(nodes.String),
    }


def documents(
    schema: GraphQLSchema, kind: str, root: str, known: list[str], *, valid: bool = True
) -> st.SearchStrategy[str]:
    """Documents that ask for one root field, any number of times."""
    make = queries if kind == "query" else mutations
    mode = Mode.POSITIVE if valid else Mode.NEGATIVE
    return make(schema, fields=(root,), custom_scalars=scalars(known), mode=mode)


def with_variables(schema: GraphQLSchema, text: str) -> dict[str, Any]:
    """The same request with every argument of a root field as a variable."""
    document = parse(text)
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    owner = schema.get_root_type(operation.operation)
    assert owner
    declared: list[str] = []
    variables: dict[str, Any] = {}
    for field in operation.selection_set.selections:
        for argument in field.arguments if isinstance(field, FieldNode) else ():
            name = f"v{len(variables)}"
            kind = owner.fields[field.name.value].args[argument.name.value].type
            declared.append(f"${name}: {kind}")
            variables[name] = value_from_ast_untyped(argument.value)
            argument.value = VariableNode(name=NameNode(value=name))
    listed = f"({', '.join(declared)})" if declared else ""
    query = f"{operation.operation.value} Fuzz{listed} {print_ast(operation.selection_set)}"
    return {"query": query, "variables": variables, "operationName": "Fuzz"}
