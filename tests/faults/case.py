"""What a case of the matrix is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Literal

from .adversary import Door, Step
from .steps import Welcome

PATIENT_S = 10.0  # for what ends by itself: never reached, however slow the machine
IMPATIENT_S = 0.15  # for what does not: the attempt's timeout is what is tested
# Where a third of it, for connecting, is tested: a busy machine must not see both at once.
CONNECTING_S = 0.9


@dataclass(frozen=True)
class Case:
    """One fault, and what has to come of it.

    Args:
        name: unique, in a few words.
        expect: "ok", or the name of the error, with " (not sent)" when LeadIQ has not seen it.
        steps: what the server does at the request, instead of answering it.
        unless: what else has to come of it over some clients, by the client's name.
        after: what comes of a good request over the same client afterwards, where it is not "ok".
        timeout_s: of the attempt.
        attempts: how often the call may be sent.
        call: which operation.
        sent: how many requests the server has to see; None when it cannot be told.
        times: how many requests are answered badly before the server relents by itself.
        before: good requests over the same connection before the fault.
        then: what the server does after those, while the connection is idle.
        door: whether the server takes connections before it relents.
        scheme: of the endpoint.
        welcome: what is done with a new connection, instead of speaking TLS or not.
        data: whether the error has to carry partial data.
    """

    name: str
    expect: str
    steps: tuple[Step, ...] = ()
    unless: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = PATIENT_S
    attempts: int = 1
    call: Literal["read", "write", "union"] = "read"
    sent: int | None = None
    times: float = inf
    before: int = 0
    then: tuple[Step, ...] = ()
    door: Door = "open"
    scheme: Literal["http", "https"] = "http"
    welcome: Welcome | None = None
    data: bool = False
