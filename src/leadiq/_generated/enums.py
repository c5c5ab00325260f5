# @generated from schema.graphql by `make generate`. Do not edit.

from .._ground.enums import OpenEnum


class AdvancedSearchEmailVerificationStatusType(OpenEnum):
    """E-mail qualities that the advanced searches can filter by."""

    Verified = "Verified"
    "Keep people who have a verified work e-mail."
    VerifiedLikely = "VerifiedLikely"
    "Keep people who have a work e-mail that is rated likely to be right."


class ApiCreditType(OpenEnum):
    """The unit in which a usage line counts."""

    Page = "Page"
    "One page of an advanced search, whatever its size up to 25 results [samples]."
    ExactMatch = "ExactMatch"
    "One person or company found by identifying data. By its name; no definition is published."
    PremiumMobile = "PremiumMobile"
    "One premium mobile phone. By its name; no definition is published."


class ApiName(OpenEnum):
    """The part of the API that a usage line counts."""

    Contact = "Contact"
    "Looking up people."
    ContactPreview = "ContactPreview"
    "Previews of people."
    Company = "Company"
    "Looking up companies."
    API = "API"
    "The API as a whole. No definition is published."
    PremiumMobilePhone = "PremiumMobilePhone"
    "Premium mobile phones."
    AdvancedSearch = "AdvancedSearch"
    "The advanced searches."


class ApiUsageType(OpenEnum):
    """The class of a usage line. No definitions are published."""

    Premium = "Premium"
    Standard = "Standard"


class BalancePlan(OpenEnum):
    """The plan that a contact-tracking balance is taken from."""

    ContactTracking = "ContactTracking"
    "A plan of its own for contact tracking."
    UniversalCreditsType = "UniversalCreditsType"
    "The Universal Credits of the account."


class BillingType(OpenEnum):
    """How a plan or trial is paid for."""

    FreeCredits = "FreeCredits"
    "Free credits."
    Postpaid = "Postpaid"
    "Paid after use."
    Prepaid = "Prepaid"
    "Paid in advance."


class CompanyBusinessTypeValue(OpenEnum):
    """What kind of business a company does.

    Only abbreviations are spelt out here; LeadIQ publishes no definitions."""

    Agency = "Agency"
    "An agency."
    B2B = "B2B"
    "Sells to businesses."
    B2C = "B2C"
    "Sells to consumers."
    B2G = "B2G"
    "Sells to governments."
    ECommerce = "ECommerce"
    "Sells online."
    Enterprise = "Enterprise"
    ISP = "ISP"
    "An internet service provider."
    Marketplace = "Marketplace"
    "Runs a marketplace."
    Mobile = "Mobile"
    SAAS = "SAAS"
    "Sells software as a service."


class CompanySortingOption(OpenEnum):
    """Orders for the companies of `groupedAdvancedSearch`."""

    IdDesc = "IdDesc"
    "By company id, descending."
    IdAsc = "IdAsc"
    "By company id, ascending."
    SizeDesc = "SizeDesc"
    "By number of employees, largest first."
    NameAsc = "NameAsc"
    "By name, A to Z."
    SizeAsc = "SizeAsc"
    "By number of employees, smallest first."
    IndustryAsc = "IndustryAsc"
    "By industry, A to Z."
    NameDesc = "NameDesc"
    "By name, Z to A."
    IndustryDesc = "IndustryDesc"
    "By industry, Z to A."


class ConfigurableDataPoint(OpenEnum):
    """Data points that a price list names.

    `Person` does not occur together with `PersonEmail` and `PersonPhone` [live]: a plan prices contact
    data either as one or apart."""

    Company = "Company"
    "All of the information on a company. 3 credits on the published price list [guide]."
    EmailReverification = "EmailReverification"
    "Checking an e-mail address once more."
    Person = "Person"
    "Contact data of a person as one data point, where e-mail and phone are not priced apart."
    PersonEmail = "PersonEmail"
    "E-mail of a person. 1 credit on the published price list [guide]."
    PersonPhone = "PersonPhone"
    "Phone of a person, work or personal. 10 credits on the published price list [guide]."
    Message = "Message"
    "A written message. No definition is published."
    Opener = "Opener"
    "The opening of a message. No definition is published."
    ValueProp = "ValueProp"
    "A value proposition. No definition is published."
    Profile = "Profile"
    "Profile data of a person. 0.1 credits on the published price list [guide]."
    LLMToken = "LLMToken"
    "Tokens of a language model. No definition is published."


class ContactInfoStatus(OpenEnum):
    """The verdict of a feedback."""

    Correct = "Correct"
    "The value reaches the person."
    Invalid = "Invalid"
    "The value does not reach the person."


class ContactInfoType(OpenEnum):
    """What kind of contact data a feedback is about."""

    PersonalMobile = "PersonalMobile"
    "Personal mobile phone."
    PersonalLandline = "PersonalLandline"
    "Personal landline phone."
    WorkHQ = "WorkHQ"
    "Phone of the company's headquarters."
    WorkPhone = "WorkPhone"
    "Work phone of no narrower kind."
    WorkEmail = "WorkEmail"
    "Work e-mail address."
    PersonalPhone = "PersonalPhone"
    "Personal phone of no narrower kind."
    WorkBranch = "WorkBranch"
    "Phone of a branch office."
    PersonalEmail = "PersonalEmail"
    "Personal e-mail address."
    WorkMobile = "WorkMobile"
    "Work mobile phone."
    Fax = "Fax"
    "Fax number."


class ContactSortingOption(OpenEnum):
    """Orders for the people of the advanced searches."""

    RoleAsc = "RoleAsc"
    "By role, A to Z."
    NameDesc = "NameDesc"
    "By name, Z to A."
    SeniorityAsc = "SeniorityAsc"
    "By seniority, ascending."
    IdAsc = "IdAsc"
    "By person id, ascending."
    NameAsc = "NameAsc"
    "By name, A to Z."
    TitleAsc = "TitleAsc"
    "By job title, A to Z."
    SeniorityDesc = "SeniorityDesc"
    "By seniority, descending."
    RoleDesc = "RoleDesc"
    "By role, Z to A."
    TitleDesc = "TitleDesc"
    "By job title, Z to A."
    IdDesc = "IdDesc"
    "By person id, descending."
    MobilePhoneAsc = "MobilePhoneAsc"
    "By mobile phone, ascending."
    MobilePhoneDesc = "MobilePhoneDesc"
    "By mobile phone, descending."
    UpdatedAtAsc = "UpdatedAtAsc"
    "By time of the last update, oldest first."
    UpdatedAtDesc = "UpdatedAtDesc"
    "By time of the last update, newest first."
    JobChangeStartedAtAsc = "JobChangeStartedAtAsc"
    "By start of the latest job change, oldest first."
    JobChangeStartedAtDesc = "JobChangeStartedAtDesc"
    "By start of the latest job change, newest first."


class EmailQuality(OpenEnum):
    """E-mail qualities that tracking can ask for."""

    Unverified = "Unverified"
    "Not verified."
    Verified = "Verified"
    "Verified."
    VerifiedLikely = "VerifiedLikely"
    "Rated likely to be right, a step below `Verified`."


class EmailSuppressionReason(OpenEnum):
    """Why an e-mail address is withheld."""

    SuppressedByAdminPrivacy = "SuppressedByAdminPrivacy"
    "An admin's privacy settings withhold it."


class EmailType(OpenEnum):
    """Whose mailbox an e-mail address is."""

    WorkEmail = "WorkEmail"
    "An address at the employer."
    PersonalEmail = "PersonalEmail"
    "A private address."


class EmailVerificationStatusType(OpenEnum):
    """How far an e-mail address is verified."""

    Verified = "Verified"
    "Verified."
    VerifiedLikely = "VerifiedLikely"
    "Rated likely to be right, a step below `Verified`."
    Unverified = "Unverified"
    "Not verified."
    Invalid = "Invalid"
    "Known to be wrong. Comes only when `SearchPeopleInput.includeInvalid` is true [ref]."
    Suppressed = "Suppressed"
    "Withheld because the person or an admin opted out. Never treat the value as contact data."


class EmailVerificationStatusTypeInput(OpenEnum):
    """E-mail states that `searchPeople` can filter by."""

    Verified = "Verified"
    "Verified."
    Unverified = "Unverified"
    "Not verified."
    VerifiedLikely = "VerifiedLikely"
    "Rated likely to be right, a step below `Verified`."
    Invalid = "Invalid"
    "Known to be wrong."


class EnrichJobType(OpenEnum):
    """Kinds of LeadIQ's own Salesforce enrichment jobs, for LeadIQ's analytics."""

    InstantEnrichJobType = "InstantEnrichJobType"
    "Enrichment at once."
    HourlyEnrichJobType = "HourlyEnrichJobType"
    "Enrichment every hour."
    BulkOnDemandEnrichJobType = "BulkOnDemandEnrichJobType"
    "Enrichment of many records on demand."
    ScheduleEnrichJobType = "ScheduleEnrichJobType"
    "Enrichment by a schedule."
    OnDemandEnrichJobType = "OnDemandEnrichJobType"
    "Enrichment on demand."


class EnrichmentScheduleType(OpenEnum):
    """How often one of LeadIQ's own Salesforce enrichment jobs runs."""

    OneTime = "OneTime"
    "Once."
    Recurring = "Recurring"
    "Again and again."


class ErrorCode(OpenEnum):
    """Why a tracking call or task failed.

    It stands in the answer, beside GraphQL's own `errors`."""

    AlreadyCanceled = "AlreadyCanceled"
    "The task was cancelled before."
    AlreadyCompleted = "AlreadyCompleted"
    "The task has ended before."
    AlreadyFailed = "AlreadyFailed"
    "The task has failed before."
    Canceled = "Canceled"
    "The task was cancelled."
    InsufficientCredits = "InsufficientCredits"
    "The account has not enough credits."
    InvalidParameters = "InvalidParameters"
    "The input is wrong."
    NoTrackedEntities = "NoTrackedEntities"
    "Nothing is tracked: add companies or contacts first."
    NotFound = "NotFound"
    "There is no such thing."
    Timeout = "Timeout"
    "The task took longer than it was allowed to."
    Unexpected = "Unexpected"
    "An error that LeadIQ did not foresee."
    UnexpectedCreditError = "UnexpectedCreditError"
    "An error that LeadIQ did not foresee while charging credits."
    UnsupportedByCreditPlan = "UnsupportedByCreditPlan"
    "The account's plan does not cover this."


class GenericFieldStatus(OpenEnum):
    """Whether LeadIQ holds a value for right."""

    Valid = "Valid"
    "Held for right."
    Invalid = "Invalid"
    "Held for wrong: do not use the value."


class GenericFieldType(OpenEnum):
    """A placeholder where other records have a type."""

    NotApplicable = "NotApplicable"
    "There is no type to tell."


class ICPProductLine(OpenEnum):
    """A LeadIQ product that uses ICPs."""

    Prospector = "Prospector"
    "The product Prospector."
    Scribe = "Scribe"
    "The product Scribe."
    Track = "Track"
    "Tracking of companies and contacts."


class InvalidReason(OpenEnum):
    """Why contact data is wrong.

    `EmailBounceCodeXYZ` stands for the enhanced mail status X.Y.Z of RFC 3463, as a mail server gives
    it when it returns a message for good."""

    EmailBounceCode513 = "EmailBounceCode513"
    "5.1.3: the recipient's address is not well formed."
    EmailBounceCode554 = "EmailBounceCode554"
    "5.5.4: a mail command came with wrong or unsupported arguments."
    EmailBounceCode500 = "EmailBounceCode500"
    "5.0.0: a permanent failure that no other code describes."
    EmailBounceCode547 = "EmailBounceCode547"
    "5.4.7: the message was too old before it could be delivered."
    EmailBounceCode532 = "EmailBounceCode532"
    "5.3.2: the recipient's mail system takes no messages at the moment."
    EmailBounceCode564 = "EmailBounceCode564"
    "5.6.4: the content had to be converted and lost something on the way."
    EmailBounceCode524 = "EmailBounceCode524"
    "5.2.4: the address is a mailing list that could not be expanded."
    EmailBounceCode563 = "EmailBounceCode563"
    "5.6.3: the content would have to be converted, and no host on the way can do it."
    EmailBounceCode522 = "EmailBounceCode522"
    "5.2.2: the mailbox is over its quota."
    EmailBounceCode555 = "EmailBounceCode555"
    "5.5.5: the hosts speak different versions of the mail protocol."
    EmailBounceCode552 = "EmailBounceCode552"
    "5.5.2: a mail command could not be parsed."
    EmailBounceCode570 = "EmailBounceCode570"
    "5.7.0: refused for security or policy, without a closer reason."
    EmailBounceCode515 = "EmailBounceCode515"
    "5.1.5: the recipient's address is valid (a note rather than a failure)."
    WrongPerson = "WrongPerson"
    "The e-mail address or phone number is another person's."
    EmailBounceCode565 = "EmailBounceCode565"
    "5.6.5: the content had to be converted, and that failed."
    EmailBounceCode544 = "EmailBounceCode544"
    "5.4.4: no route to the recipient's host is known."
    EmailBounceCode512 = "EmailBounceCode512"
    "5.1.2: the domain of the address does not exist or takes no mail."
    EmailBounceCode516 = "EmailBounceCode516"
    "5.1.6: the mailbox has moved and no new address is given."
    EmailBounceCode575 = "EmailBounceCode575"
    "5.7.5: decrypting or checking a signature failed."
    Other = "Other"
    "Another reason."
    EmailBounceCode561 = "EmailBounceCode561"
    "5.6.1: the recipient's system does not support this kind of content."
    EmailBounceCode573 = "EmailBounceCode573"
    "5.7.3: the content would have to change its protection, which is not possible."
    EmailBounceCode510 = "EmailBounceCode510"
    "5.1.0: something about the address, without a closer reason."
    EmailBounceCode577 = "EmailBounceCode577"
    "5.7.7: the message was altered on the way."
    EmailBounceCode551 = "EmailBounceCode551"
    "5.5.1: a mail command was not known or out of order."
    EmailBounceCode543 = "EmailBounceCode543"
    "5.4.3: a directory or name server that routing needs did not answer."
    EmailBounceCode530 = "EmailBounceCode530"
    "5.3.0: the recipient's mail system failed, without a closer reason."
    EmailBounceCode523 = "EmailBounceCode523"
    "5.2.3: the message is larger than this mailbox takes."
    EmailBounceCode541 = "EmailBounceCode541"
    "5.4.1: the recipient's host did not answer."
    EmailBounceCode533 = "EmailBounceCode533"
    "5.3.3: the recipient's mail system lacks a feature that the message needs."
    EmailBounceCode545 = "EmailBounceCode545"
    "5.4.5: the mail system or the network was overloaded."
    EmailBounceCode562 = "EmailBounceCode562"
    "5.6.2: the content would have to be converted, which is forbidden."
    EmailBounceCode571 = "EmailBounceCode571"
    "5.7.1: the sender may not write to this recipient."
    EmailBounceCode514 = "EmailBounceCode514"
    "5.1.4: the address fits more than one recipient."
    EmailBounceCode572 = "EmailBounceCode572"
    "5.7.2: the sender may not write to this mailing list."
    EmailBounceCode542 = "EmailBounceCode542"
    "5.4.2: the connection broke off during delivery."
    EmailBounceCode517 = "EmailBounceCode517"
    "5.1.7: the sender's address is not well formed."
    EmailBounceCode574 = "EmailBounceCode574"
    "5.7.4: a security feature of the message is not supported."
    EmailBounceCode521 = "EmailBounceCode521"
    "5.2.1: the mailbox exists and is switched off."
    EmailBounceCode534 = "EmailBounceCode534"
    "5.3.4: the message is larger than the recipient's mail system takes."
    EmailBounceCode531 = "EmailBounceCode531"
    "5.3.1: the recipient's mail system has no space left."
    EmailBounceCode553 = "EmailBounceCode553"
    "5.5.3: the message has more recipients than one delivery may have."
    EmailBounceCode518 = "EmailBounceCode518"
    "5.1.8: the domain of the sender's address does not exist or takes no mail."
    EmailBounceCode520 = "EmailBounceCode520"
    "5.2.0: something about the mailbox, without a closer reason."
    EmailBounceCode511 = "EmailBounceCode511"
    "5.1.1: the mailbox does not exist at this domain."
    EmailBounceCode576 = "EmailBounceCode576"
    "5.7.6: an algorithm for encryption or signature is not supported."
    EmailBounceCode550 = "EmailBounceCode550"
    "5.5.0: the hosts misunderstood each other, without a closer reason."
    EmailBounceCode540 = "EmailBounceCode540"
    "5.4.0: something about the network or the route, without a closer reason."
    EmailBounceCode546 = "EmailBounceCode546"
    "5.4.6: the message went round in a circle."
    EmailBounceCode560 = "EmailBounceCode560"
    "5.6.0: something about the content, without a closer reason."


class JobChangeType(OpenEnum):
    """What became of a tracked contact's job."""

    Departure = "Departure"
    "The person left the company."
    JobChange = "JobChange"
    "The person went to another company."
    Promotion = "Promotion"
    """The person got a higher title.

    Deprecated: Use `TitleChange`.
    """
    TitleChange = "TitleChange"
    "The person got another title at the same company."


class JobDetectionType(OpenEnum):
    """Kinds of job change that company tracking finds."""

    JobChange = "JobChange"
    "The person came from another company."
    TitleChange = "TitleChange"
    "The person got another title at the same company."


class MobilePhoneStatus(OpenEnum):
    """Whether a prospect's mobile phone is confirmed.

    The contract announces more values. Treat a value that you do not know as no value; do not fail on
    it."""

    Verified = "Verified"
    "LeadIQ could confirm the number."


class PersonJobChangeType(OpenEnum):
    """Kinds of job change that the advanced searches tell apart."""

    JobChange = "JobChange"
    "The person went to another company."
    TitleChange = "TitleChange"
    "The person got another title at the same company."


class PersonJobChangeTypeFilter(OpenEnum):
    """Kinds of job change that the flat advanced search can filter by."""

    JobChange = "JobChange"
    "The person went to another company."
    TitleChange = "TitleChange"
    "The person got another title at the same company."


class PhoneQualityFilter(OpenEnum):
    """Least quality that `searchPeople` asks of phones. Thresholds are not published."""

    HigherQualityPhones = "HigherQualityPhones"
    "Phones of higher quality only."
    HighestQualityPhones = "HighestQualityPhones"
    "Phones of the highest quality only."
    AllPhones = "AllPhones"
    "Phones of any quality."


class PhoneQualityLevel(OpenEnum):
    """Least quality that tracking asks of phones. Thresholds are not published."""

    HigherQualityPhones = "HigherQualityPhones"
    "Phones of higher quality only."


class PhoneSuppressionReason(OpenEnum):
    """Why phones are withheld."""

    SuppressedByAdminPrivacy = "SuppressedByAdminPrivacy"
    "An admin's privacy settings withhold them."


class PhoneType(OpenEnum):
    """Kinds of phone."""

    WorkPhone = "WorkPhone"
    "Work phone of no narrower kind."
    WorkMobile = "WorkMobile"
    "Work mobile phone."
    WorkHQ = "WorkHQ"
    "Phone of the company's headquarters."
    WorkBranch = "WorkBranch"
    "Phone of a branch office."
    PersonalPhone = "PersonalPhone"
    "Personal phone of no narrower kind."
    PersonalLandline = "PersonalLandline"
    "Personal landline phone."
    PersonalMobile = "PersonalMobile"
    "Personal mobile phone."
    Fax = "Fax"
    "Fax number."


class PhoneVerificationStatusType(OpenEnum):
    """State of a phone number."""

    Verified = "Verified"
    """Verified.

    Deprecated: Use `verificationStatus`.
    """
    Unverified = "Unverified"
    """Not verified.

    Deprecated: Use `verificationStatus`.
    """
    Invalid = "Invalid"
    """Known to be wrong.

    Deprecated: Use `verificationStatus`.
    """
    Suppressed = "Suppressed"
    "Withheld because the person or an admin opted out. Never treat the value as contact data."
    LikelyAccurate = "LikelyAccurate"
    "Rated likely to be right."


class PlanStatus(OpenEnum):
    """Whether a plan is in force."""

    Active = "Active"
    "In force."
    Inactive = "Inactive"
    "Not in force."
    Trialing = "Trialing"
    "In force as a trial."


class PremiumDataField(OpenEnum):
    """Premium data fields of former times. Nothing in this contract uses it."""

    MobilePhone = "MobilePhone"
    """Mobile phone.

    Deprecated: No longer supported.
    """


class ProductName(OpenEnum):
    """The LeadIQ product that a plan is for."""

    DataHub = "DataHub"
    "DataHub."
    ContactTracking = "ContactTracking"
    "Contact tracking."
    Api = "Api"
    "The API."
    Universal = "Universal"
    "Universal Credits, which pay for several products."


class ProfileFilterType(OpenEnum):
    """Contact data that a person must have to be found by `searchPeople`."""

    HasVerifiedWorkPhone = "HasVerifiedWorkPhone"
    "Has a verified work phone."
    HasPersonalPhone = "HasPersonalPhone"
    "Has a personal phone."
    HasWorkPhone = "HasWorkPhone"
    """Has a work phone.

    Deprecated: No longer supported.
    """
    HasPersonalEmail = "HasPersonalEmail"
    """Has a personal e-mail address.

    Deprecated: No longer supported.
    """
    HasVerifiedWorkEmail = "HasVerifiedWorkEmail"
    "Has a verified work e-mail address."
    HasWorkEmail = "HasWorkEmail"
    "Has a work e-mail address."


class RecordBehaviorType(OpenEnum):
    """What a Salesforce enrichment does with a record, for LeadIQ's analytics."""

    Update = "Update"
    "It updates a record."
    Create = "Create"
    "It makes a record."


class RegenerateResponse(OpenEnum):
    """What became of a wish to research a person again."""

    InProgress = "InProgress"
    "The research is under way already."
    NotFound = "NotFound"
    "There is no such person."
    Started = "Started"
    "The research has begun."


class SKU(OpenEnum):
    """A part of a product that has prices and data points of its own."""

    AccountTracking = "AccountTracking"
    "Tracking of accounts, that is, companies."
    AIChat = "AIChat"
    "AI chat."
    Api = "Api"
    "The API: these are the prices of this API."
    BulkCapture = "BulkCapture"
    "Capture in bulk."
    ContactTracking = "ContactTracking"
    "Tracking of contacts."
    MCP = "MCP"
    "LeadIQ's MCP server."
    Raven = "Raven"
    Refresh = "Refresh"
    Prospector = "Prospector"
    "The product Prospector."
    Scribe = "Scribe"
    "The product Scribe."


class Seniority(OpenEnum):
    """Levels of seniority. LeadIQ publishes no definitions."""

    VP = "VP"
    "Vice presidents."
    Manager = "Manager"
    "Managers."
    Director = "Director"
    "Directors."
    Executive = "Executive"
    "Executives."
    SeniorIndividualContributor = "SeniorIndividualContributor"
    "Senior people without staff of their own."
    Other = "Other"
    "Everybody else."


class SocialNetworkType(OpenEnum):
    """Social networks beside LinkedIn."""

    Twitter = "Twitter"
    "Twitter."
    Foursquare = "Foursquare"
    "Foursquare."
    Gravatar = "Gravatar"
    "Gravatar."
    Pinterest = "Pinterest"
    "Pinterest."
    Angellist = "Angellist"
    "AngelList."
    Facebook = "Facebook"
    "Facebook."
    Klout = "Klout"
    "Klout."


class TaskStatus(OpenEnum):
    """How far a tracking task is."""

    Failed = "Failed"
    "Ended without success; see `error` and `errorCode`."
    Processing = "Processing"
    "Under way."
    Successful = "Successful"
    "Ended with success; see `warning` for what was left out."


class UnlockableDataPoint(OpenEnum):
    """Data points that a plan can unlock."""

    Company = "Company"
    "All of the information on a company. 3 credits on the published price list [guide]."
    EmailReverification = "EmailReverification"
    "Checking an e-mail address once more."
    PersonEmail = "PersonEmail"
    "E-mail of a person. 1 credit on the published price list [guide]."
    PersonPhone = "PersonPhone"
    "Phone of a person, work or personal. 10 credits on the published price list [guide]."
    Message = "Message"
    "A written message. No definition is published."
    Opener = "Opener"
    "The opening of a message. No definition is published."
    ValueProp = "ValueProp"
    "A value proposition. No definition is published."
    Profile = "Profile"
    "Profile data of a person. 0.1 credits on the published price list [guide]."
    LLMToken = "LLMToken"
    "Tokens of a language model. No definition is published."


class UnlockableDataPointRequest(OpenEnum):
    """Contact data that tracking can unlock."""

    PersonEmail = "PersonEmail"
    "E-mail of a person. 1 credit on the published price list [guide]."
    PersonPhone = "PersonPhone"
    "Phone of a person. 10 credits on the published price list [guide]."


class VerificationStatusType(OpenEnum):
    """How far a phone number is verified."""

    LikelyAccurate = "LikelyAccurate"
    "Rated likely to be right."
    None_ = "None"
    "No rating."
