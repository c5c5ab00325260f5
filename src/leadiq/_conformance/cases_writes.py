"""Every mutation, and what can be read of it afterwards. For a sandbox only: a team keeps it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from .case import Case, Data, Kept, Part, Reach, Refused
from .own import document

_write = partial(Case, reach=Reach.SANDBOX)
_NO_ROW: Final = "000000000000000000000000"
_PROSPECT: Final[dict[str, Any]] = {
    "firstName": "Ada",
    "lastName": "Example",
    "workEmail": "ada@example.com",
}
_CONTACT: Final = {"firstName": "Ada", "lastName": "Example", "companyName": "Example Inc"}
_FIRMS: Final = [
    {"name": f"Example {number}", "domain": f"{number}.example.com", "customData": {"row": number}}
    for number in (1, 2)
]

LISTS: Final = (
    _write(
        name="createList",
        query=document("CreateList"),
        variables={"input": {"name": Part("Conformance {}", "person")}},
        source="live",
        keep={"made": "createList.id", "list name": "createList.name"},
    ),
    _write(
        name="createList: another",
        query=document("CreateList"),
        variables={"input": {"name": Part("Another {}", "person"), "description": "Of nobody"}},
        source="live",
    ),
    _write(
        name="createList: a name in use is a conflict",
        query=document("CreateList"),
        variables={"input": {"name": Kept("list name")}},
        expect=Refused(409),
        source="guide",
    ),
    _write(
        name="addProspectToList",
        query=document("AddProspectToList"),
        variables={"listId": Kept("made"), "input": _PROSPECT},
        expect=Data({"addProspectToList.workEmail": "ada@example.com"}),
        source="live",
        keep={"added": "addProspectToList.id"},
    ),
    _write(
        name="addProspectToList: a new prospect at every call",
        query=document("AddProspectToList"),
        variables={"listId": Kept("made"), "input": _PROSPECT},
        expect=Data(unlike={"addProspectToList.id": Kept("added")}),
        source="guide",
    ),
    _write(
        name="addProspectToList: no such list",
        query=document("AddProspectToList"),
        variables={"listId": _NO_ROW, "input": _PROSPECT},
        expect=Refused(404),
        source="unknown",
    ),
)

COMPANIES: Final = (
    _write(
        name="addTrackedCompanies",
        query=document("AddTrackedCompanies"),
        variables={"input": {"companies": _FIRMS}},
        expect=Data({"addTrackedCompanies.companies.*.success": [True, True]}),
        keep={"firm": "addTrackedCompanies.companies.0.company.id"},
    ),
    _write(
        name="addTrackedCompanies: those that are tracked fail",
        query=document("AddTrackedCompanies"),
        variables={"input": {"companies": _FIRMS}},
        expect=Data({"addTrackedCompanies.companies.*.success": [False, False]}),
        source="unknown",
    ),
    _write(
        name="startCompanyTrackingTask",
        query=document("StartCompanyTrackingTask"),
        variables={"input": {"monthsBack": 3, "jobDetections": ["JobChange"]}},
        expect=Data({"startCompanyTrackingTask.success": True}),
        keep={"task": "startCompanyTrackingTask.task.id"},
    ),
    _write(
        name="companyTrackingTask by id",
        query=document("GetCompanyTrackingTask"),
        variables={"id": Kept("task")},
        expect=Data({"companyTrackingTask.id": Kept("task")}),
    ),
    _write(
        name="companyTrackingTask: its job changes",
        query=document("CompanyTrackingTaskJobChanges"),
        variables={"id": Kept("task"), "first": 1, "uniqueOnly": True},
    ),
    _write(
        name="cancelCompanyTrackingTask",
        query=document("CancelCompanyTrackingTask"),
        variables={"input": {"id": Kept("task"), "reason": "Conformance"}},
    ),
    _write(
        name="cancelCompanyTrackingTask: no such task",
        query=document("CancelCompanyTrackingTask"),
        variables={"input": {"id": _NO_ROW}},
        expect=Data({"cancelCompanyTrackingTask.success": False}),
        source="unknown",
    ),
)

AFTERWARDS: Final = (
    _write(
        name="removeTrackedCompanies",
        query=document("RemoveTrackedCompanies"),
        variables={"input": {"ids": [Kept("firm"), _NO_ROW]}},
        expect=Data({"removeTrackedCompanies.notFound": [_NO_ROW]}),
    ),
    _write(
        name="removeAllTrackedCompanies",
        query=document("RemoveAllTrackedCompanies"),
    ),
    _write(
        name="trackContacts",
        query=document("TrackContacts"),
        variables={
            "input": {
                "importId": Part("conformance-{}", "person"),
                "contacts": [_CONTACT],
                "jobDetections": ["JobChange"],
            }
        },
        expect=Data({"trackContacts.totalCount": 1}),
        source="live",
        keep={"import": "trackContacts.importId"},
    ),
    _write(
        name="trackedContacts of an import",
        query=document("TrackedContacts"),
        variables={"importId": Kept("import"), "limit": 5},
        source="live",
    ),
    _write(
        name="abandonBatch",
        query=document("AbandonBatch"),
        variables={"importId": Kept("import"), "reason": "Conformance"},
        source="live",
    ),
    _write(
        name="submitPersonFeedback",
        query=document("SubmitPersonFeedback"),
        variables={
            "input": {
                "personId": Kept("person"),
                "value": "ada@example.com",
                "status": "Invalid",
                "invalidReason": "Other",
                "type": "WorkEmail",
            }
        },
    ),
    _write(
        name="regenerate",
        query=document("Regenerate"),
        variables={"input": {"personId": Kept("person")}},
    ),
    _write(
        name="regeneratedTime",
        query=document("RegeneratedTime"),
        variables={"input": {"personId": Kept("person")}},
    ),
)
