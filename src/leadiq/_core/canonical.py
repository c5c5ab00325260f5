"""Identifiers in their one canonical spelling: what people type in, what LeadIQ is asked out.

Each function takes a raw string, returns the canonical form, or an empty string when the
value says nothing (`n/a`, `-`, blanks), and raises `InvalidLead` when it is malformed. All
are pure and idempotent. Domains are compared and sent as ASCII by the standard library's
IDNA 2003, so that `straße.example` and `strasse.example` are one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote, unquote

#: Longest value that is sent, in characters. 254 and 253 are the limits of SMTP (RFC 5321)
#: and DNS (RFC 1035); the others are generous: nobody's real name is longer.
MAX_EMAIL_CHARS: Final = 254
MAX_DOMAIN_CHARS: Final = 253
MAX_LINKEDIN_CHARS: Final = 1_000
MAX_WORDS_CHARS: Final = 300
#: Longest cell that is looked at where only one part of it counts (an address in a URL).
MAX_RAW_CHARS: Final = 4_000
#: What people type into a cell to say that they have nothing. In names and companies only
#: the first group counts: Null, None and Na are names of real people.
_NOTHING: Final = frozenset({"n/a", "#n/a"})
_NOTHING_BUT_A_NAME: Final = frozenset({"na", "none", "null", "nil", "unknown"})
_JOINERS: Final = "\u200c\u200d"  # letters of some scripts need them, in the middle of a word

_PERSON_ID = re.compile(
    r"personid-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE
)
_COMPANY_ID = re.compile(r"mergedcompany-([0-9a-f]{24})", re.IGNORECASE)
_HASH = re.compile(r"[0-9a-f]{64}")
_FEWEST_DIGITS: Final = 5  # of a phone number, without its country
_BRACKETED = re.compile(r"[^<>]*<([^<>]*)>")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")  # the codec knows how long they are
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_END_OF_HOST = re.compile(r"[/?#]")
_LINKEDIN_HOST = re.compile(r"(?:[a-z0-9-]+\.)*linkedin\.com(?::[0-9]*)?", re.IGNORECASE)
_NOT_IN_LOCAL_PART = re.compile(r'[\s<>()\[\],;:\\"]')
_NOT_IN_SLUG = re.compile(r"""[\s/\\?#%<>"{}|^`@,;:]""")

_GIVE_A_PROFILE: Final = (
    "the LinkedIn address {}: give the profile's, such as https://www.linkedin.com/in/ann-example"
)
_NOT_A_PROFILE: Final = {
    "company": "is a company's page",
    "showcase": "is a company's page",
    "school": "is a school's page",
    "sales": "is a Sales Navigator link, which names no public profile",
    "pub": "is of the old /pub/ form",
}


class InvalidLead(ValueError):
    """A row that cannot be looked up; nothing was sent for it.

    `reason` is a sentence about the field and what would do. It never quotes the value, so
    it may be logged and written beside the row.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InvalidLead) and other.reason == self.reason

    def __hash__(self) -> int:
        return hash(self.reason)


def canonical_person_id(text: str) -> str:
    """Return `PersonID-<uuid>`, the UUID in lower case [samples]."""
    text = _token(text, "LeadIQ id")
    if not text:
        return ""
    found = _PERSON_ID.fullmatch(text)
    if not found:
        raise InvalidLead("the LeadIQ id is malformed: give PersonID- and a UUID")
    return f"PersonID-{found[1].lower()}"


def canonical_company_id(text: str) -> str:
    """Return `MergedCompany-<24 hex digits>`, the digits in lower case [samples]."""
    text = _token(text, "company id")
    if not text:
        return ""
    found = _COMPANY_ID.fullmatch(text)
    if not found:
        raise InvalidLead("the company id is malformed: give MergedCompany- and 24 hex digits")
    return f"MergedCompany-{found[1].lower()}"


def canonical_email(text: str) -> str:
    """Return one address in lower case, out of `mailto:` or `Name <address>` too."""
    text = _token(text, "e-mail")
    if bracketed := _BRACKETED.fullmatch(text):
        text = bracketed[1].strip()
    text = fold_case(text.rstrip(" ,;.")).removeprefix("mailto:").strip()
    if not text:
        return ""
    if "@" not in text:
        raise InvalidLead("the e-mail has no @: give one whole address, such as ann@example.com")
    if text.count("@") > 1:
        raise InvalidLead("the e-mail has more than one @: give one address alone")
    local, _, domain = text.partition("@")
    host = _host(domain)
    if not local or not host or _NOT_IN_LOCAL_PART.search(local):
        raise InvalidLead("the e-mail is malformed: give one address, such as ann@example.com")
    return _short(f"{local}@{host}", "e-mail", MAX_EMAIL_CHARS)


def canonical_hash(text: str) -> str:
    """Return the SHA-256 of an address as 64 lower-case hex digits."""
    text = _token(text, "hashed e-mail").lower()
    if text and not _HASH.fullmatch(text):
        raise InvalidLead("the hashed e-mail is no SHA-256: give 64 hex digits, as of hash_email()")
    return text


def canonical_phone(text: str) -> str:
    """Return a phone number as it was written, with single spaces; which form is best is [unknown].

    Words are refused, and what is too short to be anybody's.
    """
    text = _token(text, "phone")
    if text and sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
        raise InvalidLead("the phone is malformed: give the whole number, such as +1 202 555 0100")
    return text


def canonical_domain(text: str) -> str:
    """Return the host of a domain, web address or e-mail, without `www.`, in ASCII."""
    text = _token(text, "company domain")
    if not text:
        return ""
    text = _END_OF_HOST.split(_SCHEME.sub("", text))[0]
    host = _host(re.sub(r":[0-9]*$", "", text.rpartition("@")[2].strip()))
    while host.startswith("www.") and host.count(".") > 1:
        host = host.removeprefix("www.")
    if not host:
        raise InvalidLead("the company domain is malformed: give one such as example.com")
    return host


def canonical_linkedin(text: str) -> tuple[str, str]:
    """Return (`https://www.linkedin.com/in/<slug>`, "") or, for a member's number, ("", number).

    Country hosts, queries, trailing parts, case and (double) percent-encoding are taken off;
    a slug is percent-encoded UTF-8, lower case. Pages of companies, Sales Navigator links and
    bare words ("yes") are refused: they would buy somebody else.
    """
    text = _token(text, "LinkedIn address")
    if not text or (text.isascii() and text.isdigit()):
        return "", text
    address = re.split(r"[?#]", _SCHEME.sub("", text))[0]
    host, _, path = address.partition("/")
    if host.lower() in ("", "in"):  # "/in/ann-example" and "in/ann-example"
        path = address
    elif not _LINKEDIN_HOST.fullmatch(host.strip()):
        raise InvalidLead(_GIVE_A_PROFILE.format("is not a profile's address on linkedin.com"))
    url = f"https://www.linkedin.com/in/{quote(_slug(path))}"
    return _short(url, "LinkedIn address", MAX_LINKEDIN_CHARS), ""


def canonical_words(text: str, field: str) -> str:
    """Return a name in NFC with single spaces; `field` is what a refusal calls it."""
    return _short(_clean(text), field, MAX_WORDS_CHARS)


def fold_case(text: str) -> str:
    """Return the text in lower case and NFC: for identifiers that are still sent."""
    return unicodedata.normalize("NFC", text.lower())


def fold(text: str) -> str:
    """Return a form in which spellings that differ in case, width or joiners are equal.

    For comparing only: it is not a spelling that anybody uses.
    """
    for joiner in _JOINERS:
        text = text.replace(joiner, "")
    for _ in range(2):  # folding can denormalise, normalising can unfold
        text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(text.split())


def _host(text: str) -> str:
    """Return a DNS name in lower-case ASCII, or nothing when it cannot be one."""
    if len(text) > MAX_DOMAIN_CHARS:  # and the codec below is slow on long input
        return ""
    try:
        host = text.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        return ""
    labels = host.split(".")
    if len(host) > MAX_DOMAIN_CHARS or len(labels) < 2 or labels[-1].isdigit():
        return ""
    return host if all(_LABEL.fullmatch(label) for label in labels) else ""


def _slug(path: str) -> str:
    parts = [part.strip() for part in path.split("/") if part.strip()]
    if parts and parts[0].lower() in ("mwlite", "comm"):  # phones, and links in e-mails
        del parts[0]
    kind = parts[0].lower() if parts else ""
    if kind != "in" or len(parts) < 2:
        why = _NOT_A_PROFILE.get(kind, "names no profile (nothing after /in/)")
        raise InvalidLead(_GIVE_A_PROFILE.format(why))
    slug = fold_case(_percent_decoded(parts[1]))
    if _NOT_IN_SLUG.search(slug) or not any(char.isalnum() for char in slug):
        raise InvalidLead(_GIVE_A_PROFILE.format("is malformed after /in/"))
    return slug


def _percent_decoded(text: str) -> str:
    """Undo percent-encoding; exports often apply it twice."""
    for _ in range(3):
        try:
            text = unquote(text, errors="strict")
        except UnicodeDecodeError:
            return text
    return text


def _token(text: str, field: str) -> str:
    """Clean a value that is no sequence of words; placeholders become empty."""
    text = _clean(text)
    for joiner in _JOINERS:
        text = text.replace(joiner, "")
    text = "" if text.casefold() in _NOTHING_BUT_A_NAME else text
    return _short(text, field, MAX_RAW_CHARS)


def _clean(text: str) -> str:
    """NFC, single spaces, nothing invisible; what says nothing becomes empty."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", "".join(map(_visible, text)))
    text = " ".join(text.split()).strip(_JOINERS + " ")
    says_nothing = text.casefold() in _NOTHING or not any(map(str.isalnum, text))
    return "" if says_nothing else text


def _visible(char: str) -> str:
    if char.isspace() or char in _JOINERS:
        return char
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char


def _short(text: str, field: str, most_chars: int) -> str:
    if len(text) > most_chars:
        raise InvalidLead(f"the {field} is longer than {most_chars:,} characters")
    return text
