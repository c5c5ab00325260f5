# @generated from schema.graphql and queries by `make generate`. Do not edit.

"""The operations of `queries/`, compiled into templates."""

from .._core.documents import Operation, Segments
from .._core.pricing import Bill, DataPoint, Unlock

FRAGMENTS: dict[str, Segments] = {
    "AbandonBatchResponse": (
        "fragment AbandonBatchResponse on AbandonBatchResponse{batchId success errorCode errors}",
    ),
    "Account": (
        (
            "fragment Account on Account{plans{__typename ...Plan}dataHubPlan{...DataHubPlan}universa"
            "lPlan{...UniversalPlan}}"
        ),
    ),
    "AddTrackedCompaniesResponse": (
        (
            "fragment AddTrackedCompaniesResponse on AddTrackedCompaniesResponse{companies{...AddTrac"
            "kedCompanyResult}totalAdded}"
        ),
    ),
    "AddTrackedCompany": (
        "fragment AddTrackedCompany on AddTrackedCompany{name domain customData}",
    ),
    "AddTrackedCompanyResult": (
        (
            "fragment AddTrackedCompanyResult on AddTrackedCompanyResult{input{...AddTrackedCompany}c"
            "ompany{...TrackedCompany}success errors}"
        ),
    ),
    "BalanceResponse": (
        "fragment BalanceResponse on BalanceResponse{balance remaining maxCredits plan}",
    ),
    "CancelCompanyTrackingResponse": (
        (
            "fragment CancelCompanyTrackingResponse on CancelCompanyTrackingResponse{success error er"
            "rorCode task{...CompanyTrackingTask}}"
        ),
    ),
    "Company": (
        "fragment Company on Company{id name",
        (
            (
                " industry description linkedinId domain employeeCount city country countryCode2 countryC"
                "ode3 state postalCode companyTechnologies companyTechnologyCategories revenueRange{...Re"
                "venueRange} fundingInfo{...FundingInfo} naicsCode{...NAICSCode} sicCode{...SICCode}"
            ),
            "company",
        ),
        "}",
    ),
    "CompanyBusinessType": ("fragment CompanyBusinessType on CompanyBusinessType{value}",),
    "CompanyBusinessTypesResult": (
        (
            "fragment CompanyBusinessTypesResult on CompanyBusinessTypesResult{types{...CompanyBusine"
            "ssType}}"
        ),
    ),
    "CompanyData": ("fragment CompanyData on CompanyData{id inputName inputDomain customData}",),
    "CompanyDefinition": (
        (
            "fragment CompanyDefinition on CompanyDefinition{industries sizes{...Size}locations{...Lo"
            "cation}technologies technologyCategories}"
        ),
    ),
    "CompanyHierarchy": (
        (
            "fragment CompanyHierarchy on CompanyHierarchy{isUltimate parent{...CompanyHierarchyNode}"
            "ultimateParent{...CompanyHierarchyNode}}"
        ),
    ),
    "CompanyHierarchyNode": ("fragment CompanyHierarchyNode on CompanyHierarchyNode{id name}",),
    "CompanyInfo": (
        "fragment CompanyInfo on CompanyInfo{id name",
        (
            (
                " alternativeNames domain description emailDomains type phones address locationInfo{...Lo"
                "cationInfo} logoUrl linkedinId linkedinUrl numberOfEmployees industry specialities fundi"
                "ngInfo{...FundingInfo} technologies{...TechnologyInfo} revenue revenueRange{...RevenueRa"
                "nge} predictedRevenue{...RevenueRange} sicCode{...SICCode} secondarySicCodes{...SICCode}"
                " naicsCode{...NAICSCode} employeeRange crunchbaseUrl facebookUrl twitterUrl foundedYear "
                "companyHierarchy{...CompanyHierarchy} updatedDate businessTypes{...CompanyBusinessTypesR"
                "esult} isExcluded"
            ),
            "company",
        ),
        "}",
    ),
    "CompanyReference": ("fragment CompanyReference on CompanyInfo{id name}",),
    "CompanySearchPage": (
        (
            "fragment CompanySearchPage on CompanySearchResponse{...CompanySearchResponse after{...Se"
            "archCursorEntry}}"
        ),
    ),
    "CompanySearchResponse": (
        "fragment CompanySearchResponse on CompanySearchResponse{companies{...CompanyWithPeople}",
        (" totalCompanies", "total"),
        "}",
    ),
    "CompanySearchResult": (
        (
            "fragment CompanySearchResult on CompanySearchResult{totalResults hasMore results{...Comp"
            "anyInfo}}"
        ),
    ),
    "CompanyTrackingTask": (
        (
            "fragment CompanyTrackingTask on CompanyTrackingTask{id icpDefinitionSnapshot{...ICPDefin"
            "ition}status createdAt monthsBack jobStartDateFrom maxContactsPerCompany filters{...JobD"
            "etectionFilters}error errorCode isCancelled timeoutAt isTimeout suppressedContacts warni"
            "ng}"
        ),
    ),
    "CompanyTrackingTaskWithJobChanges": (
        (
            "fragment CompanyTrackingTaskWithJobChanges on CompanyTrackingTask{...CompanyTrackingTask"
            " jobChanges(first:$first after:$after){...JobChangeConnection}}"
        ),
    ),
    "CompanyTrends": (
        (
            "fragment CompanyTrends on CompanyInfo{id name functionTrends(from:$from to:$to){...Funct"
            "ionTrends}}"
        ),
    ),
    "CompanyTrendsResult": (
        (
            "fragment CompanyTrendsResult on CompanySearchResult{totalResults hasMore results{...Comp"
            "anyTrends}}"
        ),
    ),
    "CompanyWithPeople": (
        (
            "fragment CompanyWithPeople on CompanyWithPeople{company{...Company}people{...Person}tota"
            "lContactsInCompany}"
        ),
    ),
    "ContactInfo": (
        (
            "fragment ContactInfo on ContactInfo{email{__typename ...on EmailSuppressed{...EmailSuppr"
            "essed}...on EmailValue{...EmailValue}}personalPhones{__typename ...on PersonalPhonesSupp"
            "ressed{...PersonalPhonesSuppressed}...on PersonalPhonesValue{...PersonalPhonesValue}}wor"
            "kPhones{__typename ...on WorkPhonesSuppressed{...WorkPhonesSuppressed}...on WorkPhonesVa"
            "lue{...WorkPhonesValue}}}"
        ),
    ),
    "DataHubCost": ("fragment DataHubCost on DataHubCost{sku costs{...DataPointCost}}",),
    "DataHubPlan": (
        (
            "fragment DataHubPlan on DataHubPlan{name product status nextBillingPeriod available used"
            " visibility{...DataHubVisibility}costs{...DataHubCost}}"
        ),
    ),
    "DataHubVisibility": ("fragment DataHubVisibility on DataHubVisibility{sku dataPoints}",),
    "DataPointCost": ("fragment DataPointCost on DataPointCost{dataPoint cost costInDecimals}",),
    "DateRange": ("fragment DateRange on DateRange{start end}",),
    "EducationRecord": (
        (
            "fragment EducationRecord on EducationRecord{name type linkedinUrl facebookUrl twitterUrl"
            " linkedinId website domain degrees majors grades dateRange{...DateRange}activities descr"
            "iption}"
        ),
    ),
    "EmailSuppressed": ("fragment EmailSuppressed on EmailSuppressed{__typename reason}",),
    "EmailValue": ("fragment EmailValue on EmailValue{__typename email status}",),
    "FunctionTrends": (
        "fragment FunctionTrends on FunctionTrends{time buckets{...TrendBucketCount}}",
    ),
    "FundingInfo": (
        (
            "fragment FundingInfo on FundingInfo{fundingRounds fundingTotalUsd lastFundingOn lastFund"
            "ingType lastFundingUsd}"
        ),
    ),
    "Group": ("fragment Group on Group{id name}",),
    "ICPDefinition": (
        (
            "fragment ICPDefinition on ICPDefinition{id name persona{...PersonaDefinition}company{..."
            "CompanyDefinition}groups{...Group}productLines}"
        ),
    ),
    "ICPDefinitionResponse": (
        "fragment ICPDefinitionResponse on ICPDefinitionResponse{icps{...ICPDefinition}}",
    ),
    "JobChange": (
        (
            "fragment JobChange on JobChange{id person{...PersonData}currentCompany{...CompanyData}pr"
            "eviousCompany{...PreviousCompanyData}currentPosition{...Position}previousPosition{...Pre"
            "viousPosition}jobChangeType matchedICPIds duplicateRecordIds}"
        ),
    ),
    "JobChangeCompany": ("fragment JobChangeCompany on Company{id name}",),
    "JobChangeConnection": (
        (
            "fragment JobChangeConnection on JobChangeConnection{edges{...JobChangeEdge}pageInfo{...P"
            "ageInfo}}"
        ),
    ),
    "JobChangeEdge": ("fragment JobChangeEdge on JobChangeEdge{cursor node{...JobChange}}",),
    "JobDetectionFilters": (
        (
            "fragment JobDetectionFilters on JobDetectionFilters{icps jobDetections emailQuality phon"
            "eQuality}"
        ),
    ),
    "LinkedinRecord": (
        (
            "fragment LinkedinRecord on LinkedinRecord{linkedinId linkedinUrl salesUrls type status u"
            "pdatedAt guid}"
        ),
    ),
    "List": (
        (
            "fragment List on List{id name description status visibility startDate endDate createdAt "
            "updatedAt}"
        ),
    ),
    "ListConnection": ("fragment ListConnection on ListConnection{items{...List}nextCursor}",),
    "ListWithProspects": (
        (
            "fragment ListWithProspects on List{...List prospects(limit:$limit cursor:$cursor){...Pro"
            "spectConnection}}"
        ),
    ),
    "Location": ("fragment Location on Location{country areaLevel1 city}",),
    "LocationInfo": (
        (
            "fragment LocationInfo on LocationInfo{formattedAddress street1 street2 city areaLevel1 c"
            "ountry countryCode2 countryCode3 postalCode}"
        ),
    ),
    "LocationRecord": (
        (
            "fragment LocationRecord on LocationRecord{fullAddress areaLevel1 city country countryCod"
            "e2 countryCode3 type status updatedAt}"
        ),
    ),
    "MatchedPerson": (
        "fragment MatchedPerson on MatchedPerson{confidence person{...MatchingServicePerson}}",
    ),
    "MatchingServiceCompany": (
        "fragment MatchingServiceCompany on MatchingServiceCompany{id name",
        (
            (
                " industry description linkedinId domain employeeCount city country state postalCode comp"
                "anyTechnologies companyTechnologyCategories revenueRange{...RevenueRange} fundingInfo{.."
                ".FundingInfo} naicsCode{...NAICSCode}"
            ),
            "company",
        ),
        "}",
    ),
    "MatchingServicePerson": (
        (
            "fragment MatchingServicePerson on MatchingServicePerson{id companyId company{...Matching"
            "ServiceCompany}name linkedinId linkedinUrl title role state country seniority firstName "
            "middleName lastName updatedAt currentPositionStartDate"
        ),
        (" workEmails verifiedWorkEmails verifiedLikelyWorkEmails", "workEmail"),
        (" workPhones", "workPhone"),
        (" personalEmails", "personalEmail"),
        (" personalPhones", "personalPhone"),
        "}",
    ),
    "MatchingServiceResponse": (
        (
            "fragment MatchingServiceResponse on MatchingServiceResponse{people{...MatchedPerson}fall"
            "backCompanies{...MatchingServiceCompany}}"
        ),
    ),
    "MobilePhoneRecord": ("fragment MobilePhoneRecord on MobilePhoneRecord{value status}",),
    "NAICSCode": ("fragment NAICSCode on NAICSCode{code description}",),
    "NameInfo": ("fragment NameInfo on NameInfo{first fullName last middle}",),
    "PageInfo": (
        "fragment PageInfo on PageInfo{total startCursor endCursor hasPreviousPage hasNextPage}",
    ),
    "PastPositionRecord": (
        (
            "fragment PastPositionRecord on PositionRecord{companyId title dateRange{...DateRange}upd"
            "atedAt companyInfo{...CompanyReference}seniority function matchedQuery}"
        ),
    ),
    "Person": (
        (
            "fragment Person on Person{id companyId name linkedinId linkedinUrl title role city state"
            " country countryCode2 countryCode3 seniority firstName middleName lastName updatedAt cur"
            "rentPositionStartDate company{...Company}picture personJobChange{...PersonJobChange}}"
        ),
    ),
    "PersonCurrentPosition": (
        (
            "fragment PersonCurrentPosition on PersonCurrentPosition{companyId company{...JobChangeCo"
            "mpany}title role seniority}"
        ),
    ),
    "PersonData": (
        (
            "fragment PersonData on PersonData{firstName lastName email emailStatus personalPhones pe"
            "rsonalPhonesWithQuality{...PhoneWithQuality}workPhones contactInfo{...ContactInfo}linked"
            "inUrl country}"
        ),
    ),
    "PersonJobChange": (
        (
            "fragment PersonJobChange on PersonJobChange{jobChangeType startedAt previousPosition{..."
            "PersonPreviousPosition}currentPosition{...PersonCurrentPosition}}"
        ),
    ),
    "PersonPreviousPosition": (
        (
            "fragment PersonPreviousPosition on PersonPreviousPosition{companyId company{...JobChange"
            "Company}title}"
        ),
    ),
    "PersonRecord": (
        (
            "fragment PersonRecord on PersonRecord{id name{...NameInfo}currentPositions{...PositionRe"
            "cord}pastPositions{...PastPositionRecord}linkedin{...LinkedinRecord}profiles{...SocialPr"
            "ofile}location{...LocationRecord}education{...EducationRecord}updatedAt confidence"
        ),
        (" personalEmails{...PersonalEmailRecordType}", "personalEmail"),
        (" personalPhones{...PersonalPhoneRecordType}", "personalPhone"),
        "}",
    ),
    "PersonSearchPage": (
        (
            "fragment PersonSearchPage on PersonSearchResponse{...PersonSearchResponse after{...Searc"
            "hCursorEntry}}"
        ),
    ),
    "PersonSearchResponse": (
        "fragment PersonSearchResponse on PersonSearchResponse{people{...Person}",
        (" totalPeople", "total"),
        "}",
    ),
    "PersonaDefinition": (
        (
            "fragment PersonaDefinition on PersonaDefinition{locations{...Location}titles functions s"
            "eniorities}"
        ),
    ),
    "PersonalEmailRecordType": (
        "fragment PersonalEmailRecordType on PersonalEmailRecordType{type status updatedAt value}",
    ),
    "PersonalPhoneRecordType": (
        (
            "fragment PersonalPhoneRecordType on PersonalPhoneRecordType{type status verificationStat"
            "us updatedAt value}"
        ),
    ),
    "PersonalPhonesSuppressed": (
        "fragment PersonalPhonesSuppressed on PersonalPhonesSuppressed{__typename reason}",
    ),
    "PersonalPhonesValue": (
        (
            "fragment PersonalPhonesValue on PersonalPhonesValue{__typename phones{...PhoneWithQualit"
            "y}}"
        ),
    ),
    "PhoneWithQuality": ("fragment PhoneWithQuality on PhoneWithQuality{phone quality}",),
    "Plan": ("fragment Plan on Plan{name product status nextBillingPeriod}",),
    "PlanUsage": (
        "fragment PlanUsage on PlanUsage{name usageType creditType units cap billingType trial}",
    ),
    "Position": ("fragment Position on Position{title function seniority startDate}",),
    "PositionRecord": (
        (
            "fragment PositionRecord on PositionRecord{companyId title dateRange{...DateRange}updated"
            "At companyInfo{...CompanyInfo}seniority function matchedQuery"
        ),
        (" emails{...WorkEmailRecordType}", "workEmail"),
        (" phones{...WorkPhoneRecordType}", "workPhone"),
        (" workEmail{...WorkEmailRecordType}", "workEmail"),
        "}",
    ),
    "PreviousCompanyData": ("fragment PreviousCompanyData on PreviousCompanyData{name domain}",),
    "PreviousPosition": ("fragment PreviousPosition on PreviousPosition{title}",),
    "Prospect": (
        (
            "fragment Prospect on Prospect{id personId linkedinId linkedinUrl firstName lastName name"
            " picture title seniority function workEmail emailStatus personalEmails mobilePhones{...M"
            "obilePhoneRecord}location{...ProspectorLocation}company{...ProspectorCompany}listIds not"
            "es createdAt updatedAt}"
        ),
    ),
    "ProspectConnection": (
        "fragment ProspectConnection on ProspectConnection{items{...Prospect}nextCursor}",
    ),
    "ProspectorCompany": (
        (
            "fragment ProspectorCompany on ProspectorCompany{id name domain industry employees phone "
            "location{...ProspectorLocation}}"
        ),
    ),
    "ProspectorLocation": (
        (
            "fragment ProspectorLocation on ProspectorLocation{streetLine1 streetLine2 city state zip"
            " country formatted}"
        ),
    ),
    "RegeneratedTimeResult": ("fragment RegeneratedTimeResult on RegeneratedTimeResult{time}",),
    "RemoveAllTrackedCompaniesResponse": (
        (
            "fragment RemoveAllTrackedCompaniesResponse on RemoveAllTrackedCompaniesResponse{success "
            "totalRemaining}"
        ),
    ),
    "RemoveTrackedCompaniesResponse": (
        (
            "fragment RemoveTrackedCompaniesResponse on RemoveTrackedCompaniesResponse{companies{...R"
            "emoveTrackedCompanyResult}notFound totalRemoved}"
        ),
    ),
    "RemoveTrackedCompanyResult": (
        "fragment RemoveTrackedCompanyResult on RemoveTrackedCompanyResult{id name domain}",
    ),
    "RevenueRange": ("fragment RevenueRange on RevenueRange{start end description}",),
    "SICCode": ("fragment SICCode on SICCode{code description}",),
    "SearchCursorEntry": ("fragment SearchCursorEntry on SearchCursorEntry{key value}",),
    "SearchPeoplePreviewResult": (
        (
            "fragment SearchPeoplePreviewResult on SearchPeoplePreviewResult{personId hasEmail hasPho"
            "ne}"
        ),
    ),
    "SearchResult": (
        "fragment SearchResult on SearchResult{totalResults hasMore results{...PersonRecord}}",
    ),
    "Size": ("fragment Size on Size{min max}",),
    "SocialProfile": (
        "fragment SocialProfile on SocialProfile{network id username url status updatedAt}",
    ),
    "StartCompanyTrackingResponse": (
        (
            "fragment StartCompanyTrackingResponse on StartCompanyTrackingResponse{success errors err"
            "orCode task{...CompanyTrackingTask}warnings}"
        ),
    ),
    "SubscriptionInfo": ("fragment SubscriptionInfo on SubscriptionInfo{status}",),
    "TechnologyInfo": (
        (
            "fragment TechnologyInfo on TechnologyInfo{name category parentCategory attributes catego"
            "ries}"
        ),
    ),
    "TrackContactsResponse": (
        (
            "fragment TrackContactsResponse on TrackContactsResponse{importId totalCount batchCount e"
            "rrors errorCode warnings}"
        ),
    ),
    "TrackedCompaniesConnection": (
        (
            "fragment TrackedCompaniesConnection on TrackedCompaniesConnection{pageInfo{...PageInfo}e"
            "dges{...TrackedCompanyEdge}}"
        ),
    ),
    "TrackedCompany": ("fragment TrackedCompany on TrackedCompany{id name domain customData}",),
    "TrackedCompanyEdge": (
        "fragment TrackedCompanyEdge on TrackedCompanyEdge{node{...TrackedCompany}cursor}",
    ),
    "TrackedContact": (
        (
            "fragment TrackedContact on TrackedContact{id contactCountry firstName lastName lastKnown"
            "Company lastKnownCompanyDomain lastKnownTitle linkedIn company companyDomain companyCoun"
            "try companyState title jobStartDate email emailStatus phones phonesWithQuality{...PhoneW"
            "ithQuality}workPhones companySize companyIndustry companyLinkedIn titleLevel titleDomain"
            " referenceId externalRecordId jobChangeType duplicateRecordIds duplicateAccountIds match"
            "edICPIds contactInfo{...ContactInfo}}"
        ),
    ),
    "TrackedContactEdge": (
        "fragment TrackedContactEdge on TrackedContactEdge{cursor node{...TrackedContact}}",
    ),
    "TrackedContactsConnection": (
        (
            "fragment TrackedContactsConnection on TrackedContactsConnection{edges{...TrackedContactE"
            "dge}pageInfo{...PageInfo}isProcessing errors errorCode totalSubscriptionContactsUsed tot"
            "alSubscriptionContactsRemaining availableICPs{...ICPDefinition}timeoutAt isTimeout suppr"
            "essedContacts warning}"
        ),
    ),
    "TrendBucketCount": ("fragment TrendBucketCount on TrendBucketCount{bucket count}",),
    "TrialUsage": (
        "fragment TrialUsage on TrialUsage{name usageType creditType units cap billingType}",
    ),
    "UniversalCost": ("fragment UniversalCost on UniversalCost{sku costs{...DataPointCost}}",),
    "UniversalPlan": (
        (
            "fragment UniversalPlan on UniversalPlan{name product status nextBillingPeriod available "
            "used visibility{...UniversalVisibility}costs{...UniversalCost}}"
        ),
    ),
    "UniversalUsage": ("fragment UniversalUsage on UniversalUsage{units cap}",),
    "UniversalVisibility": ("fragment UniversalVisibility on UniversalVisibility{sku dataPoints}",),
    "UsageMetaType": (
        (
            "fragment UsageMetaType on UsageMetaType{planUsage(from:$from){...PlanUsage}trialUsage{.."
            ".TrialUsage}subscription{...SubscriptionInfo}universalUsage{...UniversalUsage}}"
        ),
    ),
    "WorkEmailRecordType": (
        "fragment WorkEmailRecordType on WorkEmailRecordType{type status updatedAt value}",
    ),
    "WorkPhoneRecordType": (
        (
            "fragment WorkPhoneRecordType on WorkPhoneRecordType{type status verificationStatus updat"
            "edAt value}"
        ),
    ),
    "WorkPhonesSuppressed": (
        "fragment WorkPhonesSuppressed on WorkPhonesSuppressed{__typename reason}",
    ),
    "WorkPhonesValue": ("fragment WorkPhonesValue on WorkPhonesValue{__typename phones}",),
    "WorkatoTokenResponseFailure": (
        "fragment WorkatoTokenResponseFailure on WorkatoTokenResponseFailure{__typename message}",
    ),
    "WorkatoTokenResponseSuccess": (
        (
            "fragment WorkatoTokenResponseSuccess on WorkatoTokenResponseSuccess{__typename token cus"
            "tomerAccountId apiKey}"
        ),
    ),
}

ABANDON_BATCH = Operation(
    name="AbandonBatch",
    kind="mutation",
    root="abandonBatch",
    text=(
        "mutation AbandonBatch($importId:ID!$reason:String){abandonBatch(importId:$importId reaso"
        "n:$reason){...AbandonBatchResponse}}"
    ),
    variables={"importId": "ID!", "reason": "String"},
    needs=(("AbandonBatchResponse", None),),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=False,
    bill=Bill("free", (), ()),
)

ADD_PROSPECT_TO_LIST = Operation(
    name="AddProspectToList",
    kind="mutation",
    root="addProspectToList",
    text=(
        "mutation AddProspectToList($listId:ID!$input:CreateProspectInput!){addProspectToList(lis"
        "tId:$listId input:$input){...Prospect}}"
    ),
    variables={"listId": "ID!", "input": "CreateProspectInput!"},
    needs=(
        ("Prospect", None),
        ("MobilePhoneRecord", None),
        ("ProspectorLocation", None),
        ("ProspectorCompany", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=False,
    bill=Bill("free", (), ()),
)

ADD_TRACKED_COMPANIES = Operation(
    name="AddTrackedCompanies",
    kind="mutation",
    root="addTrackedCompanies",
    text=(
        "mutation AddTrackedCompanies($input:AddTrackedCompaniesInput!){addTrackedCompanies(input"
        ":$input){...AddTrackedCompaniesResponse}}"
    ),
    variables={"input": "AddTrackedCompaniesInput!"},
    needs=(
        ("AddTrackedCompaniesResponse", None),
        ("AddTrackedCompanyResult", None),
        ("AddTrackedCompany", None),
        ("TrackedCompany", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=False,
    bill=Bill("free", (), ()),
)

CANCEL_COMPANY_TRACKING_TASK = Operation(
    name="CancelCompanyTrackingTask",
    kind="mutation",
    root="cancelCompanyTrackingTask",
    text=(
        "mutation CancelCompanyTrackingTask($input:CancelCompanyTrackingTaskInput!){cancelCompany"
        "TrackingTask(input:$input){...CancelCompanyTrackingResponse}}"
    ),
    variables={"input": "CancelCompanyTrackingTaskInput!"},
    needs=(
        ("CancelCompanyTrackingResponse", None),
        ("CompanyTrackingTask", None),
        ("ICPDefinition", None),
        ("PersonaDefinition", None),
        ("Location", None),
        ("CompanyDefinition", None),
        ("Size", None),
        ("Group", None),
        ("JobDetectionFilters", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

COMPANY_TRACKING_TASK_JOB_CHANGES = Operation(
    name="CompanyTrackingTaskJobChanges",
    kind="query",
    root="companyTrackingTask",
    text=(
        "query CompanyTrackingTaskJobChanges($id:ID!$uniqueOnly:Boolean$first:Int!$after:ID){comp"
        "anyTrackingTask(id:$id uniqueOnly:$uniqueOnly){...CompanyTrackingTaskWithJobChanges}}"
    ),
    variables={"id": "ID!", "uniqueOnly": "Boolean", "first": "Int!", "after": "ID"},
    needs=(
        ("CompanyTrackingTaskWithJobChanges", None),
        ("CompanyTrackingTask", None),
        ("ICPDefinition", None),
        ("PersonaDefinition", None),
        ("Location", None),
        ("CompanyDefinition", None),
        ("Size", None),
        ("Group", None),
        ("JobDetectionFilters", None),
        ("JobChangeConnection", None),
        ("JobChangeEdge", None),
        ("JobChange", None),
        ("PersonData", None),
        ("PhoneWithQuality", None),
        ("ContactInfo", None),
        ("EmailSuppressed", None),
        ("EmailValue", None),
        ("PersonalPhonesSuppressed", None),
        ("PersonalPhonesValue", None),
        ("WorkPhonesSuppressed", None),
        ("WorkPhonesValue", None),
        ("CompanyData", None),
        ("PreviousCompanyData", None),
        ("Position", None),
        ("PreviousPosition", None),
        ("PageInfo", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

CONTACT_TRACKING_BALANCE = Operation(
    name="ContactTrackingBalance",
    kind="query",
    root="contactTrackingBalance",
    text="query ContactTrackingBalance{contactTrackingBalance{...BalanceResponse}}",
    variables={},
    needs=(("BalanceResponse", None),),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

CREATE_LIST = Operation(
    name="CreateList",
    kind="mutation",
    root="createList",
    text="mutation CreateList($input:CreateListInput!){createList(input:$input){...List}}",
    variables={"input": "CreateListInput!"},
    needs=(("List", None),),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=False,
    bill=Bill("free", (), ()),
)

FLAT_ADVANCED_SEARCH = Operation(
    name="FlatAdvancedSearch",
    kind="query",
    root="flatAdvancedSearch",
    text=(
        "query FlatAdvancedSearch($input:FlatSearchInput!){flatAdvancedSearch(input:$input){...Pe"
        "rsonSearchResponse}}"
    ),
    variables={"input": "FlatSearchInput!"},
    needs=(
        ("PersonSearchResponse", None),
        ("Person", None),
        ("Company", None),
        ("RevenueRange", ("company",)),
        ("FundingInfo", ("company",)),
        ("NAICSCode", ("company",)),
        ("SICCode", ("company",)),
        ("PersonJobChange", None),
        ("PersonPreviousPosition", None),
        ("JobChangeCompany", None),
        ("PersonCurrentPosition", None),
    ),
    fragments=FRAGMENTS,
    flags=("company", "total"),
    repeatable=True,
    bill=Bill("page", (DataPoint.PROFILE,), (Unlock.COMPANY,)),
)

FLAT_ADVANCED_SEARCH_AFTER = Operation(
    name="FlatAdvancedSearchAfter",
    kind="query",
    root="flatAdvancedSearch",
    text=(
        "query FlatAdvancedSearchAfter($input:FlatSearchInput!){flatAdvancedSearch(input:$input){"
        "...PersonSearchPage}}"
    ),
    variables={"input": "FlatSearchInput!"},
    needs=(
        ("PersonSearchPage", None),
        ("PersonSearchResponse", None),
        ("Person", None),
        ("Company", None),
        ("RevenueRange", ("company",)),
        ("FundingInfo", ("company",)),
        ("NAICSCode", ("company",)),
        ("SICCode", ("company",)),
        ("PersonJobChange", None),
        ("PersonPreviousPosition", None),
        ("JobChangeCompany", None),
        ("PersonCurrentPosition", None),
        ("SearchCursorEntry", None),
    ),
    fragments=FRAGMENTS,
    flags=("company", "total"),
    repeatable=True,
    bill=Bill("page", (DataPoint.PROFILE,), (Unlock.COMPANY,)),
)

GET_ACCOUNT = Operation(
    name="GetAccount",
    kind="query",
    root="account",
    text="query GetAccount{account{...Account}}",
    variables={},
    needs=(
        ("Account", None),
        ("Plan", None),
        ("DataHubPlan", None),
        ("DataHubVisibility", None),
        ("DataHubCost", None),
        ("DataPointCost", None),
        ("UniversalPlan", None),
        ("UniversalVisibility", None),
        ("UniversalCost", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

GET_COMPANY_TRACKING_TASK = Operation(
    name="GetCompanyTrackingTask",
    kind="query",
    root="companyTrackingTask",
    text=(
        "query GetCompanyTrackingTask($id:ID!$uniqueOnly:Boolean){companyTrackingTask(id:$id uniq"
        "ueOnly:$uniqueOnly){...CompanyTrackingTask}}"
    ),
    variables={"id": "ID!", "uniqueOnly": "Boolean"},
    needs=(
        ("CompanyTrackingTask", None),
        ("ICPDefinition", None),
        ("PersonaDefinition", None),
        ("Location", None),
        ("CompanyDefinition", None),
        ("Size", None),
        ("Group", None),
        ("JobDetectionFilters", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

GET_LIST = Operation(
    name="GetList",
    kind="query",
    root="list",
    text="query GetList($id:ID!$limit:Int$cursor:ID){list(id:$id){...ListWithProspects}}",
    variables={"id": "ID!", "limit": "Int", "cursor": "ID"},
    needs=(
        ("ListWithProspects", None),
        ("List", None),
        ("ProspectConnection", None),
        ("Prospect", None),
        ("MobilePhoneRecord", None),
        ("ProspectorLocation", None),
        ("ProspectorCompany", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

GET_PROSPECT = Operation(
    name="GetProspect",
    kind="query",
    root="prospect",
    text="query GetProspect($id:ID!){prospect(id:$id){...Prospect}}",
    variables={"id": "ID!"},
    needs=(
        ("Prospect", None),
        ("MobilePhoneRecord", None),
        ("ProspectorLocation", None),
        ("ProspectorCompany", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

GROUPED_ADVANCED_SEARCH = Operation(
    name="GroupedAdvancedSearch",
    kind="query",
    root="groupedAdvancedSearch",
    text=(
        "query GroupedAdvancedSearch($input:GroupedSearchInput!){groupedAdvancedSearch(input:$inp"
        "ut){...CompanySearchResponse}}"
    ),
    variables={"input": "GroupedSearchInput!"},
    needs=(
        ("CompanySearchResponse", None),
        ("CompanyWithPeople", None),
        ("Company", None),
        ("RevenueRange", ("company",)),
        ("FundingInfo", ("company",)),
        ("NAICSCode", ("company",)),
        ("SICCode", ("company",)),
        ("Person", None),
        ("PersonJobChange", None),
        ("PersonPreviousPosition", None),
        ("JobChangeCompany", None),
        ("PersonCurrentPosition", None),
    ),
    fragments=FRAGMENTS,
    flags=("company", "total"),
    repeatable=True,
    bill=Bill("page", (DataPoint.PROFILE,), (Unlock.COMPANY,)),
)

GROUPED_ADVANCED_SEARCH_AFTER = Operation(
    name="GroupedAdvancedSearchAfter",
    kind="query",
    root="groupedAdvancedSearch",
    text=(
        "query GroupedAdvancedSearchAfter($input:GroupedSearchInput!){groupedAdvancedSearch(input"
        ":$input){...CompanySearchPage}}"
    ),
    variables={"input": "GroupedSearchInput!"},
    needs=(
        ("CompanySearchPage", None),
        ("CompanySearchResponse", None),
        ("CompanyWithPeople", None),
        ("Company", None),
        ("RevenueRange", ("company",)),
        ("FundingInfo", ("company",)),
        ("NAICSCode", ("company",)),
        ("SICCode", ("company",)),
        ("Person", None),
        ("PersonJobChange", None),
        ("PersonPreviousPosition", None),
        ("JobChangeCompany", None),
        ("PersonCurrentPosition", None),
        ("SearchCursorEntry", None),
    ),
    fragments=FRAGMENTS,
    flags=("company", "total"),
    repeatable=True,
    bill=Bill("page", (DataPoint.PROFILE,), (Unlock.COMPANY,)),
)

ICP_DEFINITIONS = Operation(
    name="IcpDefinitions",
    kind="query",
    root="icpDefinitions",
    text=(
        "query IcpDefinitions($productLines:[ICPProductLine!]){icpDefinitions(productLines:$produ"
        "ctLines){...ICPDefinitionResponse}}"
    ),
    variables={"productLines": "[ICPProductLine!]"},
    needs=(
        ("ICPDefinitionResponse", None),
        ("ICPDefinition", None),
        ("PersonaDefinition", None),
        ("Location", None),
        ("CompanyDefinition", None),
        ("Size", None),
        ("Group", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

LISTS = Operation(
    name="Lists",
    kind="query",
    root="lists",
    text="query Lists($limit:Int$cursor:ID){lists(limit:$limit cursor:$cursor){...ListConnection}}",
    variables={"limit": "Int", "cursor": "ID"},
    needs=(("ListConnection", None), ("List", None)),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

MATCH_PROFILE = Operation(
    name="MatchProfile",
    kind="query",
    root="matchProfile",
    text=(
        "query MatchProfile($input:MatchingServiceInput!){matchProfile(input:$input){...MatchingS"
        "erviceResponse}}"
    ),
    variables={"input": "MatchingServiceInput!"},
    needs=(
        ("MatchingServiceResponse", None),
        ("MatchedPerson", None),
        ("MatchingServicePerson", None),
        ("MatchingServiceCompany", None),
        ("RevenueRange", ("company",)),
        ("FundingInfo", ("company",)),
        ("NAICSCode", ("company",)),
    ),
    fragments=FRAGMENTS,
    flags=("company", "personalEmail", "personalPhone", "workEmail", "workPhone"),
    repeatable=True,
    bill=Bill(
        "person",
        (DataPoint.PROFILE,),
        (
            Unlock.WORK_EMAIL,
            Unlock.PERSONAL_EMAIL,
            Unlock.WORK_PHONE,
            Unlock.PERSONAL_PHONE,
            Unlock.COMPANY,
        ),
    ),
)

REGENERATE = Operation(
    name="Regenerate",
    kind="mutation",
    root="regenerate",
    text="mutation Regenerate($input:RegenerateRecordInput!){regenerate(input:$input)}",
    variables={"input": "RegenerateRecordInput!"},
    needs=(),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=False,
    bill=Bill("unpublished", (), ()),
)

REGENERATED_TIME = Operation(
    name="RegeneratedTime",
    kind="query",
    root="regeneratedTime",
    text=(
        "query RegeneratedTime($input:RegeneratedTimeInput!){regeneratedTime(input:$input){...Reg"
        "eneratedTimeResult}}"
    ),
    variables={"input": "RegeneratedTimeInput!"},
    needs=(("RegeneratedTimeResult", None),),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

REMOVE_ALL_TRACKED_COMPANIES = Operation(
    name="RemoveAllTrackedCompanies",
    kind="mutation",
    root="removeAllTrackedCompanies",
    text=(
        "mutation RemoveAllTrackedCompanies{removeAllTrackedCompanies{...RemoveAllTrackedCompanie"
        "sResponse}}"
    ),
    variables={},
    needs=(("RemoveAllTrackedCompaniesResponse", None),),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

REMOVE_TRACKED_COMPANIES = Operation(
    name="RemoveTrackedCompanies",
    kind="mutation",
    root="removeTrackedCompanies",
    text=(
        "mutation RemoveTrackedCompanies($input:RemoveTrackedCompaniesInput!){removeTrackedCompan"
        "ies(input:$input){...RemoveTrackedCompaniesResponse}}"
    ),
    variables={"input": "RemoveTrackedCompaniesInput!"},
    needs=(
        ("RemoveTrackedCompaniesResponse", None),
        ("RemoveTrackedCompanyResult", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

SEARCH_COMPANY = Operation(
    name="SearchCompany",
    kind="query",
    root="searchCompany",
    text=(
        "query SearchCompany($input:SearchCompanyInput!){searchCompany(input:$input){...CompanySe"
        "archResult}}"
    ),
    variables={"input": "SearchCompanyInput!"},
    needs=(
        ("CompanySearchResult", None),
        ("CompanyInfo", None),
        ("LocationInfo", ("company",)),
        ("FundingInfo", ("company",)),
        ("TechnologyInfo", ("company",)),
        ("RevenueRange", ("company",)),
        ("SICCode", ("company",)),
        ("NAICSCode", ("company",)),
        ("CompanyHierarchy", ("company",)),
        ("CompanyHierarchyNode", ("company",)),
        ("CompanyBusinessTypesResult", ("company",)),
        ("CompanyBusinessType", ("company",)),
    ),
    fragments=FRAGMENTS,
    flags=("company",),
    repeatable=True,
    bill=Bill("company", (DataPoint.PROFILE,), (Unlock.COMPANY,)),
)

SEARCH_COMPANY_TRENDS = Operation(
    name="SearchCompanyTrends",
    kind="query",
    root="searchCompany",
    text=(
        "query SearchCompanyTrends($input:SearchCompanyInput!$from:ZonedDateTime$to:ZonedDateTime"
        "){searchCompany(input:$input){...CompanyTrendsResult}}"
    ),
    variables={
        "input": "SearchCompanyInput!",
        "from": "ZonedDateTime",
        "to": "ZonedDateTime",
    },
    needs=(
        ("CompanyTrendsResult", None),
        ("CompanyTrends", None),
        ("FunctionTrends", None),
        ("TrendBucketCount", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill(
        "company",
        (
            DataPoint.PROFILE,
            DataPoint.COMPANY,
        ),
        (),
    ),
)

SEARCH_PEOPLE = Operation(
    name="SearchPeople",
    kind="query",
    root="searchPeople",
    text=(
        "query SearchPeople($input:SearchPeopleInput!){searchPeople(input:$input){...SearchResult}}"
    ),
    variables={"input": "SearchPeopleInput!"},
    needs=(
        ("SearchResult", None),
        ("PersonRecord", None),
        ("NameInfo", None),
        ("PositionRecord", None),
        ("DateRange", None),
        ("WorkEmailRecordType", ("workEmail",)),
        ("WorkPhoneRecordType", ("workPhone",)),
        ("CompanyInfo", None),
        ("LocationInfo", ("company",)),
        ("FundingInfo", ("company",)),
        ("TechnologyInfo", ("company",)),
        ("RevenueRange", ("company",)),
        ("SICCode", ("company",)),
        ("NAICSCode", ("company",)),
        ("CompanyHierarchy", ("company",)),
        ("CompanyHierarchyNode", ("company",)),
        ("CompanyBusinessTypesResult", ("company",)),
        ("CompanyBusinessType", ("company",)),
        ("PastPositionRecord", None),
        ("CompanyReference", None),
        ("LinkedinRecord", None),
        ("SocialProfile", None),
        ("LocationRecord", None),
        ("EducationRecord", None),
        ("PersonalEmailRecordType", ("personalEmail",)),
        ("PersonalPhoneRecordType", ("personalPhone",)),
    ),
    fragments=FRAGMENTS,
    flags=("company", "personalEmail", "personalPhone", "workEmail", "workPhone"),
    repeatable=True,
    bill=Bill(
        "person",
        (DataPoint.PROFILE,),
        (
            Unlock.WORK_EMAIL,
            Unlock.PERSONAL_EMAIL,
            Unlock.WORK_PHONE,
            Unlock.PERSONAL_PHONE,
            Unlock.COMPANY,
        ),
    ),
)

SEARCH_PEOPLE_PREVIEW = Operation(
    name="SearchPeoplePreview",
    kind="query",
    root="searchPeoplePreview",
    text=(
        "query SearchPeoplePreview($input:SearchPeoplePreviewInput!){searchPeoplePreview(input:$i"
        "nput){...SearchPeoplePreviewResult}}"
    ),
    variables={"input": "SearchPeoplePreviewInput!"},
    needs=(("SearchPeoplePreviewResult", None),),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

START_COMPANY_TRACKING_TASK = Operation(
    name="StartCompanyTrackingTask",
    kind="mutation",
    root="startCompanyTrackingTask",
    text=(
        "mutation StartCompanyTrackingTask($input:StartCompanyTrackingTaskInput!){startCompanyTra"
        "ckingTask(input:$input){...StartCompanyTrackingResponse}}"
    ),
    variables={"input": "StartCompanyTrackingTaskInput!"},
    needs=(
        ("StartCompanyTrackingResponse", None),
        ("CompanyTrackingTask", None),
        ("ICPDefinition", None),
        ("PersonaDefinition", None),
        ("Location", None),
        ("CompanyDefinition", None),
        ("Size", None),
        ("Group", None),
        ("JobDetectionFilters", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=False,
    bill=Bill("unpublished", (), ()),
)

SUBMIT_PERSON_FEEDBACK = Operation(
    name="SubmitPersonFeedback",
    kind="mutation",
    root="submitPersonFeedback",
    text=(
        "mutation SubmitPersonFeedback($input:ApiPersonFeedback!){submitPersonFeedback(input:$inp"
        "ut)}"
    ),
    variables={"input": "ApiPersonFeedback!"},
    needs=(),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=False,
    bill=Bill("free", (), ()),
)

TRACK_CONTACTS = Operation(
    name="TrackContacts",
    kind="mutation",
    root="trackContacts",
    text=(
        "mutation TrackContacts($input:TrackContactsInput!){trackContacts(input:$input){...TrackC"
        "ontactsResponse}}"
    ),
    variables={"input": "TrackContactsInput!"},
    needs=(("TrackContactsResponse", None),),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=False,
    bill=Bill("unpublished", (), ()),
)

TRACKED_COMPANIES = Operation(
    name="TrackedCompanies",
    kind="query",
    root="trackedCompanies",
    text=(
        "query TrackedCompanies($first:Int$after:ID){trackedCompanies(first:$first after:$after){"
        "...TrackedCompaniesConnection}}"
    ),
    variables={"first": "Int", "after": "ID"},
    needs=(
        ("TrackedCompaniesConnection", None),
        ("PageInfo", None),
        ("TrackedCompanyEdge", None),
        ("TrackedCompany", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

TRACKED_CONTACTS = Operation(
    name="TrackedContacts",
    kind="query",
    root="trackedContacts",
    text=(
        "query TrackedContacts($importId:String$limit:Int!$cursor:Cursor$uniqueOnly:Boolean){trac"
        "kedContacts(importId:$importId limit:$limit cursor:$cursor uniqueOnly:$uniqueOnly){...Tr"
        "ackedContactsConnection}}"
    ),
    variables={
        "importId": "String",
        "limit": "Int!",
        "cursor": "Cursor",
        "uniqueOnly": "Boolean",
    },
    needs=(
        ("TrackedContactsConnection", None),
        ("TrackedContactEdge", None),
        ("TrackedContact", None),
        ("PhoneWithQuality", None),
        ("ContactInfo", None),
        ("EmailSuppressed", None),
        ("EmailValue", None),
        ("PersonalPhonesSuppressed", None),
        ("PersonalPhonesValue", None),
        ("WorkPhonesSuppressed", None),
        ("WorkPhonesValue", None),
        ("PageInfo", None),
        ("ICPDefinition", None),
        ("PersonaDefinition", None),
        ("Location", None),
        ("CompanyDefinition", None),
        ("Size", None),
        ("Group", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

USAGE = Operation(
    name="Usage",
    kind="query",
    root="usage",
    text="query Usage($from:ZonedDateTime){usage{...UsageMetaType}}",
    variables={"from": "ZonedDateTime"},
    needs=(
        ("UsageMetaType", None),
        ("PlanUsage", None),
        ("TrialUsage", None),
        ("SubscriptionInfo", None),
        ("UniversalUsage", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

WORKATO_TOKEN = Operation(
    name="WorkatoToken",
    kind="query",
    root="workatoToken",
    text=(
        "query WorkatoToken($orgDomainUrl:String!){workatoToken(orgDomainUrl:$orgDomainUrl){__typ"
        "ename ...on WorkatoTokenResponseSuccess{...WorkatoTokenResponseSuccess}...on WorkatoToke"
        "nResponseFailure{...WorkatoTokenResponseFailure}}}"
    ),
    variables={"orgDomainUrl": "String!"},
    needs=(
        ("WorkatoTokenResponseSuccess", None),
        ("WorkatoTokenResponseFailure", None),
    ),
    fragments=FRAGMENTS,
    flags=(),
    repeatable=True,
    bill=Bill("free", (), ()),
)

ALL: tuple[Operation, ...] = (
    ABANDON_BATCH,
    ADD_PROSPECT_TO_LIST,
    ADD_TRACKED_COMPANIES,
    CANCEL_COMPANY_TRACKING_TASK,
    COMPANY_TRACKING_TASK_JOB_CHANGES,
    CONTACT_TRACKING_BALANCE,
    CREATE_LIST,
    FLAT_ADVANCED_SEARCH,
    FLAT_ADVANCED_SEARCH_AFTER,
    GET_ACCOUNT,
    GET_COMPANY_TRACKING_TASK,
    GET_LIST,
    GET_PROSPECT,
    GROUPED_ADVANCED_SEARCH,
    GROUPED_ADVANCED_SEARCH_AFTER,
    ICP_DEFINITIONS,
    LISTS,
    MATCH_PROFILE,
    REGENERATE,
    REGENERATED_TIME,
    REMOVE_ALL_TRACKED_COMPANIES,
    REMOVE_TRACKED_COMPANIES,
    SEARCH_COMPANY,
    SEARCH_COMPANY_TRENDS,
    SEARCH_PEOPLE,
    SEARCH_PEOPLE_PREVIEW,
    START_COMPANY_TRACKING_TASK,
    SUBMIT_PERSON_FEEDBACK,
    TRACK_CONTACTS,
    TRACKED_COMPANIES,
    TRACKED_CONTACTS,
    USAGE,
    WORKATO_TOKEN,
)
