# @generated from queries by `make generate`. Do not edit.

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from leadiq._ground.scalars import ZonedDateTime

from .base_model import BaseModel, UnknownVariant
from .enums import (
    SKU,
    ApiCreditType,
    ApiName,
    ApiUsageType,
    BalancePlan,
    BillingType,
    CompanyBusinessTypeValue,
    ConfigurableDataPoint,
    EmailQuality,
    EmailSuppressionReason,
    EmailType,
    EmailVerificationStatusType,
    ErrorCode,
    GenericFieldStatus,
    GenericFieldType,
    ICPProductLine,
    JobChangeType,
    JobDetectionType,
    MobilePhoneStatus,
    PersonJobChangeType,
    PhoneQualityLevel,
    PhoneSuppressionReason,
    PhoneType,
    PhoneVerificationStatusType,
    PlanStatus,
    ProductName,
    SocialNetworkType,
    TaskStatus,
    UnlockableDataPoint,
    VerificationStatusType,
)


class AbandonBatchResponse(BaseModel):
    """The answer of `abandonBatch`."""

    batch_id: str
    """Id of the batch that was to be abandoned. Its relation to the `importId` that was sent is not
    published.
    """
    success: bool
    "True when the batch was abandoned; otherwise see `errorCode` and `errors`."
    error_code: ErrorCode | None = None
    "Why it failed, as a code; null when it did not."
    errors: list[str]
    "What went wrong, as text for people; empty on success."


class Plan(BaseModel):
    """What every plan of an account has.

    The introspection of 2026-08 lists no implementer of this interface. `ApiPlan`, `DataHubPlan` and
    `UniversalPlan` have all of its fields and implement it here; expect types that are not in this
    schema."""

    name: str
    "Name of the plan for people to read, such as `Enterprise Annual`."
    product: ProductName
    "The product that the plan is for."
    status: PlanStatus
    "Whether the plan is in force."
    next_billing_period: ZonedDateTime | None = None
    "Next billing period. ISO 8601 with a zone; null when the plan is inactive or will not be renewed."


class AccountPlans(Plan):
    """What every plan of an account has.

    The introspection of 2026-08 lists no implementer of this interface. `ApiPlan`, `DataHubPlan` and
    `UniversalPlan` have all of its fields and implement it here; expect types that are not in this
    schema."""

    typename__: str = Field(validation_alias="__typename", serialization_alias="__typename")


class DataPointCost(BaseModel):
    """The price of one data point on the account's live price list."""

    data_point: ConfigurableDataPoint
    "The data point."
    cost: int
    "Price in whole credits; too coarse for a profile at 0.1. Use `costInDecimals`."
    cost_in_decimals: Decimal
    "Price in credits, exactly. This is the number to calculate with."


class DataHubCost(BaseModel):
    """Prices of the DataHub plan for one SKU."""

    sku: SKU
    "The part of the product that the prices are for."
    costs: list[DataPointCost]
    "The price of each data point."


class DataHubVisibility(BaseModel):
    """Data points of the DataHub plan that one SKU may see."""

    sku: SKU
    "The part of the product."
    data_points: list[UnlockableDataPoint]
    "The data points that can be unlocked there."


class DataHubPlan(BaseModel):
    """A DataHub plan: balance, data points and prices."""

    name: str
    "Name of the plan for people to read, such as `Enterprise Annual`."
    product: ProductName
    "The product that the plan is for."
    status: PlanStatus
    "Whether the plan is in force."
    next_billing_period: ZonedDateTime | None = None
    "Next billing period. ISO 8601 with a zone; null when the plan is inactive or will not be renewed."
    available: int
    "Credits that are left, in whole credits."
    used: int
    "Credits used in the current billing period, in whole credits."
    visibility: list[DataHubVisibility]
    "Which data points the plan may see, for each SKU."
    costs: list[DataHubCost]
    "What each data point costs, for each SKU."


class UniversalCost(BaseModel):
    """Live prices in Universal Credits for one SKU."""

    sku: SKU
    "The part of the product that the prices are for."
    costs: list[DataPointCost]
    "The price of each data point."


class UniversalVisibility(BaseModel):
    """Data points of the universal plan that one SKU may see."""

    sku: SKU
    "The part of the product."
    data_points: list[UnlockableDataPoint]
    "The data points that can be unlocked there."


class UniversalPlan(BaseModel):
    """A plan of Universal Credits: balance, data points and live prices."""

    name: str
    "Name of the plan for people to read, such as `Enterprise Annual`."
    product: ProductName
    "The product that the plan is for."
    status: PlanStatus
    "Whether the plan is in force."
    next_billing_period: ZonedDateTime | None = None
    "Next billing period. ISO 8601 with a zone; null when the plan is inactive or will not be renewed."
    available: int
    "Credits that are left, in whole credits: a single profile at 0.1 does not show."
    used: int
    """Credits used in the current billing period, in whole credits: a single profile at 0.1 does not
    show.
    """
    visibility: list[UniversalVisibility]
    "Which data points the plan may see, for each SKU."
    costs: list[UniversalCost]
    "What each data point costs, for each SKU. These prices hold, not the published list."


class Account(BaseModel):
    """The account that the API key belongs to: its plans, balances and prices."""

    plans: list[AccountPlans]
    """All plans that the account is subscribed to, trials included [live].

    The entries are of an interface type: select `__typename` and be ready for types that are not in
    this schema.
    """
    data_hub_plan: DataHubPlan | None = None
    "The DataHub plan; null when the account has none."
    universal_plan: UniversalPlan | None = None
    "The plan that counts Universal Credits: balance and live prices; null when the account has none."


class AddTrackedCompany(BaseModel):
    """The company as it was sent in `AddTrackedCompanyInput`."""

    name: str
    "The name that was sent."
    domain: str
    "The domain that was sent."
    custom_data: Any | None = None
    "The JSON that was sent; null when there was none."


class TrackedCompany(BaseModel):
    """A company that is tracked."""

    id: str
    "Id of the tracked company; `removeTrackedCompanies` takes it."
    name: str
    "The name that it is tracked by."
    domain: str
    "The domain that it is tracked by."
    custom_data: Any | None = None
    "The JSON that you sent with it; null when there was none."


class AddTrackedCompanyResult(BaseModel):
    """What became of one company of `addTrackedCompanies`."""

    input: AddTrackedCompany
    "The company as it was sent, to match the result with."
    company: TrackedCompany | None = None
    "The tracked company; null when it was not added."
    success: bool
    "True when the company was added."
    errors: list[str]
    "Why the company was not added; empty on success."


class AddTrackedCompaniesResponse(BaseModel):
    """The answer of `addTrackedCompanies`: one result for each company that was sent."""

    companies: list[AddTrackedCompanyResult]
    "What became of each company. Check `success` of every entry: some can fail while others are added."
    total_added: int
    "Number of companies that this call added."


class BalanceResponse(BaseModel):
    """The balance for contact tracking, in credits.

    No definition tells `balance` and `remaining` apart."""

    balance: int
    "The balance in credits. It takes the place of `alreadyUsed`."
    remaining: int
    "Credits that are left."
    max_credits: int
    "Credits that the plan grants altogether."
    plan: BalancePlan
    "The plan that these numbers belong to."


class Location(BaseModel):
    """A place in an ICP."""

    country: str | None = None
    "Country, as text."
    area_level_1: str | None = None
    "State, province or region: the level below the country."
    city: str | None = None
    "City."


class Size(BaseModel):
    """A range of employee numbers in an ICP."""

    min: int
    "Smallest number of employees."
    max: int
    "Largest number of employees."


class CompanyDefinition(BaseModel):
    """The companies that an ICP (ideal customer profile) describes."""

    industries: list[str]
    "Names of industries."
    sizes: list[Size]
    "Ranges of employee numbers."
    locations: list[Location]
    "Places of the company."
    technologies: list[str]
    "Names of technologies that the company uses."
    technology_categories: list[str]
    "Categories of technologies that the company uses."


class Group(BaseModel):
    """A group of a team in LeadIQ's Prospector."""

    id: str
    "Id of the group."
    name: str
    "Name of the group."


class PersonaDefinition(BaseModel):
    """The people that an ICP (ideal customer profile) describes."""

    locations: list[Location]
    "Places of the person."
    titles: list[str]
    "Job titles."
    functions: list[str]
    "Job functions."
    seniorities: list[str]
    "Levels of seniority, as text; expect the names of `Seniority`."


class ICPDefinition(BaseModel):
    """An ICP (ideal customer profile) of your team: which people at which companies."""

    id: str
    "Id of the ICP; this is what `icps` of the tracking inputs takes."
    name: str
    "Name that your team gave it."
    persona: PersonaDefinition
    "The people that it describes."
    company: CompanyDefinition
    "The companies that it describes."
    groups: list[Group]
    "Groups of the team, as defined in Prospector, that it belongs to."
    product_lines: list[ICPProductLine]
    "LeadIQ products that it is used in."


class JobDetectionFilters(BaseModel):
    """What narrows the job changes of a tracking task."""

    icps: list[str]
    "Ids of ICPs that a person must fit."
    job_detections: list[JobDetectionType]
    "Kinds of job change to look for."
    email_quality: list[EmailQuality]
    "Qualities that an e-mail address must have."
    phone_quality: PhoneQualityLevel | None = None
    "Quality that a phone must have; null asks for none."


class CompanyTrackingTask(BaseModel):
    """A run that looks for job changes at the tracked companies.

    Poll it with `companyTrackingTask` until `status` is `Successful` or `Failed`, or `isCancelled` or
    `isTimeout` is true."""

    id: str
    "Id of the task; the argument of `companyTrackingTask`."
    icp_definition_snapshot: list[ICPDefinition] | None = None
    "The ICPs of the run as they were defined when it started [live]."
    status: TaskStatus
    "How far the task is."
    created_at: ZonedDateTime
    "When the task was created. ISO 8601 instant."
    months_back: int
    """How many months back the run looks for job changes.

    The start is rounded to the first day of a month [live]; `jobStartDateFrom` has the exact day.
    """
    job_start_date_from: date
    "First day of the span in which job changes are looked for. `YYYY-MM-DD`."
    max_contacts_per_company: int
    "Largest number of contacts that the run returns for one company."
    filters: JobDetectionFilters
    "What narrows the run."
    error: str | None = None
    "Why the task failed, as text; null unless it did."
    error_code: ErrorCode | None = None
    "Why the task failed, as a code; null unless it did."
    is_cancelled: bool
    "True when somebody cancelled the task before it ended."
    timeout_at: ZonedDateTime
    "When the task is ended by force if it is not done by then. ISO 8601 instant."
    is_timeout: bool | None = None
    "True when the task was ended by force at `timeoutAt`."
    suppressed_contacts: int
    "Number of job changes that were left out for privacy: the person or an admin opted out."
    warning: str | None = None
    "What went wrong when only part of the task succeeded; null otherwise."


class CancelCompanyTrackingResponse(BaseModel):
    """The answer of `cancelCompanyTrackingTask`."""

    success: bool
    "True when the task was cancelled."
    error: str | None = None
    "Why it was not cancelled, as text; null on success."
    error_code: ErrorCode | None = None
    "Why it was not cancelled, as a code; null on success."
    task: CompanyTrackingTask | None = None
    "The task after the call; null when there is none to show."


class FundingInfo(BaseModel):
    """Funding of a company. Amounts are whole US dollars."""

    funding_rounds: str | None = None
    "Number of funding rounds, as text such as `2`."
    funding_total_usd: int | None = None
    "Total funding in US dollars."
    last_funding_on: ZonedDateTime | None = None
    "When the latest round took place. ISO 8601 with a zone."
    last_funding_type: str | None = None
    "Name of the latest round, such as `Series B`."
    last_funding_usd: int | None = None
    "Amount of the latest round in US dollars."


class NAICSCode(BaseModel):
    """An industry of the North American Industry Classification System."""

    code: str
    "Code as text, so that leading zeros stay."
    description: str
    "Name of the industry."


class RevenueRange(BaseModel):
    """Yearly revenue as a range. The currency is not published."""

    start: int | None = None
    "Lower end; null when there is none."
    end: int | None = None
    "Upper end; null when there is none."
    description: str | None = None
    "The range in words."


class SICCode(BaseModel):
    """An industry of the Standard Industrial Classification."""

    code: str
    "Code as text, so that leading zeros stay."
    description: str
    "Name of the industry."


class Company(BaseModel):
    """A company as the advanced searches return it.

    Null means that LeadIQ has no value. `searchCompany` knows more about a company (`CompanyInfo`)."""

    id: str
    "LeadIQ id, `MergedCompany-<24 hex digits>`."
    name: str | None = None
    "Company name."
    industry: str | None = None
    "Industry. The set of names is not published."
    description: str | None = None
    "What the company does, in prose."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the company; its format is not published."
    domain: str | None = None
    "Web domain of the company, such as `example.com`."
    employee_count: int | None = None
    "Number of employees."
    city: str | None = None
    "City of the company."
    country: str | None = None
    "Country of the company, as text."
    country_code_2: str | None = None
    "Two-letter code of the country."
    country_code_3: str | None = None
    "Three-letter code of the country."
    state: str | None = None
    "State, province or region of the company."
    postal_code: str | None = None
    "Postal code, as text."
    company_technologies: list[str] | None = None
    "Names of technologies that the company uses."
    company_technology_categories: list[str] | None = None
    "Categories of the technologies that the company uses."
    revenue_range: RevenueRange | None = None
    "Yearly revenue as a range."
    funding_info: FundingInfo | None = None
    "Funding of the company, in US dollars."
    naics_code: NAICSCode | None = None
    "Main industry as a NAICS code."
    sic_code: SICCode | None = None
    "Main industry as a SIC code."


class CompanyBusinessType(BaseModel):
    """One business type of a company."""

    value: CompanyBusinessTypeValue
    "The business type."


class CompanyBusinessTypesResult(BaseModel):
    """The business types of a company."""

    types: list[CompanyBusinessType]
    "All that apply; empty when none is known."


class CompanyData(BaseModel):
    """The tracked company of a job change, with what you sent when you added it."""

    id: str
    "Id of the company. Whether it is the id of `TrackedCompany` is not published."
    input_name: str
    "The name that you tracked it by."
    input_domain: str
    "The domain that you tracked it by."
    custom_data: Any | None = None
    "The JSON that you sent with the company; null when there was none."


class CompanyHierarchyNode(BaseModel):
    """A company in a group of companies."""

    id: str | None = None
    "LeadIQ id, `MergedCompany-<24 hex digits>`."
    name: str | None = None
    "Company name."


class CompanyHierarchy(BaseModel):
    """Where a company stands in its group of companies."""

    is_ultimate: bool
    "True when no company stands above this one."
    parent: CompanyHierarchyNode | None = None
    "The company directly above; null when there is none or it is not known."
    ultimate_parent: CompanyHierarchyNode | None = None
    "The company at the top of the group; null when there is none or it is not known."


class LocationInfo(BaseModel):
    """Place of a company, in parts."""

    formatted_address: str | None = None
    "The whole address in one line."
    street_1: str | None = None
    "First line of the street address."
    street_2: str | None = None
    "Second line of the street address."
    city: str | None = None
    "City."
    area_level_1: str | None = None
    "State, province or region: the level below the country."
    country: str | None = None
    "Country, as text."
    country_code_2: str | None = None
    "Two-letter code of the country."
    country_code_3: str | None = None
    "Three-letter code of the country."
    postal_code: str | None = None
    "Postal code, as text."


class TechnologyInfo(BaseModel):
    """A technology that a company uses."""

    name: str
    "Name, such as `Amazon Web Services (AWS)`."
    category: str | None = None
    "Main category, such as `Infrastructure as a Service (IaaS)`."
    parent_category: str | None = None
    "Category above `category`, such as `Cloud Services`."
    attributes: list[str]
    "Further marks, such as `Software as a Service (SaaS)`."
    categories: list[str]
    "All categories that it belongs to."


class CompanyInfo(BaseModel):
    """Everything that LeadIQ knows about a company.

    `id` and `name` alone belong to the profile tier (0.1 credits) [samples]. Selecting anything else
    unlocks company information: 3 credits for each company [guide], and once for each company when a
    person has several positions. Whether it is free to unlock the same company again is not certain:
    count it as paid. Null means that LeadIQ has no value."""

    id: str
    "LeadIQ id, `MergedCompany-<24 hex digits>`. Belongs to the profile tier."
    name: str
    "Company name. Belongs to the profile tier."
    alternative_names: list[str] | None = None
    "Other names that the company is known by."
    domain: str | None = None
    "Web domain of the company, such as `example.com`."
    description: str | None = None
    "What the company does, in prose."
    email_domains: list[str] | None = None
    "Domains of the company's e-mail addresses."
    type_: str | None = Field(validation_alias="type", serialization_alias="type", default=None)
    "Kind of company, as text. The set of values is not published."
    phones: list[str] | None = None
    """Phone numbers of the company itself, as text. They are company information, not the contact data
    of a person.
    """
    address: str | None = None
    "Postal address in one line."
    location_info: LocationInfo | None = None
    "Place of the company in parts. It takes the place of `country`."
    logo_url: str | None = None
    "Address of the company's logo."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the company; its format is not published."
    linkedin_url: str | None = None
    "Page of the company at LinkedIn."
    number_of_employees: int | None = None
    "Number of employees; see `employeeRange` for a range."
    industry: str | None = None
    "Industry. The set of names is not published."
    specialities: list[str] | None = None
    "What the company is good at, in its own words."
    funding_info: FundingInfo | None = None
    "Funding of the company, in US dollars."
    technologies: list[TechnologyInfo] | None = None
    "Technologies that the company uses."
    revenue: int | None = None
    "Yearly revenue as a whole number. The currency is not published."
    revenue_range: RevenueRange | None = None
    "Yearly revenue as a range."
    predicted_revenue: RevenueRange | None = None
    "Yearly revenue as LeadIQ estimates it."
    sic_code: SICCode | None = None
    "Main industry as a SIC code."
    secondary_sic_codes: list[SICCode] | None = None
    "Further industries as SIC codes."
    naics_code: NAICSCode | None = None
    "Main industry as a NAICS code."
    employee_range: str | None = None
    "Number of employees as a range in words; the format is not published."
    crunchbase_url: str | None = None
    "Page of the company at Crunchbase."
    facebook_url: str | None = None
    "Page of the company at Facebook."
    twitter_url: str | None = None
    "Page of the company at Twitter."
    founded_year: int | None = None
    "Year of foundation."
    company_hierarchy: CompanyHierarchy | None = None
    "The company's place in its group of companies."
    updated_date: ZonedDateTime | None = None
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    business_types: CompanyBusinessTypesResult | None = None
    "What kinds of business the company does."
    is_excluded: bool | None = None
    "Whether the company is excluded. By what rule is not published."


class CompanyReference(BaseModel):
    """Everything that LeadIQ knows about a company.

    `id` and `name` alone belong to the profile tier (0.1 credits) [samples]. Selecting anything else
    unlocks company information: 3 credits for each company [guide], and once for each company when a
    person has several positions. Whether it is free to unlock the same company again is not certain:
    count it as paid. Null means that LeadIQ has no value."""

    id: str
    "LeadIQ id, `MergedCompany-<24 hex digits>`. Belongs to the profile tier."
    name: str
    "Company name. Belongs to the profile tier."


class JobChangeCompany(BaseModel):
    """A company as the advanced searches return it.

    Null means that LeadIQ has no value. `searchCompany` knows more about a company (`CompanyInfo`)."""

    id: str
    "LeadIQ id, `MergedCompany-<24 hex digits>`."
    name: str | None = None
    "Company name."


class PersonCurrentPosition(BaseModel):
    """The position after a job change."""

    company_id: str
    "LeadIQ id of the company, `MergedCompany-<24 hex digits>`."
    company: JobChangeCompany | None = None
    "The company."
    title: str | None = None
    "Job title."
    role: str | None = None
    "Role (job function). The set of names is not published."
    seniority: str | None = None
    "Level of seniority, as text; expect the names of `Seniority`."


class PersonPreviousPosition(BaseModel):
    """The position before a job change."""

    company_id: str | None = None
    "LeadIQ id of the company, `MergedCompany-<24 hex digits>`; null when it is not known."
    company: JobChangeCompany | None = None
    "The company; null when it is not known."
    title: str | None = None
    "Job title."


class PersonJobChange(BaseModel):
    """The latest job change of a person found by an advanced search."""

    job_change_type: PersonJobChangeType
    "Another company or another title."
    started_at: ZonedDateTime | None = None
    "When the new position began. ISO 8601 with a zone."
    previous_position: PersonPreviousPosition
    "The position before."
    current_position: PersonCurrentPosition
    "The position after."


class Person(BaseModel):
    """A person as the advanced searches return them.

    Null means that LeadIQ has no value. Contact data does not come from here any more: look the person
    up by `id` with `searchPeople` and select what you want to pay for."""

    id: str
    "LeadIQ id, `PersonID-<uuid>`."
    company_id: str
    "LeadIQ id of the company, `MergedCompany-<24 hex digits>`."
    name: str | None = None
    "Full name."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the person; its format is not published."
    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."
    title: str | None = None
    "Job title."
    role: str | None = None
    "Role (job function). The set of names is not published."
    city: str | None = None
    "City of the person."
    state: str | None = None
    "State, province or region of the person."
    country: str | None = None
    "Country of the person, as text."
    country_code_2: str | None = None
    "Two-letter code of the country."
    country_code_3: str | None = None
    "Three-letter code of the country."
    seniority: str | None = None
    "Level of seniority, as text; expect the names of `Seniority`."
    first_name: str | None = None
    "First name."
    middle_name: str | None = None
    "Middle name."
    last_name: str | None = None
    "Last name."
    updated_at: ZonedDateTime | None = None
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    current_position_start_date: ZonedDateTime | None = None
    "Begin of the current position. ISO 8601 with a zone."
    company: Company | None = None
    "The person's company."
    picture: str | None = None
    "Address of a picture of the person."
    person_job_change: PersonJobChange | None = None
    """The person's latest job change.

    Limited access: null unless LeadIQ has enabled it for your organization [live].
    """


class CompanyWithPeople(BaseModel):
    """A company and the people that a grouped search found in it."""

    company: Company
    "The company."
    people: list[Person]
    "The people found, `limitPerCompany` at most."
    total_contacts_in_company: int
    "Number of people of this company that match, those not listed included."


class CompanySearchResponse(BaseModel):
    """One page of `groupedAdvancedSearch`: companies with the people found in them."""

    total_companies: int | None = None
    """Number of companies that match.

    Slow, and approximate on large results: ask for it on the first page only [guide].
    """
    companies: list[CompanyWithPeople]
    "The companies of this page; empty behind the last page."


class SearchCursorEntry(BaseModel):
    """One part of a cursor of an advanced search.

    The type's name is ours: LeadIQ has published the shape (`key`, `value`) but no name. Servers of
    2026-08 lack `after` and with it this type. A cursor is opaque, does not expire and holds no state
    on the server, so that a job can stop and go on; it is no snapshot [guide]."""

    key: str
    "Opaque: send it back unchanged."
    value: str
    "Opaque: send it back unchanged."


class CompanySearchPage(CompanySearchResponse):
    """One page of `groupedAdvancedSearch`: companies with the people found in them."""

    after: list[SearchCursorEntry] | None = None
    """Cursor of the next page; null or an empty page means the end [guide].

    Send it back unchanged as `input.after`. Newer than the introspection of 2026-08: servers of that
    time lack the field and refuse a document that selects it. The element type's name is ours; LeadIQ
    has not published it.
    """


class CompanySearchResult(BaseModel):
    """The companies that `searchCompany` found.

    There is no paging: the input takes neither `skip` nor `limit`."""

    total_results: int
    "Number of companies that match."
    has_more: bool
    "True when more companies match than `results` holds. There is no way to ask for them."
    results: list[CompanyInfo]
    "The companies found; empty when none matches."


class EmailSuppressed(BaseModel):
    """An e-mail address that is withheld. Never treat it as contact data."""

    typename__: Literal["EmailSuppressed"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )
    reason: EmailSuppressionReason
    "Why the address is withheld."


class ContactInfoEmailEmailSuppressed(EmailSuppressed):
    """A work e-mail address, or the reason why it is withheld.

    Select `__typename` and both members. A suppressed address is not an unknown one: nobody may look
    for it elsewhere."""

    typename__: Literal["EmailSuppressed"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )


class EmailValue(BaseModel):
    """An e-mail address that is known and may be used."""

    typename__: Literal["EmailValue"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )
    email: str
    "The address."
    status: str
    """How far it is verified, as text. Expect the names of `EmailVerificationStatusType`; the set is not
    published.
    """


class ContactInfoEmailEmailValue(EmailValue):
    """A work e-mail address, or the reason why it is withheld.

    Select `__typename` and both members. A suppressed address is not an unknown one: nobody may look
    for it elsewhere."""

    typename__: Literal["EmailValue"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )


class PersonalPhonesSuppressed(BaseModel):
    """Personal phones that are withheld. Never treat them as contact data."""

    typename__: Literal["PersonalPhonesSuppressed"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )
    reason: PhoneSuppressionReason
    "Why the phones are withheld."


class ContactInfoPersonalPhonesPersonalPhonesSuppressed(PersonalPhonesSuppressed):
    """Personal phones, or the reason why they are withheld.

    Select `__typename` and both members. Suppressed phones are not unknown ones: nobody may look for
    them elsewhere."""

    typename__: Literal["PersonalPhonesSuppressed"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )


class PhoneWithQuality(BaseModel):
    """A phone and how far it is verified."""

    phone: str
    "The number as text; its format is not published. Never use it when `quality` is `Suppressed`."
    quality: PhoneVerificationStatusType | None = None
    "State of the number; null when it is not known."


class PersonalPhonesValue(BaseModel):
    """Personal phones that are known and may be used."""

    typename__: Literal["PersonalPhonesValue"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )
    phones: list[PhoneWithQuality]
    "The phones with their verification."


class ContactInfoPersonalPhonesPersonalPhonesValue(PersonalPhonesValue):
    """Personal phones, or the reason why they are withheld.

    Select `__typename` and both members. Suppressed phones are not unknown ones: nobody may look for
    them elsewhere."""

    typename__: Literal["PersonalPhonesValue"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )


class WorkPhonesSuppressed(BaseModel):
    """Work phones that are withheld. Never treat them as contact data."""

    typename__: Literal["WorkPhonesSuppressed"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )
    reason: PhoneSuppressionReason
    "Why the phones are withheld."


class ContactInfoWorkPhonesWorkPhonesSuppressed(WorkPhonesSuppressed):
    """Work phones, or the reason why they are withheld.

    Select `__typename` and both members. Suppressed phones are not unknown ones: nobody may look for
    them elsewhere."""

    typename__: Literal["WorkPhonesSuppressed"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )


class WorkPhonesValue(BaseModel):
    """Work phones that are known and may be used."""

    typename__: Literal["WorkPhonesValue"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )
    phones: list[str]
    "The phones as text; their format is not published."


class ContactInfoWorkPhonesWorkPhonesValue(WorkPhonesValue):
    """Work phones, or the reason why they are withheld.

    Select `__typename` and both members. Suppressed phones are not unknown ones: nobody may look for
    them elsewhere."""

    typename__: Literal["WorkPhonesValue"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )


class ContactInfo(BaseModel):
    """Contact data with suppression told apart from absence.

    Each member is a `...Value` when there is data and a `...Suppressed` when the person or an admin
    opted out; null says neither. Select `__typename` in each."""

    email: (
        Annotated[
            Annotated[
                ContactInfoEmailEmailSuppressed | ContactInfoEmailEmailValue,
                Field(discriminator="typename__"),
            ]
            | UnknownVariant,
            Field(union_mode="left_to_right"),
        ]
        | None
    ) = None
    "Work e-mail address, or the reason why it is withheld."
    personal_phones: (
        Annotated[
            Annotated[
                ContactInfoPersonalPhonesPersonalPhonesSuppressed
                | ContactInfoPersonalPhonesPersonalPhonesValue,
                Field(discriminator="typename__"),
            ]
            | UnknownVariant,
            Field(union_mode="left_to_right"),
        ]
        | None
    ) = None
    "Personal phones, or the reason why they are withheld."
    work_phones: (
        Annotated[
            Annotated[
                ContactInfoWorkPhonesWorkPhonesSuppressed | ContactInfoWorkPhonesWorkPhonesValue,
                Field(discriminator="typename__"),
            ]
            | UnknownVariant,
            Field(union_mode="left_to_right"),
        ]
        | None
    ) = None
    "Work phones, or the reason why they are withheld."


class PersonData(BaseModel):
    """The person of a job change.

    Contact data is there as far as the tracking task unlocked it (`unlockDataPoints`)."""

    first_name: str
    "First name."
    last_name: str | None = None
    "Last name."
    email: str | None = None
    "Work e-mail address. Null tells neither unknown nor withheld apart: `contactInfo.email` does."
    email_status: str | None = None
    "How far `email` is verified, as text; expect the names of `EmailVerificationStatusType`."
    personal_phones: list[str]
    "Personal phones as text. An empty list does not say why: `contactInfo.personalPhones` does."
    personal_phones_with_quality: list[PhoneWithQuality]
    "Personal phones with their verification."
    work_phones: list[str]
    "Work phones as text. An empty list does not say why: `contactInfo.workPhones` does."
    contact_info: ContactInfo | None = None
    "Contact data with suppression told apart from absence."
    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."
    country: str | None = None
    "Country of the person, as text."


class Position(BaseModel):
    """The new position of a job change."""

    title: str
    "Job title."
    function: str
    "Job function."
    seniority: str
    "Level of seniority, as text; expect the names of `Seniority`."
    start_date: date | None = None
    "First day in the position, `YYYY-MM-DD`; null when it is not known."


class PreviousCompanyData(BaseModel):
    """The company that a person left."""

    name: str | None = None
    "Company name."
    domain: str | None = None
    "Web domain of the company, such as `example.com`."


class PreviousPosition(BaseModel):
    """The position before a job change."""

    title: str
    "Job title."


class JobChange(BaseModel):
    """A job change that a company tracking task found."""

    id: str
    "Id of the job change."
    person: PersonData
    "The person who changed jobs, with contact data as far as the task unlocked it."
    current_company: CompanyData
    "The tracked company, with what you sent of it."
    previous_company: PreviousCompanyData
    "Where the person worked before."
    current_position: Position
    "The new position."
    previous_position: PreviousPosition
    "The position before."
    job_change_type: JobDetectionType
    "Another company or another title."
    matched_icp_ids: list[str] = Field(
        validation_alias="matchedICPIds", serialization_alias="matchedICPIds"
    )
    "Ids of the ICPs that the person fits."
    duplicate_record_ids: list[str]
    "Ids of records held for duplicates of this one. Of which system is not published."


class JobChangeEdge(BaseModel):
    """A job change and its place in the list."""

    cursor: str
    "Place of this entry; usable as `after`."
    node: JobChange
    "The job change."


class PageInfo(BaseModel):
    """Where a page of a Relay connection stands."""

    total: int
    "Number of entries on all pages."
    start_cursor: str | None = None
    "Place of the first entry of the page; null when the page is empty."
    end_cursor: str | None = None
    """Place of the last entry of the page; send it as `after` (or `cursor`) for the next one. Null when
    the page is empty.
    """
    has_previous_page: bool
    "True when entries stand before this page."
    has_next_page: bool
    "True when entries stand behind this page."


class JobChangeConnection(BaseModel):
    """A page of job changes (Relay connection)."""

    edges: list[JobChangeEdge]
    "The job changes of the page."
    page_info: PageInfo
    "Where the page stands; `endCursor` is the next `after`."


class CompanyTrackingTaskWithJobChanges(CompanyTrackingTask):
    """A run that looks for job changes at the tracked companies.

    Poll it with `companyTrackingTask` until `status` is `Successful` or `Failed`, or `isCancelled` or
    `isTimeout` is true."""

    job_changes: JobChangeConnection | None = None
    "The job changes that were found, as a Relay connection; empty until the task has ended [ref]."


class TrendBucketCount(BaseModel):
    """A count in a trend."""

    bucket: str
    "What is counted. The set of values is not published."
    count: int
    "The number."


class FunctionTrends(BaseModel):
    """Headcount by job function at one time, by its name; no definition is published."""

    time: ZonedDateTime
    "When the numbers were taken. ISO 8601 with a zone."
    buckets: list[TrendBucketCount]
    "One number for each bucket."


class CompanyTrends(BaseModel):
    """Everything that LeadIQ knows about a company.

    `id` and `name` alone belong to the profile tier (0.1 credits) [samples]. Selecting anything else
    unlocks company information: 3 credits for each company [guide], and once for each company when a
    person has several positions. Whether it is free to unlock the same company again is not certain:
    count it as paid. Null means that LeadIQ has no value."""

    id: str
    "LeadIQ id, `MergedCompany-<24 hex digits>`. Belongs to the profile tier."
    name: str
    "Company name. Belongs to the profile tier."
    function_trends: list[FunctionTrends] | None = None
    "Headcount by job function over time, by its name; no definition is published."


class CompanyTrendsResult(BaseModel):
    """The companies that `searchCompany` found.

    There is no paging: the input takes neither `skip` nor `limit`."""

    total_results: int
    "Number of companies that match."
    has_more: bool
    "True when more companies match than `results` holds. There is no way to ask for them."
    results: list[CompanyTrends]
    "The companies found; empty when none matches."


class DateRange(BaseModel):
    """A span of time, such as the time in a position."""

    start: ZonedDateTime | None = None
    "Begin. ISO 8601 with a zone; null when it is not known."
    end: ZonedDateTime | None = None
    "End. ISO 8601 with a zone; null when it is not known or the span is still open."


class EducationRecord(BaseModel):
    """Time that a person spent at a school or university."""

    name: str
    "Name of the school."
    type_: str | None = Field(validation_alias="type", serialization_alias="type", default=None)
    "Kind of school, as text. The set of values is not published."
    linkedin_url: str | None = None
    "Page of the school at LinkedIn."
    facebook_url: str | None = None
    "Page of the school at Facebook."
    twitter_url: str | None = None
    "Page of the school at Twitter."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the school; its format is not published."
    website: str | None = None
    "Web site of the school."
    domain: str | None = None
    "Web domain of the school."
    degrees: list[str]
    "Degrees taken."
    majors: list[str]
    "Subjects."
    grades: str | None = None
    "Grades, as text."
    date_range: DateRange | None = None
    "When the person was there; null when it is not known."
    activities: str | None = None
    "Activities at the school, as text."
    description: str | None = None
    "What the person says of it, as text."


class ICPDefinitionResponse(BaseModel):
    """The answer of `icpDefinitions`."""

    icps: list[ICPDefinition]
    "The ICPs; empty when there is none."


class LinkedinRecord(BaseModel):
    """A person's profile at LinkedIn."""

    linkedin_id: str | None = None
    "LinkedIn's identifier of the person; its format is not published."
    linkedin_url: str | None = None
    "Address of the public profile."
    sales_urls: list[str] | None = None
    "Addresses of the profile in LinkedIn Sales Navigator, by its name."
    type_: GenericFieldType = Field(validation_alias="type", serialization_alias="type")
    "A placeholder; always `NotApplicable` so far."
    status: GenericFieldStatus
    "Whether LeadIQ holds the profile for right."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    guid: str | None = None
    "A further identifier; what it names is not published."


class List(BaseModel):
    """A list of prospects.

    Reading and managing lists is free [guide]."""

    id: str
    "Id of the list: 24 hex digits."
    name: str
    "Name, unique within the account."
    description: str | None = None
    "What the list is for."
    status: str | None = None
    "State of the list, as text. The set of values is not published."
    visibility: str | None = None
    "Who may see the list, as text. The set of values is not published."
    start_date: str | None = None
    "First day of the list's campaign, as text; format and meaning are not published."
    end_date: str | None = None
    "Last day of the list's campaign, as text; format and meaning are not published."
    created_at: str
    "When the list was made, as text; the format is not published."
    updated_at: str
    "When the list was last changed, as text; the format is not published."


class ListConnection(BaseModel):
    """A page of lists."""

    items: list[List]
    "The lists of the page."
    next_cursor: str | None = None
    "Send it as `cursor` for the next page; null means the end."


class MobilePhoneRecord(BaseModel):
    """A mobile phone of a prospect."""

    value: str
    "Phone number as text."
    status: MobilePhoneStatus | None = None
    "`Verified`, or null when the number is not confirmed."


class ProspectorLocation(BaseModel):
    """Postal address of a prospect or its company, as saved."""

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


class ProspectorCompany(BaseModel):
    """Company of a prospect, as saved."""

    id: str | None = None
    "Id of the company; whether it is LeadIQ's `MergedCompany-` id is not published."
    name: str | None = None
    "Company name."
    domain: str | None = None
    "Web domain of the company, such as `example.com`."
    industry: str | None = None
    "Industry, as text."
    employees: int | None = None
    "Number of employees."
    phone: str | None = None
    "Phone of the company as text."
    location: ProspectorLocation | None = None
    "Postal address of the company."


class Prospect(BaseModel):
    """A person saved in your account's lists.

    It is a copy, not the person's record: `personId` leads back to it. Reading prospects is free
    [guide]."""

    id: str
    "Id of the prospect: 24 hex digits, not a person id."
    person_id: str | None = None
    "LeadIQ id of the person, `PersonID-<uuid>`; null when it is not known."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the person; its format is not published."
    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."
    first_name: str | None = None
    "First name."
    last_name: str | None = None
    "Last name."
    name: str | None = None
    "Full name."
    picture: str | None = None
    "Address of a picture of the person."
    title: str | None = None
    "Job title."
    seniority: str | None = None
    "Level of seniority, as text; one of the names of `Seniority`."
    function: str | None = None
    "Job function, as text."
    work_email: str | None = None
    "Work e-mail address."
    email_status: str | None = None
    """How far `workEmail` is verified: `Verified`, `VerifiedLikely`, `Unverified` or `Invalid` [live].

    Null when there is no address or nobody checked it. `Invalid` comes from a check after the
    prospect was saved.
    """
    personal_emails: list[str] | None = None
    "Personal e-mail addresses."
    mobile_phones: list[MobilePhoneRecord] | None = None
    "Mobile phones, each with a status when it is confirmed."
    location: ProspectorLocation | None = None
    "Postal address of the prospect."
    company: ProspectorCompany | None = None
    "Company of the prospect."
    list_ids: list[str]
    "Ids of the lists that the prospect is in: 24 hex digits each."
    notes: str | None = None
    "Notes of your team."
    created_at: str
    "When the prospect was saved, as text; the format is not published."
    updated_at: str
    "When the prospect was last changed, as text; the format is not published."


class ProspectConnection(BaseModel):
    """A page of prospects."""

    items: list[Prospect]
    "The prospects of the page."
    next_cursor: str | None = None
    "Send it as `cursor` for the next page; null means the end."


class ListWithProspects(List):
    """A list of prospects.

    Reading and managing lists is free [guide]."""

    prospects: ProspectConnection | None = None
    "The prospects of the list, a page at a time; free."


class LocationRecord(BaseModel):
    """Place of a person."""

    full_address: str | None = None
    "The whole place in one line."
    area_level_1: str | None = None
    "State, province or region: the level below the country."
    city: str | None = None
    "City."
    country: str | None = None
    "Country, as text."
    country_code_2: str | None = None
    "Two-letter code of the country."
    country_code_3: str | None = None
    "Three-letter code of the country."
    type_: GenericFieldType = Field(validation_alias="type", serialization_alias="type")
    "A placeholder; always `NotApplicable` so far."
    status: GenericFieldStatus
    "Whether LeadIQ holds the place for right."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."


class MatchingServiceCompany(BaseModel):
    """A company as `matchProfile` returns it.

    Null means that LeadIQ has no value."""

    id: str
    "LeadIQ id, `MergedCompany-<24 hex digits>`."
    name: str | None = None
    "Company name."
    industry: str | None = None
    "Industry. The set of names is not published."
    description: str | None = None
    "What the company does, in prose."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the company; its format is not published."
    domain: str | None = None
    "Web domain of the company, such as `example.com`."
    employee_count: int | None = None
    "Number of employees."
    city: str | None = None
    "City of the company."
    country: str | None = None
    "Country of the company, as text."
    state: str | None = None
    "State, province or region of the company."
    postal_code: str | None = None
    "Postal code, as text."
    company_technologies: list[str] | None = None
    "Names of technologies that the company uses."
    company_technology_categories: list[str] | None = None
    "Categories of the technologies that the company uses."
    revenue_range: RevenueRange | None = None
    "Yearly revenue as a range."
    funding_info: FundingInfo | None = None
    "Funding of the company, in US dollars."
    naics_code: NAICSCode | None = None
    "Main industry as a NAICS code."


class MatchingServicePerson(BaseModel):
    """A person as `matchProfile` returns them.

    What its e-mails and phones cost is not published: treat them as billed and select them only when
    you want to pay."""

    id: str
    "LeadIQ id, `PersonID-<uuid>`."
    company_id: str
    "LeadIQ id of the company, `MergedCompany-<24 hex digits>`."
    company: MatchingServiceCompany | None = None
    "The person's company."
    name: str | None = None
    "Full name."
    linkedin_id: str | None = None
    "LinkedIn's identifier of the person; its format is not published."
    linkedin_url: str | None = None
    "LinkedIn profile URL of the person."
    title: str | None = None
    "Job title."
    role: str | None = None
    "Role (job function). The set of names is not published."
    state: str | None = None
    "State, province or region of the person."
    country: str | None = None
    "Country of the person, as text."
    seniority: str | None = None
    "Level of seniority, as text; expect the names of `Seniority`."
    work_emails: list[str] | None = None
    "Work e-mail addresses. What they cost is not published; count them as billed."
    verified_work_emails: list[str] | None = None
    "Work e-mail addresses that are verified. What they cost is not published."
    verified_likely_work_emails: list[str] | None = None
    "Work e-mail addresses that are rated likely to be right. What they cost is not published."
    work_phones: list[str] | None = None
    "Work phones. What they cost is not published; count them as billed."
    personal_emails: list[str] | None = None
    "Personal e-mail addresses. What they cost is not published; count them as billed."
    personal_phones: list[str] | None = None
    "Personal phones. What they cost is not published; count them as billed."
    first_name: str | None = None
    "First name."
    middle_name: str | None = None
    "Middle name."
    last_name: str | None = None
    "Last name."
    updated_at: ZonedDateTime | None = None
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    current_position_start_date: ZonedDateTime | None = None
    "Begin of the current position. ISO 8601 with a zone."


class MatchedPerson(BaseModel):
    """A person whom `matchProfile` proposes."""

    confidence: int
    """How sure the match is. The scale is not published here; `SearchPeopleInput.minConfidence` counts
    from 0 to 100.
    """
    person: MatchingServicePerson
    "The person."


class MatchingServiceResponse(BaseModel):
    """The answer of `matchProfile`."""

    people: list[MatchedPerson]
    "People who may be meant, each with a confidence; empty when none is known."
    fallback_companies: list[MatchingServiceCompany] | None = None
    """Companies that the address may belong to, for when nobody is found. By its name; no definition is
    published.
    """


class NameInfo(BaseModel):
    """A person's name."""

    first: str
    "First name."
    full_name: str
    "The whole name as it is shown."
    last: str | None = None
    "Last name; null when there is none."
    middle: str | None = None
    "Middle name; null when there is none."


class PastPositionRecord(BaseModel):
    """A position of a person at a company.

    Title, seniority, function and dates are profile data. Billed when selected: `emails` and
    `workEmail` (1 credit), `phones` (10), and in `companyInfo` anything beside `id` and `name` (3 for
    each company) [guide]. Of past positions select none of these unless you mean to pay for them."""

    company_id: str
    "LeadIQ id of the company, `MergedCompany-<24 hex digits>`."
    title: str | None = None
    "Job title."
    date_range: DateRange | None = None
    "When the person holds or held the position."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    company_info: CompanyReference | None = None
    """The company; null when it is not known.

    `id` and `name` belong to the profile tier [samples]; any other field unlocks company information,
    3 credits for each company [guide].
    """
    seniority: str | None = None
    "Level of seniority, as text; expect the names of `Seniority`."
    function: str | None = None
    "Job function. The set of names is not published."
    matched_query: bool
    "True when this is a position that the search asked for, by its name; no definition is published."


class PersonalEmailRecordType(BaseModel):
    """A personal e-mail address of a person.

    Check `status` first: a `Suppressed` one is no contact data."""

    type_: EmailType = Field(validation_alias="type", serialization_alias="type")
    "Kind of address."
    status: EmailVerificationStatusType
    "How far it is verified."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    value: str
    "The address. Never use it when `status` is `Suppressed`."


class PersonalPhoneRecordType(BaseModel):
    """A personal phone of a person.

    Check `status` first: a `Suppressed` one is no contact data."""

    type_: PhoneType = Field(validation_alias="type", serialization_alias="type")
    "Kind of phone."
    status: PhoneVerificationStatusType
    """State of the number; of its values only `Suppressed` and `LikelyAccurate` are current. For
    verification read `verificationStatus`.
    """
    verification_status: VerificationStatusType
    "How far the number is verified."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    value: str
    "The number as text; its format is not published. Never use it when `status` is `Suppressed`."


class WorkEmailRecordType(BaseModel):
    """A work e-mail address of a person.

    Check `status` first: a `Suppressed` one is no contact data."""

    type_: EmailType = Field(validation_alias="type", serialization_alias="type")
    "Kind of address."
    status: EmailVerificationStatusType
    "How far it is verified."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    value: str
    "The address. Never use it when `status` is `Suppressed`."


class WorkPhoneRecordType(BaseModel):
    """A work phone of a person.

    Check `status` first: a `Suppressed` one is no contact data."""

    type_: PhoneType = Field(validation_alias="type", serialization_alias="type")
    "Kind of phone."
    status: PhoneVerificationStatusType
    """State of the number; of its values only `Suppressed` and `LikelyAccurate` are current. For
    verification read `verificationStatus`.
    """
    verification_status: VerificationStatusType
    "How far the number is verified."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    value: str
    "The number as text; its format is not published. Never use it when `status` is `Suppressed`."


class PositionRecord(BaseModel):
    """A position of a person at a company.

    Title, seniority, function and dates are profile data. Billed when selected: `emails` and
    `workEmail` (1 credit), `phones` (10), and in `companyInfo` anything beside `id` and `name` (3 for
    each company) [guide]. Of past positions select none of these unless you mean to pay for them."""

    company_id: str
    "LeadIQ id of the company, `MergedCompany-<24 hex digits>`."
    title: str | None = None
    "Job title."
    date_range: DateRange | None = None
    "When the person holds or held the position."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    emails: list[WorkEmailRecordType] | None = None
    """Work e-mail addresses at this company.

    Selecting it is billed: 1 credit for the person when there is one [guide].
    """
    phones: list[WorkPhoneRecordType] | None = None
    """Work phones at this company.

    Selecting it is billed: 10 credits for the person when there is one [guide].
    """
    company_info: CompanyInfo | None = None
    """The company; null when it is not known.

    `id` and `name` belong to the profile tier [samples]; any other field unlocks company information,
    3 credits for each company [guide].
    """
    seniority: str | None = None
    "Level of seniority, as text; expect the names of `Seniority`."
    function: str | None = None
    "Job function. The set of names is not published."
    work_email: WorkEmailRecordType | None = None
    """One work e-mail address at this company; how it is chosen is not published.

    Selecting it is billed like `emails`: 1 credit for the person when there is one [guide].
    """
    matched_query: bool
    "True when this is a position that the search asked for, by its name; no definition is published."


class SocialProfile(BaseModel):
    """A person's profile at a social network."""

    network: SocialNetworkType
    "The network."
    id: str | None = None
    "The network's identifier of the person."
    username: str | None = None
    "Name of the account at the network."
    url: str | None = None
    "Address of the profile."
    status: GenericFieldStatus
    "Whether LeadIQ holds the profile for right."
    updated_at: ZonedDateTime
    "When LeadIQ last updated the record. ISO 8601 with a zone."


class PersonRecord(BaseModel):
    """Everything that LeadIQ knows about a person.

    The selection is the bill [guide]: profile data costs 0.1 credits, an e-mail 1, a phone 10, company
    information 3 for each company. Larger unlocks take the place of the profile fee: e-mail and phone
    cost 11, not 11.1. What your team unlocked within the past year is free again, and data that is not
    found is not charged."""

    id: str
    "LeadIQ id, `PersonID-<uuid>`."
    name: NameInfo
    "Name of the person. Profile tier."
    current_positions: list[PositionRecord]
    """Positions that the person holds now; there can be several.

    Contact data and company information are billed for what is selected inside, company information
    once for each company.
    """
    past_positions: list[PastPositionRecord]
    """Positions that the person held before.

    Select no contact data and no company information inside unless you mean to pay for past
    employers.
    """
    linkedin: LinkedinRecord | None = None
    "Profile at LinkedIn; null when none is known. Profile tier."
    profiles: list[SocialProfile]
    "Profiles at other social networks."
    location: LocationRecord | None = None
    "Where the person is; null when it is not known."
    education: list[EducationRecord]
    "Schools and universities, in no published order."
    updated_at: ZonedDateTime | None = None
    "When LeadIQ last updated the record. ISO 8601 with a zone."
    personal_emails: list[PersonalEmailRecordType] | None = None
    """Personal e-mail addresses.

    Selecting it is billed: 1 credit when there is one [guide].
    """
    personal_phones: list[PersonalPhoneRecordType] | None = None
    """Personal phones.

    Selecting it is billed: 10 credits when there is one [guide].
    """
    confidence: int | None = None
    """How sure LeadIQ is that this is the person asked for, from 0 to 100; null where it does not apply
    [live].
    """


class PersonSearchResponse(BaseModel):
    """One page of `flatAdvancedSearch`."""

    total_people: int | None = None
    """Number of people who match.

    Slow, and approximate on large results: ask for it on the first page only [guide].
    """
    people: list[Person]
    "The people of this page; empty behind the last page."


class PersonSearchPage(PersonSearchResponse):
    """One page of `flatAdvancedSearch`."""

    after: list[SearchCursorEntry] | None = None
    """Cursor of the next page; null or an empty page means the end [guide].

    Send it back unchanged as `input.after`. Newer than the introspection of 2026-08: servers of that
    time lack the field and refuse a document that selects it. The element type's name is ours; LeadIQ
    has not published it.
    """


class PlanUsage(BaseModel):
    """What was used of one part of the API in the current billing period."""

    name: ApiName
    "The part of the API."
    usage_type: ApiUsageType
    "The class of usage."
    credit_type: ApiCreditType
    "The unit of `units` and `cap`."
    units: int
    "Units used."
    cap: int | None = None
    "Units that may be used; null when none is set."
    billing_type: BillingType
    "How it is paid for."
    trial: bool
    "True when it belongs to a trial."


class RegeneratedTimeResult(BaseModel):
    """When a person was last researched again."""

    time: ZonedDateTime | None = None
    "When the latest research ended. ISO 8601 with a zone; null when there is none to tell."


class RemoveAllTrackedCompaniesResponse(BaseModel):
    """The answer of `removeAllTrackedCompanies`."""

    success: bool
    "True when all companies were removed."
    total_remaining: int
    """Number of companies: the name says those that are left, the published text those that were
    removed. Do not rely on it.
    """


class RemoveTrackedCompanyResult(BaseModel):
    """A company that was removed."""

    id: str
    "Id that it was tracked under."
    name: str
    "Company name."
    domain: str
    "Web domain of the company, such as `example.com`."


class RemoveTrackedCompaniesResponse(BaseModel):
    """The answer of `removeTrackedCompanies`."""

    companies: list[RemoveTrackedCompanyResult]
    "The companies that were removed."
    not_found: list[str]
    "Ids that were not tracked."
    total_removed: int
    "Number of companies that this call removed."


class SearchPeoplePreviewResult(BaseModel):
    """What could be had of a person. Nothing of it is unlocked.

    Select at least one of `hasEmail` and `hasPhone`; a member that is not selected is not looked up
    [live]."""

    person_id: str | None = None
    "LeadIQ id of the person, `PersonID-<uuid>`, for a lookup later; null when nobody matches."
    has_email: bool | None = None
    "True when a work e-mail address is likely to be had."
    has_phone: bool | None = None
    "True when a phone is likely to be had."


class SearchResult(BaseModel):
    """One page of people that `searchPeople` found."""

    total_results: int
    "Number of people who match."
    has_more: bool
    "True when more people match: ask again with a larger `skip`."
    results: list[PersonRecord]
    "The people of this page; empty when nobody matches."


class StartCompanyTrackingResponse(BaseModel):
    """The answer of `startCompanyTrackingTask`."""

    success: bool
    "True when the task was started."
    errors: list[str]
    "Why it was not started, as text; empty on success."
    error_code: ErrorCode | None = None
    "Why it was not started, as a code; null on success."
    task: CompanyTrackingTask | None = None
    "The task that was started; null when none was."
    warnings: list[str]
    "What was wrong although the task was started."


class SubscriptionInfo(BaseModel):
    """State of the API subscription."""

    status: str | None = None
    "State as text. The set of values is not published."


class TrackContactsResponse(BaseModel):
    """The answer of `trackContacts`: the run has begun, or why not.

    Results come from `trackedContacts`."""

    import_id: str
    "The `importId` that was sent."
    total_count: int
    "Number of contacts taken, by its name."
    batch_count: int
    "Number of batches that they were split into, by its name."
    errors: list[str]
    "Why the run was not started, as text; empty on success."
    error_code: ErrorCode | None = None
    "Why the run was not started, as a code; null on success."
    warnings: list[str]
    "What was wrong although the run was started."


class TrackedCompanyEdge(BaseModel):
    """A tracked company and its place in the list."""

    node: TrackedCompany
    "The company."
    cursor: str
    "Place of this entry; usable as `after`."


class TrackedCompaniesConnection(BaseModel):
    """A page of tracked companies (Relay connection)."""

    page_info: PageInfo
    "Where the page stands; `endCursor` is the next `after`."
    edges: list[TrackedCompanyEdge]
    "The companies of the page."


class TrackedContact(BaseModel):
    """A tracked person: what you sent, and what LeadIQ found of the new job.

    `lastKnown...` is what was known before. Contact data is there as far as it was unlocked
    (`unlockRequests`)."""

    id: str
    "Id of the tracked contact."
    contact_country: str | None = None
    "Country of the person, as text."
    first_name: str
    "First name."
    last_name: str
    "Last name."
    last_known_company: str | None = None
    "Company before the change."
    last_known_company_domain: str | None = None
    "Web domain of the company before the change."
    last_known_title: str | None = None
    "Job title before the change."
    linked_in: str | None = None
    "LinkedIn profile URL of the person."
    company: str | None = None
    "Company now."
    company_domain: str | None = None
    "Web domain of the company now."
    company_country: str | None = None
    "Country of the company now."
    company_state: str | None = None
    "State, province or region of the company now."
    title: str | None = None
    "Job title now."
    job_start_date: date | None = None
    "First day in the position, `YYYY-MM-DD`; null when it is not known."
    email: str | None = None
    "Work e-mail address. Null tells neither unknown nor withheld apart: `contactInfo.email` does."
    email_status: str | None = None
    "How far `email` is verified, as text; expect the names of `EmailVerificationStatusType`."
    phones: list[str]
    "Phones as text. An empty list does not say why: `contactInfo` does."
    phones_with_quality: list[PhoneWithQuality]
    "Phones with their verification."
    work_phones: list[str]
    "Work phones as text. An empty list does not say why: `contactInfo.workPhones` does."
    company_size: str | None = None
    "Size of the company, as text; the format is not published."
    company_industry: str | None = None
    "Industry of the company, as text."
    company_linked_in: str | None = None
    "LinkedIn page of the company."
    title_level: str | None = None
    "Level of the job title, as text. The set of values is not published."
    title_domain: str | None = None
    "Field of the job title, as text. The set of values is not published."
    reference_id: str | None = None
    "Your reference, as sent in `TrackContactInput`."
    external_record_id: str | None = None
    "Your record id, as sent in `TrackContactInput`."
    job_change_type: JobChangeType
    "What became of the job."
    duplicate_record_ids: list[str]
    "Ids of records held for duplicates of this person. Of which system is not published."
    duplicate_account_ids: list[str]
    "Ids of accounts held for duplicates of this company. Of which system is not published."
    matched_icp_ids: list[str] = Field(
        validation_alias="matchedICPIds", serialization_alias="matchedICPIds"
    )
    "Ids of the ICPs that the person fits."
    contact_info: ContactInfo | None = None
    "Contact data with suppression told apart from absence."


class TrackedContactEdge(BaseModel):
    """A tracked contact and its place in the list."""

    cursor: str
    "Place of this entry; usable as `cursor`."
    node: TrackedContact
    "The contact."


class TrackedContactsConnection(BaseModel):
    """A page of tracked contacts, and how far their run is."""

    edges: list[TrackedContactEdge]
    "The contacts of the page."
    page_info: PageInfo
    "Where the page stands; `endCursor` is the next `cursor`."
    is_processing: bool
    "True while the run is under way: poll again."
    errors: list[str] | None = None
    "What went wrong, as text; null or empty when nothing did."
    error_code: ErrorCode | None = None
    "What went wrong, as a code; null when nothing did."
    total_subscription_contacts_used: int | None = None
    "Contacts of the subscription that are used."
    total_subscription_contacts_remaining: int | None = None
    "Contacts of the subscription that are left."
    available_ic_ps: list[ICPDefinition] = Field(
        validation_alias="availableICPs", serialization_alias="availableICPs"
    )
    "The ICPs of the run as they were defined when it started [live]."
    timeout_at: ZonedDateTime
    "When the run is ended by force if it is not done by then. ISO 8601 instant."
    is_timeout: bool | None = None
    "True when the run was ended by force at `timeoutAt`."
    suppressed_contacts: int
    "Number of job changes that were left out for privacy: the person or an admin opted out."
    warning: str | None = None
    "What went wrong when only part of the run succeeded; null otherwise."


class TrialUsage(BaseModel):
    """What was used of one part of the API during a trial."""

    name: ApiName
    "The part of the API."
    usage_type: ApiUsageType
    "The class of usage."
    credit_type: ApiCreditType
    "The unit of `units` and `cap`."
    units: int
    "Units used."
    cap: int | None = None
    "Units that may be used; null when none is set."
    billing_type: BillingType
    "How it is paid for."


class UniversalUsage(BaseModel):
    """Universal Credits used."""

    units: int
    "Credits used."
    cap: int
    "Credits that may be used."


class UsageMetaType(BaseModel):
    """What the account has used of the API and what it may use."""

    plan_usage: list[PlanUsage]
    "Usage of plans, trials left out, in the current billing period [ref]."
    trial_usage: list[TrialUsage]
    "Usage of trials."
    subscription: SubscriptionInfo
    "State of the subscription."
    universal_usage: list[UniversalUsage]
    "Universal Credits used."


class WorkatoTokenResponseFailure(BaseModel):
    """Why there is no token."""

    typename__: Literal["WorkatoTokenResponseFailure"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )
    message: str
    "What went wrong, as text."


class WorkatoTokenResponseSuccess(BaseModel):
    """A token for the Workato integration. Secret: never log it."""

    typename__: Literal["WorkatoTokenResponseSuccess"] = Field(
        validation_alias="__typename", serialization_alias="__typename"
    )
    token: str
    "The token; a secret."
    customer_account_id: str | None = None
    "Id of the customer's account at Workato, by its name."
    api_key: str | None = None
    "An API key; a secret. Null when none is given."
