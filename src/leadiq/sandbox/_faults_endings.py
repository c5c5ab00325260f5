"""How an answer ends when a fault takes its place or cuts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadiq.sandbox._errors import Refusal, envelope
from leadiq.sandbox._faults import Gateway, Refused, Reset
from leadiq.sandbox._wire import HTML, Reply

if TYPE_CHECKING:
    from leadiq.sandbox._faults import Ending
    from leadiq.sandbox._settings import ErrorForm

_PAGE = (
    b"<html>\r\n<head><title>Bad gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>The server is not reachable</h1></center>\r\n</body>\r\n</html>\r\n"
)


def refused(refusal: Refusal, form: ErrorForm) -> Reply:
    """Return the answer to a request that gets no data."""
    return Reply.of(refusal.status if form == "http" else 200, envelope(refusal))


def needs_answer(ending: Ending | None) -> bool:
    """Tell whether anything of the real answer is sent."""
    if isinstance(ending, Reset):
        return ending.at == "body"
    return not isinstance(ending, Refused | Gateway)


def ended(answer: Reply, ending: Ending | None, form: ErrorForm) -> Reply:
    """Return what is sent instead of an answer, or the answer if nothing is wrong with it."""
    if ending is None:
        return answer
    if isinstance(ending, Refused):
        return _refused(ending, form)
    if isinstance(ending, Gateway):
        return Reply(ending.status, _PAGE if ending.body == "html" else b"", HTML)
    if isinstance(ending, Reset):
        half = len(answer.body) // 2 if ending.at == "body" else 0
        return answer.broken(half, reset=True)
    return answer.broken(int(len(answer.body) * ending.keep), reset=False)


def _refused(ending: Refused, form: ErrorForm) -> Reply:
    wait = ending.retry_after_s
    headers = () if wait is None else ((b"retry-after", str(wait).encode()),)
    refusal = Refusal(ending.status, "The sandbox was told to refuse this request.")
    reply = refused(refusal, ending.form or form)
    return Reply(reply.status, reply.body, headers=headers)
