"""The wire: what is sent, and which error each failure of the network becomes."""

from __future__ import annotations

import gzip
import ssl
from unittest.mock import Mock

import anyio
import httpx
import pytest
from pytest_httpx import HTTPXMock, IteratorStream

from leadiq._core.errors import (
    ConfigurationError,
    ConnectError,
    InputError,
    LeadIQError,
    RequestTimeoutError,
    ServerError,
    TransportError,
)
from leadiq._http import transport as module
from leadiq._http.transport import DEFAULT_ENDPOINT, PoolChoice, Transport
from virtual_time import anyio_backend  # noqa: F401


def transport(
    endpoint: str = DEFAULT_ENDPOINT,
    client: httpx.AsyncClient | None = None,
    max_connections: int = 2,
    pool: PoolChoice = "auto",
) -> Transport:
    return Transport(
        endpoint,
        "Basic secret",
        timeout_s=30.0,
        max_connections=max_connections,
        client=client,
        pool=pool,
    )


@pytest.mark.anyio
async def test_there_may_be_no_key(httpx_mock: HTTPXMock) -> None:
    """Without one the header is not there, rather than empty."""
    httpx_mock.add_response()
    wire = Transport(DEFAULT_ENDPOINT, None, timeout_s=30.0, max_connections=1)
    await wire.post(b"{}")
    await wire.aclose()
    (request,) = httpx_mock.get_requests()
    assert "authorization" not in request.headers


@pytest.mark.anyio
async def test_a_request_carries_the_key_and_its_body_as_they_are(httpx_mock: HTTPXMock) -> None:
    """The header goes out verbatim, and the reply comes back as bytes."""
    httpx_mock.add_response(status_code=207, content=b"\xff", headers={"retry-after": "3"})
    wire = transport()
    reply = await wire.post(b"{}")
    await wire.aclose()
    (request,) = httpx_mock.get_requests()
    assert (request.method, str(request.url)) == ("POST", DEFAULT_ENDPOINT)
    assert request.headers["authorization"] == "Basic secret"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"].startswith("leadiq-sdk/")
    assert request.content == b"{}"
    assert (reply.status, reply.headers["retry-after"], reply.body) == (207, "3", b"\xff")


@pytest.mark.anyio
async def test_redirects_are_not_followed_with_credentials(httpx_mock: HTTPXMock) -> None:
    """Even a caller's client that follows redirects does not do so with our key."""
    httpx_mock.add_response(status_code=307, headers={"location": "https://elsewhere.example.com"})
    async with httpx.AsyncClient(follow_redirects=True) as own:
        reply = await transport(client=own).post(b"{}")
    assert reply.status == 307
    assert len(httpx_mock.get_requests()) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("failure", "branch", "sent"),
    [
        (httpx.ConnectError("refused"), ConnectError, False),
        (httpx.ProxyError("no"), ConnectError, False),
        (httpx.ConnectTimeout("slow"), RequestTimeoutError, False),
        (httpx.PoolTimeout("full"), RequestTimeoutError, False),
        (httpx.ReadTimeout("slow"), RequestTimeoutError, True),
        (httpx.ReadError("reset"), TransportError, True),
        (httpx.RemoteProtocolError("cut"), TransportError, True),
        (httpx.DecodingError("gzip"), ServerError, True),
    ],
)
async def test_failures_of_the_network_tell_whether_the_request_was_sent(
    httpx_mock: HTTPXMock, failure: Exception, branch: type[LeadIQError], sent: bool
) -> None:
    """No httpx exception escapes, and `sent` is False only when LeadIQ cannot have seen it."""
    httpx_mock.add_exception(failure)
    wire = transport()
    with pytest.raises(branch) as failed:
        await wire.post(b"{}")
    await wire.aclose()
    assert type(failed.value) is branch
    assert failed.value.sent is sent


@pytest.mark.anyio
async def test_an_attempt_takes_no_longer_than_its_timeout(httpx_mock: HTTPXMock) -> None:
    """A server that never ends its answer is given up after `timeout_s`, in all."""

    async def never(_: httpx.Request) -> httpx.Response:
        await anyio.sleep_forever()
        raise AssertionError

    httpx_mock.add_callback(never)
    wire = transport()
    began = anyio.current_time()
    with pytest.raises(RequestTimeoutError, match="within 30 seconds") as failed:
        await wire.post(b"{}")
    await wire.aclose()
    assert failed.value.sent
    assert anyio.current_time() - began == pytest.approx(30.0)


@pytest.mark.anyio
async def test_no_more_requests_are_under_way_than_allowed(httpx_mock: HTTPXMock) -> None:
    """The gate holds back what the connections cannot carry."""
    under_way = most = 0

    async def busy(_: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await anyio.sleep(1.0)
        under_way -= 1
        return httpx.Response(200)

    httpx_mock.add_callback(busy, is_reusable=True)
    wire = transport()
    async with anyio.create_task_group() as group:
        for _ in range(7):
            group.start_soon(wire.post, b"{}")
    await wire.aclose()
    assert most == 2


@pytest.mark.anyio
async def test_a_callers_client_is_left_open() -> None:
    """What the caller made, the caller closes."""
    async with httpx.AsyncClient() as own:
        await transport(client=own).aclose()
        assert not own.is_closed


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "leadiq",
        "ftp://example.com",
        "http://",
        "http://a:b",
        "https://127.0.0.1:99999/",
        "https://xn--/",
        "https://exa mple.com/",
    ],
)
def test_an_endpoint_that_is_no_url_is_refused(endpoint: str) -> None:
    """Only http and https with a host can be an endpoint."""
    with pytest.raises(ConfigurationError, match="endpoint is not a URL"):
        transport(endpoint)


def test_the_key_goes_over_plain_http_to_this_machine_only() -> None:
    """Plain http is refused, except on loopback, where the sandbox listens."""
    with pytest.raises(ConfigurationError, match="plain http"):
        transport("http://api.example.com/graphql")
    assert transport("http://127.0.0.1:8000/graphql").host == "127.0.0.1"


def test_it_is_known_who_pays() -> None:
    """As a short hash of endpoint and key; without a key it is not known."""
    one, other = transport("http://127.0.0.1:8000/a"), transport("http://127.0.0.1:8000/b")
    assert one.payer != other.payer
    assert one.payer == transport("http://127.0.0.1:8000/a").payer
    assert Transport(DEFAULT_ENDPOINT, None, timeout_s=30.0, max_connections=1).payer == ""


@pytest.mark.anyio
async def test_a_reply_beyond_all_bounds_is_given_up(
    httpx_mock: HTTPXMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The body is counted piece by piece, and asking for less is what helps."""
    monkeypatch.setattr(module, "MAX_BODY_BYTES", 1024**2)
    wire = transport()
    httpx_mock.add_response(content=b"0" * 1024**2)
    assert len((await wire.post(b"{}")).body) == 1024**2
    httpx_mock.add_response(stream=IteratorStream([b"0" * 1024**2, b"0"]))
    with pytest.raises(InputError, match="larger than 1 MiB; ask for a smaller page"):
        await wire.post(b"{}")


@pytest.mark.anyio
async def test_a_body_comes_back_decompressed_and_whole(httpx_mock: HTTPXMock) -> None:
    """However many pieces it arrives in, the body is one, without its compression."""
    packed = gzip.compress(b"a body")
    stream = IteratorStream([packed[:9], packed[9:]])
    httpx_mock.add_response(stream=stream, headers={"content-encoding": "gzip"})
    assert (await transport().post(b"{}")).body == b"a body"


@pytest.mark.parametrize(
    ("proxies", "endpoint", "used"),
    [
        ({"https_proxy": "http://proxy.example.com:3128"}, DEFAULT_ENDPOINT, True),
        ({"all_proxy": "http://proxy.example.com:3128"}, DEFAULT_ENDPOINT, True),
        ({"http_proxy": "http://proxy.example.com:3128"}, DEFAULT_ENDPOINT, False),
        ({"all_proxy": "http://proxy.example.com:3128"}, "http://127.0.0.1:1/graphql", False),
        (
            {"all_proxy": "http://proxy.example.com:3128", "no_proxy": "leadiq.com"},
            DEFAULT_ENDPOINT,
            False,
        ),
    ],
)
def test_the_proxy_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch, proxies: dict[str, str], endpoint: str, used: bool
) -> None:
    """HTTPS_PROXY, ALL_PROXY and NO_PROXY mean what they mean elsewhere; loopback has no proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in proxies.items():
        monkeypatch.setenv(name, value)
    made = Mock(spec=httpx.AsyncHTTPTransport)
    monkeypatch.setattr(httpx, "AsyncHTTPTransport", made)
    wire = transport(endpoint)
    assert made.call_args.kwargs["proxy"] == ("http://proxy.example.com:3128" if used else None)
    assert wire.kind == ("default" if used else "auto")


@pytest.mark.parametrize("proxy", ["socks5://proxy.example.com", "ftp://proxy.example.com", "//:a"])
def test_a_proxy_that_cannot_be_used_is_told_of(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    """The error comes at once, is typed, and does not repeat the proxy's address."""
    monkeypatch.setattr(module, "getproxies", lambda: {"https": proxy})
    with pytest.raises(ConfigurationError, match="proxy that the environment names cannot be used"):
        transport()


def test_the_fast_pool_is_not_taken_where_it_would_go_past_a_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked for by name it is refused; left to the transport it is not chosen."""
    monkeypatch.setattr(module, "getproxies", lambda: {"https": "http://proxy.example.com"})
    with pytest.raises(ConfigurationError, match="goes through no proxy"):
        transport(pool="fast")
    assert transport(pool="auto").kind == "default"


@pytest.mark.anyio
async def test_a_choice_of_pool_beside_a_client_is_refused() -> None:
    """A caller's client brings its own pool, and a wish for another would be ignored in silence."""
    async with httpx.AsyncClient() as own:
        with pytest.raises(ConfigurationError, match="has its own pool"):
            transport(client=own, pool="fast")


@pytest.mark.anyio
async def test_the_fast_pool_is_refused_where_it_cannot_work(
    httpx_mock: HTTPXMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for by name it is an error that names the extra; "auto" takes the default one."""
    monkeypatch.setattr(module, "replace_with_fast_pool", lambda *_: None)
    wire = transport(pool="fast")
    with pytest.raises(
        ConfigurationError, match=r"needs asyncio and leadiq-sdk\[fast\]"
    ) as refused:
        await wire.post(b"{}")
    assert not refused.value.sent
    httpx_mock.add_response()
    wire = transport()
    assert (wire.kind, wire.in_use) == ("auto", 0)
    await wire.post(b"{}")
    assert wire.kind == "default"


@pytest.mark.anyio
async def test_an_httpx_that_keeps_its_pool_elsewhere_is_used_as_it_is(
    httpx_mock: HTTPXMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When neither pool can be put in place, requests go over the stock one."""
    monkeypatch.setattr(module, "replace_pool", lambda *_: None)
    httpx_mock.add_response(is_reusable=True)
    wire = transport(pool="default")
    for _ in range(2):
        await wire.post(b"{}")
    assert (wire.kind, wire.in_use) == ("stock", 0)


@pytest.mark.anyio
async def test_a_callers_client_adds_what_is_its_own(httpx_mock: HTTPXMock) -> None:
    """Its headers go along; ours, and our timeouts, win over its own."""
    httpx_mock.add_response()
    mine = {"X-Tenant": "7", "Accept-Encoding": "br", "User-Agent": "mine"}
    async with httpx.AsyncClient(
        headers=mine, timeout=0.001, base_url="https://a.example.com"
    ) as own:
        await transport(client=own).post(b"{}")
    (request,) = httpx_mock.get_requests()
    assert str(request.url) == DEFAULT_ENDPOINT
    assert request.headers["x-tenant"] == "7"
    assert request.headers["accept-encoding"] == "gzip, deflate"
    assert request.headers["user-agent"].startswith("leadiq-sdk/")
    assert request.extensions["timeout"] == {
        "connect": 10.0, "pool": 10.0, "read": None, "write": None
    }  # fmt: skip


@pytest.mark.anyio
async def test_connecting_may_take_a_third_of_a_short_timeout(httpx_mock: HTTPXMock) -> None:
    """So that what was not sent is known not to have been, before the whole time is over."""
    httpx_mock.add_response()
    await transport().post(b"{}", 3.0)
    (request,) = httpx_mock.get_requests()
    assert request.extensions["timeout"]["connect"] == pytest.approx(1.0)


@pytest.mark.anyio
async def test_a_closed_client_of_the_callers_is_an_error_of_its_own() -> None:
    """The text says what to look at; nothing was sent."""
    own = httpx.AsyncClient()
    await own.aclose()
    with pytest.raises(ConfigurationError, match="that was given is closed") as closed:
        await transport(client=own).post(b"{}")
    assert not closed.value.sent


@pytest.mark.anyio
async def test_a_hook_that_raises_for_the_status_changes_no_meaning() -> None:
    """What a status means is told here: the reply is taken back out of the hook's error."""

    async def strict(response: httpx.Response) -> None:
        response.raise_for_status()

    async def reading(response: httpx.Response) -> None:
        await response.aread()
        response.raise_for_status()

    for hook, body in ((strict, b""), (reading, b"no")):
        stream = IteratorStream([b"no"])
        wire = httpx.MockTransport(lambda _, s=stream: httpx.Response(429, stream=s))  # type: ignore[misc]
        async with httpx.AsyncClient(transport=wire, event_hooks={"response": [hook]}) as own:
            reply = await transport(client=own).post(b"{}")
        assert (reply.status, reply.body) == (429, body)


@pytest.mark.anyio
async def test_an_error_of_a_callers_hook_is_not_renamed() -> None:
    """What is not of the network goes to the caller as it is."""

    async def hook(_: httpx.Request) -> None:
        raise LookupError("of the hook")

    async with httpx.AsyncClient(event_hooks={"request": [hook]}) as own:
        with pytest.raises(LookupError, match="of the hook"):
            await transport(client=own).post(b"{}")


@pytest.mark.anyio
async def test_a_callers_pool_is_not_flooded(httpx_mock: HTTPXMock) -> None:
    """However many connections are asked for, eight requests are under way over a client."""
    under_way = most = 0

    async def busy(_: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await anyio.sleep(1.0)
        under_way -= 1
        return httpx.Response(200)

    httpx_mock.add_callback(busy, is_reusable=True)
    async with httpx.AsyncClient() as own:
        wire = transport(client=own, max_connections=100)
        async with anyio.create_task_group() as group:
            for _ in range(40):
                group.start_soon(wire.post, b"{}")
    assert most == 8


def test_servers_are_always_verified() -> None:
    """Both of our pools are given a context that checks certificates and hosts."""
    for endpoint in (DEFAULT_ENDPOINT, "http://127.0.0.1:1/graphql"):
        own = transport(endpoint)._own
        for context in (own._ssl_context, own._transport._pool._ssl_context):  # type: ignore[attr-defined]
            assert context.verify_mode is ssl.CERT_REQUIRED
            assert context.check_hostname
