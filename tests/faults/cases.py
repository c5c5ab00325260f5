"""All cases, by what is wrong."""

from __future__ import annotations

from . import cases_connection, cases_http, cases_reply

GROUPS = {
    "Connecting": cases_connection.CONNECTING,
    "Breaking and stalling": cases_connection.BREAKING,
    "More than the answer": cases_connection.ANSWERING_TOO_MUCH,
    "Sending again": cases_connection.REPEATING,
    "Framing and size": cases_http.FRAMING,
    "Compression": cases_http.COMPRESSION,
    "Headers": cases_http.HEADERS,
    "HTTP 1xx": cases_http.INFORMING,
    "HTTP statuses": cases_http.STATUSES,
    "Redirects": cases_http.REDIRECTS,
    "Not JSON": cases_reply.NOT_JSON,
    "Not as agreed": cases_reply.NOT_AS_AGREED,
    "What LeadIQ says": cases_reply.SAID,
    "Errors of GraphQL": cases_reply.ERRORS,
}
CASES = [case for group in GROUPS.values() for case in group]
