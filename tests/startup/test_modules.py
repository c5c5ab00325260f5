"""What starting costs, counted in modules: milliseconds depend on the machine, modules do not.

A module more is a failure: either it can be imported where it is used, or its reason belongs here.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

PARENTS = "import httpx; from pydantic import BaseModel, Field"

#: All that `from leadiq import LeadIQ` may load when httpx and pydantic are there.
CLIENT = {
    "leadiq": "the package",
    "leadiq._version": "its version, which stands in one place",
    "leadiq._client": "packages cost a file each",
    "leadiq._client.client": "LeadIQ",
    "leadiq._client.documents": "a base of LeadIQ: `execute` and `price`",
    "leadiq._client.enriching": "a base of LeadIQ: `enrich` and `plan`",
    "leadiq._client.listings": "a base of LeadIQ: everything page by page",
    "leadiq._client.list_pages": "a base of LeadIQ: lists page by page",
    "leadiq._client.search_pages": "a base of LeadIQ: searches page by page",
    "leadiq._client.lookups": "a base of LeadIQ: lookups",
    "leadiq._client.records": "a base of LeadIQ: what the team keeps",
    "leadiq._client.searches": "a base of LeadIQ: searches",
    "leadiq._client.tracking": "a base of LeadIQ: tracking",
    "leadiq._conduct": "packages cost a file each",
    "leadiq._conduct.pipeline": "the base of the generated methods",
    "leadiq._core": "packages cost a file each",
    "leadiq._core.documents": "the type of operations",
    "leadiq._core.errors": "ConfigurationError, which a wrong key is",
    "leadiq._core.pricing": "Unlock, and the bills of operations",
    "leadiq._engine": "packages cost a file each",
    "leadiq._engine.defaults": "defaults in signatures",
    "leadiq._generated": "packages cost a file each",
    "leadiq._generated.base_client": "the base of the generated methods",
    "leadiq._generated.client": "the generated methods",
    "leadiq._generated.operations": "their templates, which are lazy themselves",
    "leadiq._ground": "packages cost a file each",
    "leadiq._ground.lazy": "what makes packages lazy",
    "leadiq._ground.unset": "UNSET, a default in signatures",
    "leadiq._http": "packages cost a file each",
}

#: What comes to it when a client is made: what every call needs.
MADE = {
    "leadiq._conduct.admission": "the queue",
    "leadiq._conduct.clock": "the queue",
    "leadiq._conduct.coalescing": "identical reads",
    "leadiq._conduct.events": "watchers",
    "leadiq._conduct.gate": "the queue",
    "leadiq._conduct.lanes": "the queue",
    "leadiq._conduct.lifecycle": "closing",
    "leadiq._conduct.options": "options are checked where they are given",
    "leadiq._conduct.pacing": "the queue",
    "leadiq._conduct.queue": "the queue",
    "leadiq._conduct.retry": "options",
    "leadiq._conduct.shared": "what views share",
    "leadiq._conduct.slots": "the queue",
    "leadiq._core.credentials": "the key is checked where it is given",
    "leadiq._http.body": "the transport",
    "leadiq._http.failures": "the transport",
    "leadiq._http.fast_pool": "the transport",
    "leadiq._http.pool": "the transport",
    "leadiq._http.streams": "the transport",
    "leadiq._http.transport": "the endpoint is checked where it is given",
}

#: What comes to it with the first call, a lookup: the loop, the protocol, and this one operation.
CALLED = {
    "leadiq._conduct.call": "the loop",
    "leadiq._conduct.in_time": "its clocks",
    "leadiq._core.arguments": "arguments are checked",
    "leadiq._core.canonical": "what is looked up, in canonical form",
    "leadiq._core.protocol": "what a reply means",
    "leadiq._core.receipts": "what it cost",
    "leadiq._core.redaction": "what an error may say",
    "leadiq._core.wait_headers": "what a reply says of waiting",
    "leadiq._engine.dialects": "the largest offset",
    "leadiq._engine.identity": "what a lookup asks with",
    "leadiq._engine.inputs": "keywords become inputs",
    "leadiq._engine.lookups": "what is asked",
    "leadiq._generated.base_model": "the models' base",
    "leadiq._generated.enums": "the models' enums",
    "leadiq._generated.fragments": "the models",
    "leadiq._generated.inputs": "the input",
    "leadiq._generated.search_people": "the operation's answer",
    "leadiq._ground.base": "the models' base",
    "leadiq._ground.enums": "the models' enums",
    "leadiq._ground.json": "JSON with types",
    "leadiq._ground.notebook": "how a model looks in a notebook",
    "leadiq._ground.scalars": "the models' scalars",
    "leadiq.types": "the input, by its public name",
}

#: What `leadiq --help` may load of this package; cyclopts and rich come to it.
HELP = {
    "leadiq": "the package",
    "leadiq._version": "its version",
    "leadiq._core": "packages cost a file each",
    "leadiq._core.errors": "what becomes an exit code",
    "leadiq._ground": "packages cost a file each",
    "leadiq._ground.lazy": "what makes packages lazy",
    "leadiq._ground.wording": "how a failure is told",
    "leadiq.cli": "the program",
    "leadiq.cli._app": "its commands, by name",
    "leadiq.cli._problems": "its exit codes",
    "leadiq.cli._streams": "where nobody reads what it prints",
}

CALL = """
def answer(request):
    found = {"results": [], "totalResults": 0, "hasMore": False}
    return httpx.Response(200, json={"data": {"searchPeople": found}})

async def first():
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        async with LeadIQ("bm90LWEta2V5Og==", http_client=http) as leadiq:
            await leadiq.search_people(email="ada@example.com")
"""


def loaded(statement: str, after: str = "pass") -> set[str]:
    """The modules that a statement loads in a new process, after others."""
    code = f"{after}\nimport sys\nbefore = set(sys.modules)\n{statement}\n"
    code += "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stderr.split())


def ours(modules: set[str]) -> set[str]:
    return {name for name in modules if name.split(".")[0] == "leadiq"}


def test_the_package_loads_itself_and_nothing_else() -> None:
    """`import leadiq` costs two modules; not even `typing` is loaded."""
    assert loaded("import leadiq", "import __future__") == {"leadiq", "leadiq._version"}


def test_the_client_loads_what_its_methods_stand_on() -> None:
    """`from leadiq import LeadIQ` loads these modules, each for its reason, and no library."""
    assert loaded("from leadiq import LeadIQ", PARENTS) == set(CLIENT)


def test_a_client_that_is_made_loads_its_conduct() -> None:
    """`LeadIQ(...)` loads queue and transport, and neither a model nor the loop of calls."""
    found = ours(loaded("LeadIQ('bm90LWEta2V5Og==')", f"{PARENTS}; from leadiq import LeadIQ"))
    assert found <= set(MADE)


def test_the_first_call_loads_the_loop_and_one_operation() -> None:
    """A lookup loads the loop, the protocol and the models; no job, no paging, no other answer."""
    before = f"{PARENTS}; from leadiq import LeadIQ; import anyio; LeadIQ('bm90LWEta2V5Og==')"
    assert ours(loaded("anyio.run(first)", before + CALL)) <= set(CALLED)


def test_help_loads_no_command() -> None:
    """`leadiq --help` loads the program and what it prints with; no command and no client."""
    found = loaded("from leadiq.cli import main; main(['--help'])")
    assert ours(found) == set(HELP)
    assert not {"httpx", "pydantic", "anyio", "asyncio"} & found


@pytest.mark.parametrize(
    "budget", [CLIENT, MADE, CALLED, HELP], ids=["client", "made", "called", "help"]
)
def test_every_module_has_its_reason(budget: dict[str, str]) -> None:
    """No module is allowed without a word why."""
    assert all(budget.values())
