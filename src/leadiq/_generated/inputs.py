# @generated from schema.graphql by `make generate`. Do not edit.

from typing import Any

from pydantic import Field

from leadiq._ground.scalars import UnixMilliseconds, ZonedDateTime

from .base_model import InputModel
from .enums import (
    AdvancedSearchEmailVerificationStatusType,
    CompanySortingOption,
    ContactInfoStatus,
    ContactInfoType,
    ContactSortingOption,
    EmailQuality,
    EmailVerificationStatusTypeInput,
    EnrichJobType,
    EnrichmentScheduleType,
    InvalidReason,
    JobChangeType,
    JobDetectionType,
    PersonJobChangeTypeFilter,
    PhoneQualityFilter,
    PhoneQualityLevel,
    ProfileFilterType,
    RecordBehaviorType,
    Seniority,
    UnlockableDataPointRequest,
)


class AddTrackedCompanyInput(InputModel):
    """One company to track."""

    name: str
    "Company name."
    domain: str
    "Web domain of the company, such as `example.com`."
    custom_data: Any | None = None
    "Any JSON of your own; it comes back with the company and its job changes."


class AddTrackedCompaniesInput(InputModel):
    """The companies to track from now on."""

    companies: list[AddTrackedCompanyInput]
    "One entry for each company. How many fit in one call is not published."


class ApiPersonFeedback(InputModel):
    """A correction or confirmation of one piece of contact data of one person.

    Name the person by `personId`, or by what else you have; which members suffice is not published.
    Personal data travels in this input: keep it out of logs."""

    person_id: str | None = None
    "LeadIQ id of the person, `PersonID-<uuid>`."
    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the person; its format is not published."
    name: str | None = None
    "Full name of the person."
    company_id: str | None = None
    "LeadIQ id of the person's company, `MergedCompany-<24 hex digits>`."
    company_name: str | None = None
    "Name of the person's company."
    company_domain: str | None = None
    "Web domain of the person's company, such as `example.com`."
    title: str | None = None
    "Job title of the person."
    value: str
    "The e-mail address or phone number that the feedback is about."
    status: ContactInfoStatus | None = None
    "Whether `value` is right or wrong."
    invalid_reason: InvalidReason | None = None
    "Why `value` is wrong; for `status: Invalid`."
    type_: ContactInfoType | None = Field(
        validation_alias="type", serialization_alias="type", default=None
    )
    "What kind of contact data `value` is."
    last_seen: ZonedDateTime | None = None
    "When `value` was last seen in use. ISO 8601 with a zone."


class CancelCompanyTrackingTaskInput(InputModel):
    """The tracking task to cancel."""

    id: str
    "Id of the task, from `CompanyTrackingTask.id`."
    reason: str | None = None
    "Why it is cancelled, in your own words."


class CompanyDetails(InputModel):
    """What you know of a person's company, to find the person by.

    `strict` decides what happens when one of the members fits no company."""

    company_id: str | None = None
    "LeadIQ id of the company, `MergedCompany-<24 hex digits>`."
    name: str | None = None
    "Company name."
    domain: str | None = None
    "Web domain, such as `example.com`."
    email_domain: str | None = None
    "Domain of the company's e-mail addresses, where it differs from the web domain."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the company; its format is not published."
    country: str | None = None
    "Country of the company. Whether names or codes are taken is not published."
    search_in_past_companies: bool | None = None
    "Look at past positions too and not only at current ones. Default: false [ref]."
    strict: bool | None = None
    """Require that every member given here fits a company that LeadIQ knows. Default: false [ref].

    With true, one wrong detail makes the search come back empty.
    """


class CompanySizeFilter(InputModel):
    """A range of employee numbers.

    Whether the ends count is not published."""

    min: int | None = None
    "Smallest number of employees; null sets no lower end."
    max: int | None = None
    "Largest number of employees; null sets no upper end."


class DateRangeFilter(InputModel):
    """A span of time in Unix milliseconds [samples].

    Whether the ends count is not published."""

    start: UnixMilliseconds | None = None
    "Begin in Unix milliseconds; null sets no lower end."
    end: UnixMilliseconds | None = None
    "End in Unix milliseconds; null sets no upper end."


class RangeFilter(InputModel):
    """A range of whole numbers.

    Whether the ends count is not published. The unit is that of the member that takes the range."""

    start: int | None = None
    "Lower end; null sets none."
    end: int | None = None
    "Upper end; null sets none."


class FundingInfoFilter(InputModel):
    """Conditions on a company's latest funding round."""

    last_funding_date_range: DateRangeFilter | None = None
    "When it took place. Unix milliseconds."
    last_funding_range: RangeFilter | None = None
    "How much it brought. By `FundingInfo.lastFundingUsd` this is US dollars."


class LocationFilterInput(InputModel):
    """A place to look for.

    Give the parts that matter; parts that are left out do not narrow. Spelling rules are not published."""

    city: str | None = None
    "City."
    area_level_1: str | None = None
    "State, province or region: the level below the country."
    country: str | None = None
    "Country. Whether names or codes are taken is not published."
    postal_code: str | None = None
    "Postal code, as text."


class NAICSCodeFilter(InputModel):
    """A NAICS industry to look for, by code or by name."""

    code: str | None = None
    "Code as text. Whether a short code covers the longer ones is not published."
    description: str | None = None
    "Name of the industry. Whether it must match exactly is not published."


class SICCodeFilter(InputModel):
    """A SIC industry to look for, by code or by name."""

    code: str | None = None
    "Code as text. Whether a short code covers the longer ones is not published."
    description: str | None = None
    "Name of the industry. Whether it must match exactly is not published."


class CompanyFilter(InputModel):
    """Conditions on the company, for the advanced searches.

    Members that are left out do not filter. How several values of one member combine, and whether names
    match exactly, is not published. As `companyExcludedFilter` it names the companies to leave out."""

    ids: list[str] | None = None
    "LeadIQ company ids, `MergedCompany-<24 hex digits>`."
    names: list[str] | None = None
    "Company names."
    domains: list[str] | None = None
    "Web domains, such as `example.com`."
    linkedin_ids: list[str] | None = None
    "LinkedIn's identifiers of companies; their format is not published."
    industries: list[str] | None = None
    "Names of industries. The set of names is not published."
    sizes: list[CompanySizeFilter] | None = None
    "Ranges of employee numbers."
    locations: list[LocationFilterInput] | None = None
    "Places of the company."
    technologies: list[str] | None = None
    "Names of technologies that the company uses."
    technology_categories: list[str] | None = None
    "Categories of technologies that the company uses."
    revenue_ranges: list[RangeFilter] | None = None
    "Ranges of yearly revenue. The unit is not published; `FundingInfo` counts in US dollars."
    funding_info_filters: list[FundingInfoFilter] | None = None
    "Conditions on the latest funding round."
    naics_code_filters: list[NAICSCodeFilter] | None = None
    "NAICS industry codes."
    sic_code_filters: list[SICCodeFilter] | None = None
    "SIC industry codes."
    cities: list[str] | None = Field(
        default=None,
        deprecated="Only in the published reference; live servers do not have it. Use `locations`.",
    )
    """Cities of the company, in the published reference's form.

    Deprecated: Only in the published reference; live servers do not have it. Use `locations`.
    """
    states: list[str] | None = Field(
        default=None,
        deprecated="Only in the published reference; live servers do not have it. Use `locations`.",
    )
    """States or regions of the company, in the published reference's form.

    Deprecated: Only in the published reference; live servers do not have it. Use `locations`.
    """
    postal_codes: list[str] | None = Field(
        default=None,
        deprecated="Only in the published reference; live servers do not have it. Use `locations`.",
    )
    """Postal codes of the company, in the published reference's form.

    Deprecated: Only in the published reference; live servers do not have it. Use `locations`.
    """
    countries: list[str] | None = Field(
        default=None,
        deprecated="Only in the published reference; live servers do not have it. Use `locations`.",
    )
    """Countries of the company, in the published reference's form.

    Deprecated: Only in the published reference; live servers do not have it. Use `locations`.
    """
    descriptions: list[str] | None = Field(
        default=None,
        deprecated="Only in the published reference; live servers do not have it.",
    )
    """Texts to look for in the company's description. Nothing takes its place.

    Deprecated: Only in the published reference; live servers do not have it.
    """


class ContactFilter(InputModel):
    """Conditions on the person, for the advanced searches.

    Members that are left out do not filter. How several values of one member combine, and whether texts
    match exactly, is not published. As `contactExcludedFilter` it names the people to leave out."""

    ids: list[str] | None = None
    "LeadIQ person ids, `PersonID-<uuid>`."
    names: list[str] | None = None
    "Names of people."
    titles: list[str] | None = None
    "Job titles."
    linkedin_ids: list[str] | None = None
    "LinkedIn's identifiers of people; their format is not published."
    linkedin_urls: list[str] | None = None
    "LinkedIn profile URLs."
    seniorities: list[Seniority] | None = None
    "Levels of seniority."
    roles: list[str] | None = None
    "Roles (job functions). The set of names is not published."
    locations: list[LocationFilterInput] | None = None
    "Places of the person."
    contains_work_emails: list[AdvancedSearchEmailVerificationStatusType] | None = None
    "Only people who have a work e-mail of one of these qualities."
    updated_at: DateRangeFilter | None = None
    "Only records that LeadIQ updated in this span. Unix milliseconds."
    new_hire_from: UnixMilliseconds | None = None
    "Only people who joined their company since this time. Unix milliseconds [samples]."
    new_promotion_from: UnixMilliseconds | None = None
    "Only people who were promoted since this time. Unix milliseconds [samples]."


class CreateListInput(InputModel):
    """A list to create."""

    name: str
    "Name of the list. A name that is in use is a conflict [guide]."
    description: str | None = None
    "What the list is for."


class LocationInput(InputModel):
    """Postal address of a prospect to save. All parts are optional.

    `formatted` is stored apart from the other parts; neither is computed from the other [live]."""

    street_line_1: str | None = None
    "First line of the street address."
    street_line_2: str | None = None
    "Second line of the street address."
    city: str | None = None
    "City."
    state: str | None = None
    "State, province or region."
    zip_: str | None = Field(validation_alias="zip", serialization_alias="zip", default=None)
    "Postal code, as text."
    country: str | None = None
    "Country, as text."
    formatted: str | None = None
    "The whole address in one line."


class CreateProspectInput(InputModel):
    """A prospect to save in a list.

    Malformed values are refused (400) [live]. There is no idempotency key: every call makes a new
    prospect, the same body or not."""

    first_name: str
    "First name."
    last_name: str
    "Last name."
    work_email: str | None = None
    "Work e-mail address; it must be a valid one (RFC 5322)."
    email_status: str | None = None
    """What is known of `workEmail`: `Verified`, `VerifiedLikely` or `Unverified` [live].

    Leave it out when you do not know. `Invalid` and other words are refused.
    """
    phone: str | None = None
    """Mobile phone number as plain text; its format is not checked.

    Together with `personId` LeadIQ tries to verify it and then shows `Verified` in
    `Prospect.mobilePhones` [live].
    """
    person_id: str | None = None
    """LeadIQ id of the person, `PersonID-<uuid>`.

    Without it `phone` is saved too, but never verified.
    """
    title: str | None = None
    "Job title."
    seniority: str | None = None
    """Level of seniority, one of the names of `Seniority`; other words are refused [live]. Take `Other`
    when none fits.
    """
    function: str | None = None
    "Job function, as text."
    company: str | None = None
    "Company name."
    company_domain: str | None = None
    "Web domain of the company, such as `example.com`."
    company_industry: str | None = None
    "Industry of the company, as text."
    linkedin_url: str | None = None
    "LinkedIn profile URL; a malformed one is refused."
    location: LocationInput | None = None
    "Postal address. Give the parts, the one-line form or both: they are stored apart."
    notes: str | None = None
    "Notes of your own, 5,000 characters at most [live]."


class JobChangeFilter(InputModel):
    """Conditions on a recent job change, for the flat advanced search."""

    job_change_types: list[PersonJobChangeTypeFilter]
    "Kinds of job change to look for."
    started_after: UnixMilliseconds | None = None
    "Only changes that began after this time. Unix milliseconds [samples]."


class PreviousCompanyFilter(InputModel):
    """Conditions on a former company of the person. Limited access, see `FlatSearchInput`.

    Members that are left out do not filter. How several values of one member combine is not published."""

    ids: list[str] | None = None
    "LeadIQ company ids, `MergedCompany-<24 hex digits>`."
    names: list[str] | None = None
    "Company names."
    domains: list[str] | None = None
    "Web domains, such as `example.com`."
    linkedin_ids: list[str] | None = None
    "LinkedIn's identifiers of companies; their format is not published."
    industries: list[str] | None = None
    "Names of industries. The set of names is not published."
    employee_count: list[CompanySizeFilter] | None = None
    "Ranges of employee numbers."
    locations: list[LocationFilterInput] | None = None
    "Places of the company."


class PreviousPositionFilter(InputModel):
    """Conditions on a former position of the person. Limited access, see `FlatSearchInput`."""

    titles: list[str] | None = None
    "Job titles."


class SearchCursorEntryInput(InputModel):
    """One part of a cursor of an advanced search, sent back.

    The type's name is ours: LeadIQ has published the shape (`key`, `value`) but no name. Servers of
    2026-08 lack `after` and with it this type. Send every part of `after` back, unchanged and in the
    same order."""

    key: str
    "The `key` that was received, unchanged."
    value: str
    "The `value` that was received, unchanged."


class FlatSearchInput(InputModel):
    """What `flatAdvancedSearch` is to find, and which page of it.

    Page either by `skip` and `limit`, up to 10,000 together, or by `after`."""

    company_filter: CompanyFilter | None = None
    "Conditions that the person's company must meet."
    company_excluded_filter: CompanyFilter | None = None
    "Companies to leave out."
    contact_filter: ContactFilter | None = None
    "Conditions that the person must meet."
    contact_excluded_filter: ContactFilter | None = None
    "People to leave out."
    previous_company_filter: PreviousCompanyFilter | None = None
    """Conditions on a former company.

    Limited access: ignored unless LeadIQ has enabled it for your organization [live]. An ignored
    filter widens the result.
    """
    previous_position_filter: PreviousPositionFilter | None = None
    """Conditions on a former position.

    Limited access: ignored unless LeadIQ has enabled it for your organization [live]. An ignored
    filter widens the result.
    """
    job_change_filter: JobChangeFilter | None = None
    """Conditions on a recent job change.

    Limited access: ignored unless LeadIQ has enabled it for your organization [live]. An ignored
    filter widens the result.
    """
    skip: int | None = None
    """Number of people to skip. `skip + limit` over 10,000 is refused [guide]. Leave it out together
    with `after`.
    """
    limit: int | None = None
    """Largest number of people on the page. A page costs the same for every size up to 25 [samples]. The
    default is not published.
    """
    sort_contacts_by: list[ContactSortingOption] | None = None
    "Order of the people, the first entry counting most. Keep it unchanged while paging."
    after: list[SearchCursorEntryInput] | None = None
    """Cursor of the page to read: `PersonSearchResponse.after` of the page before, unchanged.

    Keep filters and order unchanged and leave `skip` out [guide]. Newer than the introspection of
    2026-08: servers of that time lack the member and refuse a document that sends it. The element
    type's name is ours; LeadIQ has not published it.
    """


class GroupedSearchInput(InputModel):
    """What `groupedAdvancedSearch` is to find, and which page of it.

    Page either by `skip` and `limit`, up to 10,000 together, or by `after`."""

    company_filter: CompanyFilter | None = None
    "Conditions that the company must meet."
    company_excluded_filter: CompanyFilter | None = None
    "Companies to leave out."
    contact_filter: ContactFilter | None = None
    "Conditions that the person must meet."
    contact_excluded_filter: ContactFilter | None = None
    "People to leave out."
    skip: int | None = None
    """Number of companies to skip. `skip + limit` over 10,000 is refused [guide]. Leave it out together
    with `after`.
    """
    limit: int | None = None
    """Largest number of companies on the page. A page costs the same for every size up to 25 [samples].
    The default is not published.
    """
    limit_per_company: int | None = None
    "Largest number of people listed for one company. The default is not published."
    sort_companies_by: list[CompanySortingOption] | None = None
    "Order of the companies, the first entry counting most. Keep it unchanged while paging."
    sort_contacts_by: list[ContactSortingOption] | None = None
    "Order of the people within a company, the first entry counting most."
    after: list[SearchCursorEntryInput] | None = None
    """Cursor of the page to read: `CompanySearchResponse.after` of the page before, unchanged.

    Keep filters and order unchanged and leave `skip` out [guide]. Newer than the introspection of
    2026-08: servers of that time lack the member and refuse a document that sends it. The element
    type's name is ours; LeadIQ has not published it.
    """


class MatchingServiceInput(InputModel):
    """Whom `matchProfile` is to find."""

    email: str
    "E-mail address of the person, in clear. `searchPeople` takes a hash instead (`hashedEmail`)."


class QualityFilter(InputModel):
    """Quality that found contact data must have."""

    phone: PhoneQualityFilter | None = None
    "Least quality of phones; null sets none."


class RegenerateRecordInput(InputModel):
    """The person to research again. Give one of the two."""

    person_id: str | None = None
    "LeadIQ id of the person, `PersonID-<uuid>`."
    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."


class RegeneratedTimeInput(InputModel):
    """The person whose research is asked about. Give one of the two."""

    person_id: str | None = None
    "LeadIQ id of the person, `PersonID-<uuid>`."
    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."


class RemoveTrackedCompaniesInput(InputModel):
    """The companies that are not to be tracked any more."""

    ids: list[str]
    "Ids of tracked companies (`TrackedCompany.id`)."


class SfdcExtraDetails(InputModel):
    """Facts of one of LeadIQ's own Salesforce jobs, for LeadIQ's analytics.

    Internal to LeadIQ [live]: leave it out."""

    sfdc_user_id: str | None = None
    "Id of the Salesforce user."
    update_create: RecordBehaviorType | None = None
    "Whether the job makes or updates a record."
    enrichment_job_type: EnrichJobType | None = None
    "Kind of the job."
    sfdc_record_id: str | None = None
    "Id of the Salesforce record."
    org_id: str | None = None
    "Id of the Salesforce organization."
    company_name: str | None = None
    "Name of the company."
    frequency: EnrichmentScheduleType | None = None
    "How often the job runs."
    batch_job_id: str | None = None
    "Id of the batch that the job belongs to."


class SearchCompanyInput(InputModel):
    """Which company to find.

    Give what you have; which member wins when they disagree is not published, see `strict`."""

    id: str | None = None
    "LeadIQ id, `MergedCompany-<24 hex digits>`."
    name: str | None = None
    "Company name."
    domain: str | None = None
    "Web domain, such as `example.com`."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the company; its format is not published."
    linkedin_url: str | None = None
    "LinkedIn page of the company."
    sfdc_extra_details: SfdcExtraDetails | None = None
    "For LeadIQ's own analytics; leave it out."
    strict: bool | None = None
    "Require that every member given here fits the company. Default: false [live]."
    source: str | None = Field(
        default=None,
        deprecated="Only in the published reference; live servers do not have it. Use `id`.",
    )
    """LeadIQ id of the company, in the published reference's form.

    Deprecated: Only in the published reference; live servers do not have it. Use `id`.
    """


class SearchPeopleInput(InputModel):
    """Whom to find.

    Most precise first: `id`, `linkedinUrl`, `email` or `hashedEmail`, then a name with `company`.
    Personal data travels in this input: keep it out of logs."""

    skip: int | None = None
    "Number of people to skip. `skip + limit` over 10,000 is refused [guide]."
    limit: int | None = None
    "Largest number of people to return; each one found is charged. The default is not published."
    id: str | None = None
    "LeadIQ id, `PersonID-<uuid>`."
    first_name: str | None = None
    "First name; give `lastName` and `company` with it."
    last_name: str | None = None
    "Last name; give `firstName` and `company` with it."
    middle_name: str | None = None
    "Middle name."
    full_name: str | None = None
    "The whole name in place of its parts; give `company` with it."
    company: CompanyDetails | None = None
    "The person's company, for searches by name."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the person; its format is not published."
    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."
    email: str | None = None
    "Work or personal e-mail address, in clear."
    hashed_email: str | None = None
    """SHA-256 of the e-mail address, so that the address itself need not be sent [ref].

    How to normalize the address and which encoding of the hash is taken is not published; lower case
    and hex digits are the usual choice.
    """
    phone: str | None = None
    "Phone number of the person; its format is not published."
    work_email_status_in: list[EmailVerificationStatusTypeInput] | None = None
    "Only people whose work e-mail is in one of these states. Left out: any state [ref]."
    contains_work_contact_info: bool | None = None
    "Only people with work contact data. Default: false [ref]."
    profile_filter: list[ProfileFilterType] | None = None
    "Only people who have all of this contact data. Left out: no condition [ref]."
    include_invalid: bool | None = None
    "Return e-mail addresses that are known to be wrong as well. Default: false [ref]."
    sfdc_extra_details: SfdcExtraDetails | None = None
    "For LeadIQ's own analytics; leave it out."
    quality_filter: QualityFilter | None = None
    "Quality that phones must have."
    min_confidence: int | None = None
    "Only people whose `confidence`, where there is one, is at least this: 0 to 100 [live]."


class SearchPeoplePreviewInput(InputModel):
    """Whom to look for, free of charge.

    Give one of: `linkedinUrl`; `email`; `fullName` with `companyName` or `companyDomain`; `firstName`
    and `lastName` with `companyName` or `companyDomain` [live]."""

    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."
    email: str | None = None
    "E-mail address of the person, in clear."
    full_name: str | None = None
    "The whole name; give the company with it."
    first_name: str | None = None
    "First name; give `lastName` and the company with it."
    last_name: str | None = None
    "Last name; give `firstName` and the company with it."
    company_name: str | None = None
    "Name of the person's company."
    company_domain: str | None = None
    "Web domain of the person's company, such as `example.com`."


class StartCompanyTrackingTaskInput(InputModel):
    """What a run over the tracked companies is to look for.

    Everything may be left out; the defaults are not published."""

    months_back: int | None = None
    "How many months to look back. The start is rounded to the first day of a month [live]."
    max_contacts_per_company: int | None = None
    "Largest number of contacts to return for one company."
    unlock_data_points: list[UnlockableDataPointRequest] | None = None
    "Contact data to unlock for the people found; it costs credits. Left out: none is asked for."
    icps: list[str] | None = None
    "Ids of ICPs that a person must fit (`ICPDefinition.id`)."
    job_detections: list[JobDetectionType] | None = None
    "Kinds of job change to look for."
    timeout_after_minutes: int | None = None
    "Minutes after which the run is ended by force."
    email_quality: list[EmailQuality] | None = None
    "Qualities that an e-mail address must have."
    phone_quality: PhoneQualityLevel | None = None
    "Quality that a phone must have; null asks for none."


class TrackContactInput(InputModel):
    """One person to track, as you know them now."""

    company_name: str
    "Name of the company that the person works for, as far as you know."
    company_domain: str | None = None
    "Web domain of that company, such as `example.com`."
    first_name: str
    "First name."
    last_name: str
    "Last name."
    title: str | None = None
    "Job title, as far as you know."
    email: str | None = None
    "E-mail address of the person."
    personal_linked_in_url: str | None = None
    "LinkedIn profile URL of the person."
    external_record_id: str | None = None
    "Id of the person's record in a system of yours; it comes back with the contact."
    reference_id: str | None = None
    "A reference of your own to match results with; it comes back with the contact."


class TrackContactsInput(InputModel):
    """People to track, and what to do when they change jobs.

    Defaults of what may be left out are not published."""

    import_id: str
    """Id of your own for this import; `trackedContacts` and `abandonBatch` take it. Its format is not
    published.
    """
    unlock_requests: list[UnlockableDataPointRequest] | None = None
    "Contact data to unlock for people who changed jobs; it costs credits. Left out: none is asked for."
    icps: list[str] | None = None
    "Ids of ICPs that a person must fit (`ICPDefinition.id`)."
    job_detections: list[JobChangeType] | None = None
    "Kinds of job change to look for."
    timeout_after_minutes: int | None = None
    "Minutes after which the run is ended by force."
    email_quality: list[EmailQuality] | None = None
    "Qualities that an e-mail address must have."
    phone_quality: PhoneQualityLevel | None = None
    "Quality that a phone must have; null asks for none."
    contacts: list[TrackContactInput]
    "The people to track. How many fit in one call is not published."
