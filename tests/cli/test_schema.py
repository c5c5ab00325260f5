"""The rules of `leadiq schema`: what differs, how bad it is, and a server's schema as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from graphql import print_schema

from leadiq._http.transport import Reply, Transport
from leadiq._schema.packaged import schema_text
from leadiq.sandbox import Sandbox, SandboxSettings
from schema_facts import live_schema

if TYPE_CHECKING:
    from collections.abc import Callable

SAFE = schema_text().replace("type SearchResult {", "type SearchResult {\n  more: Int", 1)
DANGEROUS = SAFE.replace("  limit: Int = 25", "  limit: Int = 20", 1)
BREAKING = DANGEROUS.replace("  hasMore: Boolean!", "  hasMore: Int", 1)


def served(schema: str) -> Sandbox:
    """A server with this schema."""
    return Sandbox(SandboxSettings(people=10, requests_per_minute=None, schema=schema))


def test_the_sandbox_has_our_schema(leadiq: Callable[..., Any], shared_sandbox: Sandbox) -> None:
    """Introspection needs no key; the same schema is exit code 0 and prints nothing."""
    ran = leadiq("schema", "diff", shared_sandbox.url)
    assert (ran.code, ran.out) == (0, "")
    assert "is the one that this SDK was made from" in ran.err


@pytest.mark.parametrize(
    ("schema", "code", "line"),
    [
        (SAFE, 0, "safe      SearchResult.more was added."),
        (DANGEROUS, 5, "from 25 to 20. [list]"),
    ],
)
def test_the_worst_change_decides_the_exit_code(
    leadiq: Callable[..., Any], schema: str, code: int, line: str
) -> None:
    """Each change is a line with its grade, and the root fields whose operations it touches."""
    with served(schema) as sandbox:
        ran = leadiq("schema", "diff", sandbox.url)
    assert ran.code == code
    assert line in ran.out
    assert "1 safe" in ran.err


def test_changes_as_json(leadiq: Callable[..., Any]) -> None:
    """--json says the same: the worst grade, and each change with what it touches."""
    with served(BREAKING) as sandbox:
        ran = leadiq("schema", "diff", sandbox.url, "--json")
    said = json.loads(ran.out)
    assert (ran.code, ran.err, said["grade"]) == (6, "", "breaking")
    assert said["changes"][0] == {
        "grade": "breaking",
        "member": "CompanySearchResult.hasMore",
        "text": "CompanySearchResult.hasMore changed type from Boolean! to Int.",
        "affects": ["searchCompany"],
    }


def test_known_differences_are_counted_only(leadiq: Callable[..., Any]) -> None:
    """Production lacks what only the reference has; nobody has to worry about that."""
    with served(print_schema(live_schema())) as sandbox:
        ran = leadiq("schema", "diff", sandbox.url)
    assert (ran.code, ran.out) == (0, "")
    assert "17 known differences are harmless" in ran.err


def test_the_endpoint_comes_from_the_environment(
    leadiq: Callable[..., Any], shared_sandbox: Sandbox, use: Callable[[Sandbox], Sandbox]
) -> None:
    """LEADIQ_ENDPOINT is asked, with LEADIQ_API_KEY, unless another is named."""
    use(shared_sandbox)
    assert leadiq("schema", "diff").code == 0
    ran = leadiq("schema", "diff", "http://127.0.0.1:9/graphql")
    assert (ran.code, ran.out) == (1, "")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """A function that answers requests from a list, and gives the list of what was sent."""

    def answer(*replies: Any) -> list[dict[str, Any]]:
        left, sent = list(replies), list[dict[str, Any]]()

        async def post(self: Transport, body: bytes) -> Reply:
            sent.append({**json.loads(body), "headers": self._headers})
            return Reply(200, {}, json.dumps(left.pop(0)).encode())

        monkeypatch.setattr(Transport, "post", post)
        return sent

    return answer


REFUSED = {"errors": [{"message": 'Unknown argument "includeDeprecated" on field "args".'}]}


def test_an_older_server_is_asked_again(
    leadiq: Callable[..., Any], answers: Callable[..., list[dict[str, Any]]]
) -> None:
    """A server that refuses the query gets one without deprecated inputs."""
    sent = answers(REFUSED, {"data": {"__schema": {"types": []}}})
    ran = leadiq("schema", "diff")
    assert (ran.code, ran.err) == (
        1,
        "leadiq: the server's introspection does not describe a schema\n",
    )
    assert "inputFields(includeDeprecated: true)" in sent[0]["query"]
    assert "inputFields {" in sent[1]["query"]


@pytest.mark.parametrize(
    ("replies", "code"),
    [
        ([REFUSED, REFUSED], 1),
        ([{"errors": [{"message": "x", "extensions": {"response": {"status": 401}}}]}], 4),
        ([{"errors": [{"message": "x", "extensions": {"response": {"status": 429}}}]}], 1),
    ],
)
def test_a_refusal_is_told(
    leadiq: Callable[..., Any],
    answers: Callable[..., list[dict[str, Any]]],
    replies: list[Any],
    code: int,
) -> None:
    """Who forbids introspection is not asked again; the exit code is that of every command."""
    sent = answers(*replies)
    assert leadiq("schema", "diff").code == code
    assert len(sent) == len(replies)


def test_a_key_is_sent_if_there_is_one(
    leadiq: Callable[..., Any],
    answers: Callable[..., list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without LEADIQ_API_KEY there is no Authorization at all; a wrong form is bad usage."""
    sent = answers(*[{"data": {}}] * 2)
    leadiq("schema", "diff")
    monkeypatch.setenv("LEADIQ_API_KEY", "raw-key-of-the-tests")
    leadiq("schema", "diff")
    assert ["Authorization" in request["headers"] for request in sent] == [False, True]
    monkeypatch.setenv("LEADIQ_API_KEY", "short")
    assert leadiq("schema", "diff").code == 2


def test_pull_writes_the_schema_and_its_lock(
    leadiq: Callable[..., Any], shared_sandbox: Sandbox, tmp_path: Path
) -> None:
    """Both files are there, and are not overwritten without --force."""
    command = ("schema", "pull", shared_sandbox.url, "--directory", tmp_path)
    assert leadiq(*command).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "schema.graphql",
        "schema.lock.json",
    ]
    (tmp_path / "schema.graphql").write_text("mine", encoding="utf-8")
    again = leadiq(*command)
    assert again.code == 2
    assert "--force" in again.err
    assert (tmp_path / "schema.graphql").read_text(encoding="utf-8") == "mine"
    assert leadiq(*command, "--force").code == 0
    assert "type Query" in (tmp_path / "schema.graphql").read_text(encoding="utf-8")


def test_pull_needs_a_directory(
    leadiq: Callable[..., Any], shared_sandbox: Sandbox, tmp_path: Path
) -> None:
    """What is no directory is bad usage; what cannot be written is a failure."""
    ran = leadiq("schema", "pull", shared_sandbox.url, "--directory", tmp_path / "gone")
    assert (ran.code, "is not a directory" in ran.err) == (2, True)
    (tmp_path / "schema.graphql").mkdir()
    ran = leadiq("schema", "pull", shared_sandbox.url, "--directory", tmp_path, "--force")
    assert (ran.code, "cannot write" in ran.err) == (1, True)


def test_without_the_extra_the_command_says_what_to_install(
    leadiq: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """graphql-core is an extra of its own."""
    import sys

    for module in [m for m in sys.modules if m.startswith("leadiq._schema.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "graphql", None)
    for command in ("diff", "pull"):
        ran = leadiq("schema", command, "http://127.0.0.1:9/graphql")
        assert (ran.code, "leadiq-sdk[schema]" in ran.err) == (2, True)
