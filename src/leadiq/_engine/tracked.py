"""What is to be tracked: checked before it is sent, and matched with its results. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .._core.canonical import fold
from .._core.redaction import redact
from . import forms
from .writes import WriteRow, WriteStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..types import (
        AddTrackedCompanyInput,
        AddTrackedCompanyResult,
        RemoveTrackedCompaniesResponse,
        RemoveTrackedCompanyResult,
        TrackContactsInput,
        TrackedCompany,
    )


def checked_companies(companies: Iterable[AddTrackedCompanyInput]) -> list[AddTrackedCompanyInput]:
    """Return the companies with their domains in canonical form.

    Raises:
        InputError: naming the entry and the field; nothing was sent.
    """
    rows = forms.several(companies, "companies")
    return [_checked_company(company, f"companies[{i}]") for i, company in enumerate(rows)]


def _checked_company(company: AddTrackedCompanyInput, field: str) -> AddTrackedCompanyInput:
    forms.of_kind(company, "AddTrackedCompanyInput", field)
    forms.words(company.name, f"{field}.name")
    domain = forms.domain(company.domain, f"{field}.domain")
    return company.model_copy(update={"domain": domain})


def check_contacts(run: TrackContactsInput) -> None:
    """Refuse a run over contacts that LeadIQ cannot take.

    Raises:
        InputError: naming the field; nothing was sent.
    """
    forms.of_kind(run, "TrackContactsInput", "start")
    forms.words(run.import_id, "import_id")
    if not run.contacts:
        raise forms.refuse("contacts", "name at least one")
    for i, contact in enumerate(run.contacts):
        for name in ("company_name", "first_name", "last_name"):
            forms.words(getattr(contact, name), f"contacts[{i}].{name}")
        optional = {
            "company_domain": forms.domain,
            "email": forms.email,
            "personal_linked_in_url": forms.linkedin,
        }
        for name, form in optional.items():
            if (value := getattr(contact, name)) is not None:
                form(value, f"contacts[{i}].{name}")


def added(
    sent: Sequence[AddTrackedCompanyInput], results: Sequence[AddTrackedCompanyResult]
) -> list[WriteRow[AddTrackedCompanyInput, TrackedCompany]]:
    """Give every company its result, by the name and domain that LeadIQ repeats.

    Whether results keep the order, and whether LeadIQ repeats what was sent letter by letter, is
    not published: what cannot be matched so is matched in order if the numbers agree.
    """
    by_key: dict[tuple[str, str], list[AddTrackedCompanyResult]] = defaultdict(list)
    for result in reversed(results):
        by_key[_key(result.input.name, result.input.domain)].append(result)
    matched = [
        found.pop() if (found := by_key.get(_key(company.name, company.domain))) else None
        for company in sent
    ]
    left = [
        result for result in results if any(result is one for v in by_key.values() for one in v)
    ]
    if len(left) == matched.count(None):
        rest = iter(left)
        matched = [next(rest) if one is None else one for one in matched]
    return [_added(company, result) for company, result in zip(sent, matched, strict=True)]


def _key(name: str, domain: str) -> tuple[str, str]:
    return fold(name), fold(domain)


def _added(
    company: AddTrackedCompanyInput, result: AddTrackedCompanyResult | None
) -> WriteRow[AddTrackedCompanyInput, TrackedCompany]:
    if result is None:
        return WriteRow(company, WriteStatus.UNKNOWN, None, "LeadIQ's answer leaves it out")
    status = WriteStatus.DONE if result.success else WriteStatus.REFUSED
    return WriteRow(company, status, result.company, "; ".join(map(redact, result.errors)))


def removed(
    ids: Sequence[str], answer: RemoveTrackedCompaniesResponse
) -> list[WriteRow[str, RemoveTrackedCompanyResult]]:
    """Give every id its result. Ids that LeadIQ's answer leaves out are unknown."""
    gone = {company.id: company for company in answer.companies}
    return [_removed(id_, gone.get(id_), not_found=id_ in answer.not_found) for id_ in ids]


def _removed(
    id_: str, company: RemoveTrackedCompanyResult | None, *, not_found: bool
) -> WriteRow[str, RemoveTrackedCompanyResult]:
    if company is not None:
        return WriteRow(id_, WriteStatus.DONE, company)
    if not_found:
        return WriteRow(id_, WriteStatus.NOT_FOUND, None, "it is not tracked")
    reason = "LeadIQ's answer leaves it out; it can be removed again"
    return WriteRow(id_, WriteStatus.UNKNOWN, None, reason)
