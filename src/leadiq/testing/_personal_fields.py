"""Which members of the contract hold something about a person, and of what kind. Pure.

The table errs on the side of people: what links to a person counts, free text too. Job titles,
employers and places stay what they are, so that a recording keeps its use.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a value is; the words are those of a failed assertion."""

    NAME = "a name"
    EMAIL = "an e-mail address"
    PHONE = "a phone number"
    PROFILE = "a profile URL"
    NUMBER = "a profile's number"
    PERSON = "a person's id"
    HASH = "a hashed e-mail address"
    TEXT = "personal text"
    SECRET = "an API key"  # noqa: S105 - what it is called


_BY_NAME: Final = {
    **dict.fromkeys(
        (
            *("first", "last", "middle", "fullName", "name", "names"),
            *("firstName", "lastName", "middleName"),
        ),
        Kind.NAME,
    ),
    **dict.fromkeys(
        (
            *("email", "workEmail", "workEmails", "personalEmails"),
            *("verifiedWorkEmails", "verifiedLikelyWorkEmails"),
        ),
        Kind.EMAIL,
    ),
    **dict.fromkeys(("phone", "phones", "workPhones", "personalPhones"), Kind.PHONE),
    **dict.fromkeys(
        (
            *("linkedinUrl", "linkedinUrls", "linkedIn", "personalLinkedInUrl", "salesUrls"),
            *("url", "username"),
        ),
        Kind.PROFILE,
    ),
    **dict.fromkeys(("linkedinId", "linkedinIds", "guid"), Kind.NUMBER),
    "personId": Kind.PERSON,
    "hashedEmail": Kind.HASH,
    **dict.fromkeys(
        (
            *("notes", "picture", "fullAddress", "formatted", "streetLine1", "streetLine2", "zip"),
            *("externalRecordId", "referenceId", "sfdcUserId", "sfdcRecordId", "customData"),
            *("duplicateRecordIds", "activities", "description", "grades"),
        ),
        Kind.TEXT,
    ),
}

PEOPLE: Final = (
    *("NameInfo", "PersonRecord", "LinkedinRecord", "SocialProfile", "LocationRecord", "Person"),
    *("MatchingServicePerson", "PersonData", "TrackedContact", "JobChange", "Prospect"),
    *("EmailValue", "PhoneWithQuality", "PersonalPhonesValue", "WorkPhonesValue"),
    *("ProspectorLocation", "SearchPeoplePreviewResult"),
    *("SearchPeopleInput", "SearchPeoplePreviewInput", "ContactFilter", "CreateProspectInput"),
    *("ApiPersonFeedback", "MatchingServiceInput", "RegenerateRecordInput", "LocationInput"),
    *("RegeneratedTimeInput", "TrackContactInput", "SfdcExtraDetails"),
)
"""Types of which every member of a name above is personal."""

_OTHERS: Final = {
    **dict.fromkeys(
        (
            *(("PersonRecord", "id"), ("PersonRecord", "_id"), ("Person", "id")),
            *(("MatchingServicePerson", "id"), ("SearchPeopleInput", "id")),
            ("ContactFilter", "ids"),
        ),
        Kind.PERSON,
    ),
    ("SocialProfile", "id"): Kind.NUMBER,
    **dict.fromkeys(
        ((f"{whose}EmailRecordType", "value") for whose in ("Work", "Personal")), Kind.EMAIL
    ),
    **dict.fromkeys(
        (
            *((f"{whose}PhoneRecordType", "value") for whose in ("Work", "Personal")),
            *(("MobilePhoneRecord", "value"), ("CompanyInfo", "phones")),
            ("ProspectorCompany", "phone"),
        ),
        Kind.PHONE,
    ),
    **dict.fromkeys(
        (
            *(("EducationRecord", name) for name in ("activities", "description", "grades")),
            *((owner, "customData") for owner in ("AddTrackedCompany", "AddTrackedCompanyInput")),
            *(("CompanyData", "customData"), ("ApiPersonFeedback", "value")),
        ),
        Kind.TEXT,
    ),
    **dict.fromkeys(
        (("WorkatoTokenResponseSuccess", name) for name in ("token", "apiKey")), Kind.SECRET
    ),
}


def kind_of(owner: str, field: str) -> Kind | None:
    """Tell what a member of a type holds about a person, if anything."""
    if (owner, field) in _OTHERS:
        return _OTHERS[owner, field]
    return _BY_NAME.get(field) if owner in PEOPLE else None
