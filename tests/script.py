"""A transport that answers from a list, for tests of everything above it."""

from __future__ import annotations

import json
from typing import Any

import anyio

from leadiq._http.transport import Reply

FOUND = {"data": {"searchPeople": {"totalResults": 0, "hasMore": False, "results": []}}}
LIST = {"data": {"createList": None}}
SEARCHED = {"data": {"flatAdvancedSearch": {"people": []}}}
COMPANIES = {"data": {"searchCompany": {"totalResults": 0, "hasMore": False, "results": []}}}


def failed(status: int) -> dict[str, Any]:
    """LeadIQ's form of a failure inside an HTTP 200."""
    extensions = {"response": {"status": status}}
    return {"data": None, "errors": [{"message": "refused", "extensions": extensions}]}


class Script:
    """Answers from a list, remembers what it was sent, and refuses more.

    Args:
        replies: bodies (as values), whole replies (status, headers, bytes), or what is raised.
        took_s: seconds that every exchange takes.
    """

    host = "leadiq.example.com"

    def __init__(self, *replies: Any, took_s: float = 0.1) -> None:
        self.replies = list(replies)
        self.took_s = took_s
        self.sent: list[dict[str, Any]] = []
        self.at: list[float] = []
        self.timeouts: list[float] = []

    async def post(self, body: bytes, timeout_s: float) -> Reply:
        self.sent.append(json.loads(body))
        self.at.append(anyio.current_time())
        self.timeouts.append(timeout_s)
        await anyio.sleep(self.took_s)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, tuple):
            return Reply(*reply)
        return Reply(200, {}, json.dumps(reply).encode())
