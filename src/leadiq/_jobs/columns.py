"""Which column of a table says what: header names in, the row's lead out. Pure.

A header is recognised whatever its case, blanks, hyphens or underscores. Only names that
leave no doubt are: `id` may be anybody's, so it takes `--map id=...`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from .._core.errors import ConfigurationError, InputError
from .._engine.cells import RESULT_PREFIX
from .._engine.identity import InvalidLead, Lead
from .._ground.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_A_HEADER: Final = "the first row has to name the columns"


class Field(StrEnum):
    """What a column can say about a lead; the values are the words of `--map`."""

    ID = "id"
    EMAIL = "email"
    LINKEDIN = "linkedin"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    NAME = "name"
    COMPANY = "company"
    DOMAIN = "domain"

    @property
    def parameter(self) -> str:
        """What `Lead.from_text` calls it."""
        return _PARAMETERS.get(self, self.replace("-", "_"))


_PARAMETERS: Final = {Field.ID: "person_id", Field.NAME: "full_name"}
_HEADERS: Final[dict[Field, str]] = {
    Field.ID: "leadiq id, leadiq person id, person id",
    Field.EMAIL: "email, e-mail, email address, e-mail address, mail, work email, work e-mail, "
    "work email address, business email, corporate email, contact email, primary email, "
    "person email, lead email",
    Field.LINKEDIN: "linkedin, linkedin url, linkedin profile, linkedin profile url, "
    "linkedin link, linkedin address, profile url, public profile url, person linkedin, "
    "person linkedin url, contact linkedin, contact linkedin url, member url",
    Field.FIRST_NAME: "first name, first, given name, forename, fname, contact first name",
    Field.LAST_NAME: "last name, last, surname, family name, lname, contact last name",
    Field.NAME: "name, full name, contact name, person name, lead name, prospect name",
    Field.COMPANY: "company, company name, organisation, organization, organisation name, "
    "organization name, org, account name, employer, current company, business name",
    Field.DOMAIN: "domain, domain name, company domain, company domain name, website, "
    "website url, company website, company url, web site, account website, account domain, "
    "email domain, homepage",
}
#: Other words for a field in `--map`: those of the Python API.
_FIELD_WORDS: Final = {"personid": Field.ID, "linkedinurl": Field.LINKEDIN, "fullname": Field.NAME}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each identifier stands: field -> position in the row, from 0."""

    positions: Mapping[Field, int]
    header: Sequence[str]

    def lead(self, cells: Sequence[str]) -> Lead | InvalidLead:
        """Return whom a row means, or why it means nobody. Never raises."""
        given = {field.parameter: cells[at] for field, at in self.positions.items()}
        try:
            return Lead.from_text(**given)
        except InvalidLead as invalid:
            return invalid.with_traceback(None)

    def __str__(self) -> str:
        return ", ".join(
            f"{field} from {shown(self.header[at])}" for field, at in self.positions.items()
        )


def find_columns(header: Sequence[str], given: Sequence[str] = ()) -> Columns:
    """Return the columns of a header; `given` are the values of `--map`, which go first.

    Raises `InputError`, with the names concerned, when a name occurs twice, looks like a result
    column, or means what another one means too, and when the columns found can't identify anybody;
    `ConfigurationError` when `given` names what there is not.
    """
    _refuse_unclear(header)
    chosen = _chosen(header, given)
    positions = {**_recognised(header, set(chosen), set(chosen.values())), **chosen}
    _require_identity(positions, header)
    return Columns({field: positions[field] for field in Field if field in positions}, header)


def usual_columns(header: Sequence[str]) -> dict[Field, int]:
    """Return the columns whose names leave no doubt; they need not identify anybody.

    Raises `InputError` when two of them say the same.
    """
    return _recognised(header, set(), set())


def column_name(header: Sequence[str], at: int) -> str:
    """Return what to call what may be no column: its name if it is a usual one, else its number.

    A file without a header begins with somebody's data, which must not be printed.
    """
    usual = at < len(header) and _bare(header[at]) in _meanings()
    return shown(header[at]) if usual else str(at + 1)


def _refuse_unclear(header: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for at, name in enumerate(map(str.strip, header)):
        if name in seen:
            both = f"{column_name(header, seen[name])} and {column_name(header, at)}"
            have = "have the same name" if name else "have no name"
            raise _unclear(f"the columns {both} {have}: {_A_HEADER}, each with a name of its own")
        seen[name] = at
    if any("@" in name for name in header):
        raise _unclear(f"the first row holds an e-mail address: {_A_HEADER}")
    for name in header:
        if name.strip().casefold().startswith(RESULT_PREFIX):
            raise _unclear(
                f"the column {shown(name)} is named like a result ({RESULT_PREFIX}...): "
                "rename it or take it out"
            )


def _chosen(header: Sequence[str], given: Sequence[str]) -> dict[Field, int]:
    chosen: dict[Field, int] = {}
    for pair in _pairs(given):
        word, _, name = pair.partition("=")
        field = _field(word)
        if field in chosen:
            raise _wrong_map(f"--map gives '{field}' twice")
        position = _position(header, name)
        if position in chosen.values():
            raise _wrong_map(f"--map uses the column {shown(header[position])} for two fields")
        chosen[field] = position
    return chosen


def _pairs(given: Iterable[str]) -> list[str]:
    """Split at the commas that begin a new `field=`; a column's name may hold others."""
    pairs = [pair for text in given for pair in re.split(r",(?=[^,=]*=)", text)]
    for pair in pairs:
        if "=" not in pair:
            raise _wrong_map("--map takes field=column, such as --map email=Contact,company=Org")
    return pairs


def _field(word: str) -> Field:
    known = {_bare(field): field for field in Field} | _FIELD_WORDS
    if _bare(word) not in known:
        raise _wrong_map(
            f"--map knows no field {shown(word.strip())}: choose from {', '.join(Field)}"
        )
    return known[_bare(word)]


def _position(header: Sequence[str], name: str) -> int:
    """Find a column by its exact name, else by its name without case, blanks and signs."""
    for form in (str, str.strip, _bare):
        found = [at for at, column in enumerate(header) if form(column) == form(name)]
        if len(found) == 1:
            return found[0]
    raise _wrong_map(f"there is no column {shown(name.strip())} for --map: {_listed(header)}")


def _recognised(header: Sequence[str], chosen: set[Field], taken: set[int]) -> dict[Field, int]:
    meant = _meanings()
    found: dict[Field, int] = {}
    for at, name in enumerate(header):
        field = meant.get(_bare(name))
        if field is None or field in chosen or at in taken:
            continue
        if field in found:
            raise _unclear(
                f"the columns {shown(header[found[field]])} and {shown(name)} both say {field}: "
                f"choose one with --map {field}=..."
            )
        found[field] = at
    return found


def _meanings() -> dict[str, Field]:
    return {_bare(name): field for field, names in _HEADERS.items() for name in names.split(",")}


def _require_identity(found: Mapping[Field, int], header: Sequence[str]) -> None:
    has_name = Field.NAME in found or {Field.FIRST_NAME, Field.LAST_NAME} <= found.keys()
    has_company = Field.COMPANY in found or Field.DOMAIN in found
    if not ({Field.ID, Field.EMAIL, Field.LINKEDIN} & found.keys() or (has_name and has_company)):
        raise _unclear(
            "no column identifies a person: it takes an e-mail, a LinkedIn profile, a LeadIQ id, "
            f"or a name and a company (use --map field=column); {_listed(header)}"
        )


def _listed(header: Sequence[str]) -> str:
    """Return what the header has; of its cells only what cannot be somebody's data."""
    known = [shown(name) for name in header if _bare(name) in _meanings()]
    count = "1 column" if len(header) == 1 else f"{len(header)} columns"
    told = f"only {', '.join(known)}" if known else "none"
    return f"{_A_HEADER}, and of its {count} {told} can be told by name"


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


def _unclear(text: str) -> InputError:
    return InputError(text, sent=False)


def _wrong_map(text: str) -> ConfigurationError:
    return ConfigurationError(text, sent=False)
