"""Replies about tracking, lists and research, in LeadIQ's form, and a client that gets them."""

from __future__ import annotations

from typing import Any

from leadiq import LeadIQ, LocalPacer, Options, Slots
from leadiq._conduct.events import Watchers
from leadiq._conduct.pipeline import Pipeline
from leadiq._conduct.shared import Shared
from script import Script

WHEN = "2026-01-05T00:00:00Z"
LATER = "2026-01-06T00:00:00Z"


def scripted(script: Script) -> LeadIQ:
    """A client over a scripted transport, which its limit never slows down."""
    pacer = LocalPacer(Slots(6000, burst=6000))
    leadiq = object.__new__(LeadIQ)
    Pipeline.__init__(leadiq, Shared(script, pacer, Watchers(), lambda: 0.5), Options())  # type: ignore[arg-type]
    return leadiq


def refused(message: str, *, status: int | None = None, **data: Any) -> dict[str, Any]:
    """A reply with an error, and whatever data came beside it."""
    extensions = {"response": {"status": status}} if status else {}
    return {"data": data or None, "errors": [{"message": message, "extensions": extensions}]}


def task(status: str = "Processing", **changed: Any) -> dict[str, Any]:
    return {
        "id": "task-1",
        "icpDefinitionSnapshot": None,
        "status": status,
        "createdAt": WHEN,
        "monthsBack": 1,
        "jobStartDateFrom": "2025-12-01",
        "maxContactsPerCompany": 5,
        "filters": {"icps": [], "jobDetections": [], "emailQuality": [], "phoneQuality": None},
        "error": None,
        "errorCode": None,
        "isCancelled": False,
        "timeoutAt": LATER,
        "isTimeout": False,
        "suppressedContacts": 0,
        "warning": None,
    } | changed


def begun(**changed: Any) -> dict[str, Any]:
    answer = {"success": True, "errors": [], "errorCode": None, "task": task(), "warnings": []}
    return {"data": {"startCompanyTrackingTask": answer | changed}}


def looked(status: str = "Processing", **changed: Any) -> dict[str, Any]:
    return {"data": {"companyTrackingTask": task(status, **changed)}}


def cancelled(*, success: bool, code: str | None = None) -> dict[str, Any]:
    answer = {"success": success, "error": None, "errorCode": code, "task": None}
    return {"data": {"cancelCompanyTrackingTask": answer}}


def page_info(total: int, end: str | None, *, more: bool) -> dict[str, Any]:
    return {
        "total": total,
        "startCursor": None,
        "endCursor": end,
        "hasPreviousPage": False,
        "hasNextPage": more,
    }


def changes(*ids: str, end: str | None = None) -> dict[str, Any]:
    """A page of job changes; `end` is the cursor of the next one."""
    edges = [{"cursor": id_, "node": _change(id_)} for id_ in ids]
    connection = {"edges": edges, "pageInfo": page_info(len(ids), end, more=end is not None)}
    return {"data": {"companyTrackingTask": task("Successful") | {"jobChanges": connection}}}


def _change(id_: str) -> dict[str, Any]:
    person = {
        "firstName": "Ada",
        "personalPhones": [],
        "personalPhonesWithQuality": [],
        "workPhones": [],
    }
    return {
        "id": id_,
        "person": person,
        "currentCompany": {"id": "c", "inputName": "New", "inputDomain": "new.example.com"},
        "previousCompany": {"name": "Old"},
        "currentPosition": {"title": "CTO", "function": "IT", "seniority": "CXO"},
        "previousPosition": {"title": "Engineer"},
        "jobChangeType": "JobChange",
        "matchedICPIds": [],
        "duplicateRecordIds": [],
    }


def contacts_begun(**changed: Any) -> dict[str, Any]:
    answer = {
        "importId": "import-1",
        "totalCount": 1,
        "batchCount": 1,
        "errors": [],
        "errorCode": None,
        "warnings": [],
    }
    return {"data": {"trackContacts": answer | changed}}


def contacts(*ids: str, processing: bool = False, **changed: Any) -> dict[str, Any]:
    edges = [{"cursor": id_, "node": _contact(id_)} for id_ in ids]
    answer = {
        "edges": edges,
        "pageInfo": page_info(len(ids), None, more=False),
        "isProcessing": processing,
        "errors": None,
        "errorCode": None,
        "availableICPs": [],
        "timeoutAt": LATER,
        "isTimeout": False,
        "suppressedContacts": 0,
        "warning": None,
    }
    return {"data": {"trackedContacts": answer | changed}}


def _contact(id_: str) -> dict[str, Any]:
    return {
        "id": id_,
        "firstName": "Ada",
        "lastName": "Example",
        "phones": [],
        "phonesWithQuality": [],
        "workPhones": [],
        "jobChangeType": "JobChange",
        "duplicateRecordIds": [],
        "duplicateAccountIds": [],
        "matchedICPIds": [],
    }


def abandoned(*, success: bool, code: str | None = None) -> dict[str, Any]:
    answer = {"batchId": "b", "success": success, "errorCode": code, "errors": []}
    return {"data": {"abandonBatch": answer}}


def add_result(name: str, domain: str, *errors: str) -> dict[str, Any]:
    company = {"name": name, "domain": domain, "customData": None}
    return {
        "input": company,
        "company": None if errors else company | {"id": f"id-{name}"},
        "success": not errors,
        "errors": list(errors),
    }


def added(*results: dict[str, Any]) -> dict[str, Any]:
    answer = {"companies": list(results), "totalAdded": len(results)}
    return {"data": {"addTrackedCompanies": answer}}


def removed(*ids: str, not_found: tuple[str, ...] = ()) -> dict[str, Any]:
    companies = [{"id": id_, "name": "x", "domain": "x.example.com"} for id_ in ids]
    answer = {"companies": companies, "notFound": list(not_found), "totalRemoved": len(ids)}
    return {"data": {"removeTrackedCompanies": answer}}


def a_list(name: str, id_: str = "0" * 24) -> dict[str, Any]:
    return {"id": id_, "name": name, "createdAt": "then", "updatedAt": "then"}


def lists(*names: str) -> dict[str, Any]:
    return {"data": {"lists": {"items": [a_list(name) for name in names], "nextCursor": None}}}


def created(name: str) -> dict[str, Any]:
    return {"data": {"createList": a_list(name)}}


def saved(id_: str) -> dict[str, Any]:
    prospect = {"id": id_, "listIds": [], "createdAt": "then", "updatedAt": "then"}
    return {"data": {"addProspectToList": prospect}}


def regenerated(time: str | None) -> dict[str, Any]:
    return {"data": {"regeneratedTime": {"time": time}}}
