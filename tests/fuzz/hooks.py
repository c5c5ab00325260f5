"""What schemathesis is given beside the URL: values of LeadIQ's scalars, and the oracle as a check.

Loaded by schemathesis itself (`SCHEMATHESIS_HOOKS=fuzz.hooks`), in its process.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

import schemathesis
from graphql import GraphQLSchema

from .documents import scalars, schema_of
from .oracle import amiss

#: Where the schema is to be asked for.
URL = "FUZZ_URL"
_BUILT_IN = {"ID", "Int", "String"}

for name, strategy in scalars([]).items():
    if name not in _BUILT_IN:
        schemathesis.graphql.scalar(name, strategy)


@lru_cache(maxsize=1)
def _schema() -> GraphQLSchema:
    return schema_of(os.environ[URL])


@schemathesis.check
def fits(_context: Any, response: Any, case: Any) -> None:
    """No 5xx inside or outside, and data that is what the document selects."""
    asked = case.body if isinstance(case.body, dict) else {"query": case.body}
    wrong = amiss(response.status_code, response.content, _schema(), asked)
    assert not wrong, wrong
