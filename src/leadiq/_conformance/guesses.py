"""What nobody has published about LeadIQ: what is assumed, what changes it, and what would tell.

docs/guesses.md is this list. A guess that the rest of the SDK makes has an option of the client, or
of a command; one of the sandbox has a field of `SandboxSettings`. A case of the conformance suite
that would tell is named, where there is one: when it differs, the guess is wrong.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Guess(NamedTuple):
    """One question that LeadIQ has not answered."""

    question: str
    assumed: str
    setting: str = ""
    """What changes it: of the sandbox, else as it is written in Python or on the command line."""
    told_by: tuple[str, ...] = ()
    """Names of the cases that would tell."""


REQUESTS: Final = (
    Guess("Kind of the rate limit's window", "the past 60 seconds", "window"),
    Guess("Whether a refused request counts against the limit", "no"),
    Guess(
        "Whether introspection counts against a key's limit",
        "only if a key was sent",
    ),
    Guess("Whether root fields after the first count as requests", "no", "aliases"),
    Guess(
        "Most root fields of one operation",
        "unbounded",
        "max_aliases",
        told_by=("aliases: 25 root fields in one request",),
    ),
    Guess(
        "Largest body, and how a larger one is refused",
        "1,000,000 bytes, 413",
        "max_body_bytes",
        told_by=("a body that is too large",),
    ),
    Guess(
        "Largest document, and how a larger one is refused",
        "100,000 bytes, 400",
        "max_document_bytes",
        told_by=("a document that is too large",),
    ),
    Guess("Where a refusal's status stands", "in a 200 body", "error_form"),
    Guess("Words and codes of refusals", "ours, but for `MISSING_QUERY_STRING`"),
    Guess(
        "How a document that does not validate is answered",
        "200, `errors`, no `data`, no status",
        told_by=("an unknown root field", "an operation that is not there"),
    ),
    Guess(
        "How a GET, a batch, another content type or a body that is no JSON is answered",
        "405, 400, 415, 400 in the envelope",
        told_by=(
            "GET",
            "a batch of operations",
            "another content type",
            "a form",
            "an empty body",
            "a body that is cut off",
            "a body that is no UTF-8",
            "a number that is none",
            "an empty query",
            "variables that are no object",
            "an operation name that is no text",
        ),
    ),
    Guess("How BigDecimal is written", "as a number", "decimals"),
    Guess("What ends a walk by cursor", "`after: null` on the last page", "cursor_end"),
    Guess(
        "What identifies a person",
        "an id, LinkedIn, an address or number, or a name with a company; else 400",
        told_by=("searchPeople: somebody has to be identified",),
    ),
)

CREDITS: Final = (
    Guess("Price of a page of an advanced search", "1; an empty page is free", "prices, misses"),
    Guess("Whether what is not found is charged", "no, as the help articles say", "misses"),
    Guess("Whether a company that was paid for is charged again", "yes", "company_repeats"),
    Guess(
        "Whether company information replaces the profile fee",
        "yes, where it is charged in the record",
        "prices",
    ),
    Guess(
        "Work and personal addresses of one person",
        "one data point, charged once; phones too",
        "prices",
    ),
    Guess("Which fields of an address or number are charged", "any but `__typename`"),
    Guess("Whether a suppressed value is charged", "no"),
    Guess("Whether an earlier profile fee is given back when more is unlocked", "no"),
    Guess("How long a year is", "365 days from the first unlock", "clock"),
    Guess(
        "Whether a request that the balance does not cover is answered in part",
        "no, it is refused as a whole",
    ),
    Guess("What `matchProfile` costs", "the same as `searchPeople`", "prices"),
    Guess("Whether company information in an advanced search is charged", "no, the page is all"),
    Guess("What a regeneration costs", "nothing"),
    Guess(
        "What a plan without Universal Credits shows",
        "one line of exact matches with a cap; the bill is the same",
        "plan",
    ),
)

TEAMS: Final = (
    Guess(
        "A list's name in use",
        "an error with status 409 and code `CONFLICT`; capitals do not tell names apart",
        told_by=("createList: a name in use is a conflict",),
    ),
    Guess(
        "An unknown list or prospect",
        "null when read, 404 when written to",
        told_by=(
            "list: null where there is none",
            "prospect: null where there is none",
            "addProspectToList: no such list",
        ),
    ),
    Guess(
        "Order of lists and prospects", "oldest first; 25 on a page unless `limit` says 1 to 100"
    ),
    Guess("A list's `status`, `visibility` and dates", "`Active`, `Private`, ISO 8601"),
    Guess(
        "A company that is tracked already",
        "that entry fails, the others are added",
        told_by=("addTrackedCompanies: those that are tracked fail",),
    ),
    Guess("`totalRemaining` of removeAllTrackedCompanies", "what is left: 0"),
    Guess(
        "Pages of tracked companies, job changes and contacts",
        "up to 1,000; 100 tracked companies unless asked",
    ),
    Guess(
        "How long a tracking run takes, and how it ends",
        "1 second, with success",
        "tracking_s, tracking_end",
    ),
    Guess(
        "When a run is ended by force",
        "after a day, or `timeoutAfterMinutes`",
        "tracking_timeout_s",
    ),
    Guess(
        "Status of a run that was cancelled or timed out",
        "`Failed`, with `isCancelled` or `isTimeout`",
    ),
    Guess(
        "An unknown task",
        "null when read, an `errorCode` when cancelled",
        told_by=(
            "companyTrackingTask: null where there is none",
            "cancelCompanyTrackingTask: no such task",
        ),
    ),
    Guess("`monthsBack`, `maxContactsPerCompany`", "3 of 1 to 24, 10 of 1 to 1,000"),
    Guess(
        "When unlocking by tracking is charged",
        "when the run ends, for what it found; if the balance does not do, nothing is unlocked and "
        "`warning` says so",
    ),
    Guess(
        "People who opted out",
        "every second one is left out and counted in `suppressedContacts`; the others are shown "
        "without data",
    ),
    Guess("Contacts who are where they were", "not told of"),
    Guess("An `importId` sent again", "adds to the import"),
    Guess("Contacts of a subscription", "10,000, one for each contact sent", "tracked_contacts"),
    Guess("`balance` of contactTrackingBalance", "what is left"),
    Guess("How long `regenerate` takes", "1 second", "regenerate_s"),
    Guess(
        "When a person that nobody knows was regenerated",
        "null",
        told_by=("regeneratedTime of nobody",),
    ),
    Guess(
        "`matchProfile`",
        "priced like `searchPeople`; all shown addresses and numbers of whom the address belongs "
        "to",
    ),
)

CLIENT: Final = (
    Guess(
        "Kind of the rate limit's window",
        "any: pacing is right for all",
        "`burst=` for those who know",
    ),
    Guess("Requests a minute", "60, a standard plan", "`requests_per_minute=`"),
    Guess("Price of a page of an advanced search, in universal credits", "1", "`Prices(page=...)`"),
    Guess(
        "Whether company information is charged in an advanced search",
        "it may be, so it is asked for only with `Unlock.COMPANY`",
        "`unlock=`",
    ),
    Guess("Price of a regeneration and of tracking", "unknown: an infinite maximum"),
    Guess(
        "How many current companies a person has at most",
        "4: what a lookup with company information reserves of a budget",
    ),
    Guess(
        "What a lookup of unknown outcome costs when it is sent again",
        "nothing, but for company information",
        "`--repeat-unknown`",
    ),
    Guess("How many companies one call may track", "100", "`per_call=`"),
    Guess(
        "Work and personal addresses of one person",
        "one data point, charged once, as the price list names one",
        "`Prices`",
    ),
)

SANDBOX: Final = (*REQUESTS, *CREDITS, *TEAMS)


def guess_of(case: str) -> Guess | None:
    """Give the guess that a case would tell the truth about, or None."""
    return next((guess for guess in SANDBOX if case in guess.told_by), None)
